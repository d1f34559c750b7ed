"""Reading one file that was handed in: what it says, what is wrong with it, and what is to be written for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.inbox.sources import Source, content_of_source
from reportfill.campaign.place.protection import is_locked, locked_with, unlocked_with
from reportfill.campaign.place.store import Store
from reportfill.campaign.records.history import Mistake
from reportfill.checks.check import check
from reportfill.checks.findings import Finding, Severity, finding, has_errors
from reportfill.intake.read import read_workbook
from reportfill.intake.returning.returned import returned_workbook
from reportfill.pack.pack import load_pack
from reportfill.report.render import render

_MOST_MISTAKES = 200
"""Mistakes of one version that the ledger keeps; the marked workbook has them all."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading a file gave: whose it says it is, its mistakes, and what is to be written for it.

    `trouble` says in Chinese why nothing could be read. `digest` is the SHA-256 of the content as it came.
    """

    file: str
    digest: str = ""
    content: bytes = b""
    workbook: str = ""
    code: str = ""
    name: str = ""
    year: int | None = None
    is_sound: bool = False
    mistakes: tuple[Mistake, ...] = ()
    report: bytes = b""
    returned: bytes = b""
    trouble: str = ""


def read_source(store: Store, pack_name: str, passwords: tuple[str, ...], source: Source) -> FileRead:
    """What a file says and what is made of it; trouble with it is part of that."""
    if source.trouble:
        return FileRead(source.name, trouble=source.trouble)
    content, trouble = content_of_source(store, source)
    if trouble:
        return FileRead(source.name, trouble=trouble)
    was_locked = bool(passwords) and is_locked(content)
    read = _read(source.name, unlocked_with(passwords, content), pack_name)
    if was_locked and read.returned:
        read = replace(read, returned=locked_with(passwords[0], read.returned))
    return replace(read, content=content, digest=sha256(content).hexdigest())


def read_identity(store: Store, pack_name: str, passwords: tuple[str, ...], source: Source) -> FileRead:
    """Whose a workbook says it is, and its hidden id, without looking at what is wrong with it."""
    content, trouble = content_of_source(store, source)
    submission = read_workbook(unlocked_with(passwords, content), load_pack(pack_name))
    return FileRead(
        source.name,
        workbook=submission.workbook,
        code=submission.code,
        name=submission.agency,
        year=submission.year,
        trouble=trouble,
    )


def lost_source(source: Source) -> FileRead:
    """What is said of a file at which a process ended, as it does where there is too little memory."""
    return FileRead(source.name, trouble="读取这个文件时程序异常退出，请检查文件后重试")


def with_name_checked(read: FileRead, agency: Agency | None) -> FileRead:
    """What was read, with a warning where the workbook says another name than the roster has for the agency."""
    if agency is None or read.name in ("", agency.name):
        return read
    found = finding("campaign.other_name", value=read.name, expected=agency.name)
    return replace(read, mistakes=(*read.mistakes, _mistake(found)))


def _mistake(found: Finding) -> Mistake:
    return Mistake(found.code, found.severity.value, found.cell, found.message.zh, found.hint.zh)


def _read(file: str, content: bytes, pack_name: str) -> FileRead:
    pack = load_pack(pack_name)
    submission = read_workbook(content, pack)
    findings = check(submission)
    faulty = has_errors(findings)
    mistakes = [_mistake(found) for found in findings if found.severity is not Severity.NOTE]
    readable = submission.pack is not None
    return FileRead(
        file,
        workbook=submission.workbook,
        code=submission.code,
        name=submission.agency,
        year=submission.year,
        is_sound=not faulty,
        mistakes=tuple(mistakes[:_MOST_MISTAKES]),
        report=b"" if faulty else render(submission),
        returned=returned_workbook(content, submission, findings) if faulty and readable else b"",
    )
