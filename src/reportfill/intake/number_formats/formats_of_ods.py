"""The number formats of the cells of an .ods, and what its cells say that they show (OpenDocument 1.3, part 3, 9.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from reportfill.intake.inspection.extent import whole_number
from reportfill.intake.number_formats.built_in import GENERAL
from reportfill.intake.number_formats.ods_number_styles import (
    attributes_of,
    code_of_style,
    is_number_style,
    local,
    number_styles,
)
from reportfill.intake.number_formats.plainness import ANY, MAY_MISLEAD, least_decimals_shown
from reportfill.intake.number_formats.shown_cell import ShownCell
from reportfill.pack.grid import Cell

CONTENT, STYLES = "content.xml", "styles.xml"
_END_OF_STYLES = b"<office:body"
_USED = re.compile(rb' style:data-style-name="([^"<>]*)"')
_MOST_USED = 20
_PLAIN = (
    b'<number:number-style style:name="%b"><number:number number:min-integer-digits="1"/></number:number-style>',
    b'<number:text-style style:name="%b"><number:text-content/></number:text-style>',
)
"""How LibreOffice writes the styles of General and of text."""

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
            if local(element.tag) == "style":
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
    content = ElementTree.fromstring(parts[CONTENT])
    formats = _Formats(content, ElementTree.fromstring(parts[STYLES]) if STYLES in parts else None)
    for table in content.iter():
        if local(table.tag) == "table":
            yield from _cells_of(table, formats)


class _Formats:
    """The codes of the styles of cells, by their names."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._numbers: dict[str, Element] = {}
        self._cells: dict[str, dict[str, str]] = {}
        self._codes: dict[str, str] = {}
        for root in (styles, content) if styles is not None else (content,):
            self._numbers |= dict(number_styles(root))
            said = (attributes_of(element) for element in root.iter() if local(element.tag) == "style")
            self._cells |= {one.get("name", ""): one for one in said if one.get("family") == "table-cell"}

    def code(self, name: str) -> str:
        """The code of a style of cells, its own or that of the style after which it takes."""
        if name not in self._codes:
            style = self._numbers.get(self._number_style(name))
            self._codes[name] = GENERAL if style is None else code_of_style(style, self._numbers)
        return self._codes[name]

    def _number_style(self, name: str) -> str:
        for _ in range(_DEPTH):
            style = self._cells.get(name or "Default", {})
            if "data-style-name" in style or not style:
                return style.get("data-style-name", "")
            name = style.get("parent-style-name", "")
            if not name:
                return ""
        return ""


def _cells_of(table: Element, formats: _Formats) -> Iterator[tuple[Cell, ShownCell]]:
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
            shown = ShownCell(formats.code(name), _text_of(cell))
            if shown.code != GENERAL and attributes_of(cell).get("value-type"):
                for place in range(rows * width):
                    yield Cell(sheet, row + place // width, first + place % width), shown
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
