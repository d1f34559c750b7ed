"""The last evening of a campaign: its agencies hand in one after the other within minutes, while the office has its
page open and somebody signs in now and then.

usage: python -m benchmarks.last_evening [--agencies 500] [--minutes 10]

Nothing may be lost or counted twice: at the end each agency has handed in once.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

from benchmarks.campaign_course import ISSUER, YEAR, WorkbookPattern, campaign, own_workbook
from benchmarks.server import Browser, Server, p95, served
from reportfill import Campaign
from reportfill.campaign.access.given_link import GivenLink

AGENCIES, MINUTES = 500, 10.0
_NAME, _PASSWORD = "office", "correct horse battery staple"
_AT_ONCE = 64
_BETWEEN_LOOKS, _BETWEEN_SIGN_INS = 2.0, 10.0


@dataclass(frozen=True, slots=True)
class Evening:
    """What was waited for, in seconds: an agency for its page and for its receipt, the office for the dashboard and to
    be signed in; and how many events came to the open dashboard."""

    page: list[float] = field(default_factory=list)
    receipt: list[float] = field(default_factory=list)
    dashboard: list[float] = field(default_factory=list)
    sign_in: list[float] = field(default_factory=list)
    events: list[bytes] = field(default_factory=list)


def last_evening(agencies: int, minutes: float) -> Evening:
    """The last evening of a campaign of so many agencies. Raises RuntimeError where one was lost or counted twice."""
    with TemporaryDirectory() as name:
        root = Path(name, "campaign")
        campaign(root, YEAR, agencies, lambda _: Campaign.new(root, year=YEAR, issuer=ISSUER))
        opened = Campaign.open(root)
        opened.add_user(_NAME, _PASSWORD, "coordinator")
        links = opened.give_links().links
        with served(name, root) as server:
            evening = _gone_by(server, links, minutes * 60)
        opened.take_in()  # what was acknowledged, and not taken in yet
        versions = [one.versions for one in opened.status().agencies]
        if versions != [1] * agencies:
            raise RuntimeError(f"{versions.count(1)} of {agencies} agencies have handed in once")
        return evening


def _gone_by(server: Server, links: Sequence[GivenLink], seconds: float) -> Evening:
    evening, is_over = Evening(), Event()
    sound = WorkbookPattern(YEAR, own_workbook, is_sound=True)
    by_chance = random.Random(18)
    moments = sorted(by_chance.uniform(0, seconds) for _ in links)
    begun = time.monotonic()

    def comes(number: int) -> None:
        content = sound.workbook(links[number].agency.name, links[number].agency.code, number)
        time.sleep(max(0.0, begun + moments[number] - time.monotonic()))
        with Browser(server.port) as browser:
            _hands_in(browser, links[number].code, content, evening)

    with _signed_in(server) as office, _signed_in(server) as watching:
        beside = [
            Thread(target=_watched, args=(watching, evening, is_over)),
            Thread(target=_looked, args=(office, evening, is_over)),
            Thread(target=_signed_in_again, args=(server, evening, is_over)),
        ]
        for thread in beside:
            thread.start()
        try:
            with ThreadPoolExecutor(_AT_ONCE) as threads:
                list(threads.map(comes, range(len(links))))
        finally:
            is_over.set()
            for thread in beside:
                thread.join()
    return evening


def _hands_in(browser: Browser, code: str, content: bytes, evening: Evening) -> None:
    _timed(evening.page, lambda: browser.got(f"/a/{code}"))
    _timed(evening.receipt, lambda: browser.got(browser.posted("/agency/hand-in", {}, {"file": content})))


def _signed_in(server: Server) -> Browser:
    browser = Browser(server.port)
    browser.got("/sign-in")
    browser.posted("/sign-in", {"name": _NAME, "password": _PASSWORD})
    return browser


def _watched(browser: Browser, evening: Evening, is_over: Event) -> None:
    """The events of an open dashboard; some line comes every few seconds, so that this ends."""
    for line in browser.lines("/office/events"):
        if line.startswith(b"data:"):
            evening.events.append(line)
        if is_over.is_set():
            return


def _looked(browser: Browser, evening: Evening, is_over: Event) -> None:
    _timed(evening.dashboard, lambda: browser.got("/office"))
    while not is_over.wait(_BETWEEN_LOOKS):
        _timed(evening.dashboard, lambda: browser.got("/office"))


def _signed_in_again(server: Server, evening: Evening, is_over: Event) -> None:
    while True:
        begun = time.perf_counter()
        with _signed_in(server):
            evening.sign_in.append(time.perf_counter() - begun)
        if is_over.wait(_BETWEEN_SIGN_INS):
            return


def _timed(seconds: list[float], does: Callable[[], object]) -> None:
    begun = time.perf_counter()
    does()
    seconds.append(time.perf_counter() - begun)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what was waited for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.last_evening", description=__doc__)
    parser.add_argument("--agencies", type=int, default=AGENCIES, help=f"how many agencies ({AGENCIES})")
    parser.add_argument(
        "--minutes", type=float, default=MINUTES, help=f"within how many minutes ({MINUTES:g})"
    )
    asked = parser.parse_args(arguments)
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}", flush=True)
    evening = last_evening(asked.agencies, asked.minutes)
    for name in ("page", "receipt", "dashboard", "sign_in"):
        seconds = getattr(evening, name)
        print(f"{name}: {len(seconds)}, p95 {p95(seconds):.2f} s, longest {max(seconds):.2f} s")
    print(f"events to the open dashboard: {len(evening.events)}; load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
