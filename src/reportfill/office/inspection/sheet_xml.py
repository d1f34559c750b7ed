"""What one look at the XML of a sheet tells before calamine reads it, which is lenient.

Sound programs write the cells of a sheet in one plain form, which one regular expression passes over in the time that
it takes to read the bytes. Any other sheet is parsed: as XML, and against the structure of ECMA-376-1, 18.3.1.
"""

from __future__ import annotations

import re
from xml.parsers.expat import ParserCreate, XMLParserType

from reportfill.office.inspection.extent import (
    FORM,
    Extent,
    Reach,
    TooFarError,
    merges_too_much,
    whole_number,
)
from reportfill.office.inspection.signs import Signs
from reportfill.place import column_number, parse_address

_CHARACTERS = rb"[^<]*+"
_TEXT = rb'<t(?: xml:space="preserve")?+(?>/>|>' + _CHARACTERS + rb"</t>)"
_FORMULA = rb"(?:<f(?: [^<>/]*+)?+(?:/>|>[^<]*+</f>))"
_REST_OF_CELL = (
    rb'"(?: s="[0-9]++")?+(?>'
    rb'(?: t="n")?+(?>/>|></c>|>' + _FORMULA + rb"?+<v>[-+0-9.Ee]++</v></c>)"
    rb'| t="s"><v>[0-9]++</v></c>'
    rb'| t="inlineStr"(?>/>|></c>|><is>' + _TEXT + rb"</is></c>)"
    rb'| t="(?:str|b)">' + _FORMULA + rb"?+<v>" + _CHARACTERS + rb"</v></c>)"
    rb'(?!<c r="(?P=address)")'
)
_RUN = rb"<r>(?:<rPr>(?:<[a-zA-Z]++[^<>]*+>)*+</rPr>)?+" + _TEXT + rb"</r>"
_PHONETIC = rb"(?:<rPh [^<>]*+>" + _TEXT + rb"</rPh>)*+(?:<phoneticPr[^<>]*+/>)?+"
_PLAIN_STRINGS = re.compile(
    rb"<sst[^<>]*+>(?:<si>(?>" + _TEXT + rb"|(?:" + _RUN + rb")++)" + _PHONETIC + rb"</si>)*+</sst>\s*+\Z"
)
"""The shared strings as programs usually write them."""


def _plain_rows(address: bytes) -> re.Pattern[bytes]:
    """The rows and cells of a sheet as programs usually write them, with such addresses; no error value and no formula
    without a result. None is there twice running, as damage has it."""
    cell = rb'<c r="(?P<address>' + address + rb")" + _REST_OF_CELL
    row = rb'<row r="(?P<row>[0-9]{1,7})"[^<>/]*+(?>/>|>(?:' + cell + rb')*+</row>)(?!<row r="(?P=row)")'
    return re.compile(rb"<sheetData>(?:" + row + rb")*+</sheetData>")


_PLAIN = _plain_rows(rb'(?=[A-Z0-9]{2,4}")[A-Z]{1,3}(?P=row)')
"""An address of no more characters than ZZ99 is never too far, nor are all of them together."""

_TALL = _plain_rows(rb"[A-Z]{1,2}(?P=row)")
_ROW_NUMBER = re.compile(rb'<row r="([0-9]{1,7})"')
_COLUMN = re.compile(rb'<c r="([A-Z]{1,2})')

_CHARACTER_REFERENCE_IN_NUMBER = re.compile(rb"<v>[0-9.+-]*+&")

_CHILDREN = {
    "sheetData": {"row"},
    "row": {"c", "extLst"},
    "c": {"f", "v", "is", "extLst"},
    "sst": {"si", "extLst"},
    "si": {"t", "r", "rPh", "phoneticPr"},
    "is": {"t", "r", "rPh", "phoneticPr"},
    "r": {"rPr", "t"},
    "rPh": {"t"},
    "f": set(),
    "v": set(),
    "t": set(),
}
"""What may stand in the elements that calamine reads. It takes the last of two, or joins them, where openpyxl and Excel
take the first or none."""

_REPEATED = {"row", "c", "si", "r", "rPh"}
_NOT_EMPTY = {"si", "is", "r"}


def signs_of_sheet(part: bytes, most: Reach = FORM) -> Signs:
    """What one look at a part of an .xlsx finds, if it is a sheet, which may reach so far. Raises ExpatError where it
    is no XML: calamine might read on."""
    if b"sheetData" not in part:
        return Signs.NONE
    plain = _plain_data(part, most)
    if merges_too_much(part, plain.end() if plain else 0, most):
        return Signs.TOO_FAR
    return Signs.NONE if plain else _Look(part, most).signs


def signs_of_strings(part: bytes) -> Signs:
    """What one look at the shared strings finds. Raises ExpatError where they are no XML."""
    return Signs.NONE if not part or _PLAIN_STRINGS.search(part) else _Look(part).signs


def odd_cells_in(part: bytes) -> dict[tuple[int, int], str]:
    """The cells of a sheet, by row and column counted from 1, that hold an error value, or "" for a formula without
    a result. Raises ExpatError where it is no XML."""
    return _Look(part).odd


def _plain_data(part: bytes, most: Reach) -> re.Match[bytes] | None:
    """The rows and cells of a sheet, if they are all in the plain form, the only ones of the sheet, none is too far,
    and the sheet ends as it should."""
    plain = _PLAIN.search(part) or _tall_data(part, most)
    if plain is None or not part.rstrip().endswith(b"</worksheet>"):
        return None
    others = (part.find(b"sheetData", 0, plain.start() + 1), part.find(b"sheetData", plain.end()))
    return plain if others == (-1, -1) else None


def _tall_data(part: bytes, most: Reach) -> re.Match[bytes] | None:
    """The rows and cells of a sheet with many rows, if they are all in the plain form and near."""
    plain = _TALL.search(part)
    if plain is None:
        return None
    rows = max(map(int, _ROW_NUMBER.findall(part, plain.start(), plain.end())), default=0)
    letters = max(
        _COLUMN.findall(part, plain.start(), plain.end()), key=lambda name: (len(name), name), default=b"A"
    )
    columns = column_number(letters.decode()) + 1
    return plain if rows <= most.rows and columns <= most.columns and rows * columns <= most.cells else None


class _Look:
    """A sheet parsed for its signs. Names are compared without their prefixes, as calamine does."""

    def __init__(self, part: bytes, most: Reach = FORM) -> None:
        self.signs = Signs.DOUBTFUL if _CHARACTER_REFERENCE_IN_NUMBER.search(part) else Signs.NONE
        self._extent = Extent(most)
        self._open: list[tuple[str, set[str]]] = [("", set())]
        self._row = 0
        self._column = 0
        self._cell_type = ""
        self._result = ""
        self.odd: dict[tuple[int, int], str] = {}
        try:
            self._parser().Parse(part, True)
        except TooFarError:
            self.signs |= Signs.TOO_FAR

    def _parser(self) -> XMLParserType:
        parser = ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._interrupt
        parser.StartCdataSectionHandler = self._interrupt
        parser.ProcessingInstructionHandler = self._interrupt
        return parser

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._require_place(local)
        self._open.append((local, set()))
        if local == "row":
            self._start_row(attributes)
        elif local == "c":
            self._start_cell(attributes)
        elif local in ("v", "f", "is"):
            self._extent.include(self._row, self._column)

    def _require_place(self, local: str) -> None:
        """Whether an element may stand where it does, behind those that its parent already has."""
        parent, before = self._open[-1]
        allowed = _CHILDREN.get(parent)
        if allowed is not None:
            self._require(local in allowed and (local in _REPEATED or local not in before))
            self._require(local != "f" or "v" not in before)
        elif local == "sheetData":
            self._require(local not in before)
        before.add(local)

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = whole_number(attributes.get("r", ""), self._row + 1)
        self._require(row > self._row)
        self._row, self._column = row, 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        here = self._row - 1, self._column
        try:
            place = parse_address(attributes["r"]) if "r" in attributes else here
        except ValueError:
            place = None
        row, column = place or here
        self._require(place is not None and row + 1 == self._row and column >= self._column)
        self._row, self._column = row + 1, column + 1
        self._cell_type, self._result = attributes.get("t", ""), ""

    def _end(self, _: str) -> None:
        local, children = self._open.pop()
        self._require(local not in _NOT_EMPTY or bool(children - {"rPr"}))
        if local != "c":
            return
        self._require(self._cell_type != "s" or "v" in children)
        is_without_result = "f" in children and not self._result.strip() and self._cell_type != "str"
        if self._cell_type == "e" or is_without_result:
            self.odd[self._row, self._column] = self._result.strip()
            self.signs |= Signs.ODD

    def _text(self, text: str) -> None:
        if self._open[-1][0] == "v":
            self._result += text

    def _interrupt(self, *_: str) -> None:
        """A comment, instruction or CDATA section: of a number calamine reads only what stands before it."""
        self._require(self._open[-1][0] not in ("v", "f"))

    def _require(self, is_sound: bool) -> None:
        if not is_sound:
            self.signs |= Signs.DOUBTFUL
