"""What was prepared for a file, written: its outputs, its marked workbook. Nothing that is there is lost."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from reportfill.batch.marked_copies import is_unchanged_copy
from reportfill.batch.preparing import Prepared
from reportfill.errors import OutputError
from reportfill.file_names import path_within
from reportfill.files import Written, write_beside, write_file
from reportfill.outputs.kind import KINDS, Output, OutputKind, kind_of_suffix, suffix_of_ending
from reportfill.plain_files import read_file
from reportfill.text import Text


class WrittenOutput(NamedTuple):
    """An output that was written, and of which kind it is."""

    kind: OutputKind
    written: Written


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: what was found, the outputs and the marked workbook that were written, and why one of
    them could not be, as its former one is open in Word. `corrected` is a marked workbook in whose place that of now
    belonged: somebody has worked in it, so it stays."""

    prepared: Prepared
    outputs: tuple[WrittenOutput, ...] = ()
    returned: Written | None = None
    corrected: Path | None = None
    not_written: tuple[Text, ...] = ()

    @property
    def written(self) -> list[Path]:
        """The files that were written."""
        outputs = [one.written.path for one in self.outputs]
        return outputs if self.returned is None else [*outputs, self.returned.path]


def delivered(prepared: Prepared, output: Path | None = None, returned: Path | None = None) -> Outcome:
    """What was prepared for a file, written: the outputs under the name of the file `output` or into the folder of that
    name, the marked workbook into the folder `returned`, each beside the input where none is named. What cannot be
    written holds up nothing else."""
    returned_written = corrected = None
    outputs, not_written = [], list(prepared.not_made)
    if prepared.returned:
        folder = returned or prepared.source.parent
        path = folder / f"{returned_name(prepared.source.stem)}.xlsx"
        try:
            returned_written, corrected = _write_marked(path, prepared.returned)
        except OutputError as error:
            not_written.append(Text(error.chinese, error.english))
    for one in prepared.outputs:
        try:
            written = write_file(output_path(prepared, one, output), one.content)
        except OutputError as error:
            not_written.append(Text(error.chinese, error.english))
        else:
            outputs.append(WrittenOutput(KINDS[one.kind], written))
    return Outcome(prepared, tuple(outputs), returned_written, corrected, tuple(not_written))


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


def output_path(prepared: Prepared, output: Output, named: Path | None) -> Path:
    """Where an output goes: the file named where it is the only one and of that suffix, else beside it; or the pack's
    name for the report in the folder named or beside the input, shortened where its path would be longer than Office
    opens."""
    if named is None or not is_file_named(named):
        folder = named or prepared.source.parent
        return path_within(folder, prepared.report_name, output.ending, prepared.agency, prepared.code)
    is_alone = len(prepared.outputs) == 1 and suffix_of_ending(output.ending) == named.suffix.lower()
    return named if is_alone else named.with_name(named.stem + output.ending)


def is_file_named(path: Path) -> bool:
    """Whether a path that was named for outputs is that of a file, by its suffix, and not of a folder."""
    return kind_of_suffix(path) is not None and not os.path.isdir(path)


def returned_name(stem: str) -> str:
    """The name of a marked workbook without suffix: 表-需修改, and after that 表-需修改2."""
    base, marked, number = stem.rpartition("-需修改")
    if marked and (number == "" or number.isdecimal()):
        return f"{base}-需修改{int(number or 1) + 1}"
    return f"{stem}-需修改"
