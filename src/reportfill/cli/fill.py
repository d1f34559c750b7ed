"""reportfill fill: the main job. A completed workbook goes in, the official Word report comes out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from reportfill.checks.check import check
from reportfill.checks.findings import Finding, counts, has_errors
from reportfill.checks.submission import Submission
from reportfill.cli.console import print_error, print_findings, print_line, progress, summary
from reportfill.cli.inputs import input_files, known_report, read_submission, wanted_pack
from reportfill.cli.language import say
from reportfill.cli.options import BlankAsZero, Files, Lang, Last, PackName
from reportfill.cli.outcome import Outcome, exit_status
from reportfill.cli.returning import Returned, write_returned
from reportfill.errors import ReportfillError, UsageError
from reportfill.files import safe_name, write_file
from reportfill.pack.pack import Pack

Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar="PATH",
        help=say(
            "写到这个文件（.docx）或文件夹；默认写在填报表旁边。",
            "Write to this file (.docx) or folder. Default: beside the workbook.",
        ),
        show_default=False,
    ),
]
Draft = Annotated[
    bool,
    typer.Option(
        "--draft",
        help=say(
            "有错误也出报告，每页标“草稿”。",
            "Print a report in spite of errors, marked 草稿 on every page.",
        ),
    ),
]

HELP = say(
    """校验填报表，生成正式的Word报告。

    没有错误的，写出报告；有错误的不出报告，逐格列出要改的地方，并在填报表旁边写一份标出错误的《…-需修改.xlsx》。
    已有的同名文件内容不同的，改名保留。

    例：reportfill fill 卫辉市信访局.xlsx

    例：reportfill fill 收件箱 -o 报告""",
    """Check workbooks and write the official Word reports.

    A sound workbook gives its report; one with errors gives no report but the list of what to fix, cell by
    cell, and beside it a copy in which the mistakes are marked. A file of the same name that differs is kept.

    Example: reportfill fill weihui.xlsx

    Example: reportfill fill inbox -o reports""",
)


def fill(
    files: Files,
    output: Output = None,
    pack: PackName = None,
    last: Last = None,
    draft: Draft = False,
    blank_as_zero: BlankAsZero = False,
    returned: Returned = None,
    lang: Lang = None,
) -> None:
    """Check workbooks and write their reports."""
    sources = input_files(files)
    _refuse_what_does_not_fit(sources, output, last)
    chosen = wanted_pack(pack)
    before = known_report(last, "--last")
    outcomes: list[Outcome] = []
    with progress(len(sources), say("生成报告", "Filling reports")) as bar:
        for source in sources:
            job = _Job(chosen, before, output, returned or source.parent, draft, blank_as_zero)
            outcome = _filled(source, job)
            _tell(outcome, alone=len(sources) == 1)
            outcomes.append(outcome)
            bar.advance()
    if len(outcomes) > 1:
        _summarise(outcomes)
    raise typer.Exit(exit_status(outcomes))


def _refuse_what_does_not_fit(sources: list[Path], output: Path | None, last: Path | None) -> None:
    if len(sources) == 1:
        return
    if output is not None and (output.is_file() or output.suffix.lower() == ".docx"):
        raise UsageError(
            say("有几个填报表时，-o 应当是文件夹", "with several workbooks, -o must be a folder")
        )
    if last is not None:
        raise UsageError(say("--last 只能与一个填报表一起用", "--last goes with one workbook only"))


@dataclass(frozen=True)
class _Job:
    """What is the same for every file of a run."""

    pack: Pack | None
    last: Submission | None
    output: Path | None
    returned: Path
    draft: bool
    blank_as_zero: bool


def _filled(source: Path, job: _Job) -> Outcome:
    """What becomes of one file. Whatever is wrong with it is in the outcome, so that the others go on."""
    submission: Submission | None = None
    findings: tuple[Finding, ...] = ()
    try:
        submission = read_submission(source, job.pack, blank_as_zero=job.blank_as_zero)
        findings = tuple(check(submission, job.last))
        returned = write_returned(source, submission, findings, job.returned)
        if submission.pack is None or (has_errors(findings) and not job.draft):
            return Outcome(source, submission, findings, returned=returned)
        from reportfill.report.render import render

        path = report_path(source, job.output, submission.pack, submission, draft=job.draft)
        written = write_file(path, render(submission, draft=job.draft))
        return Outcome(source, submission, findings, written, returned)
    except ReportfillError as error:
        return Outcome(source, submission, findings, trouble=str(error))


def report_path(
    source: Path, output: Path | None, pack: Pack, submission: Submission, *, draft: bool
) -> Path:
    """Where a report goes: the file named, or the pack's name for it in the folder named or beside the input."""
    if output is not None and output.suffix.lower() == ".docx" and not output.is_dir():
        return output
    name = pack.report_name(submission.data) + ("（草稿）" if draft else "")
    return (output or source.parent) / f"{safe_name(name)}.docx"


def _tell(outcome: Outcome, *, alone: bool) -> None:
    """What a person needs to know of one file: everything where it is the only one, else a line."""
    if outcome.trouble:
        print_error(outcome.trouble if alone else f"{outcome.source}: {outcome.trouble}")
        return
    if outcome.written is not None:
        print_line(_written_line(outcome))
    else:
        print_line(say(f"没有生成报告：{outcome.source}", f"no report: {outcome.source}") + _counted(outcome))
    if alone or has_errors(outcome.findings):
        print_findings(outcome.findings, notes=False)
    if outcome.returned is not None:
        path = outcome.returned.path
        print_line(say(f"已标出错误，请在这个文件里改正后再交：{path}", f"marked, to be corrected: {path}"))


def _written_line(outcome: Outcome) -> str:
    assert outcome.written is not None
    line = say(f"报告：{outcome.written.path}", f"report: {outcome.written.path}") + _counted(outcome)
    if outcome.written.kept_aside is not None:
        aside = outcome.written.kept_aside.name
        line += say(f"；原有的报告改名为：{aside}", f"; the one that stood there is now: {aside}")
    return line


def _counted(outcome: Outcome) -> str:
    found = counts(outcome.findings)
    return f"  （{summary(outcome.findings)}）" if found["error"] or found["warning"] else ""


def _summarise(outcomes: list[Outcome]) -> None:
    written = sum(outcome.written is not None for outcome in outcomes)
    unusable = sum(outcome.status == 2 for outcome in outcomes)
    faulty = len(outcomes) - written - unusable
    print_line(
        say(
            f"共{len(outcomes)}个文件：生成报告{written}份，需要修改{faulty}个，无法使用{unusable}个。",
            f"{len(outcomes)} files: {written} reports written, {faulty} to be corrected, {unusable} unusable.",
        )
    )
