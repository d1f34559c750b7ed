"""The number formats of the cells of an .ods, and what its cells say that they show (OpenDocument 1.3, part 3, 9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from reportfill.office.inspection.extent import whole_number
from reportfill.office.number_formats.built_in import GENERAL
from reportfill.office.number_formats.conditional_formats import ConditionalFormat
from reportfill.office.number_formats.display import ShownCell
from reportfill.office.number_formats.ods_conditions import (
    conditions_of_map,
    ranges_under_conditions,
    tables_of,
)
from reportfill.office.number_formats.ods_number_styles import (
    attributes_of,
    code_of_style,
    is_number_style,
    local,
    number_styles,
)
from reportfill.office.number_formats.plainness import ANY, MAY_MISLEAD, least_decimals_shown
from reportfill.place import Cell

CONTENT, STYLES = "content.xml", "styles.xml"
_END_OF_STYLES = b"<office:body"
_USED = re.compile(rb' style:data-style-name="([^"<>]*)"')
_MOST_USED = 20
_PLAIN = (
    b'<number:number-style style:name="%b"><number:number number:min-integer-digits="1"/></number:number-style>',
    b'<number:text-style style:name="%b"><number:text-content/></number:text-style>',
)
"""How LibreOffice writes the styles of General and of text."""

_STYLES_OF_CELLS = ("style", "default-style")
_MOST_REPEATED = 9999
_DEPTH = 20
"""Of styles that each take after another."""


def decimals_shown_of_ods(parts: Mapping[str, bytes]) -> int:
    """The least decimals that any number format shows which cells may have, as `plainness` tells."""
    beginnings = [parts.get(name, b"").partition(_END_OF_STYLES)[0] for name in (CONTENT, STYLES)]
    if _have_plain_styles_only(beginnings):
        return ANY
    styles: list[tuple[str, Element]] = []
    used: set[str] = set()
    try:
        for element in chain.from_iterable(map(_elements_of, beginnings)):
            if local(element.tag) in _STYLES_OF_CELLS:
                used.add(attributes_of(element).get("data-style-name", ""))
            elif is_number_style(element):
                styles.append((attributes_of(element).get("name", ""), element))
    except ElementTree.ParseError:
        return MAY_MISLEAD
    by_name = dict(styles)
    if not used - {""} <= by_name.keys():
        return MAY_MISLEAD
    return least_decimals_shown(code_of_style(style, by_name) for name, style in styles if name in used)


def _have_plain_styles_only(beginnings: list[bytes]) -> bool:
    """Whether all number styles that cells may have are General and text, as LibreOffice writes them: plain to see
    without parsing, in nearly every file."""
    both = b"".join(beginnings)
    used = set(_USED.findall(both))
    is_usual = both.count(b"style:name") == both.count(b' style:name="') and len(used) <= _MOST_USED
    return (
        is_usual
        and both.count(b"data-style-name") == len(_USED.findall(both))
        and all(
            both.count(b' style:name="%b"' % name) == sum(both.count(plain % name) for plain in _PLAIN) > 0
            for name in used
        )
    )


def _elements_of(beginning: bytes) -> Iterator[Element]:
    """The elements that end in a part's beginning. Raises ParseError."""
    parser: ElementTree.XMLPullParser[Element] = ElementTree.XMLPullParser(("end",))
    parser.feed(beginning)
    events: Iterator[Any] = parser.read_events()
    for _, element in events:
        yield element


def formats_of_ods(parts: Mapping[str, bytes]) -> Iterator[tuple[Cell, ShownCell]]:
    """The cells that have a format other than General, with its code and what they show. Raises ParseError."""
    content, formats = _read(parts)
    for run in chain.from_iterable(_runs(table) for table in tables_of(content)):
        shown = ShownCell(formats.code(run.style), _text_of(run.cell))
        if shown.code != GENERAL:
            for place in range(run.rows * run.width):
                yield Cell(run.sheet, run.row + place // run.width, run.column + place % run.width), shown


def conditional_formats_of_ods(parts: Mapping[str, bytes]) -> dict[str, list[ConditionalFormat]]:
    """The number formats of each sheet that cells have under a condition: those that their styles lead to (16.3), and
    those that LibreOffice writes besides, which count before. Raises ParseError."""
    content, formats = _read(parts)
    found: dict[str, list[ConditionalFormat]] = {}
    for table in tables_of(content):
        for area, said, style in ranges_under_conditions(table):
            code = formats.code(style)
            if code != GENERAL:
                one = ConditionalFormat(area, code, conditions_of_map(said))
                found.setdefault(attributes_of(table).get("name", ""), []).append(one)
        for run in _runs(table):
            area = (run.row, run.column), (run.row + run.rows - 1, run.column + run.width - 1)
            found.setdefault(run.sheet, []).extend(
                ConditionalFormat(area, code, conditions_of_map(said))
                for said, code in formats.codes_under_conditions(run.style)
            )
    return {sheet: rules for sheet, rules in found.items() if rules}


def _read(parts: Mapping[str, bytes]) -> tuple[Element, _Formats]:
    content = ElementTree.fromstring(parts[CONTENT])
    styles = ElementTree.fromstring(parts[STYLES]) if STYLES in parts else None
    return content, _Formats(content, styles)


class _Formats:
    """The codes of the styles of cells, by their names."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._numbers: dict[str, Element] = {}
        self._cells: dict[str, dict[str, str]] = {}
        self._conditions: dict[str, list[tuple[str, str]]] = {}
        self._codes: dict[str, str] = {}
        for root in (styles, content) if styles is not None else (content,):
            self._numbers |= dict(number_styles(root))
            for element in root.iter():
                if local(element.tag) in _STYLES_OF_CELLS:
                    self._add(element)

    def _add(self, style: Element) -> None:
        """Take in a style, by its name and by the one that people see; that of all cells has none."""
        said = attributes_of(style)
        if said.get("family") != "table-cell":
            return
        maps = [attributes_of(child) for child in style if local(child.tag) == "map"]
        for name in {said.get("name", ""), said.get("display-name", said.get("name", ""))}:
            self._cells[name] = said
            self._conditions[name] = [
                (one.get("condition", ""), one.get("apply-style-name", "")) for one in maps
            ]

    def code(self, name: str) -> str:
        """The code of a style of cells, its own or that of the style after which it takes."""
        if name not in self._codes:
            styles = (self._cells.get(one, {}) for one in self._line_of(name))
            number = next((one["data-style-name"] for one in styles if "data-style-name" in one), "")
            style = self._numbers.get(number)
            self._codes[name] = GENERAL if style is None else code_of_style(style, self._numbers)
        return self._codes[name]

    def codes_under_conditions(self, name: str) -> Iterator[tuple[str, str]]:
        """The conditions under which cells of a style have another format than General, each with its code."""
        for one in self._line_of(name):
            for said, style in self._conditions.get(one, ()):
                code = self.code(style)
                if code != GENERAL:
                    yield said, code

    def _line_of(self, name: str) -> list[str]:
        """A style and those after which it takes, up to that of all cells."""
        line = [name or "Default"]
        while len(line) < _DEPTH and line[-1] in self._cells:
            parent = self._cells[line[-1]].get("parent-style-name", "")
            if not parent or parent in line:
                break
            line.append(parent)
        return [*line, ""]


class _Run(NamedTuple):
    """Cells beside and below each other that one element of the table stands for, and the name of their style."""

    sheet: str
    row: int
    column: int
    rows: int
    width: int
    style: str
    cell: Element


def _runs(table: Element) -> Iterator[_Run]:
    """The cells of a table that hold something."""
    sheet = attributes_of(table).get("name", "")
    columns = list(_column_styles(table))
    row = 0
    for element in table.iter():
        if local(element.tag) != "table-row":
            continue
        said = attributes_of(element)
        rows = _repeated(said, "number-rows-repeated")
        own = said.get("default-cell-style-name", "")
        for first, width, cell in _cells_of_row(element):
            column_style = columns[first] if first < len(columns) else ""
            name = attributes_of(cell).get("style-name") or own or column_style
            if attributes_of(cell).get("value-type"):
                yield _Run(sheet, row, first, rows, width, name, cell)
        row += rows


def _cells_of_row(row: Element) -> Iterator[tuple[int, int, Element]]:
    """The cells of a row: the first column of each, how many columns it stands for, and itself."""
    column = 0
    for cell in row:
        if local(cell.tag) in ("table-cell", "covered-table-cell"):
            width = _repeated(attributes_of(cell), "number-columns-repeated")
            yield column, width, cell
            column += width


def _column_styles(table: Element) -> Iterator[str]:
    for element in table.iter():
        if local(element.tag) == "table-column":
            said = attributes_of(element)
            style = said.get("default-cell-style-name", "")
            yield from [style] * min(_MOST_REPEATED, _repeated(said, "number-columns-repeated"))


def _repeated(said: Mapping[str, str], name: str) -> int:
    return max(1, whole_number(said.get(name, ""), 1))


def _text_of(cell: Element) -> str:
    """What a cell says that it shows, its paragraphs one below the other; not its comments."""
    return "\n".join("".join(child.itertext()) for child in cell if local(child.tag) == "p")
