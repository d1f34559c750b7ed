"""What became of one input file, and what the process says of it all in its exit status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportfill.checks.findings import has_errors
from reportfill.cli.language import say
from reportfill.cli.preparing import Prepared
from reportfill.errors import OutputError
from reportfill.files import Written, safe_name, write_file

DONE, FINDINGS, UNUSABLE = 0, 1, 2
"""Exit status: all went well; there are findings with errors; a call or a file cannot be used."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: what was found, the report and the marked workbook that were written, or why it
    could not be used."""

    prepared: Prepared
    report: Written | None = None
    returned: Written | None = None
    trouble: str = ""

    @property
    def status(self) -> int:
        """This file's part in the exit status."""
        if self.trouble or self.prepared.pack is None:
            return UNUSABLE
        return FINDINGS if has_errors(self.prepared.findings) else DONE


def delivered(prepared: Prepared, output: Path | None = None, returned: Path | None = None) -> Outcome:
    """What was prepared for a file, written: the report to the file or into the folder `output`, the marked workbook
    into the folder `returned`, each beside the input where none is named."""
    report_written = returned_written = None
    try:
        if prepared.returned:
            folder = returned or prepared.source.parent
            path = folder / f"{returned_name(prepared.source.stem)}.xlsx"
            returned_written = write_file(path, prepared.returned)
        if prepared.report:
            report_written = write_file(report_path(prepared, output), prepared.report)
    except OutputError as error:
        return Outcome(prepared, report_written, returned_written, say(error.chinese, error.english))
    return Outcome(prepared, report_written, returned_written, prepared.trouble)


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


def returned_name(stem: str) -> str:
    """The name of a marked workbook without suffix: 表-需修改, and after that 表-需修改2."""
    base, marked, number = stem.rpartition("-需修改")
    if marked and (number == "" or number.isdecimal()):
        return f"{base}-需修改{int(number or 1) + 1}"
    return f"{stem}-需修改"


def exit_status(statuses: Iterable[int]) -> int:
    """The exit status of a run: the worst file decides."""
    return max(statuses, default=DONE)
