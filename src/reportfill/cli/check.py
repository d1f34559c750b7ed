"""reportfill check: validate only."""

from __future__ import annotations

from typing import Any

import typer

from reportfill.batch.delivery import Outcome, delivered
from reportfill.batch.preparing import all_prepared
from reportfill.cli.console import print_error, print_findings, print_json, print_line, progress, summary
from reportfill.cli.inputs import inputs_named, job_of
from reportfill.cli.language import language, say, told
from reportfill.cli.options import (
    BlankAsZero,
    Files,
    Format,
    FormatOption,
    Jobs,
    Lang,
    Last,
    PackName,
    Returned,
)
from reportfill.cli.outcome import print_not_written, status_of_file, told_of_copy

HELP = say(
    """只校验，不生成报告；逐个单元格列出错误和需要核对之处。加--returned的，另生成退回的填报表。

    例：reportfill check 卫辉市信访局.xlsx

    例：reportfill check 收件箱 --format json""",
    """Validate workbooks and list, cell by cell, what is wrong or doubtful. Nothing is written but the marked
    workbooks that --returned asks for.

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
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Validate workbooks and print what was found."""
    from reportfill.processing import Artefact

    inputs = inputs_named(files)
    makes = frozenset((Artefact.MARKED,)) if returned is not None else frozenset()
    job = job_of(inputs, pack, last, blank_as_zero=blank_as_zero, makes=makes)
    statuses: list[int] = []
    with progress(len(inputs), say("校验", "Checking")) as advance:
        for prepared in all_prepared(inputs, job, jobs):
            outcome = delivered(prepared, returned=returned)
            if format is Format.JSON:
                print_json(outcome_object(outcome))
            else:
                _tell(outcome)
            statuses.append(status_of_file(outcome))
            advance()
    raise typer.Exit(max(statuses))


def outcome_object(outcome: Outcome) -> dict[str, Any]:
    """What was found in a file, as plain values for JSON. A file that cannot be opened has an `error`; where a
    marked workbook was written, `returned` says where."""
    found = outcome.prepared.as_dict(language())
    if outcome.returned is not None:
        found["returned"] = str(outcome.returned.path)
    not_written = {"error": told(outcome.not_written[0])} if outcome.not_written else {}
    return found if "error" in found else found | not_written


def _tell(outcome: Outcome) -> None:
    if outcome.prepared.trouble:
        print_error(told(outcome.prepared.trouble))
        return
    print_line(f"{outcome.prepared.source}: {summary(outcome.prepared.findings)}")
    print_findings(outcome.prepared.findings)
    if outcome.returned is not None:
        print_line(told_of_copy(outcome))
    print_not_written(outcome)
