"""reportfill convert: finished reports, as they came out of Word, in other formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reportfill.batch.delivery import Outcome, delivered, is_file_named
from reportfill.batch.inputs import DOCUMENTS, input_files
from reportfill.cli.console import print_error, print_line, progress
from reportfill.cli.inputs import kinds_wanted, require_quotes
from reportfill.cli.language import say, told
from reportfill.cli.options import (
    Fonts,
    Jobs,
    Lang,
    OnlyPrescribedFonts,
    kinds_option,
    path_argument,
    path_option,
)
from reportfill.cli.outcome import DONE, UNUSABLE, print_not_written, print_stand_ins, told_of_outputs
from reportfill.errors import UsageError
from reportfill.outputs.kind import KINDS, OutputKind
from reportfill.outputs.page_making import page_maker
from reportfill.text import how_many

OF_PAGES = tuple(name for name, kind in KINDS.items() if kind.is_of_pages)
"""The kinds of output that are made of a report's pages, and so of any Word file."""

Documents = Annotated[
    list[str],
    path_argument(
        "REPORT...",
        "Word报告（.docx）；也可以是文件夹。",
        "Word reports (.docx); a folder means all in it.",
    ),
]
To = Annotated[
    list[str] | None,
    kinds_option("pdf，或者按-o的文件名", "pdf, or what the name after -o says", OF_PAGES),
]
Output = Annotated[
    Path | None,
    path_option(
        "-o --output",
        "PATH",
        "输出到这个文件（如.pdf）或者文件夹；默认在报告旁边。",
        "Write to this file (such as a .pdf) or folder. Default: beside the report.",
    ),
]

HELP = say(
    """把Word报告转换成PDF等格式；需要LibreOffice。

    不联网，不运行宏，也不打开文档引用的其他文件。已有同名文件且内容不同的，改名保留。

    例：reportfill convert 卫辉市信访局2023年年度报告.docx

    例：reportfill convert 报告 --to pdf,pdfa -o 归档""",
    """Convert Word reports to PDF and the like, by LibreOffice.

    Nothing is fetched, no macro runs, and no other file is opened that a document refers to. A file of the same
    name that differs is kept.

    Example: reportfill convert report.docx

    Example: reportfill convert reports --to pdf,pdfa -o archive""",
)


def convert(
    documents: Documents,
    to: To = None,
    output: Output = None,
    fonts: Fonts = None,
    only_prescribed_fonts: OnlyPrescribedFonts = False,
    jobs: Jobs = 0,
    lang: Lang = None,
) -> None:
    """Convert Word reports."""
    require_quotes(to, documents)
    sources = input_files(documents, DOCUMENTS)
    if len(sources) > 1 and output is not None and (output.is_file() or is_file_named(output)):
        raise UsageError("with several reports, -o must be a folder", "有几份报告时，-o 应当是文件夹")
    kinds = _kinds(to, output)
    failed = 0
    with page_maker(kinds, jobs, fonts, only_prescribed_fonts) as pages:
        from reportfill.batch.converting import all_converted  # with all that asks LibreOffice

        with progress(len(sources), say("转换", "Converting")) as advance:
            for prepared in all_converted(sources, pages):
                outcome = delivered(prepared, output)
                _tell(outcome)
                failed += not outcome.outputs or bool(outcome.not_written)
                advance()
        print_stand_ins(pages)
    if len(sources) > 1:
        print_line(
            say(
                f"共{len(sources)}份报告：转换{len(sources) - failed}份，没有转换{failed}份。",
                f"{how_many(len(sources), 'report')}: {len(sources) - failed} converted, {failed} not.",
            )
        )
    raise typer.Exit(UNUSABLE if failed else DONE)


def _kinds(to: Sequence[str] | None, output: Path | None) -> tuple[OutputKind, ...]:
    """The kinds that are wanted. Raises UsageError where one is not made of pages."""
    kinds = kinds_wanted(to, output, default=OF_PAGES[0])
    others = [kind.name for kind in kinds if not kind.is_of_pages]
    if others:
        raise UsageError(
            f"convert makes {', '.join(OF_PAGES)} of a finished report; for {', '.join(others)} run reportfill fill "
            "with the workbook",
            f"convert只能把报告转换成{'、'.join(OF_PAGES)}；需要{'、'.join(others)}的，请用填报表运行reportfill fill",
        )
    return kinds


def _tell(outcome: Outcome) -> None:
    """Print what became of one file: where its outputs are, and what was wrong with it, in a line each."""
    prepared = outcome.prepared
    for line in told_of_outputs(outcome):
        print_line(line)
    if prepared.trouble is not None:
        print_error(told(prepared.trouble))
    for found in prepared.findings:
        message, hint = told(found.message), told(found.hint)
        print_error(say(f"{prepared.source}：{message}{hint}", f"{prepared.source}: {message} {hint}"))
    print_not_written(outcome)
