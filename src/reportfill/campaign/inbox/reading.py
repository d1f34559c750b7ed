"""Reading one file that was handed in: what it says, what is wrong with it, and what is to be written for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from reportfill.campaign.inbox.sources import Source, content_of_source
from reportfill.campaign.place.store import Store
from reportfill.campaign.records.history import Mistake
from reportfill.campaign.records.last_figures import is_contradicted
from reportfill.campaign.records.readings import Reading, figures_in, reading_of
from reportfill.checks.check import check
from reportfill.checks.findings import Finding, Severity, finding, has_errors
from reportfill.intake.other_form import LAYOUT, as_other_form
from reportfill.intake.read import read_workbook
from reportfill.intake.returning.returned import returned_workbook
from reportfill.ooxml.encryption import is_locked, locked_with, unlocked_with
from reportfill.pack.figures import Number, with_values
from reportfill.pack.pack import load_pack
from reportfill.report.render import render

_Place = tuple[str, str, str]
"""The code, cell and value of a finding."""

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
    reading: Reading | None = None
    """What it says, for the ledger to keep; None where nothing could be read."""


def read_source(store: Store, pack_name: str, passwords: tuple[str, ...], source: Source) -> FileRead:
    """What a file says and what is made of it; trouble with it is part of that."""
    if source.trouble:
        return FileRead(source.name, trouble=source.trouble)
    content, trouble = content_of_source(store, source)
    if trouble:
        return FileRead(source.name, trouble=trouble)
    read = _read_content(source.name, content, pack_name, passwords)
    return replace(read, content=content, digest=sha256(content).hexdigest())


def with_last_year(
    read: FileRead, pack_name: str, passwords: tuple[str, ...], last: Mapping[str, Number] | None
) -> FileRead:
    """What was read, as it is beside the agency's report of last year, where that is known. Whose it is, and so what is
    known of last year, shows only when it was read; it is looked at once more where the two do not agree."""
    if not last or read.reading is None:
        return read
    figures = figures_in(read.reading.paths, read.reading.figures)
    if not is_contradicted(load_pack(pack_name), figures, last):
        return read
    again = _read_content(read.file, read.content, pack_name, passwords, last)
    return replace(again, content=read.content, digest=read.digest)


def with_handout(
    read: FileRead, pack_name: str, passwords: tuple[str, ...], store: Store, path: str
) -> FileRead:
    """What was read, as it is beside the workbook that was handed out, where that lies at a path: labels that its pack
    has otherwise by now are nobody's mistake. Nothing is looked at where none is said to be wrong."""
    if not path or LAYOUT.isdisjoint(mistake.code for mistake in read.mistakes):
        return read
    try:
        handed_out = unlocked_with(passwords, store.read(path))
    except OSError:
        return read
    found = read_workbook(handed_out, load_pack(pack_name)).findings
    of_pack = frozenset((one.code, one.cell, str(one.value)) for one in found if one.code in LAYOUT)
    if not of_pack:
        return read
    again = _read_content(read.file, read.content, pack_name, passwords, of_pack=of_pack)
    return replace(again, content=read.content, digest=read.digest)


def _read_content(
    name: str,
    content: bytes,
    pack_name: str,
    passwords: tuple[str, ...],
    last: Mapping[str, Number] | None = None,
    of_pack: frozenset[_Place] = frozenset(),
) -> FileRead:
    was_locked = bool(passwords) and is_locked(content)
    read = _read(name, unlocked_with(passwords, content), pack_name, last, of_pack)
    if was_locked and read.returned:
        return replace(read, returned=locked_with(passwords[0], read.returned))
    return read


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


def with_name_checked(read: FileRead, name: str) -> FileRead:
    """What was read, with a warning where the workbook says another name than that of the agency whose it is."""
    if read.name in ("", name):
        return read
    found = finding("campaign.other_name", value=read.name, expected=name)
    return replace(read, mistakes=(*read.mistakes, _mistake(found)))


def _mistake(found: Finding) -> Mistake:
    return Mistake(found.code, found.severity.value, found.cell, found.message.zh, found.hint.zh)


def _read(
    file: str,
    content: bytes,
    pack_name: str,
    last: Mapping[str, Number] | None,
    of_pack: frozenset[_Place],
) -> FileRead:
    pack = load_pack(pack_name)
    submission = read_workbook(content, pack)
    findings = check(submission, None if last is None else with_values({}, last))
    if of_pack:
        findings = as_other_form(findings, lambda one: (one.code, one.cell, str(one.value)) in of_pack)
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
        reading=reading_of(submission),
    )
