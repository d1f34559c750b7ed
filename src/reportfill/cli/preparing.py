"""From an input file to what is to be written for it: read, check, merge, mark. One file, or many side by side."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.cli.inputs import DATA, read_input
from reportfill.cli.language import language, say, speak
from reportfill.cli.troubles import in_one_line
from reportfill.errors import ReportfillError
from reportfill.finding import Finding

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from reportfill.processing import Job, Processed

FEW = 16
"""So many files are done before a pool of processes has started."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What came of one file, ready to be told and written: the report and the marked workbook as bytes, each empty
    where there is none. `pack` is the id and version of its pack, None where nothing could be read of it;
    `trouble` says why a file could not be used."""

    source: Path
    pack: tuple[str, str] | None = None
    agency: str = ""
    year: int | None = None
    findings: tuple[Finding, ...] = ()
    report_name: str = ""
    report: bytes = b""
    returned: bytes = b""
    trouble: str = ""


def prepared(source: Path, job: Job) -> Prepared:
    """What comes of one file. Whatever is wrong with it is in the result, so that other files go on."""
    from reportfill.processing import process  # with all that reads and checks: help does without

    try:
        is_data = source.suffix.lower() == DATA
        return _prepared(source, process(read_input(source), job, is_data=is_data), draft=job.draft)
    except ReportfillError as error:
        return Prepared(source, trouble=say(error.chinese, error.english))
    except (OSError, MemoryError, RecursionError) as error:
        return Prepared(source, trouble=in_one_line(error))


def _prepared(source: Path, processed: Processed, *, draft: bool) -> Prepared:
    from reportfill.processing import Artefact

    submission = processed.submission
    if submission.pack is None:
        return Prepared(source, findings=processed.findings)
    return Prepared(
        source,
        (submission.pack.id, submission.pack.version),
        submission.agency,
        submission.year,
        processed.findings,
        submission.pack.report_name(submission.exact_data) + ("（草稿）" if draft else ""),
        processed.artefacts.get(Artefact.REPORT, b""),
        processed.artefacts.get(Artefact.MARKED, b""),
    )


def all_prepared(sources: Sequence[Path], job: Job, processes: int = 0) -> Iterator[Prepared]:
    """What comes of each file, in the order of the files; many are worked on by several processes, as many as
    there are cores unless told otherwise."""
    processes = min(processes or os.cpu_count() or 1, len(sources))
    if processes == 1 or len(sources) <= FEW:
        yield from (prepared(source, job) for source in sources)
        return
    from reportfill.workers import ProcessWorkers  # few runs need it

    crew = ProcessWorkers(processes, partial(_started, language()))
    yield from crew.results(partial(prepared, job=job), sources, _lost)


def _started(spoken: str, processes: int) -> Executor:
    """Processes that speak a language."""
    from concurrent.futures import ProcessPoolExecutor  # slow to import

    return ProcessPoolExecutor(processes, initializer=speak, initargs=(spoken,))


def _lost(source: Path) -> Prepared:
    """What is said of a file at which a process ended, as the system ends it where there is too little memory."""
    return Prepared(
        source,
        trouble=say(
            "处理这个文件时程序异常退出，多半是内存不够；请用Excel打开看看，另存一份再试",
            "the process that worked on it was ended, probably for lack of memory; open it in Excel, save it under "
            "another name and try again",
        ),
    )
