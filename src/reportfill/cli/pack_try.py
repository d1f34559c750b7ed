"""reportfill pack try, and pack check --watch: what comes of a pack, looked at while it is being made."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reportfill.cli.console import print_error, print_said, progress
from reportfill.cli.language import say, told
from reportfill.cli.options import Lang, flag, path_argument, path_option
from reportfill.cli.outcome import DONE, FINDINGS, UNUSABLE
from reportfill.cli.waiting import LOOK_ANYWAY, wait_for_change
from reportfill.errors import ReportfillError
from reportfill.pack.discovery import find_pack

if TYPE_CHECKING:
    from reportfill.pack.problems import PackProblem
    from reportfill.text import Text

HELP = say(
    """试用模板包：用编造的数据生成空白的填报表、已填的填报表、报告和网页；装有LibreOffice的，同时生成PDF。

    例：reportfill pack try templates/safety-inspection -o 试用""",
    """Try a pack: with made-up data, its workbook blank and filled in, the report and its page; as PDF too where
    LibreOffice is installed.

    Example: reportfill pack try templates/safety-inspection -o trial""",
)

Trial = Annotated[
    Path,
    path_option("-o --output", "DIR", "输出到这个文件夹。", "Put it into this folder.", show_default=True),
]
TRIAL = Path("试用")


def try_pack(
    pack: Annotated[
        str,
        path_argument(
            "PACK", "模板包的编号、文件夹或者适用年度。", "A pack's id, folder, or a year that it serves."
        ),
    ],
    output: Trial = TRIAL,
    no_pdf: Annotated[bool, flag("--no-pdf", "不生成PDF。", "Make no PDF.")] = False,
    lang: Lang = None,
) -> None:
    """Write what comes of a pack."""
    raise typer.Exit(write_trial(find_pack(pack), output, with_pdf=not no_pdf))


def write_trial(folder: Path, output: Path, *, with_pdf: bool) -> int:
    """Write what comes of the pack in a folder, in the place of what came of it before; the exit status that this asks
    for. A file that is open elsewhere is named, and the others are written. Raises PackError where the pack is not
    sound, OutputError where the folder cannot be written into."""
    from reportfill.files import make_folder, noting, write_file
    from reportfill.office.libreoffice.converting import converted
    from reportfill.office.libreoffice.program import office_program
    from reportfill.pack.pack import load_pack
    from reportfill.trials.trial_files import trial_files

    pack = load_pack(folder)
    files = trial_files(pack)
    own = output / pack.id
    make_folder(own)
    held: list[Text] = []
    for name, content in files.items():
        with noting(held):
            write_file(own / name, content, keep=False)
    if with_pdf and office_program():
        of_office = {name: content for name, content in files.items() if not name.endswith(".html")}
        with progress(len(of_office), say("生成PDF", "Making PDFs")) as advance:
            for name, content in of_office.items():
                stem, _, suffix = name.rpartition(".")
                made = converted(content, suffix, "pdf")
                with noting(held):
                    if made:
                        write_file(own / f"{stem}.pdf", made, keep=False)
                advance()
    print_said(f"已生成：{own}", f"written: {own}")
    for why in held:
        print_error(told(why))
    return UNUSABLE if held else DONE


def problems_of(folder: Path) -> list[PackProblem]:
    """Everything that is wrong with the pack in a folder, its letters and its series."""
    from reportfill.campaign.sending.letter_check import letter_problems
    from reportfill.pack.check import series_problems
    from reportfill.trials.trial import all_problems

    return [*all_problems(folder), *series_problems(folder), *letter_problems(folder)]


def told_problems(folder: Path) -> int:
    """Say what is wrong with the pack in a folder; the exit status that this asks for."""
    problems = problems_of(folder)
    for problem in problems:
        print_error(say(problem.in_chinese, str(problem)))
    if not problems:
        print_said(f"没有发现问题：{folder}", f"no problems: {folder}")
    return FINDINGS if problems else DONE


def check_at_each_save(folder: Path, output: Path, stopped: threading.Event) -> None:
    """Check the pack in a folder now and whenever one of its files is saved, and write what comes of it where it is
    sound, until that is to end."""
    from reportfill.arrivals import is_junk, seen_in

    known: dict[str, object] = {}
    while not stopped.is_set():
        found = {one.path: one.stamp for one in seen_in(folder) if not is_junk(one.path)}
        if found != known:
            known = found
            _looked_at(folder, output)
            print_error(say("等待保存，按Ctrl-C结束。", "waiting for the next save; Ctrl-C ends this."))
        wait_for_change(folder, stopped, poll=False, longest=LOOK_ANYWAY)


def _looked_at(folder: Path, output: Path) -> None:
    try:
        if told_problems(folder) == DONE:
            write_trial(folder, output, with_pdf=True)
    except ReportfillError as error:  # half saved: the next save tells
        print_error(say(error.chinese, error.english))
