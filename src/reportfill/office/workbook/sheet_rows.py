"""Rows of a sheet written as XML: a hundred thousand take a second or two, a twentieth of what openpyxl takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice, repeat, zip_longest
from operator import eq
from tempfile import SpooledTemporaryFile
from typing import Any

from reportfill.decimals import exact
from reportfill.office.workbook.cell_xml import LONGEST, cell_xml
from reportfill.office.workbook.sheet_layout import HIGHEST_ROW
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.place import column_letters
from reportfill.text import width_in_digits

Row = Sequence[Any]
"""The values of a row: texts, numbers, and None or an empty text for cells that stay empty."""

Columns = Sequence[Sequence[Any]]
"""The values of many rows by their columns, all of the same length."""

_Piece = str | Sequence[str]
"""A piece of each of several rows: the same text for all of them, or a text for each."""

LINE, CHARACTER = 16.5, 2.2
"""Points that a line takes, and digits that a Chinese character takes with some room to spare."""

_ROWS_AT_ONCE = 250
_IN_MEMORY, _PIECE = 1 << 20, 1 << 20
"""Bytes of a sheet's rows that are kept in memory before a file takes them, and that are read from it at once."""

_ESCAPED = "&<>_"
"""Characters that are perhaps not written as they stand, beside those that are not printable."""


class SheetRows:
    """Rows of a sheet, written as XML. A text stays one, also where it looks like a formula or a date; an empty one
    leaves no cell. `colours` has styles of certain words by the number of their column, `above` is how many rows the
    sheet has already, `wrapped` the widths of columns whose texts go on in a new line: rows are as high as those
    need, which LibreOffice does not work out by itself."""

    def __init__(
        self,
        width: int,
        colours: Mapping[int, Mapping[str, int]] | None = None,
        above: int = 0,
        wrapped: Mapping[int, float] | None = None,
    ) -> None:
        self._width = width
        self._height = above
        self._colours = colours or {}
        self._wrapped = wrapped or {}
        self._xml = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  # by `close`

    @property
    def height(self) -> int:
        """How many rows the sheet has."""
        return max(self._height, 1)

    @property
    def reference(self) -> str:
        """The area that the rows take up: A1:I100001."""
        return f"A1:{column_letters(self._width - 1)}{max(self._height, 1)}"

    def add(self, rows: Iterable[Row], styles: Sequence[int]) -> None:
        """Write rows below those that there are; `styles` are the numbers that the workbook has for each column's style
        (`Cell.style_id`)."""
        remaining = iter(rows)
        while block := list(islice(remaining, _ROWS_AT_ONCE)):
            self._write(list(zip_longest(*block, fillvalue="")), styles)

    def add_columns(self, columns: Columns, styles: Sequence[int]) -> None:
        """Write rows, given by their columns, below those that there are."""
        for first in range(0, len(columns[0]) if columns else 0, _ROWS_AT_ONCE):
            self._write([column[first : first + _ROWS_AT_ONCE] for column in columns], styles)

    def _write(self, columns: Columns, styles: Sequence[int]) -> None:
        """Write a few rows as XML, made column by column: what holds for a whole column is found out once."""
        height = len(columns[0])
        numbers = [str(number) for number in range(self._height + 1, self._height + height + 1)]
        pieces: list[_Piece] = ['<row r="', numbers, self._heights(columns) if self._wrapped else '">']
        for place, (values, style) in enumerate(zip(columns, styles, strict=False)):
            words = self._colours.get(place)
            chosen = [str(words.get(value, style)) for value in values] if words else str(style)
            pieces += _cells(column_letters(place), numbers, values, chosen)
        self._xml.write(_woven([*pieces, "</row>"]).encode())
        self._height += height

    def _heights(self, columns: Columns) -> Sequence[str]:
        """How the elements of rows go on that are as high as their texts need."""
        lines = [1] * len(columns[0])
        for place, width in self._wrapped.items():
            surely = width / CHARACTER
            for row, value in enumerate(columns[place]):
                if isinstance(value, str) and len(value) > surely:
                    lines[row] = max(lines[row], line_count(value, width))
        return [
            f'" ht="{min(LINE * number, HIGHEST_ROW):g}" customHeight="1">' if number > 1 else '">'
            for number in lines
        ]

    def close(self) -> None:
        """Let the rows go."""
        self._xml.close()

    def put_into(self, part: bytes) -> Iterator[bytes]:
        """A sheet's part with these rows below those that it has, piece by piece."""
        before, end, behind = part.partition(b"</sheetData>")
        yield before
        self._xml.seek(0)
        while piece := self._xml.read(_PIECE):
            yield piece
        yield end + behind


def line_count(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width."""
    return -(-width_in_digits(text) // (2 * max(1, int(width / CHARACTER))))


def _woven(pieces: Iterable[_Piece]) -> str:
    """Rows as one text: in each the pieces in their order, of which at least one is a text for each row."""
    row: list[str] = []
    filled: dict[int, Sequence[str]] = {}
    for is_alike, some in groupby(pieces, lambda piece: isinstance(piece, str)):
        if is_alike:
            row.append("".join(map(str, some)))
        else:
            for piece in some:
                filled[len(row)] = piece
                row.append("")
    height = len(next(iter(filled.values())))
    woven = row * height
    for place, texts in filled.items():
        woven[place :: len(row)] = texts
    return "".join(woven)


def _cells(letters: str, numbers: Sequence[str], values: Sequence[Any], styles: _Piece) -> Sequence[_Piece]:
    """The pieces of the cells of a column, none for those that stay empty."""
    together = _together(values)
    if together == "":
        return ()
    if together is None and set(map(type, values)) == {int}:
        return f'<c r="{letters}', numbers, '" s="', styles, '"><v>', list(map(str, values)), "</v></c>"
    is_plain = together is not None and _are_plain(values, together)
    if is_plain and all(values):
        text, end = '" t="inlineStr"><is><t>', "</t></is></c>"
        return f'<c r="{letters}', numbers, '" s="', styles, text, values, end
    cells = zip(numbers, values, repeat(styles) if isinstance(styles, str) else styles, strict=False)
    if not is_plain:
        return ([_cell(f'<c r="{letters}{number}" s="{style}"', value) for number, value, style in cells],)
    return (
        [
            f'<c r="{letters}{number}" s="{style}" t="inlineStr"><is><t>{value}</t></is></c>' if value else ""
            for number, value, style in cells
        ],
    )


def _together(values: Sequence[Any]) -> str | None:
    """The texts of a column as one; None where some of the values are no texts."""
    try:
        return "".join(values)
    except TypeError:
        return None


def _are_plain(texts: Sequence[str], together: str) -> bool:
    """Whether none of the texts has anything to escape, is more than a cell holds, or has white space at an end that
    would be lost: there is no other that is printable than the space."""
    if not together.isprintable() or any(map(together.__contains__, _ESCAPED)):
        return False
    if len(together) > LONGEST and max(map(len, texts)) > LONGEST:
        return False
    return " " not in together or all(map(eq, map(str.strip, texts), texts))


def _cell(start: str, value: Any) -> str:
    """A cell that is left out where it holds nothing. What no XML can hold is left out of a text."""
    if value is None or value == "":
        return ""
    return cell_xml(start, FORBIDDEN_IN_XML.sub("", value) if isinstance(value, str) else exact(value))
