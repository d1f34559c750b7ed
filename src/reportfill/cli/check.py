"""reportfill check: validate only."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from reportfill.checks.check import check
from reportfill.checks.findings import counts
from reportfill.checks.submission import Submission
from reportfill.cli.console import print_error, print_findings, print_line, progress, summary
from reportfill.cli.inputs import input_files, known_report, read_submission, wanted_pack
from reportfill.cli.language import language, say
from reportfill.cli.options import BlankAsZero, Files, Lang, Last, PackName
from reportfill.cli.outcome import Outcome, exit_status
from reportfill.cli.returning import Returned, write_returned
from reportfill.errors import ReportfillError, UsageError
from reportfill.pack.pack import Pack


class Format(StrEnum):
    """How results are printed."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        help=say(
            "text给人看，json给程序读（每个文件一行一个对象）。",
            "text for people; json for programs, one object a file and line.",
        ),
    ),
]

HELP = say(
    """只校验，不生成报告；逐格列出错误和需要留意的地方。

    例：reportfill check 卫辉市信访局.xlsx

    例：reportfill check 收件箱 --format json""",
    """Validate workbooks and list, cell by cell, what is wrong or doubtful. Nothing is written.

    Example: reportfill check weihui.xlsx

    Example: reportfill check inbox --format json""",
)


def check_files(
    files: Files,
    format: FormatOption = Format.TEXT,
    pack: PackName = None,
    last: Last = None,
    blank_as_zero: BlankAsZero = False,
    returned: Returned = None,
    lang: Lang = None,
) -> None:
    """Validate workbooks and print what was found."""
    sources = input_files(files)
    if last is not None and len(sources) > 1:
        raise UsageError(say("--last 只能与一个填报表一起用", "--last goes with one workbook only"))
    chosen = wanted_pack(pack)
    before = known_report(last, "--last")
    outcomes: list[Outcome] = []
    with progress(len(sources), say("校验", "Checking")) as bar:
        for source in sources:
            outcome = _checked(source, chosen, before, returned, blank_as_zero=blank_as_zero)
            if format is Format.JSON:
                print_line(json.dumps(outcome_object(outcome), ensure_ascii=False))
            else:
                _tell(outcome)
            outcomes.append(outcome)
            bar.advance()
    raise typer.Exit(exit_status(outcomes))


def _checked(
    source: Path, pack: Pack | None, last: Submission | None, folder: Path | None, *, blank_as_zero: bool
) -> Outcome:
    try:
        submission = read_submission(source, pack, blank_as_zero=blank_as_zero)
        findings = tuple(check(submission, last))
        returned = write_returned(source, submission, findings, folder) if folder else None
    except ReportfillError as error:
        return Outcome(source, trouble=str(error))
    return Outcome(source, submission, findings, returned=returned)


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """What was found in a file, as plain values for JSON. A file that cannot be opened has an `error`."""
    submission = outcome.submission
    pack = submission.pack if submission else None
    told: dict[str, Any] = {
        "file": str(outcome.source),
        "pack": {"id": pack.id, "version": pack.version} if pack else None,
        "agency": submission.agency if submission else "",
        "year": submission.year if submission else None,
        "findings": [found.as_dict(language()) for found in outcome.findings],
        "counts": counts(outcome.findings),
    }
    return told | ({"error": outcome.trouble} if outcome.trouble else {})


def _tell(outcome: Outcome) -> None:
    if outcome.trouble:
        print_error(outcome.trouble)
        return
    print_line(f"{outcome.source}: {summary(outcome.findings)}")
    print_findings(outcome.findings)
