"""A folder of completed workbooks, each another agency's, made quickly from the sample."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.places import SAMPLE
from reportfill.office.package import composed, extended, parts_of

_AGENCY = "洪泽区人民政府"
_SHEET = "xl/worksheets/sheet3.xml"
_FIGURE = re.compile(rb'(<c r="(?P<cell>[A-Z]+\d+)"[^>]*><v>)[\d.]+(</v>)')
_FIGURES = ("B9", "B12", "B13", "B16")
"""Figures of 表二 that no rule ties to others: decisions of three kinds, and fees."""


def fill_inbox(folder: Path, files: int) -> None:
    """Put so many completed workbooks into a folder, each of another agency and with other figures."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(_workbooks(files), 1):
        (folder / f"{number:05}.xlsx").write_bytes(content)


def _workbooks(files: int) -> Iterator[bytes]:
    """The sample again and again, with only those parts made anew that differ."""
    parts = parts_of(SAMPLE.read_bytes())
    varying = [name for name, part in parts.items() if name == _SHEET or _spelled(part) is not None]
    unchanged = composed({name: part for name, part in parts.items() if name not in varying})
    for number in range(1, files + 1):
        yield extended(unchanged, {name: _varied(name, parts[name], number) for name in varying})


def _varied(name: str, part: bytes, number: int) -> bytes:
    """A part with another agency's name and, where it is that of 表二, other figures."""
    spelled = _spelled(part)
    if spelled is not None:
        part = part.replace(spelled, f"洪泽区第{number}街道办事处".encode())
    return _FIGURE.sub(lambda cell: _figure(cell, number), part) if name == _SHEET else part


def _figure(cell: re.Match[bytes], number: int) -> bytes:
    if cell["cell"].decode() not in _FIGURES:
        return cell.group()
    return b"%b%d%b" % (cell.group(1), number, cell.group(3))


def _spelled(part: bytes) -> bytes | None:
    """The agency's name as a part spells it, in characters or in references to them; None where it has none."""
    references = "".join(f"&#{ord(character)};" for character in _AGENCY)
    spellings = (_AGENCY.encode(), references.encode())
    return next((spelling for spelling in spellings if spelling in part), None)
