"""reportfill fill: the main job. A completed workbook goes in, the official Word report comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reportfill.batch.delivery import Outcome, delivered, is_file_named
from reportfill.batch.page_outputs import with_pages
from reportfill.batch.preparing import all_prepared
from reportfill.cli.console import print_error, print_findings, print_line, progress, summary
from reportfill.cli.inputs import inputs_named, job_of, kinds_wanted, publication_for, require_quotes
from reportfill.cli.language import say, told
from reportfill.cli.options import (
    BlankAsZero,
    Files,
    Fonts,
    Jobs,
    Lang,
    Last,
    OnlyPrescribedFonts,
    PackName,
    Returned,
    flag,
    kinds_option,
    path_option,
)
from reportfill.cli.outcome import (
    print_not_written,
    print_stand_ins,
    status_of_file,
    summed_up,
    told_of_copy,
    told_of_outputs,
)
from reportfill.errors import UsageError
from reportfill.finding import counts, has_errors
from reportfill.outputs.page_making import page_maker

To = Annotated[
    list[str] | None, kinds_option("docx，或者按-o的文件名", "docx, or what the name after -o says")
]
Output = Annotated[
    Path | None,
    path_option(
        "-o --output",
        "PATH",
        "输出到这个文件（如.docx）或者文件夹；默认在填报表旁边。",
        "Write to this file (such as a .docx) or folder. Default: beside the workbook.",
    ),
]
Draft = Annotated[
    bool,
    flag(
        "--draft",
        "有错误也生成报告，每页标“草稿”。",
        "Print a report in spite of errors, marked 草稿 on every page.",
    ),
]

HELP = say(
    """校验填报表，生成正式的Word报告。

    没有错误的，生成报告；有错误的不生成报告，逐个单元格列出需要修改之处，并在填报表旁边生成退回的填报表“…-需修改.xlsx”。
    已有同名文件且内容不同的，改名保留。

    例：reportfill fill 卫辉市信访局.xlsx

    例：reportfill fill 收件箱 -o 报告

    例：reportfill fill 卫辉市信访局.xlsx --to docx,pdf,html""",
    """Check workbooks and write the official Word reports.

    A sound workbook gives its report; one with errors gives no report but the list of what to fix, cell by
    cell, and beside it a copy in which the mistakes are marked. A file of the same name that differs is kept.

    Example: reportfill fill weihui.xlsx

    Example: reportfill fill inbox -o reports

    Example: reportfill fill weihui.xlsx --to docx,pdf,html""",
)


def fill(
    files: Files,
    to: To = None,
    output: Output = None,
    pack: PackName = None,
    last: Last = None,
    draft: Draft = False,
    blank_as_zero: BlankAsZero = False,
    returned: Returned = None,
    fonts: Fonts = None,
    only_prescribed_fonts: OnlyPrescribedFonts = False,
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Check workbooks and write their reports."""
    require_quotes(to, files)
    inputs = inputs_named(files)
    if len(inputs) > 1 and output is not None and (output.is_file() or is_file_named(output)):
        raise UsageError("with several workbooks, -o must be a folder", "有几个填报表时，-o 应当是文件夹")
    kinds = kinds_wanted(to, output)
    names = tuple(kind.name for kind in kinds)
    job = job_of(
        inputs,
        pack,
        last,
        blank_as_zero=blank_as_zero,
        draft=draft,
        kinds=names,
        publication=publication_for(names),
    )
    statuses: list[int] = []
    written = 0
    with page_maker(kinds, jobs, fonts, only_prescribed_fonts) as pages:
        with progress(len(inputs), say("生成报告", "Filling reports")) as advance:
            for prepared in with_pages(pages, all_prepared(inputs, job, jobs)):
                outcome = delivered(prepared, output, returned)
                tell(outcome, alone=len(inputs) == 1)
                statuses.append(status_of_file(outcome))
                written += bool(outcome.outputs)
                advance()
        print_stand_ins(pages)
    if len(statuses) > 1:
        print_line(summed_up(statuses, written))
    raise typer.Exit(max(statuses))


def tell(outcome: Outcome, *, alone: bool) -> None:
    """Print what a person needs to know of one file: everything where it is the only one, else a line or two."""
    prepared = outcome.prepared
    if prepared.trouble:
        why, source = told(prepared.trouble), str(prepared.source)
        is_named = alone or source in why
        print_error(why if is_named else say(f"{source}：{why}", f"{source}: {why}"))
        return
    first, *others = told_of_outputs(outcome) or [""]
    if first:
        print_line(first + _counted(outcome))
        for line in others:
            print_line(line)
    else:
        print_line(
            say(f"没有生成报告：{prepared.source}", f"no report: {prepared.source}") + _counted(outcome)
        )
    if alone or (has_errors(prepared.findings) and outcome.returned is None):
        print_findings(prepared.findings, notes=False)
    if outcome.returned is not None:
        print_line(told_of_copy(outcome))
    print_not_written(outcome)


def _counted(outcome: Outcome) -> str:
    findings = outcome.prepared.findings
    found = counts(findings)
    if not found["error"] and not found["warning"]:
        return ""
    return say(f"（{summary(findings)}）", f"  ({summary(findings)})")
