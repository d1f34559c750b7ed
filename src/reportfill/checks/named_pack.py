"""The pack that a file names: an id, and nothing else; one that is broken is a finding of that file."""

from __future__ import annotations

from pathlib import Path

from reportfill.errors import PackError
from reportfill.finding import Finding, finding
from reportfill.pack.discovery import find_pack_of_id
from reportfill.pack.pack import Pack, pack_in
from reportfill.plain_files import shortened
from reportfill.text import Text


def named_pack(id: str) -> tuple[Pack | None, Finding | None]:
    """The pack that a workbook names, or why it cannot be used. Only an id is taken from a file, never a path."""
    try:
        folder = find_pack_of_id(id)
    except PackError:
        return None, finding("workbook.pack_not_found", value=shortened(id))
    return usable_pack(folder)


def usable_pack(folder: Path) -> tuple[Pack | None, Finding | None]:
    """The pack in a folder, or the finding that says why it cannot be used."""
    try:
        return pack_in(folder), None
    except PackError as error:
        problem = Text(error.chinese.splitlines()[0], error.english.splitlines()[0])
        return None, finding("workbook.pack_broken", value=shortened(folder.name), problem=problem)
