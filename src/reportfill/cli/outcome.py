"""What became of one input file, and what the process says of it all in its exit status."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportfill.cli.language import say
from reportfill.cli.marked_copies import is_unchanged_copy
from reportfill.cli.preparing import Prepared
from reportfill.errors import OutputError
from reportfill.files import Written, safe_name, write_beside, write_file
from reportfill.finding import has_errors

DONE, FINDINGS, UNUSABLE = 0, 1, 2
"""Exit status: all went well; there are findings with errors; a call or a file cannot be used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: what was found, the report and the marked workbook that were written, or why it
    could not be used. `corrected` is a marked workbook in whose place that of now belonged: somebody has worked in it,
    so it stays."""

    prepared: Prepared
    report: Written | None = None
    returned: Written | None = None
    trouble: str = ""
    corrected: Path | None = None

    @property
    def status(self) -> int:
        """This file's part in the exit status."""
        if self.trouble or self.prepared.pack is None:
            return UNUSABLE
        return FINDINGS if has_errors(self.prepared.findings) else DONE


def delivered(prepared: Prepared, output: Path | None = None, returned: Path | None = None) -> Outcome:
    """What was prepared for a file, written: the report to the file or into the folder `output`, the marked workbook
    into the folder `returned`, each beside the input where none is named."""
    report_written = returned_written = corrected = None
    try:
        if prepared.returned:
            folder = returned or prepared.source.parent
            returned_written, corrected = _write_marked(
                folder / f"{returned_name(prepared.source.stem)}.xlsx", prepared.returned
            )
        if prepared.report:
            report_written = write_file(report_path(prepared, output), prepared.report)
    except OutputError as error:
        trouble = say(error.chinese, error.english)
        return Outcome(prepared, report_written, returned_written, trouble, corrected)
    return Outcome(prepared, report_written, returned_written, prepared.trouble, corrected)


def _write_marked(path: Path, content: bytes) -> tuple[Written, Path | None]:
    """Write a marked workbook, under a number where somebody has worked in the one that has its name; that one too."""
    if not os.path.lexists(path) or is_unchanged_copy(path):
        return write_file(path, content), None
    written = write_beside(path, content)
    return Written(written, None), None if written == path else path


def report_path(prepared: Prepared, output: Path | None) -> Path:
    """Where a report goes: the file named, or the pack's name for it in the folder named or beside the input."""
    if output is not None and output.suffix.lower() == ".docx" and not output.is_dir():
        return output
    return (output or prepared.source.parent) / f"{safe_name(prepared.report_name)}.docx"


def kept_aside(written: Written) -> str:
    """What is said of a file that had to make room, behind what is said of the new one; mostly nothing."""
    if written.kept_aside is None:
        return ""
    aside = written.kept_aside.name
    return say(f"；原有的文件改名为：{aside}", f"; the one that stood there is now: {aside}")


def told_of_copy(outcome: Outcome) -> str:
    """What is said of the marked workbook that was written, in one line."""
    assert outcome.returned is not None
    path, corrected = outcome.returned.path, outcome.corrected
    line = say(f"已标出错误，请在这个文件里改正后再交：{path}", f"marked, to be corrected: {path}")
    line += kept_aside(outcome.returned)
    if corrected is not None:
        line += say(
            f"；{corrected.name}有人改过，原样保留，要交的是它就运行 reportfill fill {corrected}",
            f"; {corrected.name} was worked in and stays as it is: to hand that in, reportfill fill {corrected}",
        )
    return line


def returned_name(stem: str) -> str:
    """The name of a marked workbook without suffix: 表-需修改, and after that 表-需修改2."""
    base, marked, number = stem.rpartition("-需修改")
    if marked and (number == "" or number.isdecimal()):
        return f"{base}-需修改{int(number or 1) + 1}"
    return f"{stem}-需修改"


def exit_status(statuses: Iterable[int]) -> int:
    """The exit status of a run: the worst file decides."""
    return max(statuses, default=DONE)
