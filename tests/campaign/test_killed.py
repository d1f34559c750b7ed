"""Killed at any moment, a campaign loses nothing and counts nothing twice: the next run finishes what was begun."""

from __future__ import annotations

import os
import shutil
import time
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random

import pytest
from campaign.crashes import killed_after, killed_at_step
from campaign.office import AGENCIES, NOW, campaign_in, drop, states, use_roster
from campaign.prepared import digest, is_whole, prepared, report_of
from often import EVERY, IN_FULL

from reportfill import Campaign
from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.folder.parts import HANDED_IN, INBOX, RECEIPTS
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.extend import extend
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.history import History, Review, Version
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.campaign.records.received_copies import mark_of, received_copies
from reportfill.campaign.records.seal import reopen, verified
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.storage.store import FolderStore
from reportfill.errors import CampaignError
from reportfill.files import TEMPORARY

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are forked, which Windows does not"
)

OFFICE = (
    *AGENCIES,
    Agency("05", "清河县水利局", "水利局", "01", 2),
    Agency("06", "清河县教育局", "教育局", "01", 2),
    Agency("a7", "清河县气象局", "气象局", "01", 2),
    Agency("A7", "清河县地震局", "地震局", "01", 2),
)


@dataclass
class HandedIn:
    """What the model knows of one content: whose it is, whether it is sound."""

    agency: Agency
    is_sound: bool
    content: bytes


@dataclass
class Office:
    """A campaign, and what the people in it remember without any help: every content that was handed in."""

    campaign: CampaignFolder
    random: Random
    handed_in: dict[str, HandedIn] = field(default_factory=dict)
    by_hand: dict[str, bytes] = field(default_factory=dict)
    first_seen: dict[str, datetime] = field(default_factory=dict)
    figures: Iterator[int] = field(default_factory=lambda: count(1))
    names: Iterator[int] = field(default_factory=lambda: count(1))
    now: datetime = NOW

    def workbook(self, agency: Agency, *, is_sound: bool = True) -> bytes:
        """A workbook that was not handed in before."""
        content = prepared(agency, next(self.figures), is_sound=is_sound)
        self.handed_in[digest(content)] = HandedIn(agency, is_sound, content)
        return content

    def any_workbook(self) -> bytes:
        """A workbook of some agency, a few faulty."""
        return self.workbook(self.random.choice(OFFICE), is_sound=self.random.random() > 0.04)

    def name(self, suffix: str) -> str:
        """A name that sorts anywhere among the others."""
        folder = self.random.choice(("", "", "县直/", "乡镇/一批/"))
        return f"{folder}{self.random.randrange(1000):03}-{next(self.names)}{suffix}"

    def hand_in(self, *, files: int = 1) -> None:
        """Let new files arrive: plain ones mostly, some in archives and mails, some again that are known."""
        for _ in range(files):
            kind = self.random.random()
            if kind < 0.08:
                packed = {f"{n}/表.xlsx": self.any_workbook() for n in range(3)}
                drop(self.campaign, self.name(".zip"), zipped(packed | {"说明.txt": b"x"}))
            elif kind < 0.14:
                drop(self.campaign, self.name(".eml"), mailed(self.any_workbook()))
            elif kind < 0.2 and self.handed_in:
                again = self.random.choice(list(self.handed_in.values()))
                drop(self.campaign, self.name(".xlsx"), again.content)
            else:
                drop(self.campaign, self.name(".xlsx"), self.any_workbook())

    def collect(self) -> None:
        """Take in all that there is, a minute later."""
        self.now += timedelta(minutes=1)
        list(collect(self.campaign, self.now))

    def clear_inbox(self) -> None:
        """Remove the files of the inbox that were kept, as people do when they have seen that they were."""
        kept = {copy.mark for copy in received_copies(self.campaign.store)}
        for file in self.campaign.store.files(INBOX):
            if file.path.endswith(".xlsx") and mark_of(digest(self.campaign.store.read(file.path))) in kept:
                self.campaign.store.remove(file.path)

    def edit_reports(self) -> None:
        """Let somebody work on the reports that count."""
        for history in histories(self.campaign).values():
            counted = history.counted
            if counted is not None and counted.digest not in self.by_hand:
                edited = self.campaign.store.read(counted.report) + b"edited"
                self.campaign.store.write(counted.report, edited)
                self.by_hand[counted.digest] = edited

    def copied_to(self, place: Path) -> Office:
        """The same office with a copy of the campaign's folder."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.campaign.root, place)
        return replace(
            self,
            campaign=CampaignFolder(FolderStore(place)),
            handed_in=dict(self.handed_in),
            by_hand=dict(self.by_hand),
            first_seen=dict(self.first_seen),
        )

    def report_of(self, version: Version) -> bytes:
        """The report of a version, with what somebody wrote in it."""
        return self.by_hand.get(version.digest) or report_of(self.handed_in[version.digest].content)


def zipped(files: dict[str, bytes]) -> bytes:
    """An archive of these files."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def mailed(content: bytes) -> bytes:
    """A mail with a workbook."""
    mail = EmailMessage()
    mail.set_content("请查收")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="年报.xlsx")
    return mail.as_bytes()


def histories(campaign: CampaignFolder) -> dict[Holder, History]:
    """What the ledger knows of each agency."""
    with campaign.read_ledger() as ledger:
        return dict(ledger.histories())


def assert_all_is_there(office: Office) -> None:
    """Everything that was handed in is there once and whole, and every place agrees with every other."""
    campaign, known = office.campaign, histories(office.campaign)
    versions = [version for history in known.values() for version in history.versions]
    assert sorted(version.digest for version in versions) == sorted(office.handed_in)
    for history in known.values():
        assert [version.number for version in history.versions] == list(range(1, len(history.versions) + 1))
        assert_files_are_whole(office, history)
    copies = [copy.path for copy in received_copies(campaign.store)]
    assert sorted(copies) == sorted(version.received for version in versions)
    assert [path for path in campaign.root.rglob(TEMPORARY) if not may_be_handed_in(campaign, path)] == []
    assert_journal_tells_all(campaign, versions)
    assert states(campaign) == expected_states(office, known)
    assert_made_anew_is_the_same(campaign)


def may_be_handed_in(campaign: CampaignFolder, path: Path) -> bool:
    """Whether a file lies where agencies hand in, at whatever moment."""
    place = path.relative_to(campaign.root).as_posix()
    return place.startswith((f"{HANDED_IN}/", f"{RECEIPTS}/"))


def assert_files_are_whole(office: Office, history: History) -> None:
    """Copies are what was handed in, and the report is that of the version that counts."""
    store = office.campaign.store
    for version in history.versions:
        told = office.handed_in[version.digest]
        assert office.first_seen.setdefault(version.digest, version.seen) == version.seen
        assert (version.code, version.is_sound) == (told.agency.code, told.is_sound)
        assert digest(store.read(version.received)) == version.digest
        assert bool(version.returned) is not told.is_sound
        assert told.is_sound or is_whole(store.read(version.returned))
    counted = history.counted
    if counted is not None:
        assert digest(store.read(counted.report)) == digest(office.report_of(counted))
    put_away = {digest(store.read(file.path)) for file in store.files("reports/旧版")}
    for version in history.versions:
        if version.digest in office.by_hand and version is not counted:
            assert digest(office.by_hand[version.digest]) in put_away


def assert_journal_tells_all(campaign: CampaignFolder, versions: Sequence[Version]) -> None:
    """The journal tells of every version, under its number: twice where a run was broken off in between."""
    told = defaultdict(list)
    for entry in read_journal(campaign.store).entries:
        if entry.event is Event.HANDED_IN:
            told[entry.digest].append(entry)
    assert set(told) == {version.digest for version in versions}
    for version in versions:
        assert {(entry.code, entry.number) for entry in told[version.digest]} == {
            (version.code, version.number)
        }
        assert (told[version.digest][-1].at, told[version.digest][-1].file) == (version.seen, version.file)


def expected_states(office: Office, known: dict[Holder, History]) -> dict[str, State]:
    """The state of every agency by what its newest version is, and by the last word on it."""
    expected = {}
    for agency in OFFICE:
        history = known.get(agency.holder)
        if history is None:
            expected[agency.code] = State.MISSING
            continue
        newest = history.versions[-1]
        said = [one for one in history.reviews if one.number == newest.number]
        if said:
            expected[agency.code] = State.ACCEPTED if said[-1].is_accepted else State.SENT_BACK
        else:
            is_sound = office.handed_in[newest.digest].is_sound
            expected[agency.code] = State.SOUND if is_sound else State.FAULTY
    return expected


def assert_made_anew_is_the_same(campaign: CampaignFolder) -> None:
    """A ledger made anew, in a copy of the folder, says what the ledger says."""
    place = campaign.root.with_name("anew")
    shutil.copytree(campaign.root, place)
    anew = CampaignFolder(FolderStore(place))
    (place / "campaign.db").unlink(missing_ok=True)  # it may be elsewhere
    rebuild(anew)
    assert facts_of(anew) == facts_of(campaign)
    shutil.rmtree(place)


def facts_of(campaign: CampaignFolder) -> object:
    """What the ledger says that people can see: a report is said only of the version that counts, and of reviews the
    last one on each version."""
    with campaign.read_ledger() as ledger:
        workbooks = {(sent.id, sent.code) for sent in ledger.workbooks().values()}
        extensions = ledger.extensions()
    said: dict[tuple[Holder, int], Review] = {}
    versions = []
    for history in histories(campaign).values():
        said |= {(one.holder, one.number): one for one in history.reviews}
        counted = history.counted
        versions += [one if one is counted else one._replace(report="") for one in history.versions]
    return versions, said, workbooks, extensions


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A campaign of eight agencies."""
    return Office(campaign_in(tmp_path / "2023", OFFICE), Random(20240120))


@pytest.fixture
def busy_office(office: Office) -> Office:
    """An office in which two reports were worked on, and in whose inbox there is a newer version of each, and the first
    of a third agency."""
    archive, civil_affairs, petitions = OFFICE[1:4]
    drop(office.campaign, "1.xlsx", office.workbook(archive))
    drop(office.campaign, "2.xlsx", office.workbook(civil_affairs))
    office.collect()
    office.edit_reports()
    drop(office.campaign, "3.xlsx", office.workbook(archive))
    drop(office.campaign, "4.xlsx", office.workbook(civil_affairs))
    drop(office.campaign, "5.xlsx", office.workbook(petitions))
    return office


def killed_at_every_step(office: Office, change: Callable[[Office], object]) -> Iterator[Office]:
    """A copy of the office for every step of a change, or every sixteenth, at which it was broken off."""
    for number in count(1, EVERY):
        copy = office.copied_to(office.campaign.root.with_name("copy"))
        if not killed_at_step(number, lambda: change(copy)):  # noqa: B023  # it is called at once
            assert number > 3, "hardly anything was done"
            return
        yield copy


def collected_later(office: Office) -> None:
    """Collect in a process of its own, a minute later by its clock."""
    list(collect(office.campaign, office.now + timedelta(minutes=1)))


IN_A_ROW = 10 if IN_FULL else 4
"""How often one kind of work is broken off."""


def waiting_files(campaign: CampaignFolder) -> int:
    """How many files of the inbox are not done with."""
    with campaign.read_ledger() as ledger:
        return len({file.path for file in campaign.store.files(INBOX)} - ledger.seen().keys())


def test_after_kills_at_random_moments_everything_is_there_once(office: Office) -> None:
    campaign, random = office.campaign, office.random
    office.hand_in(files=40)
    stray = drop(campaign, "不知是谁.xlsx", prepared(Agency("99", "别县档案馆"), 1))
    pace, kills = 0.01, 0
    while kills < (200 if IN_FULL else 20):
        for _ in range(25):
            longest = 0.02 + pace * waiting_files(campaign)
            kills += killed_after(random.uniform(0, 1.1 * longest), lambda: collected_later(office))
            office.now += timedelta(minutes=1)
            if random.random() < 0.3:
                office.hand_in(files=random.randrange(1, 4))
            if random.random() < 0.1:
                office.clear_inbox()
        start, waiting = time.monotonic(), waiting_files(campaign)
        office.collect()
        pace = min(max((time.monotonic() - start) / max(waiting, 1), 0.005), 0.02)
        assert_all_is_there(office)
        with campaign.read_ledger() as ledger:
            assert [one.file for one in ledger.strays()] == [stray]
        office.edit_reports()
        office.hand_in(files=8)


def nothing_more(office: Office) -> None:
    """Leave the office as it is."""


def emptied(office: Office) -> None:
    """Remove from the inbox what was kept, and hand in newer versions."""
    office.clear_inbox()
    newer(office)


def newer(office: Office) -> None:
    """Hand in newer versions of all three, under names that are read first."""
    for number, agency in enumerate(OFFICE[1:4]):
        drop(office.campaign, f"0{number}.xlsx", office.workbook(agency))


@pytest.mark.parametrize("afterwards", [nothing_more, emptied, newer])
def test_broken_off_at_any_step_collecting_is_finished_by_the_next_run(
    busy_office: Office, afterwards: Callable[[Office], None]
) -> None:
    for broken in killed_at_every_step(busy_office, collected_later):
        afterwards(broken)
        broken.now += timedelta(minutes=1)
        broken.collect()
        assert_all_is_there(broken)


@pytest.mark.parametrize("is_accepted", [True, False])
def test_broken_off_at_any_step_a_review_is_made_or_is_not(office: Office, *, is_accepted: bool) -> None:
    drop(office.campaign, "1.xlsx", office.workbook(OFFICE[1]))
    office.collect()
    office.edit_reports()

    def change(copy: Office) -> None:
        review(copy.campaign, "02", is_accepted=is_accepted, remark="请补充", by="王芳", now=NOW)

    for broken in killed_at_every_step(office, change):
        broken.collect()
        assert_all_is_there(broken)
        change(broken)
        assert states(broken.campaign)["02"] is (State.ACCEPTED if is_accepted else State.SENT_BACK)
        assert_all_is_there(broken)


def test_broken_off_at_any_step_more_time_is_given_or_is_not(office: Office) -> None:
    def change(copy: Office) -> None:
        extend(copy.campaign, ["02", "03"], "2024-02-10", None, why="机构改革", by="王芳", now=NOW)

    given = {"02": date(2024, 2, 10), "03": date(2024, 2, 10)}
    for broken in killed_at_every_step(office, change):
        told = {one.code for one in read_journal(broken.campaign.store).entries}
        broken.collect()
        assert days_of(broken.campaign) == ({} if not told else given)
        change(broken)
        assert days_of(broken.campaign) == given
        assert_all_is_there(broken)


def days_of(campaign: CampaignFolder) -> dict[str, date]:
    """Until when those agencies may hand in that were given more time."""
    with campaign.read_ledger() as ledger:
        return {holder.code: one.until for holder, one in ledger.extensions().items() if one.until}


def test_broken_off_at_any_step_links_and_an_account_are_given_or_are_not(office: Office) -> None:
    def change(copy: Office) -> None:
        campaign = Campaign(copy.campaign)
        if "王芳" not in [one.name for one in campaign.users]:
            campaign.add_user("王芳", "雨伞 火车 土豆 月亮", "reader")
        campaign.give_links("02", "03", url="https://tb.example.cn")

    for broken in killed_at_every_step(office, change):
        told = {one.event for one in read_journal(broken.campaign.store).entries}
        assert given_in(broken.campaign) == (
            ["王芳"] if Event.ACCOUNT_ADDED in told else [],
            ["02", "03"] if Event.LINK_GIVEN in told else [],
        )
        change(broken)
        assert given_in(broken.campaign) == (["王芳"], ["02", "03"])
        assert Campaign(broken.campaign).user_with("王芳", "雨伞 火车 土豆 月亮") is not None
        assert_all_is_there(broken)


def given_in(campaign: CampaignFolder) -> tuple[list[str], list[str]]:
    """Who has an account, and which agencies have links."""
    links = (one.agency for one in Campaign(campaign).links)
    return [one.name for one in Campaign(campaign).users], sorted(one.code for one in links if one)


def test_broken_off_at_any_step_making_the_ledger_anew_loses_nothing(busy_office: Office) -> None:
    busy_office.collect()
    review(busy_office.campaign, "02", is_accepted=False, remark="请补充", by="王芳", now=busy_office.now)
    review(busy_office.campaign, "03", is_accepted=True, remark="", by="王芳", now=busy_office.now)
    assert_all_is_there(busy_office)
    before = facts_of(busy_office.campaign)
    for broken in killed_at_every_step(busy_office, lambda copy: rebuild(copy.campaign)):
        with suppress(CampaignError):  # it asks for the ledger to be made anew once more
            broken.collect()
        rebuild(broken.campaign)
        broken.collect()
        assert facts_of(broken.campaign) == before
        assert_all_is_there(broken)


def test_broken_off_at_any_step_handing_out_is_finished_by_the_next_run(office: Office) -> None:
    former = OFFICE[1]
    renamed = former._replace(name="清河县档案局", former_name=former.name)
    distribute(office.campaign)
    use_roster(office.campaign, (OFFICE[0], renamed, *OFFICE[2:]))
    for broken in killed_at_every_step(office, lambda copy: distribute(copy.campaign)):
        made = distribute(broken.campaign).workbooks
        assert all(is_whole(broken.campaign.store.read(one.path)) for one in made)
        assert list(broken.campaign.root.rglob(TEMPORARY)) == []
        assert not any(one.is_new for one in distribute(broken.campaign).workbooks)
        with broken.campaign.read_ledger() as ledger:
            known = ledger.workbooks().values()
        assert all(broken.campaign.store.exists(workbook.path) for workbook in known)
        for name in (former.name, renamed.name):
            drop(broken.campaign, f"{name}.xlsx", prepared(former, next(office.figures), name=name))
        assert {one.agency for one in collect(broken.campaign, NOW)} == {renamed.name}


def test_broken_off_at_any_step_closing_is_finished_by_the_next_try(office: Office) -> None:
    drop(office.campaign, "1.xlsx", office.workbook(OFFICE[1]))
    office.collect()
    for broken in killed_at_every_step(office, lambda copy: close(copy.campaign, "王芳", NOW)):
        if not broken.campaign.is_sealed:
            close(broken.campaign, "王芳", NOW)
        assert verified(broken.campaign).is_intact
        reopen(broken.campaign, "补报", "王芳", NOW)
        broken.collect()
        assert_all_is_there(broken)


def test_broken_off_at_any_step_opening_again_leaves_it_closed_and_intact_or_open(office: Office) -> None:
    close(office.campaign, "王芳", NOW)
    for broken in killed_at_every_step(office, lambda copy: reopen(copy.campaign, "补报", "王芳", NOW)):
        if broken.campaign.is_sealed:
            reopen(broken.campaign, "补报", "王芳", NOW)
        assert not broken.campaign.is_sealed
        close(broken.campaign, "王芳", NOW)
        assert verified(broken.campaign).is_intact


def test_kills_at_random_moments_of_other_work_lose_nothing(busy_office: Office) -> None:
    office, campaign, random = busy_office, busy_office.campaign, busy_office.random
    office.collect()
    changes: tuple[Callable[[], object], ...] = (
        lambda: rebuild(campaign),
        lambda: review(campaign, "02", is_accepted=True, remark="", by="王芳", now=NOW),
        lambda: close(campaign, "王芳", NOW),
        lambda: distribute(campaign),
    )
    kills = 0
    for number in range(4 * IN_A_ROW):
        change = changes[number // IN_A_ROW]
        kills += killed_after(random.uniform(0, 0.05), change)
        if campaign.is_sealed:
            reopen(campaign, "补报", "王芳", NOW)
        change()
        if campaign.is_sealed:
            assert verified(campaign).is_intact
            reopen(campaign, "补报", "王芳", NOW)
    assert kills > IN_A_ROW
    assert_all_is_there(office)
