"""What makes each finding about whatever lies in an inbox, whose it is, and who is not added: by code."""

from __future__ import annotations

import os
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from campaign.closed_folder import closed_folder
from campaign.office import AGENCIES, TODAY, campaign_in, drop, taken, use_roster
from campaign.parcels import WORKBOOK, attached, directory_of, flagged, mail, part, with_size, zipped
from campaign.prepared import prepared
from held import Held
from squares import squared_or_ended

from reportfill import Finding
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.inbox import containers, mail_message
from reportfill.campaign.inbox.container import LARGEST_MEMBER, ContainerError
from reportfill.campaign.inbox.containers import OpenContainer
from reportfill.campaign.inbox.owners import Owners
from reportfill.campaign.inbox.source_reading import FileRead
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.hand_over import hand_over
from reportfill.campaign.operations.roll_up import roll_up
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.handover_list import HANDOVER_LIST, HandoverList
from reportfill.campaign.records.history import SentWorkbook
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.campaign.storage.folder_walk import files_below
from reportfill.limits import Limits, Lost, within_limits
from reportfill.workers import ProcessWorkers

LARGEST = 1 << 20
"""Bytes of a file that are few to make."""

NOT_BASE64 = b'Content-Type: a/b; name="a.xlsx"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAAA'


def within(name: str, content: bytes, times: int) -> bytes:
    """A file in an archive in an archive, so often."""
    for _ in range(times):
        content, name = zipped((name, content)), "a.zip"
    return content


def many(of: bytes, suffix: str, count: int) -> bytes:
    """An archive that holds the same so often."""
    return zipped(*((f"{number}.{suffix}", of) for number in range(count)))


def listed_as(digest: str) -> HandoverList:
    """The list of a hand-over whose report is a.xlsx."""
    return HandoverList(OFFICE.name, 2023, "annual-report-2021", "a.xlsx", {"a.xlsx": digest})


IN_FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "container.attachment_damaged": ("a.eml", lambda: mail(NOT_BASE64)),
    "container.attachment_too_large": ("a.eml", lambda: mail(attached("a.xlsx", bytes(LARGEST + 1)))),
    "container.damaged": ("a.zip", bytes),
    "container.file_damaged": ("a.zip", lambda: with_size(zipped(("a.xlsx", WORKBOOK)), 1)),
    "container.file_too_large": ("a.zip", lambda: zipped(("a.xlsx", bytes(LARGEST + 1)))),
    "container.handover_altered": (
        "a.zip",
        lambda: zipped((HANDOVER_LIST, listed_as("another").as_json()), ("a.xlsx", WORKBOOK)),
    ),
    "container.mail_too_complex": ("a.eml", lambda: b"Content-Type: message/rfc822\n\n" * 5000),
    "container.mail_too_large": ("a.eml", lambda: b"From: a\n\n" + bytes(2 * LARGEST)),
    "container.mail_without_workbook": ("a.eml", mail),
    "container.mailbox": ("a.pst", bytes),
    "container.method": ("a.zip", lambda: zipped(("a.xlsx", WORKBOOK), method=zipfile.ZIP_BZIP2)),
    "container.other_archive": ("a.rar", bytes),
    "container.outlook_message": ("a.msg", bytes),
    "container.overlapping": ("a.zip", lambda: directory_of(2)),
    "container.password": ("a.zip", lambda: flagged(zipped(("a.xlsx", WORKBOOK)), 1)),
    "container.sealed_mail": ("a.p7m", bytes),
    "container.split_archive": ("a.z01", bytes),
    "container.tnef": ("a.tnef", bytes),
    "container.too_deep": ("a.zip", lambda: within("a.xlsx", WORKBOOK, 4)),
    "container.too_many_files": ("a.zip", lambda: directory_of(20_001)),
    "container.too_many_in_all": ("a.zip", lambda: many(many(b"", "xlsx", 1000), "zip", 21)),
    "container.too_much_in_all": (
        "a.zip",
        lambda: many(many(with_size(many(b"", "xlsx", 200), LARGEST), "zip", 10), "zip", 2),
    ),
    "container.without_workbook": ("a.zip", zipped),
    "stray.not_a_workbook": ("a.pdf", bytes),
}
"""The name of a file, and what is in it."""


def findings_in(name: str, content: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Finding]:
    """What is said of a file, of those within it, or of the first of them when it is taken out, where files of a
    megabyte and mails of two are too large."""
    monkeypatch.setattr(containers, "LARGEST_MEMBER", LARGEST)
    monkeypatch.setattr(mail_message, "LARGEST_INNER", 2 * LARGEST)
    listed = OpenContainer(name, BytesIO(content)).members()
    yield from (member.trouble for member in listed if member.trouble)
    for member in listed[:1]:
        yield from why_not_taken_out(BytesIO(content), name, member.inner)


def why_not_taken_out(file: BytesIO, name: str, inner: tuple[str, ...]) -> list[Finding]:
    """Why a file within another cannot be taken out of it."""
    try:
        OpenContainer(name, file).content_of(inner)
    except ContainerError as error:
        return [error.reason]
    return []


OFFICE, ARCHIVE, AFFAIRS, LETTERS = AGENCIES
SENT = {
    "to the archive": SentWorkbook("to the archive", ARCHIVE.code, ARCHIVE.name, ""),
    "under another code": SentWorkbook("under another code", "77", AFFAIRS.name, ""),
    "to affairs": SentWorkbook("to affairs", AFFAIRS.code, AFFAIRS.name, ""),
    "to nobody": SentWorkbook("to nobody", "88", "清河县气象局", ""),
    "sums": SentWorkbook("sums", "", "", ""),
}
OF_NOBODY: dict[str, FileRead] = {
    "stray.closed": FileRead("", name=LETTERS.name, code=LETTERS.code),
    "stray.code_of_another": FileRead("", name="别县档案馆", code=ARCHIVE.code),
    "stray.name_and_code": FileRead("", name=ARCHIVE.name, code="77"),
    "stray.nameless": FileRead(""),
    "stray.not_in_roster": FileRead("", workbook="to nobody", name="别县气象局"),
    "stray.other_year": FileRead("", name=ARCHIVE.name, code=ARCHIVE.code, year=2022),
    "stray.own_rollup": FileRead("", workbook="sums"),
    "stray.sent_to_another": FileRead("", workbook="to the archive", name=AFFAIRS.name),
    "stray.sent_under_code": FileRead("", workbook="under another code", name=AFFAIRS.name, code="77"),
    "stray.unknown_agency": FileRead("", name="别县档案馆", code="99"),
}
"""What a file says of itself, in a campaign of 2023 of three agencies and a closed one."""


def why_not_its_own() -> Iterator[Finding]:
    """Why a file is nobody's that another agency handed in."""
    read = FileRead("", name=AFFAIRS.name, code=AFFAIRS.code, year=2023)
    owner = Owners(Roster((OFFICE, ARCHIVE, AFFAIRS)), 2023, SENT, ()).of_handed_in(read, None, ARCHIVE.code)
    if isinstance(owner, Finding):
        yield owner


def why_of_nobody(read: FileRead) -> Iterator[Finding]:
    """Why a file is nobody's."""
    roster = Roster((OFFICE, ARCHIVE, AFFAIRS), closed=(LETTERS._replace(is_closed=True),))
    owner = Owners(roster, 2023, SENT, ()).of(read)
    if isinstance(owner, Finding):
        yield owner


def unplugged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """A file that the system ceases to read."""

    class Unplugged(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    return why_not_taken_out(Unplugged(), "a.zip", ("a.xlsx",))


def report_open_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """What an agency hands in while its former report is open in another program."""
    campaign = campaign_of(folder)
    drop(campaign, "1.xlsx", prepared(OFFICE, 1))
    taken(campaign)
    drop(campaign, "2.xlsx", prepared(OFFICE, 2))
    with monkeypatch.context() as open_elsewhere:
        open_elsewhere.setattr(time, "sleep", lambda seconds: None)
        Held(open_elsewhere).hold(".docx")
        yield from (one.reason for one in taken(campaign) if one.reason is not None)


def marked_copy_open_elsewhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """What an agency hands in while its former marked workbook is open in another program."""
    campaign = campaign_of(folder)
    drop(campaign, "1.xlsx", prepared(OFFICE, 1, is_sound=False))
    taken(campaign)
    drop(campaign, "2.xlsx", prepared(OFFICE, 2))
    with monkeypatch.context() as open_elsewhere:
        open_elsewhere.setattr(time, "sleep", lambda seconds: None)
        Held(open_elsewhere).hold("-需修改.xlsx")
        taken(campaign)
    return campaign.recorded


def malformed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """A mail at which the parser fails, of which none is known."""

    def failing(message: object) -> Iterator[object]:
        raise IndexError

    monkeypatch.setattr(mail_message, "attachments_of", failing)
    return why_not_taken_out(BytesIO(mail(part(WORKBOOK))), "a.eml", ("a.xlsx",))


def beyond(limits: Limits, function: Callable[[Any], object], item: object) -> Iterator[Finding]:
    """Why there is no result within limits."""
    lost = within_limits(limits, function, item)
    if isinstance(lost, Lost):
        yield lost.why


def process_that_ends(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """What is said of the item at which a process ends."""
    function: Callable[[int], int | Finding] = squared_or_ended
    results = ProcessWorkers(2).results(function, range(40), lambda number, why: why)
    return [result for result in results if isinstance(result, Finding)]


def found_below(folder: Path) -> list[Finding]:
    """What is said of what lies below a folder."""
    below = files_below(folder, lambda error: pytest.fail(str(error)))
    return [what for _, _, what in below if isinstance(what, Finding)]


def odd_places(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """Whatever may lie in a folder beside files."""
    (folder / "empty.zip").mkdir()
    (folder / "link").symlink_to(folder / "empty.zip")
    (folder / "dangling").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe")
    return found_below(folder)


def file_that_became_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """A name that was a file's when the folder was looked into."""
    (folder / "甲局").mkdir()
    monkeypatch.setattr(os, "walk", lambda top, **_: [(str(top), [], ["甲局"])])
    return found_below(folder)


def folder_that_is_closed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """A folder into which nobody may look."""
    closed_folder(folder, monkeypatch)
    return found_below(folder)


def campaign_of(folder: Path) -> CampaignFolder:
    """A campaign in which two agencies handed in, one of them nothing that can be used, and two did not."""
    campaign = campaign_in(folder / "2023")
    distribute(campaign)
    drop(campaign, "2.xlsx", prepared(ARCHIVE, 1))
    drop(campaign, "3.xlsx", prepared(AFFAIRS, 1, is_sound=False))
    taken(campaign)
    return campaign


def absences(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """Why agencies are not added, under several rosters."""
    campaign = campaign_of(folder)
    rosters: tuple[tuple[Agency, ...], ...] = (
        AGENCIES,
        (OFFICE, ARCHIVE, AFFAIRS._replace(is_closed=True), LETTERS._replace(is_counted_by_superior=True)),
        (OFFICE, ARCHIVE._replace(name="清河县数据局"), AFFAIRS),
        (OFFICE, AFFAIRS),
    )
    drop(campaign, "1.xlsx", prepared(OFFICE, 1))
    taken(campaign)
    for agencies in rosters:
        use_roster(campaign, agencies)
        yield from (one.reason for one in rollup(campaign).absent)


def sums_of_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """What is said of a roll-up that is handed over after another report came in."""
    campaign = campaign_in(folder / "2023", (OFFICE,))
    drop(campaign, "1.xlsx", prepared(OFFICE, 1))
    taken(campaign)
    roll_up(campaign)
    drop(campaign, "2.xlsx", prepared(OFFICE, 2))
    taken(campaign)
    return hand_over(campaign, folder / "a.zip", unsealed=True).findings


def code_given_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Finding]:
    """What a former bearer of a code handed in."""
    campaign = campaign_of(folder)
    use_roster(campaign, (OFFICE, Agency(ARCHIVE.code, "清河县数据局")))
    return [stray.reason for stray in campaign_status(campaign, TODAY).strays]


IN_ITS_OWN_WAY: dict[str, Callable[[Path, pytest.MonkeyPatch], Iterable[Finding]]] = {
    **dict.fromkeys(
        (
            "absence.closed",
            "absence.counted_by_superior",
            "absence.left",
            "absence.nothing_came",
            "absence.of_another",
            "absence.unlisted",
            "absence.unusable",
        ),
        absences,
    ),
    "campaign.file_held": marked_copy_open_elsewhere,
    "campaign.other_sum": sums_of_before,
    "container.file_gone": lambda *_: why_not_taken_out(BytesIO(WORKBOOK), "a.xlsx", ("b.xlsx",)),
    "container.mail_malformed": malformed,
    "file.process_ended": process_that_ends,
    "file.too_much_memory": lambda *_: beyond(Limits(memory=1 << 27), bytearray, 1 << 28),
    "file.too_slow": lambda *_: beyond(Limits(seconds=0.2), time.sleep, 60),
    "stray.code_given_away": code_given_away,
    "stray.empty_folder": odd_places,
    "stray.folder": file_that_became_a_folder,
    "stray.folder_unreadable": folder_that_is_closed,
    "stray.handed_in_by_another": lambda *_: why_not_its_own(),
    "stray.held": report_open_elsewhere,
    "stray.link_broken": odd_places,
    "stray.link_to_folder": odd_places,
    "stray.no_plain_file": odd_places,
    "stray.too_large": lambda *_: why_not_taken_out(BytesIO(bytes(LARGEST_MEMBER + 1)), "a.xlsx", ()),
    "stray.unreadable": unplugged,
}
