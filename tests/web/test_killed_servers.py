"""A server or one of its workers that is killed at any moment loses and doubles nothing that was acknowledged."""

from __future__ import annotations

import random
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from os import kill, name
from pathlib import Path
from threading import Event

import httpx2
import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from often import often
from web_campaign import ServedCampaign, served_campaign
from web_server import RunningServer, running_server

from reportfill.campaign.agencies.agency import Agency

pytestmark = pytest.mark.skipif(name != "posix", reason="signals and /proc")

_LONGEST = 1.5
"""Seconds at most until the kill comes after the first hand-in of a round is acknowledged."""


@dataclass
class Clerk:
    """Somebody of an agency, who hands in one workbook after the other, and again what was not acknowledged."""

    agency: Agency
    code: str
    acknowledged: set[str] = field(default_factory=set)
    figures: count[int] = field(default_factory=lambda: count(1))
    open: bytes = b""

    def hand_in(self, server: RunningServer, is_over: Event, begun: Event) -> None:
        """Hand in until the round is over or the server is gone."""
        with suppress(httpx2.TransportError), server.visited() as visitor:
            visitor.get(f"/a/{self.code}")
            while not is_over.is_set():
                self.open = self.open or prepared(self.agency, next(self.figures))
                files = {"file": ("填报表.xlsx", self.open)}
                answer = visitor.client.post(
                    "/agency/hand-in",
                    data={"csrf": visitor.token("/agency")},
                    files=files,
                    follow_redirects=False,
                )
                assert answer.status_code == 303, answer.text
                self.acknowledged.add(sha256(self.open).hexdigest())
                self.open = b""
                begun.set()


def _killed(choice: random.Random, server: RunningServer, whole: bool) -> None:
    """Kill all of a server or one of its workers, in the middle of whatever it does."""
    others = [number for number in server.processes() if number != server.process.pid]
    kill(server.process.pid if whole or not others else choice.choice(others), signal.SIGKILL)


def _round(folder: Path, served: ServedCampaign, clerks: list[Clerk], choice: random.Random) -> None:
    """A server begins, clerks hand in, a kill comes, and they go on for a while where it was a worker's."""
    begun, is_over = Event(), Event()
    whole = choice.random() < 0.6
    with (
        running_server(folder, served.setup.campaign, "--processes", choice.choice("112")) as server,
        ThreadPoolExecutor(len(clerks)) as threads,
    ):
        work = [threads.submit(clerk.hand_in, server, is_over, begun) for clerk in clerks]
        try:
            assert begun.wait(60), server.log
            Event().wait(choice.uniform(0, _LONGEST))
            _killed(choice, server, whole)
            Event().wait(0 if whole else _LONGEST)
        finally:
            is_over.set()
        for one in work:
            one.result(60)


def _tried(folder: Path, rounds: int) -> list[str]:
    """What is lost or doubled after so many kills."""
    served = served_campaign(folder)
    clerks = [Clerk(agency, served.codes[agency.code]) for agency in AGENCIES]
    choice = random.Random(18)
    for _ in range(rounds):
        _round(folder / "own", served, clerks, choice)
    return _lost_or_doubled(served, clerks)


def _lost_or_doubled(served: ServedCampaign, clerks: list[Clerk]) -> list[str]:
    """What of the acknowledged hand-ins is lost, there twice, or not what it was."""
    served.campaign.take_in()
    faults = []
    for clerk in clerks:
        history = served.campaign.history_of(clerk.agency.code)
        receipts = Counter(receipt.digest for receipt in history.receipts)
        versions = Counter(version.digest for version in history.versions)
        assert clerk.acknowledged
        faults += [f"no receipt: {digest}" for digest in clerk.acknowledged - set(receipts)]
        faults += [f"no version: {digest}" for digest in clerk.acknowledged - set(versions)]
        faults += [f"twice: {digest}" for digest, count in (receipts | versions).items() if count != 1]
        faults += [
            f"another content: {version.received}"
            for version in history.versions
            if sha256(served.campaign.content_of(version.received)).hexdigest() != version.digest
        ]
    return faults


def test_nothing_acknowledged_is_lost_or_doubled(tmp_path: Path) -> None:
    assert _tried(tmp_path, 5) == []


@pytest.mark.long
def test_nothing_acknowledged_is_lost_or_doubled_in_a_hundred_kills(tmp_path: Path) -> None:
    assert _tried(tmp_path, often(100)) == []


@pytest.mark.long
def test_nothing_acknowledged_is_lost_or_doubled_with_a_ledger_on_postgresql(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTFILL_LEDGER", database)
    assert _tried(tmp_path, often(100)) == []
