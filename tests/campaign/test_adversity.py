"""A full disk, a folder that may not be written to, names that no system likes, damage and haste: one clear line at
most, nothing half done, and what can go on goes on."""

from __future__ import annotations

import io
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback
import unicodedata
import zipfile
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path, PureWindowsPath

import pytest
from campaign.crashes import killed_at_step
from campaign.office import (
    AGENCIES,
    NOW,
    TODAY,
    campaign_in,
    drop,
    standing,
    states,
    taken,
    use_roster,
    versions,
)
from campaign.prepared import FIGURE, digest, is_whole, prepared, report_of
from often import IN_FULL
from places import PACK_FOLDER

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.collected_batch import Collected
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import read_journal
from reportfill.campaign.records.seal import verified
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.campaign.storage.store import FolderStore
from reportfill.cli.main import status_of
from reportfill.errors import ReportfillError
from reportfill.files import TEMPORARY
from reportfill.workers import ProcessWorkers

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="processes are forked, which Windows does not"
)

ARCHIVE, CIVIL_AFFAIRS = AGENCIES[1], AGENCIES[2]
NOBODY = 65534
MOST_MEMORY = 600 << 20


@dataclass(frozen=True)
class Run:
    """How a run of the program ended, and what it said."""

    status: int
    out: str
    err: str


@pytest.fixture(scope="module", autouse=True)
def all_imported(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every command was run once in this process, so that those that are forked off need not import what it takes;
    nobody may not even read where Python lies."""
    campaign = campaign_in(tmp_path_factory.mktemp("office") / "2023")
    hand_in(campaign, ARCHIVE, 1)
    for name in ("distribute", "collect", "status", "rollup", "rebuild", "close"):
        assert status_of([*command(name, campaign)]) in (0, 1)


@pytest.fixture
def campaign(tmp_path: Path) -> CampaignFolder:
    """A campaign of four agencies."""
    return campaign_in(tmp_path / "office" / "2023")


def program(*arguments: object, hindered: Callable[[], object] = lambda: None) -> Run:
    """The program in a process of its own, which is hindered in some way before."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _run_program([str(argument) for argument in arguments], hindered, writing)
    os.close(writing)
    with open(reading, encoding="utf-8") as told:
        said = told.read()
    os.waitpid(child, 0)
    return Run(**json.loads(said))


def _run_program(arguments: list[str], hindered: Callable[[], object], writing: int) -> None:
    out, err, status = io.StringIO(), io.StringIO(), -1
    try:
        sys.stdout, sys.stderr = out, err
        hindered()
        try:
            status = status_of(arguments)
        except BaseException:
            traceback.print_exc(file=err)
        told = json.dumps({"status": status, "out": out.getvalue(), "err": err.getvalue()})
        os.write(writing, told.encode("utf-8", "replace"))
    finally:
        os._exit(0)


def assert_refused(run: Run, said: str) -> None:
    """One clear line, the status of what cannot be used, and no traceback."""
    assert "Traceback" not in run.err, run.err
    assert run.status == 2
    lines = [line for line in run.err.splitlines() if line.startswith("reportfill: ")]
    assert len(lines) == 1, run.err
    assert run.err.strip().splitlines()[-1] == lines[0]
    assert said in lines[0]


def command(name: str, campaign: CampaignFolder, *more: str) -> tuple[str, ...]:
    """A command on a campaign, in this process alone, told in English."""
    jobs = ("--jobs", "1") if name in ("collect", "rollup", "distribute", "rebuild") else ()
    return ("campaign", name, str(campaign.root), *jobs, *more, "--lang", "en")


def hand_in(campaign: CampaignFolder, agency: Agency, figure: int, name: str = "") -> bytes:
    """A sound workbook in the inbox; its content."""
    content = prepared(agency, figure)
    drop(campaign, name or f"{agency.code}-{figure:03}.xlsx", content)
    return content


def everything_in(folder: Path) -> dict[str, str]:
    """Every file below a folder, with the SHA-256 of its content."""
    return {str(path): digest(path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def assert_nothing_half_done(campaign: CampaignFolder) -> None:
    """What is there is whole, and everything that the ledger names is there."""
    assert list(campaign.root.rglob(TEMPORARY)) == []
    for folder in ("received", "reports", "returned"):
        for file in campaign.store.files(folder):
            assert is_whole(campaign.store.read(file.path)), file.path
    for version in versions(campaign):
        assert digest(campaign.store.read(version.received)) == version.digest


def only_small_files(size: int) -> Callable[[], None]:
    """Let this process write no file that is larger, as if there were no more space."""

    def hindered() -> None:
        sys.dont_write_bytecode = (
            True  # Python would keep what it could write of a module, for everybody after
        )
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return hindered


# A full disk.


@pytest.mark.parametrize("size", [0, 2_000, 30_000, 33_000, 34_500])
def test_where_the_disk_is_full_collecting_stops_with_one_line_and_goes_on_later(
    campaign: CampaignFolder, size: int
) -> None:
    hand_in(campaign, CIVIL_AFFAIRS, 1)
    taken(campaign)
    for figure, agency in enumerate(AGENCIES, 2):
        hand_in(campaign, agency, figure)
    run = program(*command("collect", campaign), hindered=only_small_files(size))
    assert_refused(run, "")
    assert "another process" not in run.err
    assert_nothing_half_done(campaign)
    assert [one.number for one in versions(campaign)] == [1]
    taken(campaign)
    assert {agency: one.state for agency, one in by_code(campaign).items()} == dict.fromkeys(
        by_code(campaign), State.SOUND
    )
    assert_nothing_half_done(campaign)
    assert len(versions(campaign)) == 5


def by_code(campaign: CampaignFolder) -> dict[str, object]:
    """How each agency stands."""
    return {one.agency.code: one for one in campaign_status(campaign, TODAY).agencies}


def test_where_there_is_space_for_the_files_but_not_for_the_ledger_nothing_is_counted_twice(
    campaign: CampaignFolder,
) -> None:
    for figure, agency in enumerate(AGENCIES):
        hand_in(campaign, agency, figure)
    campaign = killed_between_journal_and_ledger(campaign)
    assert versions(campaign) == []
    assert_refused(program(*command("collect", campaign), hindered=only_small_files(3_000)), "ledger")
    taken(campaign)
    assert [one.number for one in versions(campaign)] == [1, 1, 1, 1]
    assert_nothing_half_done(campaign)


def killed_between_journal_and_ledger(campaign: CampaignFolder) -> CampaignFolder:
    """A copy of a campaign in which a run was broken off when all but the ledger was written."""

    def broken_off(step: int) -> CampaignFolder:
        copy = CampaignFolder(FolderStore(campaign.root.with_name(f"killed-{step}")))
        if not copy.root.exists():
            shutil.copytree(campaign.root, copy.root)
            killed_at_step(step, lambda: taken(copy))
        return copy

    steps = range(1, 200)
    first = bisect_left(steps, True, key=lambda step: bool(broken_off(step).store.files("log")))
    return broken_off(steps[first])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=500k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_on_a_disk_that_runs_full_all_is_taken_in_once_it_was_made_larger(small_disk: Path) -> None:
    campaign = campaign_in(small_disk / "2023")
    with suppress(ReportfillError):
        for figure in range(100):
            hand_in(campaign, AGENCIES[figure % 4], figure)
            taken(campaign)
    assert 0 < len(versions(campaign)) < 20
    with suppress(OSError), (small_disk / "more").open("wb", buffering=0) as file:
        while file.write(bytes(1024)):
            pass
    assert_refused(program(*command("collect", campaign)), "room")
    assert_refused(program(*command("status", campaign)), "")
    (small_disk / "more").unlink()
    run = program(*command("collect", campaign))
    assert "Traceback" not in run.err, run.err
    assert_nothing_half_done(campaign)
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    for more in range(1, 5):
        hand_in(campaign, AGENCIES[more - 1], 1000 + more)
    taken(campaign)
    assert len(versions(campaign)) == len(campaign.store.files("inbox"))
    assert_nothing_half_done(campaign)


# Folders that may not be written to.


@pytest.fixture
def shared_campaign() -> Iterator[CampaignFolder]:
    """A campaign at a place that everybody may look at, with one workbook taken in and one in the inbox."""
    place = Path(tempfile.mkdtemp(prefix="shared-"))
    place.chmod(0o755)
    shutil.copytree(PACK_FOLDER, place / "pack")  # where the pack itself lies not everybody may look
    campaign = campaign_in(place / "2023")
    campaign.change_settings(replace(campaign.settings(), pack="../pack"))
    hand_in(campaign, CIVIL_AFFAIRS, 1)
    taken(campaign)
    hand_in(campaign, ARCHIVE, 2)
    yield campaign
    for path in (campaign.root, *campaign.root.rglob("*")):
        path.chmod(0o755)
    shutil.rmtree(place)


def as_nobody() -> None:
    """Let this process be nobody's, who may write where everybody may."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def owned_by_nobody(campaign: CampaignFolder) -> None:
    """Give a campaign's folder to whom the program runs as."""
    if os.geteuid() == 0:
        for path in (campaign.root, *campaign.root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def test_an_inbox_that_may_only_be_read_is_no_hindrance(shared_campaign: CampaignFolder) -> None:
    owned_by_nobody(shared_campaign)
    (shared_campaign.root / "inbox").chmod(0o555)
    run = program(*command("collect", shared_campaign), hindered=as_nobody)
    assert (run.status, "Traceback" in run.err) == (0, False), run.err
    assert states(shared_campaign)["02"] is State.SOUND


@pytest.mark.parametrize("name", ["collect", "distribute", "rebuild", "status", "rollup", "close"])
def test_a_campaign_that_may_only_be_read_is_refused_in_one_line(
    shared_campaign: CampaignFolder, name: str
) -> None:
    before = everything_in(shared_campaign.root)
    owned_by_nobody(shared_campaign)
    for path in (*shared_campaign.root.rglob("*"), shared_campaign.root):
        path.chmod(0o555 if path.is_dir() else 0o444)
    run = program(*command(name, shared_campaign), hindered=as_nobody)
    assert_refused(run, "")
    assert "another process" not in run.err
    assert everything_in(shared_campaign.root) == before


@pytest.mark.parametrize("name", ["roster.xlsx", "campaign.toml"])
def test_a_file_that_may_not_be_read_is_named(shared_campaign: CampaignFolder, name: str) -> None:
    owned_by_nobody(shared_campaign)
    (shared_campaign.root / name).chmod(0)
    run = program(*command("collect", shared_campaign), hindered=as_nobody)
    assert_refused(run, name)


def test_a_file_in_the_inbox_that_may_not_be_read_is_asked_about(shared_campaign: CampaignFolder) -> None:
    owned_by_nobody(shared_campaign)
    (shared_campaign.root / "inbox" / "02-002.xlsx").chmod(0)
    run = program(*command("collect", shared_campaign), hindered=as_nobody)
    assert (run.status, "Traceback" in run.err) == (1, False)
    assert "The file cannot be read: Permission denied" in run.out


def test_a_folder_in_the_inbox_that_may_not_be_looked_into_is_asked_about(
    shared_campaign: CampaignFolder,
) -> None:
    owned_by_nobody(shared_campaign)
    hidden = shared_campaign.root / "inbox" / "县局"
    hidden.mkdir(0o000)
    run = program(*command("collect", shared_campaign), hindered=as_nobody)
    assert (run.status, "Traceback" in run.err) == (1, False)
    assert "inbox/县局: The folder cannot be read: Permission denied" in run.out
    assert states(shared_campaign)["02"] is State.SOUND


# Clocks.


def test_a_clock_that_jumps_back_changes_neither_numbers_nor_order(campaign: CampaignFolder) -> None:
    times = [NOW, NOW - timedelta(days=400), NOW + timedelta(days=36500), NOW - timedelta(hours=1)]
    for figure, now in enumerate(times):
        hand_in(campaign, ARCHIVE, figure)
        assert len(list(collect(campaign, now))) == 1
    review(campaign, "02", is_accepted=True, remark="", by="王芳", now=datetime(1999, 1, 1))
    found = versions(campaign)
    assert [one.number for one in found] == [1, 2, 3, 4]
    assert [one.seen for one in found] == times
    assert [entry.number for entry in read_journal(campaign.store).entries] == [1, 2, 3, 4, 4]
    assert rollup(campaign).sums[FIGURE] == 3
    rebuild(campaign)
    assert [one.seen for one in versions(campaign)] == times
    assert states(campaign)["02"] is State.ACCEPTED


# Names.

ODD = (
    Agency('<>:"/\\|?*', '清河<>:"/\\|?*县局'),
    Agency("CON", "CON"),
    Agency("con", "con"),
    Agency("aux.txt", "aux.txt"),
    Agency("../..", "../../局"),
    Agency("末尾.", "末尾的点..."),
    Agency("末尾", "末尾的点"),
    Agency("😀", "表情😀局"),
    Agency("é", unicodedata.normalize("NFC", "café局")),
    Agency("E9", unicodedata.normalize("NFD", "café局")),
    Agency("甲" * 40, "甲" * 60),
    Agency("甲" * 39 + "乙", "甲" * 59 + "乙"),
    Agency("91110000000000001A", "长" * 59 + "一"),
    Agency("91110000000000002B", "长" * 59 + "二"),
    Agency("10", "清河/档案"),
    Agency("11", "清河:档案"),
    Agency("12", "Qinghe Archive"),
    Agency("13", "QINGHE ARCHIVE"),
    Agency("14", "{单位名称}%s\\1"),
    Agency("15", "旧版"),
    Agency("16", '=HYPERLINK("x")'),
)


def test_agencies_of_whatever_names_have_files_of_their_own_that_every_system_accepts(tmp_path: Path) -> None:
    campaign = campaign_in(tmp_path / "office" / "2023", ODD)
    before = everything_in(tmp_path)
    agencies = campaign.roster().agencies
    assert len(agencies) == len(ODD)
    sent = [one.path for one in distribute(campaign).workbooks]
    assert len({path.casefold() for path in sent}) == len(ODD)
    for figure in range(3):
        for number, agency in enumerate(agencies):
            drop(campaign, f"{number}-{figure}.xlsx", prepared(agency, figure, is_sound=figure != 1))
        assert len(taken(campaign)) == len(ODD)
    for agency in agencies:
        one = standing(campaign, agency.code)
        assert (one.state, one.versions) == (State.SOUND, 3)
        assert digest(campaign.store.read(one.report)) == digest(report_of(prepared(agency, 2)))
    received = [version.received for version in versions(campaign)]
    assert len({path.casefold() for path in received}) == 3 * len(ODD)
    kept = [file.path for file in campaign.store.files("reports/旧版")]
    assert len(kept) == len(ODD)
    for file in campaign.store.files():
        assert all(map(is_harmless, file.path.split("/"))), file.path
    added = {path for path in everything_in(tmp_path) if path not in before}
    assert all(path.startswith(str(campaign.root)) for path in added)


def is_harmless(part: str) -> bool:
    """Whether every system accepts a name."""
    refused = set('<>:"\\|?*') & set(part) or part.endswith((".", " ")) or part != part.strip()
    return not refused and len(part.encode()) <= 255 and not PureWindowsPath(part).is_reserved()


def test_agencies_whose_short_names_are_alike_keep_every_report(tmp_path: Path) -> None:
    agencies = (
        Agency("1", "甲乡人民政府", "甲乡"),
        Agency("2", "乙乡人民政府", "乙乡"),
        Agency("11", "甲乡农业办公室", "农业办", "1", 2),
        Agency("21", "乙乡农业办公室", "农业办", "2", 2),
    )
    campaign = campaign_in(tmp_path / "2023", agencies)
    campaign.change_settings(replace(campaign.settings(), report_name="{简称}{年度}年报"))
    for figure in range(2):
        for agency in agencies[2:]:
            hand_in(campaign, agency, figure)
        taken(campaign)
    former = {digest(report_of(prepared(agency, 0))) for agency in agencies[2:]}
    kept = {digest(campaign.store.read(file.path)) for file in campaign.store.files("reports/旧版")}
    assert kept == former


def test_workbooks_that_were_replaced_are_all_kept_though_their_names_are_alike(tmp_path: Path) -> None:
    agencies = [
        Agency("1", "甲乡人民政府", "甲乡"),
        Agency("2", "乙乡人民政府", "乙乡"),
        Agency("11", "甲乡农业办公室", "农业办", "1", 2),
        Agency("21", "乙乡农业办公室", "农业办", "2", 2),
    ]
    campaign = campaign_in(tmp_path / "2023", tuple(agencies))
    campaign.change_settings(replace(campaign.settings(), workbook_name="{简称}{年度}"))
    distribute(campaign)
    agencies[2:] = [agency._replace(short_name="农业农村办") for agency in agencies[2:]]
    use_roster(campaign, tuple(agencies))
    distribute(campaign)
    assert len(campaign.store.files("outgoing/旧版")) == 2


def test_an_agency_that_takes_over_a_name_does_not_take_over_the_report(campaign: CampaignFolder) -> None:
    content = hand_in(campaign, ARCHIVE, 1)
    taken(campaign)
    renamed, heir = ARCHIVE._replace(name="清河县档案局"), Agency("09", ARCHIVE.name, "", "01", 2)
    use_roster(campaign, (AGENCIES[0], renamed, heir))
    hand_in(campaign, heir, 2)
    taken(campaign)
    assert [found.code for found in standing(campaign, "02").findings] == ["agency.renamed"]
    assert standing(campaign, "02").report == ""
    review(campaign, "02", is_accepted=True, remark="", by="王芳", now=NOW)
    assert standing(campaign, "02").report != standing(campaign, "09").report
    assert digest(campaign.store.read(standing(campaign, "02").report)) == digest(report_of(content))


def test_agencies_far_apart_in_the_roster_may_swap_names(tmp_path: Path) -> None:
    agencies = [Agency(f"{number:03}", f"清河县第{number}局") for number in range(70)]
    campaign = campaign_in(tmp_path / "2023", tuple(agencies))
    distribute(campaign)
    agencies[0], agencies[-1] = (
        agencies[0]._replace(name=agencies[-1].name),
        agencies[-1]._replace(name=agencies[0].name),
    )
    use_roster(campaign, tuple(agencies))
    distribute(campaign)
    made = {one.agency.code: one.path for one in distribute(campaign).workbooks}
    assert all(campaign.store.exists(path) for path in made.values())
    for figure, agency in enumerate((agencies[0], agencies[-1])):
        shutil.copy(campaign.root / made[agency.code], campaign.root / "inbox" / f"{figure}.xlsx")
    assert [one.version.code for one in taken(campaign) if one.version] == ["000", "069"]


INBOX_NAMES = {
    "decomposed": unicodedata.normalize("NFD", "填报表é.xlsx").encode(),
    "of 255 bytes": b"x" * 250 + b".xlsx",
    "not UTF-8": "档案馆".encode("gbk") + b"\xff.xlsx",
    "not UTF-8 in a folder": b"\xb5\xb5/\xff.xlsx",
    "an archive not UTF-8": b"\xff.zip",
    "a stray not UTF-8": b"\xff.pdf",
    "with a line break": b"a\nb.xlsx",
    "with commas and quotes": b'"a",b;c.xlsx',
    "with markup": b"<script>alert(1)<%2Fscript>.xlsx",
}


@pytest.mark.skipif(sys.platform != "linux", reason="only there names are bytes")
@pytest.mark.parametrize("raw", INBOX_NAMES.values(), ids=INBOX_NAMES.keys())
def test_files_of_whatever_names_are_taken_in(campaign: CampaignFolder, raw: bytes) -> None:
    path = campaign.root / "inbox" / os.fsdecode(raw)
    path.parent.mkdir(exist_ok=True)
    content = prepared(ARCHIVE, 1)
    path.write_bytes(zip_of({"a.xlsx": content}) if raw.endswith(b".zip") else content)
    is_stray = raw.endswith(b".pdf")
    run = program(*command("collect", campaign))
    assert (run.status, "Traceback" in run.err) == (int(is_stray), False), run.err
    assert [digest(campaign.store.read(one.received)) for one in versions(campaign)] == (
        [] if is_stray else [digest(content)]
    )
    run = program(*command("status", campaign))
    assert (run.status, "Traceback" in run.err) == (0, False), run.err
    before = versions(campaign)
    assert rebuild(campaign) == len(before)
    assert versions(campaign) == before
    assert [one for one in taken(campaign) if one.version] == []
    close(campaign, "王芳", NOW)
    assert verified(campaign).is_intact


def zip_of(files: dict[str, bytes]) -> bytes:
    """An archive of these files, whatever their names."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


# Very many files.


MANY = 500 if IN_FULL else 50
"""Agencies, each of which hands in four times."""


def test_thousands_of_files_at_once_are_all_taken_in_within_little_memory(tmp_path: Path) -> None:
    agencies = tuple(Agency(f"{number:04}", f"清河县第{number}局") for number in range(MANY))
    campaign = campaign_in(tmp_path / "2023", agencies)
    inbox = campaign.root / "inbox"
    handed_in: dict[str, tuple[str, int]] = {}
    for number in range(1, 5):
        for agency in agencies:
            content = prepared(agency, number)
            (inbox / f"{number:02}-{agency.code}.xlsx").write_bytes(content)
            handed_in[digest(content)] = agency.code, number
    for number in range(6 * MANY):
        (inbox / f"截图{number:04}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + str(number).encode() * 1000)
    assert peak_memory(lambda: list(collect(campaign, NOW, ProcessWorkers(2)))) < MOST_MEMORY
    found = versions(campaign)
    assert {version.digest: (version.code, version.number) for version in found} == handed_in
    assert len(found) == 4 * len(agencies)
    assert taken(campaign) == []
    standing = campaign_status(campaign, TODAY)
    assert {one.state for one in standing.agencies} == {State.SOUND}
    assert [stray.file for stray in standing.strays] == [
        f"inbox/截图{number:04}.png" for number in range(6 * MANY)
    ]
    assert sum(1 for _ in read_journal(campaign.store).entries) == 4 * len(agencies)


def peak_memory(change: Callable[[], object]) -> int:
    """The most memory, in bytes, that a process of its own had while it made a change."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            change()
            os.write(writing, str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss).encode())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as told:
        peak = told.read()
    os.waitpid(child, 0)
    assert peak, "the change failed"
    return int(peak) * (1 if sys.platform == "darwin" else 1024)


# Haste and damage.


def test_of_two_that_collect_at_once_the_second_finds_nothing_more(campaign: CampaignFolder) -> None:
    for figure in range(4):
        hand_in(campaign, AGENCIES[figure], figure)

    def second(taken_in: Collected) -> None:
        assert taken_in.version is not None
        if taken_in.version.code == AGENCIES[1].code:
            assert program(*command("collect", campaign)).out.startswith("0 new files")

    assert len(collect(campaign, NOW, each=second)) == 4
    assert program(*command("collect", campaign)).status == 0
    assert len(versions(campaign)) == 4


def with_newer_ledger(campaign: CampaignFolder) -> None:
    """Let the ledger be one of a newer version."""
    with closing(sqlite3.connect(campaign.root / "campaign.db")) as ledger, ledger:
        ledger.execute("UPDATE about SET version = 99")


def with_ledger_cut_off(campaign: CampaignFolder) -> None:
    """Cut off the ledger in the middle."""
    path = campaign.root / "campaign.db"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def with_garbled_ledger(campaign: CampaignFolder) -> None:
    """Overwrite the ledger behind its first page."""
    path = campaign.root / "campaign.db"
    content = path.read_bytes()
    path.write_bytes(content[:4096] + random.Random(1).randbytes(len(content) - 4096))


def written(name: str, content: bytes) -> Callable[[CampaignFolder], None]:
    """What writes a file of the campaign over."""
    return lambda campaign: campaign.store.write(name, content)


def with_another_pack(campaign: CampaignFolder) -> None:
    """Let the settings name another pack than the ledger."""
    campaign.change_settings(replace(campaign.settings(), pack="none"))


REFUSED = {
    "a ledger of a newer version": (with_newer_ledger, "newer version"),
    "a ledger that is none": (written("campaign.db", b"nothing of the kind " * 500), "rebuild"),
    "a ledger cut off": (with_ledger_cut_off, "rebuild"),
    "a garbled ledger": (with_garbled_ledger, "rebuild"),
    "settings that are no TOML": (written("campaign.toml", b"pack = "), "campaign.toml"),
    "settings without a year": (written("campaign.toml", b'pack = "x"\nissuer = "x"'), "year"),
    "settings in GBK": (written("campaign.toml", 'pack = "年报"'.encode("gbk")), "UTF-8"),
    "settings with another pack": (with_another_pack, "another campaign"),
    "a garbled lock": (written(".campaign.lock", b"nothing of the kind " * 500), ""),
    "no settings": (lambda campaign: campaign.store.remove("campaign.toml"), "is no campaign"),
    "no roster": (lambda campaign: campaign.store.remove("roster.xlsx"), "roster"),
}


@pytest.mark.parametrize(("damage", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_damaged_is_named_in_one_line(
    campaign: CampaignFolder, damage: Callable[[CampaignFolder], None], said: str
) -> None:
    hand_in(campaign, ARCHIVE, 1)
    taken(campaign)
    for path in campaign.root.glob("campaign.db-*"):
        path.unlink()
    damage(campaign)
    hand_in(campaign, ARCHIVE, 2)
    before = everything_in(campaign.root / "received") | everything_in(campaign.root / "reports")
    assert_refused(program(*command("collect", campaign)), said)
    assert everything_in(campaign.root / "received") | everything_in(campaign.root / "reports") == before


@pytest.mark.parametrize("damage", [with_newer_ledger, with_ledger_cut_off, with_garbled_ledger])
def test_a_damaged_ledger_is_made_anew(
    campaign: CampaignFolder, damage: Callable[[CampaignFolder], None]
) -> None:
    hand_in(campaign, ARCHIVE, 1)
    taken(campaign)
    before = versions(campaign)
    damage(campaign)
    run = program(*command("rebuild", campaign))
    assert (run.status, "Traceback" in run.err) == (0, False), run.err
    assert versions(campaign) == before


def test_with_mistakes_in_the_roster_nothing_is_handed_out_and_nothing_taken_in(
    campaign: CampaignFolder,
) -> None:
    use_roster(campaign, (*AGENCIES, ARCHIVE._replace(name="清河县又一局")))
    hand_in(campaign, CIVIL_AFFAIRS, 1)
    for name in ("distribute", "collect"):
        assert_refused(program(*command(name, campaign)), "roster.xlsx has errors")
    assert [campaign.store.files(folder) for folder in ("outgoing", "received", "reports")] == [[], [], []]
    use_roster(campaign, AGENCIES)
    assert program(*command("collect", campaign)).status == 0
    assert states(campaign)["03"] is State.SOUND


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_with_a_roster_that_cannot_be_read_nothing_is_lost(campaign: CampaignFolder, content: bytes) -> None:
    hand_in(campaign, CIVIL_AFFAIRS, 1)
    taken(campaign)
    campaign.store.write("roster.xlsx", content)
    hand_in(campaign, ARCHIVE, 2)
    for name in ("distribute", "collect", "status", "rollup", "rebuild", "close"):
        assert_refused(program(*command(name, campaign)), "roster.xlsx has errors")
    assert [campaign.store.files(folder) for folder in ("outgoing", "rollup")] == [[], []]
    use_roster(campaign, AGENCIES)
    taken(campaign)
    assert (states(campaign)["02"], states(campaign)["03"]) == (State.SOUND, State.SOUND)


def test_a_folder_that_is_no_campaign_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        for name in ("collect", "status", "rollup", "distribute", "rebuild", "close", "verify"):
            assert_refused(program("campaign", name, place, "--lang", "en"), "no campaign")
    assert everything_in(tmp_path) == {str(tmp_path / "file"): digest(b"x")}


@pytest.mark.parametrize("how", ["deleted", "cut off", "replaced"])
def test_sums_are_those_of_what_was_handed_in_whatever_became_of_its_copy(
    campaign: CampaignFolder, how: str
) -> None:
    hand_in(campaign, ARCHIVE, 1)
    taken(campaign)
    (version,) = versions(campaign)
    before = rollup(campaign).sums
    copy = campaign.root / version.received
    if how == "deleted":
        copy.unlink()
    else:
        copy.write_bytes(prepared(ARCHIVE, 99) if how == "replaced" else copy.read_bytes()[:1000])
    assert rollup(campaign).sums == before


def test_a_review_of_a_version_whose_copy_is_gone_is_refused_in_one_line(campaign: CampaignFolder) -> None:
    hand_in(campaign, ARCHIVE, 1)
    taken(campaign)
    campaign.store.remove(versions(campaign)[0].received)
    assert_refused(
        program("campaign", "review", campaign.root, "02", "--return", "请补充", "--lang", "en"), ""
    )
    assert states(campaign)["02"] is State.SOUND


def bomb() -> bytes:
    """An archive of little that unpacks to very much."""
    return zip_of({"年报.xlsx": bytes(30 << 20), "内.zip": zip_of({"a.xlsx": bytes(30 << 20)})})


def hostile() -> dict[str, bytes]:
    """Files that mean no good."""
    content, noise = prepared(CIVIL_AFFAIRS, 7), random.Random(7)
    return {
        "noise.eml": noise.randbytes(100_000),
        "noise.zip": noise.randbytes(100_000),
        "noise.xlsx": b"PK\x03\x04" + noise.randbytes(100_000),
        "bomb.zip": bomb(),
        "bomb.xlsx": zip_of({"xl/worksheets/sheet1.xml": b"<x>" + bytes(30 << 20)}),
        "up.zip": zip_of({"../../up.xlsx": content, "/tmp/up.xlsx": content, "C:\\up.xlsx": content}),
        "up.eml": b"Content-Type: application/zip; name=../../../up.zip\r\n\r\n" + zip_of({"a": b""}),
        "nested.zip": zip_of({"1.zip": zip_of({"2.zip": zip_of({"3.zip": zip_of({"a.xlsx": content})})})}),
    }


def test_whatever_is_in_the_inbox_nothing_is_written_outside_of_the_folder(tmp_path: Path) -> None:
    office = tmp_path / "office"
    campaign = campaign_in(office / "2023")
    hand_in(campaign, ARCHIVE, 1)
    for name, content in hostile().items():
        drop(campaign, name, content)
    (office / "beside.txt").write_text("x")
    before = everything_in(office)
    beside = set(Path(tempfile.gettempdir()).glob("*up*.xlsx"))
    run = program(*command("collect", campaign))
    assert (run.status, "Traceback" in run.err) == (1, False), run.err
    assert program(*command("status", campaign)).status == 0
    after = everything_in(office)
    own = tuple(
        str(campaign.root / name)
        for name in ("received", "reports", "log", "campaign.db", "status", ".campaign")
    )
    assert before.items() <= after.items()
    assert all(path.startswith(own) or "进度" in path for path in after.keys() - before.keys())
    assert set(Path(tempfile.gettempdir()).glob("*up*.xlsx")) == beside
    assert (states(campaign)["02"], states(campaign)["03"]) == (State.SOUND, State.SOUND)
    assert [one.number for one in versions(campaign)] == [1, 1]


@pytest.mark.parametrize("change", ["renamed", "closed"])
@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_ledger_made_anew_finds_the_files_of_an_agency_that_was_renamed_or_closed(
    campaign: CampaignFolder, change: str, *, is_sealed: bool
) -> None:
    content = hand_in(campaign, ARCHIVE, 1)
    drop(campaign, "03.xlsx", prepared(CIVIL_AFFAIRS, 1, is_sound=False))
    taken(campaign)
    report = standing(campaign, "02").report
    later = [
        agency._replace(name=f"{agency.name}（筹）", former_name=agency.name)
        if change == "renamed"
        else agency._replace(is_closed=True)
        for agency in (ARCHIVE, CIVIL_AFFAIRS)
    ]
    use_roster(campaign, (AGENCIES[0], *later, AGENCIES[3]))
    if is_sealed:
        close(campaign, "王芳", NOW)
    before, files = said_of(campaign), len(campaign.store.files("reports"))
    rebuild(campaign)
    assert said_of(campaign) == before
    assert said_of(campaign)["02"][0] == report
    assert digest(campaign.store.read(report)) == digest(report_of(content))
    assert len(campaign.store.files("reports")) == files


def said_of(campaign: CampaignFolder) -> dict[str, tuple[str, str]]:
    """Where the report and the marked workbook of every agency are, closed ones too."""
    now = campaign_status(campaign, TODAY)
    return {one.agency.code: (one.report, one.returned) for one in (*now.agencies, *now.closed)}
