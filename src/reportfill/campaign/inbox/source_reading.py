"""Reading one file that was handed in: what it says, what is wrong with it, and what is to be written for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from reportfill.campaign.inbox.sources import Source, content_of_source
from reportfill.campaign.records.kept_findings import kept_findings
from reportfill.campaign.records.last_figures import is_contradicted
from reportfill.campaign.records.readings import Reading, figures_in, reading_of
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number
from reportfill.finding import Finding, finding
from reportfill.intake.changed_form import LAYOUT
from reportfill.intake.read import read_workbook
from reportfill.model.figures import with_values
from reportfill.office.encryption import unlocked_with
from reportfill.pack.pack import load_pack
from reportfill.processing import Artefact, Job, process


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading a file gave: whose it says it is, its mistakes, and what is to be written for it.

    `trouble` says why nothing could be read. `digest` is the SHA-256 of the content as it came.
    """

    file: str
    digest: str = ""
    content: bytes = b""
    workbook: str = ""
    code: str = ""
    name: str = ""
    year: int | None = None
    is_sound: bool = False
    findings: tuple[Finding, ...] = ()
    report: bytes = b""
    returned: bytes = b""
    trouble: Finding | None = None
    reading: Reading | None = None
    """What it says, for the ledger to keep; None where nothing could be read."""


def read_source(store: Store, pack_name: str, passwords: tuple[str, ...], source: Source) -> FileRead:
    """What a file says and what is made of it; trouble with it is part of that."""
    if source.trouble:
        return FileRead(source.name, trouble=source.trouble)
    content = content_of_source(store, source)
    if isinstance(content, Finding):
        return FileRead(source.name, trouble=content)
    job = Job(load_pack(pack_name), passwords=passwords)
    return _read(source.name, content, sha256(content).hexdigest(), job)


def checked_against_last_year(
    read: FileRead,
    pack_name: str,
    passwords: tuple[str, ...],
    last: Mapping[str, Number] | None,
    handed_out: Callable[[], bytes],
) -> FileRead:
    """What was read, as it is beside the agency's report of last year, where that is known, and beside the workbook
    that was handed out to it, empty where there is none. Whose it is, and so what is known of it, shows only when it
    was read; it is looked at once more where something does not agree."""
    pack = load_pack(pack_name)
    if read.reading is None:
        return read
    figures = figures_in(read.reading.paths, read.reading.figures) if last else {}
    contradicted = with_values({}, last) if last and is_contradicted(pack, figures, last) else None
    form = handed_out() if any(found.code in LAYOUT for found in read.findings) else b""
    if contradicted is None and not form:
        return read
    job = Job(pack, last=contradicted, handed_out=form, passwords=passwords)
    return _read(read.file, read.content, read.digest, job)


def workbook_handed_out(store: Store, path: str) -> bytes:
    """The workbook that was handed out; empty where it is not there."""
    try:
        return store.read(path) if path else b""
    except OSError:
        return b""


def read_identity(store: Store, pack_name: str, passwords: tuple[str, ...], source: Source) -> FileRead:
    """Whose a workbook says it is, and its hidden id, without looking at what is wrong with it."""
    content = content_of_source(store, source)
    if isinstance(content, Finding):
        return FileRead(source.name, trouble=content)
    submission = read_workbook(unlocked_with(passwords, content), load_pack(pack_name))
    return FileRead(
        source.name,
        workbook=submission.workbook,
        code=submission.code,
        name=submission.agency,
        year=submission.year,
    )


def lost_source(source: Source) -> FileRead:
    """What is said of a file at which a process ended, as it does where there is too little memory."""
    return FileRead(source.name, trouble=finding("stray.process_ended"))


def with_name_checked(read: FileRead, name: str) -> FileRead:
    """What was read, with a warning where the workbook says another name than that of the agency whose it is."""
    if read.name in ("", name):
        return read
    found = finding("campaign.other_name", value=read.name, expected=name)
    return replace(read, findings=(*read.findings, found))


def _read(file: str, content: bytes, digest: str, job: Job) -> FileRead:
    processed = process(content, job)
    submission = processed.submission
    return FileRead(
        file,
        digest,
        content,
        workbook=submission.workbook,
        code=submission.code,
        name=submission.agency,
        year=submission.year,
        is_sound=processed.is_sound,
        findings=kept_findings(processed.findings),
        report=processed.artefacts.get(Artefact.REPORT, b""),
        returned=processed.artefacts.get(Artefact.MARKED, b""),
        reading=reading_of(submission),
    )
