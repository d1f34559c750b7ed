"""Marked workbooks among the inputs: one that the clerk has corrected takes the place of what it was marked for, and
one that nobody has touched says nothing new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from reportfill.batch.inputs import WORKBOOKS, Input, content_of_input

_MARKED = re.compile(r"(?P<original>.+)-需修改(?P<turn>[0-9]{0,3})(?: \([0-9]+\))?")
"""The names of marked workbooks: 表-需修改, after that 表-需修改2, and 表-需修改 (1) beside one that had the name."""


class _Copy(NamedTuple):
    """Of which workbook a file is the corrected copy, and which one after another."""

    original: Path
    turn: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be read of some files, and what not: marked workbooks that nobody has changed, and files in the place
    of which a corrected copy is read, with that copy."""

    inputs: Sequence[Input]
    unchanged: Sequence[Path] = ()
    superseded: Mapping[Path, Path] = field(default_factory=dict)


def is_unchanged_copy(path: Path, content: bytes) -> bool:
    """Whether a file is a marked workbook in which nobody has changed anything."""
    if not _may_be_marked(path):
        return False
    # Slow to import, and few files are asked for it.
    from reportfill.intake.returning.untouched import is_untouched

    return is_untouched(content)


def chosen(files: Sequence[Path]) -> Chosen:
    """Which files are to be read, where there are several. Where several could be what a copy was made of, all are."""
    if len(files) == 1:
        return Chosen([Input(files[0])])
    inputs = [_looked_into(file) for file in files]
    unchanged = [one.path for one in inputs if one.content and is_unchanged_copy(one.path, one.content)]
    newest = _newest([file for file in files if file not in set(unchanged)])
    return Chosen(
        [one for one in inputs if newest.get(one.path) == one.path],
        sorted(unchanged),
        {file: other for file, other in newest.items() if file != other},
    )


def _may_be_marked(path: Path) -> bool:
    return _MARKED.fullmatch(path.stem) is not None and path.suffix.lower() in WORKBOOKS


def _looked_into(file: Path) -> Input:
    """A file, with its content where that says whether it is to be read."""
    try:
        return Input(file, content_of_input(file)) if _may_be_marked(file) else Input(file)
    except OSError:
        return Input(file)


def _newest(files: Sequence[Path]) -> dict[Path, Path]:
    """For each file the one that is read: itself, or the last corrected copy of the same workbook."""
    copies = {file: _copy_of(file) for file in files}
    last: dict[Path, Path] = {}
    for file, (original, turn) in copies.items():
        if original not in last or turn > copies[last[original]].turn:
            last[original] = file
    times = Counter(copies.values())
    return {
        file: file
        if copy.turn == copies[last[copy.original]].turn or times[copy] > 1
        else last[copy.original]
        for file, copy in copies.items()
    }


def _copy_of(file: Path) -> _Copy:
    """What a file is the corrected copy of, itself where it is none. Its suffix says nothing: a copy is an .xlsx."""
    found = _MARKED.fullmatch(file.stem)
    if found is None or file.suffix.lower() not in WORKBOOKS:
        return _Copy(file.with_suffix("") if file.suffix.lower() in WORKBOOKS else file, 0)
    return _Copy(file.with_name(found["original"]), int(found["turn"] or 1))
