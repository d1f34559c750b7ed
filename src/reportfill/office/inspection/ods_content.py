"""What one look at the content.xml of an .ods file tells before calamine reads it, and the errors in its cells."""

from __future__ import annotations

import re
from xml.parsers.expat import ParserCreate

from reportfill.office.inspection.extent import FORM, Extent, Reach, TooFarError, whole_number
from reportfill.office.inspection.signs import Signs
from reportfill.place import Cell

_CELLS = ("table:table-cell", "table:covered-table-cell")
_MISREAD = {"text:line-break", "text:tab", "text:ruby-text"}
"""A line break or tab within a paragraph, which calamine drops, and the reading of a word, which it takes for text."""

_WHOLE_SHEETS = (1024, 16384, 65536, 1048576)
"""How many columns and rows programs let a sheet have (those of LibreOffice and Excel, before and now)."""

_SLIP = 64
"""A row so little shorter or longer than its sheet lost or doubled a cell; a sheet, a row."""

_MAY_BE_ERROR = re.compile(rb'value-type\s*=\s*["\']error|>(?:#|Err:)')
_ERROR = re.compile(r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A)|Err:[0-9]{3}")
"""How programs show an error value; only some of them say that it is one."""


def signs_of_ods(content: bytes, most: Reach = FORM) -> Signs:
    """What one look at a content.xml finds, whose sheets may reach so far. Raises ExpatError where it is no XML:
    calamine might read on."""
    signs = _Look(content, most).signs
    return signs | Signs.ODD if _MAY_BE_ERROR.search(content) else signs


def error_cells_of_ods(content: bytes) -> dict[Cell, str]:
    """The error values in a content.xml by their cells. Raises ExpatError where it is no XML."""
    return _Errors(content).by_cell


class _Places:
    """A content.xml parsed, with the place of each cell (OpenDocument 1.2, 9.1); row and column count from 1."""

    def __init__(self) -> None:
        self.row = self.column = self.columns = 0
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name in _CELLS:
            self.column += whole_number(attributes.get("table:number-columns-repeated", ""), 1)
        elif name == "table:table-row":
            self.row += whole_number(attributes.get("table:number-rows-repeated", ""), 1)
            self.column = 0
        elif name == "table:table-column":
            self.columns += whole_number(attributes.get("table:number-columns-repeated", ""), 1)
        elif name == "table:table":
            self.row = self.column = self.columns = 0

    def end(self, name: str) -> None:
        """An element ends."""


class _Look(_Places):
    """The tables of a content.xml looked at for their signs."""

    def __init__(self, content: bytes, most: Reach) -> None:
        super().__init__()
        self.signs = Signs.NONE
        self._most = most
        self._extent = Extent(most)
        self._widths: set[int] = set()
        self.parser.StartCdataSectionHandler = self._lose
        try:
            self.parser.Parse(content, True)
        except TooFarError:
            self.signs |= Signs.TOO_FAR

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Look how far a cell that holds something reaches."""
        super().start(name, attributes)
        if name == "text:p" or (name in _CELLS and any(key.startswith("office:") for key in attributes)):
            self._extent.include(self.row, self.column)
        elif name == "table:table":
            self._extent, self._widths = Extent(self._most), set()
        elif name in _MISREAD:
            self.signs |= Signs.LEFT_OUT

    def end(self, name: str) -> None:
        """Look whether a row or a sheet is as long as it should be."""
        if name == "table:table-row":
            self._widths.add(self.column)
        elif name == "table:table":
            lengths = (self.row, self.columns, *self._widths)
            if any(0 < abs(length - whole) <= _SLIP for length in lengths for whole in _WHOLE_SHEETS):
                self._lose()

    def _lose(self) -> None:
        """Something that calamine leaves out, or that was lost already."""
        self.signs |= Signs.DOUBTFUL


class _Errors(_Places):
    """The error values of a content.xml."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.by_cell: dict[Cell, str] = {}
        self._sheet = ""
        self._is_error = False
        self._text: list[str] = []
        self.parser.CharacterDataHandler = self._text.append
        self.parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep in mind the name of a sheet, and what a cell says of itself."""
        super().start(name, attributes)
        if name == "table:table":
            self._sheet = attributes.get("table:name", "")
        elif name in _CELLS:
            self._is_error = attributes.get("calcext:value-type") == "error"
            self._text.clear()

    def end(self, name: str) -> None:
        """Take down a cell that says or shows an error."""
        text = "".join(self._text).strip()
        if name in _CELLS and (self._is_error or _ERROR.fullmatch(text)):
            self.by_cell[Cell(self._sheet, self.row - 1, self.column - 1)] = text
