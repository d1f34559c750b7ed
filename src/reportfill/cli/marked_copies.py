"""Marked workbooks among the inputs: one that the clerk has corrected takes the place of what it was marked for, and
one that nobody has touched says nothing new."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from reportfill.cli.console import print_error
from reportfill.cli.inputs import WORKBOOKS
from reportfill.cli.language import say
from reportfill.errors import UsageError
from reportfill.plain_files import read_file

_MARKED = re.compile(r"(?P<original>.+)-需修改(?P<turn>[0-9]{0,3})(?: \([0-9]+\))?")
"""The names of marked workbooks: 表-需修改, after that 表-需修改2, and 表-需修改 (1) beside one that had the name."""

_NAMED = 3
"""So many files are named one by one."""


class _Copy(NamedTuple):
    """Of which workbook a file is the corrected copy, and which one after another."""

    original: Path
    turn: int


def is_unchanged_copy(path: Path) -> bool:
    """Whether a file is a marked workbook in which nobody has changed anything."""
    if _MARKED.fullmatch(path.stem) is None or path.suffix.lower() not in WORKBOOKS:
        return False
    from reportfill.intake.returning.untouched import (
        is_untouched,  # slow to import, and few files are asked for it
    )

    try:
        return is_untouched(read_file(path))
    except OSError:
        return False


def without_superseded(files: list[Path]) -> list[Path]:
    """The files that are to be read, where there are several: not what a corrected copy takes the place of, and no
    marked workbook that nobody has changed. What is passed over is said.

    Raises UsageError where nothing is left.
    """
    if len(files) == 1:
        return files
    unchanged = {file for file in files if is_unchanged_copy(file)}
    if len(unchanged) == len(files):
        raise UsageError(passed_over(files))
    if unchanged:
        print_error(passed_over(sorted(unchanged)))
    return _newest([file for file in files if file not in unchanged])


def _newest(files: list[Path]) -> list[Path]:
    """The files without those that have a corrected copy among them; which those are is said. Where several could be
    what a copy was made of, all are read."""
    copies = {file: _copy_of(file) for file in files}
    last: dict[Path, Path] = {}
    for file, (original, turn) in copies.items():
        if original not in last or turn > copies[last[original]].turn:
            last[original] = file
    times = Counter(copies.values())
    taken = []
    for file, copy in copies.items():
        newest = last[copy.original]
        if copy.turn == copies[newest].turn or times[copy] > 1:
            taken.append(file)
            continue
        print_error(
            say(
                f"取改正后的{newest.name}，不再读取{file}",
                f"{newest.name} is the corrected copy and is read instead of {file}",
            )
        )
    return taken


def passed_over(unchanged: Sequence[Path]) -> str:
    """What is said of marked workbooks that nobody has changed."""
    names = "、".join(path.name for path in unchanged[:_NAMED]) + ("…" if len(unchanged) > _NAMED else "")
    return say(
        f"标出错误后没有改过的{len(unchanged)}个文件不再读取：{names}",
        f"passed over, for nothing was changed since they were marked: {len(unchanged)} ({names})",
    )


def _copy_of(file: Path) -> _Copy:
    """What a file is the corrected copy of, itself where it is none. Its suffix says nothing: a copy is an .xlsx."""
    found = _MARKED.fullmatch(file.stem)
    if found is None or file.suffix.lower() not in WORKBOOKS:
        return _Copy(file.with_suffix("") if file.suffix.lower() in WORKBOOKS else file, 0)
    return _Copy(file.with_name(found["original"]), int(found["turn"] or 1))
