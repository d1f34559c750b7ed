"""Several processes work on one campaign at the same time: nobody waits long, and nothing is lost or doubled."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from campaign.crashes import started, was_killed
from campaign.office import AGENCIES, NOW, TODAY, campaign_in, drop, want
from campaign.prepared import digest, prepared
from campaign.test_killed import OFFICE, Office, assert_all_is_there
from often import IN_FULL

from reportfill import Campaign
from reportfill.campaign.folder.parts import LEDGER_URL
from reportfill.campaign.operations import intake, report_outputs
from reportfill.campaign.operations.catching_up import turns_in
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.records import campaign_folder, in_use
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.campaign.records.database import locked
from reportfill.campaign.records.in_use import CampaignInUseError, waited_for
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.campaign.status.agency_status import State
from reportfill.folder_kind import FolderKind

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are forked, which Windows does not"
)


@pytest.fixture(params=["sqlite", "postgresql", "share"])
def office(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A campaign of eight agencies, with its ledger in the folder, on a server, or with its folder on a share."""
    if request.param == "postgresql":
        monkeypatch.setenv(LEDGER_URL, str(request.getfixturevalue("database")))
    if request.param == "share":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setattr(campaign_folder, "kind_of_folder", lambda path: FolderKind.SHARE)
    return Office(campaign_in(tmp_path / "2023", OFFICE), Random(20240120))


def anew(office: Office) -> CampaignFolder:
    """The campaign as a process of its own opens it."""
    return open_campaign_folder(office.campaign.root)


def collected(office: Office) -> Callable[[], object]:
    """A collect in a process of its own."""
    now = office.now = office.now + timedelta(minutes=1)
    return lambda: collect(anew(office), now)


def test_two_that_collect_at_once_take_in_each_file_once(office: Office) -> None:
    office.hand_in(files=60)
    running = [started(collected(office)) for _ in range(3)]
    assert not any(map(was_killed, running))
    told = [one.digest for one in read_journal(office.campaign.store).entries if one.event is Event.HANDED_IN]
    assert sorted(told) == sorted(office.handed_in)
    with office.campaign.read_ledger() as ledger:
        assert ledger.digests() == set(office.handed_in)


def test_many_open_a_new_ledger_at_once(office: Office) -> None:
    def opened() -> None:
        for _ in range(20):
            with anew(office).read_ledger() as ledger:
                assert ledger.digests() == set()

    running = [started(opened) for _ in range(8)]
    assert not any(map(was_killed, running))


ROUNDS = 30


def rounds_of_kills(office: Office, rounds: int) -> None:
    """Let processes collect, hand in and take in at once, one of them killed at some moment, again and again."""
    random, kills = office.random, 0
    acknowledged = office.campaign.root.with_name("acknowledged")
    for number in range(1, rounds + 1):
        office.hand_in(files=random.randrange(2, 6))
        own = [(agency, office.workbook(agency)) for agency in random.sample(OFFICE, 3)]

        def hand_in() -> None:
            campaign = Campaign(anew(office))
            with acknowledged.open("w", encoding="utf-8") as told:
                for agency, content in own:  # noqa: B023  # it is called at once
                    given = campaign.hand_in(agency.code, content, file_name="年报.xlsx")
                    print(given.path, given.digest, file=told, flush=True)
                    campaign.take_in([given])

        running = [started(one) for one in (collected(office), collected(office), hand_in)]
        time.sleep(random.uniform(0, 0.5))
        victim = random.choice(running)
        os.kill(victim, signal.SIGKILL)
        kills += sum(map(was_killed, running))
        for line in acknowledged.read_text("utf-8").splitlines():
            path, mark = line.split(" ")
            assert digest(office.campaign.store.read(path)) == mark
        for agency, content in own:
            Campaign(office.campaign).hand_in(agency.code, content, file_name="年报.xlsx")
        if number % 10 == 0 or number == rounds:
            office.collect()
            assert_all_is_there(office)
    assert kills > rounds // 4


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_of_several_that_work_at_once_any_may_be_killed_and_nothing_is_lost(office: Office) -> None:
    rounds_of_kills(office, 100 if IN_FULL else ROUNDS)


@pytest.mark.long
@pytest.mark.parametrize("office", ["postgresql", "share"], indirect=True)
def test_on_a_server_or_a_share_any_may_be_killed_and_nothing_is_lost(office: Office) -> None:
    rounds_of_kills(office, ROUNDS)


@contextmanager
def slow_reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """A collect that stays at the reading of a file until it is told to go on."""
    reads, goes_on = threading.Event(), threading.Event()
    usual = intake.SourceReader.read

    def slowly(reader: intake.SourceReader, expected: intake.ExpectedSource) -> intake.FileRead:
        reads.set()
        assert goes_on.wait(60)
        return usual(reader, expected)

    with monkeypatch.context() as patch:
        patch.setattr(intake.SourceReader, "read", slowly)
        yield reads, goes_on


def test_while_one_collects_all_else_can_be_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = Campaign(office.campaign)
    drop(office.campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    campaign.collect()
    drop(office.campaign, "2.xlsx", prepared(AGENCIES[2], 2))
    monkeypatch.setattr(in_use, "PATIENCE", 0.0)
    with slow_reading(monkeypatch) as (reads, goes_on):
        running = threading.Thread(target=lambda: Campaign(anew(office)).collect())
        running.start()
        assert reads.wait(60)
        campaign.accept("02")
        campaign.extend("03", until="2024-03-01")
        campaign.hand_in("04", prepared(AGENCIES[3], 3), file_name="a.xlsx")
        assert campaign.rollup()
        goes_on.set()
        running.join()
    campaign.take_in()
    states = {one.agency.code: one.state for one in campaign.status(TODAY).agencies}
    assert [states[code] for code in ("02", "03", "04")] == [State.ACCEPTED, State.SOUND, State.SOUND]


def test_a_campaign_that_is_closed_while_one_collects_stays_closed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = Campaign(office.campaign)
    drop(office.campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    refused = []

    def run() -> None:
        try:
            collect(anew(office), NOW)
        except Exception as error:
            refused.append(error)

    with slow_reading(monkeypatch) as (reads, goes_on):
        running = threading.Thread(target=run)
        running.start()
        assert reads.wait(60)
        campaign.close()
        goes_on.set()
        running.join()
    assert ["is closed" in str(one) for one in refused] == [True]
    assert campaign.verify().is_intact


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_campaign_that_somebody_looks_at_while_it_is_closed_is_intact_afterwards(office: Office) -> None:
    campaign = Campaign(office.campaign)
    drop(office.campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    with office.campaign.read_ledger() as ledger:
        campaign.collect()
        assert ledger.revision()
        campaign.close()
    assert campaign.verify().is_intact


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_what_is_made_beside_reports_is_made_while_all_else_can_be_done(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = Campaign(office.campaign)
    want(office.campaign, "docx", "json")
    for number, agency in enumerate(AGENCIES[1:3]):
        drop(office.campaign, f"{number}.xlsx", prepared(agency, number))
    monkeypatch.setattr(in_use, "PATIENCE", 0.0)
    usual = report_outputs.all_outputs
    reviewed = []

    def made(*arguments: object) -> object:
        reviewed.append(campaign.send_back("02", "请补充"))
        return usual(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(report_outputs, "all_outputs", made)
    campaign.collect()
    assert len(reviewed) == 1
    beside = {path.suffix for path in (office.campaign.root / "reports").rglob("*民政局*")}
    assert beside == {".docx", ".json"}
    beside = {path.suffix for path in (office.campaign.root / "reports").rglob("*档案馆*")}
    assert beside == {".docx"}


@pytest.mark.parametrize("office", ["sqlite"], indirect=True)
def test_a_second_look_at_a_file_holds_nobody_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = Campaign(office.campaign)
    drop(office.campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    monkeypatch.setattr(in_use, "PATIENCE", 0.0)
    usual, looks = intake.SourceReader.checked_for, []

    def looked(reader: intake.SourceReader, *arguments: Any) -> intake.FileRead:
        looks.append(campaign.extend("03", until="2024-03-01"))
        return usual(reader, *arguments)

    monkeypatch.setattr(intake.SourceReader, "needs_second_look", lambda *_, **__: True)
    monkeypatch.setattr(intake.SourceReader, "checked_for", looked)
    assert [one.agency for one in campaign.collect()] == [AGENCIES[1].name]
    assert len(looks) == 1


def test_what_one_sends_back_while_another_collects_is_known_to_it(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = Campaign(office.campaign)
    drop(office.campaign, "1.xlsx", prepared(AGENCIES[1], 1))
    campaign.collect()
    drop(office.campaign, "2.xlsx", prepared(AGENCIES[1], 2))
    with slow_reading(monkeypatch) as (reads, goes_on):
        running = threading.Thread(target=lambda: Campaign(anew(office)).collect())
        running.start()
        assert reads.wait(60)
        campaign.send_back("02", "请补充")
        goes_on.set()
        running.join()
    first, second = campaign.history_of("02").versions
    assert (first.number, second.number) == (1, 2)
    assert first.report.startswith("reports/旧版/")
    assert campaign.content_of(first.report) != campaign.content_of(second.report)
    assert not list((office.campaign.root / "returned").glob("*退回.xlsx"))


def test_a_table_that_comes_while_a_campaign_is_held_is_read_in_the_next_turn(tmp_path: Path) -> None:
    here = Campaign(campaign_in(tmp_path / "2023"))
    there = Campaign.open(shutil.copytree(here.folder.root, tmp_path / "there"))
    there.extend("03", until="2024-03-01")
    (table,) = (there.folder.root / "log").glob("*.csv")
    here.extend("02", until="2024-03-01")
    drop(here.folder, "1.xlsx", prepared(AGENCIES[1], 1))
    with turns_in(here.folder).taken():
        shutil.copy(table, here.folder.root / "log")
    with turns_in(here.folder).taken() as turn:
        assert {holder.code for holder in turn.ledger.extensions()} == {"02", "03"}


def test_who_reviews_between_two_that_are_taken_in_is_known_to_have_done_so(tmp_path: Path) -> None:
    campaign = Campaign(campaign_in(tmp_path / "2023"))
    campaign.take_in([campaign.hand_in("02", prepared(AGENCIES[1], 1), file_name="a")])
    campaign.accept("02")
    campaign.take_in([campaign.hand_in("03", prepared(AGENCIES[2], 2), file_name="a")])
    campaign.take_in([campaign.hand_in("04", prepared(AGENCIES[3], 3), file_name="a")])
    tables = read_journal(campaign.folder.store).tables
    assert [one.previous for one in tables[1:]] == [(one.name,) for one in tables[:-1]]


def test_who_waits_has_a_turn_although_another_takes_it_again_and_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    ended = threading.Event()

    def again_and_again() -> None:
        while not ended.is_set():
            with locked(url):
                time.sleep(0.02)

    busy = threading.Thread(target=again_and_again)
    busy.start()
    try:
        for _ in range(5):
            with locked(url, patience=2):
                pass
    finally:
        ended.set()
        busy.join()


def test_who_does_not_let_go_is_told_of_after_a_while(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'campaign.db'}"
    begin = time.monotonic()
    with locked(url), pytest.raises(CampaignInUseError), locked(url, patience=0.3):
        pass
    assert 0.3 <= time.monotonic() - begin < 3


def test_it_is_tried_again_until_somebody_lets_go() -> None:
    tries = iter([CampaignInUseError("held"), CampaignInUseError("held"), None])

    def take() -> str:
        error = next(tries)
        if error:
            raise error
        return "taken"

    assert waited_for(take, 5) == "taken"


def test_two_who_have_read_both_write(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "2023")
    with campaign.read_ledger() as one, campaign.read_ledger() as other:
        before = one.revision()
        with one.writing() as record:
            record.seen({"a": "1"})
            with pytest.raises(sqlite3.OperationalError):
                sqlite3.connect(tmp_path / "2023" / "campaign.db", timeout=0).execute("BEGIN IMMEDIATE")
        with other.writing() as record:
            record.seen({"b": "1"})
        assert one.seen() == other.seen() == {"a": "1", "b": "1"}
        assert one.revision() == before + 2
