"""What was prepared for a file, written: its report, its marked workbook. Nothing that is there is lost."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from reportfill.batch.marked_copies import is_unchanged_copy
from reportfill.batch.preparing import Prepared
from reportfill.errors import OutputError
from reportfill.file_names import path_within
from reportfill.files import Written, write_beside, write_file
from reportfill.plain_files import read_file
from reportfill.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: what was found, the report and the marked workbook that were written, and why one of
    them could not be, as its former one is open in Word. `corrected` is a marked workbook in whose place that of now
    belonged: somebody has worked in it, so it stays."""

    prepared: Prepared
    report: Written | None = None
    returned: Written | None = None
    corrected: Path | None = None
    not_written: tuple[Text, ...] = ()

    @property
    def written(self) -> list[Path]:
        """The files that were written."""
        return [one.path for one in (self.report, self.returned) if one is not None]


def delivered(prepared: Prepared, output: Path | None = None, returned: Path | None = None) -> Outcome:
    """What was prepared for a file, written: the report to the file or into the folder `output`, the marked workbook
    into the folder `returned`, each beside the input where none is named. What cannot be written holds up nothing
    else."""
    report_written = returned_written = corrected = None
    not_written = []
    if prepared.returned:
        folder = returned or prepared.source.parent
        path = folder / f"{returned_name(prepared.source.stem)}.xlsx"
        try:
            returned_written, corrected = _write_marked(path, prepared.returned)
        except OutputError as error:
            not_written.append(Text(error.chinese, error.english))
    if prepared.report:
        try:
            report_written = write_file(report_path(prepared, output), prepared.report)
        except OutputError as error:
            not_written.append(Text(error.chinese, error.english))
    return Outcome(prepared, report_written, returned_written, corrected, tuple(not_written))


def _write_marked(path: Path, content: bytes) -> tuple[Written, Path | None]:
    """Write a marked workbook, under a number where somebody has worked in the one that has its name, or has it open;
    the one that somebody has worked in, too."""
    if os.path.lexists(path) and not _may_make_room(path):
        written = write_beside(path, content)
        return Written(written, None), None if written == path else path
    try:
        return write_file(path, content), None
    except OutputError:
        if not os.path.lexists(path):
            raise
    return Written(write_beside(path, content), None), None  # that of the last run is open in Excel


def _may_make_room(path: Path) -> bool:
    """Whether nobody has worked in what stands there, as far as it can be read."""
    try:
        return is_unchanged_copy(path, read_file(path))
    except OSError:
        return True


def report_path(prepared: Prepared, output: Path | None) -> Path:
    """Where a report goes: the file named, or the pack's name for it in the folder named or beside the input, shortened
    where its path would be longer than Office opens."""
    if output is not None and output.suffix.lower() == ".docx" and not output.is_dir():
        return output
    folder = output or prepared.source.parent
    return path_within(folder, prepared.report_name, ".docx", prepared.agency, prepared.code)


def returned_name(stem: str) -> str:
    """The name of a marked workbook without suffix: 表-需修改, and after that 表-需修改2."""
    base, marked, number = stem.rpartition("-需修改")
    if marked and (number == "" or number.isdecimal()):
        return f"{base}-需修改{int(number or 1) + 1}"
    return f"{stem}-需修改"
