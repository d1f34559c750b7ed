"""One file's trip: what somebody handed in is read, checked, and made into what is to be written for it.

Whoever takes in a file comes here, be it a command, a campaign or a page. Nothing is read from a disk or written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportfill.checks.check import check
from reportfill.finding import Finding, has_errors
from reportfill.model.submission import Submission
from reportfill.outputs.kind import WORD, Output
from reportfill.outputs.publication import UNKNOWN, Publication
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.pack.pack import Pack

# Reports are printed, workbooks marked and passwords asked for in some runs only; their libraries are slow to import.


class Artefact(Enum):
    """What can be made of a file: its report, or the workbook with its mistakes marked."""

    REPORT = "report"
    MARKED = "marked"


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of a file, and by what it is judged.

    `pack` is None where the file tells; `like` is that of a report with which data are to be compared. `last` is the
    same agency's report of the year before, where that is known; `handed_out` the workbook that was given to it, whose
    labels are nobody's mistake where the pack has others by now. One of `passwords` may open the file; its marked copy
    is locked again with the first. `said` is what somebody else has to say of it. With `draft` a report is printed of
    a faulty file too. `kinds` are the names of the outputs wanted where there is a report, `publication` what is known
    of the website for which they are.
    """

    pack: Pack | None = None
    last: Submission | Mapping[str, Any] | None = None
    handed_out: bytes = b""
    passwords: tuple[str, ...] = ()
    said: Sequence[Finding] = ()
    blank_as_zero: bool = False
    draft: bool = False
    makes: frozenset[Artefact] = frozenset(Artefact)
    like: Pack | None = None
    kinds: tuple[str, ...] = (WORD,)
    publication: Publication = UNKNOWN


@dataclass(frozen=True, slots=True)
class Processed:
    """What came of a file: what it says, everything that is wrong or doubtful in it, and what was made of it; of the
    outputs those that are made of data."""

    submission: Submission
    findings: tuple[Finding, ...]
    artefacts: Mapping[Artefact, bytes] = field(default_factory=dict)
    outputs: tuple[Output, ...] = ()
    not_made: tuple[Text, ...] = ()
    """Why others of the outputs could not be made."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing forbids a report."""
        return not has_errors(self.findings)


def process(
    content: bytes | Finding, job: Job, *, is_data: bool = False, folder: Path | None = None
) -> Processed:
    """What comes of a file's content, a workbook or, where `is_data` says so, JSON; or of the finding that stands for
    one that was not even read. Data may name files of the folder in which they lie."""
    if not isinstance(content, bytes):
        return Processed(Submission(None, {}, {}, (content,)), (content,))
    opened = _opened(content, job.passwords)
    submission = _submission(opened, job, is_data=is_data, folder=folder)
    findings = (*job.said, *_findings(submission, job))
    processed = Processed(submission, findings)
    return processed if submission.pack is None else _with_artefacts(processed, content, opened, job, is_data)


def _opened(content: bytes, passwords: tuple[str, ...]) -> bytes:
    if not passwords:
        return content
    from reportfill.office.encryption import unlocked_with

    return unlocked_with(passwords, content)


def _submission(content: bytes, job: Job, *, is_data: bool = False, folder: Path | None = None) -> Submission:
    if is_data:
        from reportfill.intake.data import read_data

        return read_data(content, job.pack, like=job.like, folder=folder)
    from reportfill.intake.read import read_workbook

    return read_workbook(content, job.pack, blank_as_zero=job.blank_as_zero)


def _findings(submission: Submission, job: Job) -> Sequence[Finding]:
    findings = check(submission, job.last)
    if not job.handed_out:
        return findings
    from reportfill.intake.changed_form import is_of_form, with_changed_form

    was_so = is_of_form(_submission(_opened(job.handed_out, job.passwords), job).findings)
    return with_changed_form(findings, was_so)


def _with_artefacts(
    processed: Processed, content: bytes, opened: bytes, job: Job, is_data: bool
) -> Processed:
    submission, findings = processed.submission, processed.findings
    faulty = not processed.is_sound
    made: dict[Artefact, bytes] = {}
    outputs: tuple[Output, ...] = ()
    not_made: tuple[Text, ...] = ()
    if Artefact.REPORT in job.makes and (job.draft or not faulty):
        from reportfill.outputs.making import outputs_of_data
        from reportfill.outputs.material import Material
        from reportfill.report.render import render

        made[Artefact.REPORT] = render(submission, job.last, draft=job.draft)
        material = Material(submission, made[Artefact.REPORT], job.last, job.draft, job.publication)
        outputs, not_made = outputs_of_data(material, job.kinds)
    if Artefact.MARKED in job.makes and faulty and not is_data:
        from reportfill.intake.returning.returned import returned_workbook

        marked = returned_workbook(opened, submission, findings)
        made[Artefact.MARKED] = _locked_again(marked, content, job.passwords)
    return Processed(submission, findings, made, outputs, not_made)


def _locked_again(marked: bytes, content: bytes, passwords: tuple[str, ...]) -> bytes:
    """A marked copy, with a password where the file had one."""
    from reportfill.office.encryption import is_locked, is_locked_xls, locked_with

    was_locked = passwords and (is_locked(content) or is_locked_xls(content))
    return locked_with(passwords[0], marked) if was_locked else marked
