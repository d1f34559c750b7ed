"""How far the cells of a sheet reach. calamine lays a sheet out in full, from its first cell to its last: one cell
in the far corner would take all memory. Both functions raise ExpatError where a part that has to be parsed is no XML:
calamine might read on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.parsers.expat import ParserCreate

_MOST_ROWS, _MOST_COLUMNS = 9999, 702
"""Up to ZZ9999. No form is nearly as large."""

_NOT_PLAINLY_NEAR = re.compile(rb'<(?:c|row)(?:[\t\n\r/>]| (?!r="[A-Z]{0,2}[0-9]{1,4}"))')
"""A cell or row that does not say, as programs usually write it, that it is no further; only then it takes a parser
to tell where it is."""

_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
"""How cells and rows look whose names have a namespace prefix, which office programs do not give them."""

_REFERENCE = re.compile("([A-Za-z]+)([0-9]+)")

Attributes = Mapping[str, str]


class _TooFarError(Exception):
    """A cell that no form has."""


class _Position:
    """The row and column, counted from 1, at which the reader of a sheet is, as far as they matter."""

    row = 0
    column = 0

    def require_near(self) -> None:
        """Raise _TooFarError where no form has a cell."""
        if self.row > _MOST_ROWS or self.column > _MOST_COLUMNS:
            raise _TooFarError


def reaches_too_far(part: bytes) -> bool:
    """Whether a part of an .xlsx is a sheet in which a cell that no form has holds something."""
    here = _Position()

    def start(name: str, attributes: Attributes) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            here.row, here.column = _number(attributes.get("r", ""), here.row + 1), 0
        elif local == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            if reference:
                here.row, here.column = int(reference[2][-9:]), _column(reference[1])
            else:
                here.column += 1
        elif local in ("v", "f", "is"):
            here.require_near()

    # Bytes of a picture may look like a cell; only a sheet is looked at closely.
    in_doubt = b"sheetData" in part and (_NOT_PLAINLY_NEAR.search(part) or _PREFIXED.search(part))
    return bool(in_doubt) and _is_too_far(part, start)


def repeats_too_often(content: bytes) -> bool:
    """Whether a sheet in an .ods file's content.xml holds something in a cell that no form has, be it that it
    repeats rows or cells; empty ones at its end are usual."""
    here = _Position()

    def start(name: str, attributes: Attributes) -> None:
        if name == "table:table":
            here.row = 0
        elif name == "table:table-row":
            here.row += _number(attributes.get("table:number-rows-repeated", ""), 1)
            here.column = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            here.column += _number(attributes.get("table:number-columns-repeated", ""), 1)
            if any(key.startswith("office:") for key in attributes):
                here.require_near()
        elif name == "text:p":
            here.require_near()

    return _is_too_far(content, start)


def _is_too_far(part: bytes, start: Callable[[str, Attributes], None]) -> bool:
    parser = ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(part, True)
    except _TooFarError:
        return True
    return False


def _number(digits: str, otherwise: int) -> int:
    return int(digits[-9:]) if digits.isascii() and digits.isdecimal() else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
