"""From an input file to what is to be written for it: read, check, merge, mark. One file, or many side by side."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportfill.batch.inputs import Input
from reportfill.errors import ReportfillError
from reportfill.finding import Finding, counts
from reportfill.system_words import in_one_line
from reportfill.text import Text
from reportfill.workers import ProcessWorkers, cores

if TYPE_CHECKING:
    from reportfill.outputs.kind import Output
    from reportfill.processing import Job, Processed


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of one file, ready to be told and written: the report and the marked workbook as bytes, each empty
    where there is none, and the outputs that were made, with why others could not be. `pack` is the id and version of
    its pack, None where nothing could be read of it; `trouble` says why a file could not be used."""

    source: Path
    pack: tuple[str, str] | None = None
    agency: str = ""
    code: str = ""
    year: int | None = None
    findings: tuple[Finding, ...] = ()
    report_name: str = ""
    report: bytes = b""
    returned: bytes = b""
    outputs: tuple[Output, ...] = ()
    not_made: tuple[Text, ...] = ()
    trouble: Text | None = None

    def as_dict(self, language: str) -> dict[str, Any]:
        """What was found in the file, as plain values for JSON; `error` says why it could not be used."""
        found: dict[str, Any] = {
            "file": str(self.source),
            "pack": dict(zip(("id", "version"), self.pack, strict=True)) if self.pack else None,
            "agency": self.agency,
            "year": self.year,
            "findings": [one.as_dict(language) for one in self.findings],
            "counts": counts(self.findings),
        }
        return found | ({"error": self.trouble.in_language(language)} if self.trouble else {})


def all_prepared(inputs: Sequence[Input], job: Job, processes: int = 0) -> Generator[Prepared, None, None]:
    """What comes of each file, in the order of the files; many are worked on by several processes, as many as
    there are cores unless told otherwise."""
    crew = ProcessWorkers(min(processes or cores(), len(inputs)))
    yield from crew.results(partial(prepared, job), inputs, _lost)


def prepared(job: Job, given: Input) -> Prepared:
    """What comes of one file. Whatever is wrong with it is in the result, so that other files go on."""
    from reportfill.processing import process  # with all that reads and checks: help does without

    source = given.path
    try:
        processed = process(given.read(), job, is_data=given.is_data, folder=given.folder)
        return _in_short(source, processed, draft=job.draft)
    except ReportfillError as error:
        return Prepared(source, trouble=Text(error.chinese, error.english))
    except (OSError, RecursionError) as error:
        return Prepared(source, trouble=in_one_line(error))


def _in_short(source: Path, processed: Processed, *, draft: bool) -> Prepared:
    from reportfill.processing import Artefact

    submission = processed.submission
    if submission.pack is None:
        return Prepared(source, findings=processed.findings)
    return Prepared(
        source,
        (submission.pack.id, submission.pack.version),
        submission.agency,
        submission.code,
        submission.year,
        processed.findings,
        submission.pack.report_name(submission.exact_data) + ("（草稿）" if draft else ""),
        processed.artefacts.get(Artefact.REPORT, b""),
        processed.artefacts.get(Artefact.MARKED, b""),
        processed.outputs,
        processed.not_made,
    )


def _lost(given: Input, why: Finding) -> Prepared:
    """What is said of a file that took too long or too much memory, or at which a process ended."""
    return Prepared(given.path, findings=(why,))
