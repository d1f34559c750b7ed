"""Reading one file that was handed in: what it says, what is wrong with it, and what is to be written for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from reportfill.campaign.inbox.sources import Source, content_of_source
from reportfill.campaign.records.history import SentWorkbook
from reportfill.campaign.records.kept_findings import kept_findings
from reportfill.campaign.records.last_figures import as_data, is_contradicted
from reportfill.campaign.records.readings import Reading, figures_in, reading_of
from reportfill.campaign.storage.store import Store
from reportfill.decimals import Number
from reportfill.finding import Finding, finding
from reportfill.intake.changed_form import LAYOUT
from reportfill.intake.identity import read_identity
from reportfill.limits import GENEROUS, Limits, Lost, within_limits
from reportfill.office.encryption import unlocked_with
from reportfill.pack.pack import load_pack
from reportfill.processing import Artefact, Job, process

LastYearFigures = Mapping[str, Number] | None
"""An agency's figures of last year by path; None where they are not known."""


class ExpectedSource(NamedTuple):
    """A file to read, and last year's figures of the agency whose it will probably turn out to be."""

    source: Source
    last: LastYearFigures = None


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
    last: LastYearFigures = None
    """The figures of last year beside which it was checked."""


@dataclass(frozen=True, slots=True)
class SourceReader:
    """Reads what was handed in to one campaign, and makes of it what is wanted. It can be sent to other processes."""

    store: Store
    pack: str
    passwords: tuple[str, ...]
    makes: frozenset[Artefact] = frozenset(Artefact)
    limits: Limits = GENEROUS
    """Those of a second look at a file; the first one has those of whoever works."""

    def read(self, expected: ExpectedSource) -> FileRead:
        """What a file says and what is made of it; trouble with it is part of that."""
        source, last = expected
        if source.trouble:
            return FileRead(source.name, trouble=source.trouble)
        content = content_of_source(self.store, source)
        if isinstance(content, Finding):
            return FileRead(source.name, trouble=content)
        return self._processed(source.name, content, sha256(content).hexdigest(), last, b"")

    def needs_second_look(self, read: FileRead, *, has_last: bool) -> bool:
        """Whether a file is perhaps to be looked at once more when it is known whose it is; `has_last` says that
        figures of last year are known of anybody."""
        is_of_another_form = any(found.code in LAYOUT for found in read.findings)
        return read.reading is not None and (is_of_another_form or (has_last and read.last is None))

    def checked_for(
        self, name: str, read: FileRead, last: LastYearFigures, place_of: Callable[[str], str]
    ) -> FileRead:
        """What was read, as it is beside the name of the agency whose it is, its figures of last year, and the workbook
        that was handed out to it; `place_of` tells where that of an id is, empty where it is nowhere. Whose it is shows
        only when it was read."""
        checked = self._checked_against(read, last, place_of)
        if checked.name in ("", name):
            return checked
        found = finding("campaign.other_name", value=checked.name, expected=name)
        return replace(checked, findings=(*checked.findings, found))

    def _checked_against(
        self, read: FileRead, last: LastYearFigures, place_of: Callable[[str], str]
    ) -> FileRead:
        """What was read, looked at once more where other figures were expected and something does not agree, or these
        are printed, or where its form is not the pack's; trouble with that is part of what was read."""
        if read.reading is None:
            return read
        figures = figures_in(read.reading.paths, read.reading.figures) if last != read.last else {}
        pack = load_pack(self.pack)
        is_doubtful = any(
            is_contradicted(pack, figures, one) for one in (read.last, last) if one and last != read.last
        )
        is_printed = bool(pack.last_printed) and last != read.last
        is_of_another_form = any(found.code in LAYOUT for found in read.findings)
        place = place_of(read.workbook) if is_of_another_form else ""
        form = self._handed_out(place) if place else b""
        if not (is_doubtful or is_printed or form):
            return read
        again = partial(self._processed, read.file, read.content, read.digest, last)
        looked_at = within_limits(self.limits, again, form)
        return replace(read, trouble=looked_at.why) if isinstance(looked_at, Lost) else looked_at

    def _handed_out(self, path: str) -> bytes:
        """The workbook that was handed out; empty where it is not there."""
        try:
            return self.store.read(path)
        except OSError:
            return b""

    def sent_workbook(self, source: Source) -> SentWorkbook | Finding | None:
        """The workbook of the campaign's own that a file is, without a look at what is typed into it; None where it is
        none, or why it cannot be read."""
        content = content_of_source(self.store, source)
        if isinstance(content, Finding):
            return content
        identity = read_identity(unlocked_with(self.passwords, content))
        if identity is None or identity.pack != load_pack(self.pack).id or not identity.workbook:
            return None
        return SentWorkbook(identity.workbook, identity.code, identity.agency, source.name)

    def _processed(
        self, file: str, content: bytes, digest: str, last: LastYearFigures, form: bytes
    ) -> FileRead:
        job = Job(
            load_pack(self.pack),
            last=as_data(last) if last else None,
            handed_out=form,
            passwords=self.passwords,
            makes=self.makes,
        )
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
            last=last,
        )


def lost_source(expected: ExpectedSource, why: Finding) -> FileRead:
    """What is said of a file that took too long or too much memory, or at which a process ended."""
    return FileRead(expected.source.name, trouble=why)
