"""What came back: every file of the inbox read, checked, and kept; sound ones become reports, others are returned.

A file is known by its content: the same one again is nothing new. Whatever the moment at which a run is broken off, the
next one finishes it: files are written before the ledger tells of them, each whole, and under names that say which
version and content they are.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from reportfill.campaign.folder import CampaignFolder
from reportfill.campaign.ledger import Ledger, SentWorkbook, StrayFile, Version, open_ledger
from reportfill.campaign.roster import Roster
from reportfill.campaign.standing import Mistake
from reportfill.checks.check import check
from reportfill.checks.findings import Severity, has_errors
from reportfill.files import safe_name, write_file
from reportfill.intake.read import read_workbook
from reportfill.intake.returned import returned_workbook
from reportfill.pack.pack import load_pack
from reportfill.report.render import render

SUFFIXES = frozenset((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et"))
_MOST_MISTAKES = 200
"""Mistakes of one version that the ledger keeps; the marked workbook has them all."""


@dataclass(frozen=True, slots=True)
class Collected:
    """What became of one file of the inbox: the version that it is, or why it belongs to nobody."""

    file: str
    agency: str
    version: Version | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading a file gave: whose it says it is, its mistakes, and what is to be written for it."""

    file: str
    digest: str
    content: bytes
    workbook: str
    code: str
    name: str
    year: int | None
    is_sound: bool
    mistakes: tuple[Mistake, ...]
    report_name: str
    report: bytes
    returned: bytes
    trouble: str = ""


def collect(folder: CampaignFolder, now: datetime, processes: int = 0) -> Iterator[Collected]:
    """Take in every file of the inbox that is not known yet, in the order of their paths.

    Raises CampaignError where another process works on the campaign. Files are read by several processes and written by
    this one.
    """
    settings, roster = folder.settings(), folder.roster()
    with folder.locked():
        ledger = open_ledger(folder.ledger)
        try:
            intake = _Intake(folder, ledger, roster, settings.year, now)
            read = partial(read_file, str(folder.root), settings.pack)
            for result in in_order(read, intake.unknown_files(), processes):
                collected = intake.taken_in(result)
                if collected is not None:
                    yield collected
        finally:
            ledger.close()


def inbox_files(folder: CampaignFolder) -> list[Path]:
    """The files of the inbox that may be workbooks, by path; not those that a program has open (~$) or hides."""
    found = (path for path in folder.inbox.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in found if not path.name.startswith(("~$", ".", "~")))


def in_order(read: partial[FileRead], files: list[Path], processes: int) -> Iterator[FileRead]:
    """What reading each file gives, in the order of the files, read by several processes where they are many."""
    processes = min(processes or os.cpu_count() or 1, len(files))
    if processes <= 1 or len(files) <= 4:
        yield from map(read, files)
        return
    from concurrent.futures import ProcessPoolExecutor  # slow to import, and few runs need it

    pool = ProcessPoolExecutor(processes)
    try:
        for start in range(0, len(files), 1000):  # what waits to be written stays little
            yield from pool.map(read, files[start : start + 1000], chunksize=8)
    finally:
        pool.shutdown(cancel_futures=True)


def read_file(root: str, pack_name: str, path: Path) -> FileRead:
    """What a file says and what is made of it."""
    file = path.relative_to(root).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        return FileRead(file, "", b"", "", "", "", None, False, (), "", b"", b"", str(error))
    pack = load_pack(pack_name)
    submission = read_workbook(content, pack)
    findings = check(submission)
    faulty = has_errors(findings)
    mistakes = [
        Mistake(found.code, found.severity.value, found.cell, found.message.zh, found.hint.zh)
        for found in findings
        if found.severity is not Severity.NOTE
    ]
    readable = submission.pack is not None
    return FileRead(
        file,
        submission.digest,
        content,
        submission.workbook,
        submission.code,
        submission.agency,
        submission.year,
        not faulty,
        tuple(mistakes[:_MOST_MISTAKES]),
        pack.report_name(submission.data),
        b"" if faulty else render(submission),
        returned_workbook(content, submission, findings) if faulty and readable else b"",
    )


class _Intake:
    """Taking in files, one after the other, into one campaign."""

    def __init__(
        self, folder: CampaignFolder, ledger: Ledger, roster: Roster, year: int, now: datetime
    ) -> None:
        self._folder = folder
        self._ledger = ledger
        self._roster = roster
        self._year = year
        self._now = now
        self._sent: Mapping[str, SentWorkbook] = ledger.workbooks()
        self._names = {agency.name: agency.code for agency in roster.agencies}
        versions = ledger.versions()
        self._known = {version.digest for version in versions}
        self._strays = {stray.digest: stray for stray in ledger.strays()}
        self._numbers: dict[str, int] = {version.code: version.number for version in versions}

    def unknown_files(self) -> list[Path]:
        """The files of the inbox whose content was not taken in yet."""
        return [path for path in inbox_files(self._folder) if self._digest(path) not in self._known]

    def taken_in(self, read: FileRead) -> Collected | None:
        """What became of a file; None where it is one that is known, be it under another name."""
        if read.digest in self._known:
            return None
        code, reason = self._owner(read)
        if not code:
            return self._left(read, reason)
        version = self._kept(read, code)
        with self._ledger.writing() as record:
            record.version(version)
        self._known.add(read.digest)
        self._numbers[code] = version.number
        return Collected(read.file, self._name_of(code), version)

    def _digest(self, path: Path) -> str:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return ""

    def _owner(self, read: FileRead) -> tuple[str, str]:
        """The code of the agency whose file it is, or why that cannot be told: it is never guessed."""
        if read.trouble:
            return "", f"文件无法打开：{read.trouble}"
        if read.year is not None and read.year != self._year:
            return "", f"是{read.year}年度的填报表，这里收的是{self._year}年度"
        sent = self._sent.get(read.workbook)
        if sent is not None:
            return sent.code, "" if sent.code in self._roster.by_code else f"“{sent.name}”已不在名册中"
        if not read.name:
            return "", read.mistakes[0].message if read.mistakes else "没有写明单位名称"
        code = self._names.get(read.name, "")
        if not code:
            return "", f"名册中没有“{read.name}”"
        if read.code and read.code != code:
            return "", f"单位名称“{read.name}”与单位编码“{read.code}”不一致"
        return code, ""

    def _left(self, read: FileRead, reason: str) -> Collected | None:
        stray = StrayFile(read.digest or read.file, read.file, reason, self._now)
        known = self._strays.get(stray.digest)
        if known is not None and known.reason == reason:
            return None
        with self._ledger.writing() as record:
            record.stray(stray)
        self._strays[stray.digest] = stray
        return Collected(read.file, read.name, None, reason)

    def _kept(self, read: FileRead, code: str) -> Version:
        """The files of a version, written: its copy, and its report or the marked workbook."""
        own = self._own_folder(code)
        mark = read.digest[:12]
        earlier = next(iter(own.glob(f"第*次-{mark}.*")), None) if own.is_dir() else None
        number = number_of(earlier) if earlier else self._numbers.get(code, 0) + 1
        received = own / f"第{number}次-{mark}{Path(read.file).suffix.lower()}"
        write_file(received, read.content, keep=False)
        label = f"{safe_name(self._name_of(code))}（{safe_name(code)}）"
        report = returned = ""
        if read.report:
            report = self._written(self._folder.reports / f"{label}.docx", read.report)
        if read.returned:
            returned = self._written(
                self._folder.returned / f"{label}-第{number}次-需修改.xlsx", read.returned
            )
        return Version(
            read.digest,
            code,
            number,
            read.file,
            self._relative(received),
            self._now,
            read.is_sound,
            read.mistakes,
            report,
            returned,
        )

    def _own_folder(self, code: str) -> Path:
        return self._folder.received / safe_name(code)

    def _written(self, path: Path, content: bytes) -> str:
        write_file(path, content, keep=False)
        return self._relative(path)

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._folder.root).as_posix()

    def _name_of(self, code: str) -> str:
        agency = self._roster.by_code.get(code)
        return agency.name if agency else code


def number_of(path: Path) -> int:
    """The number of a version from the name of its copy: 第3次-1f0c….xlsx."""
    return int(path.name[1 : path.name.index("次")])
