"""Workbooks that are plain tables, written so that a hundred thousand rows take a second or two.

openpyxl makes the workbook: what cells look like, how wide columns are, what stays in view. The rows themselves, for
which it takes twenty times as long, are put into its sheets as XML.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from io import BytesIO
from itertools import groupby, islice, repeat, zip_longest
from operator import eq
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.checks.values import FORBIDDEN_IN_XML
from reportfill.decimals import exact, plain
from reportfill.intake.workbook_package import sheet_parts
from reportfill.office.grid import column_letters
from reportfill.office.package import parts_of, write_package
from reportfill.office.properties import Properties, property_parts, with_places_for_properties

Row = Sequence[Any]
"""The values of a row: texts, numbers, and None or an empty text for cells that stay empty."""

Columns = Sequence[Sequence[Any]]
"""The values of many rows by their columns, all of the same length."""

_Piece = str | Sequence[str]
"""A piece of each of several rows: the same text for all of them, or a text for each."""

_FONT = "宋体"
_HEADING_FILL, _SUMS_FILL = "FFDCE6F1", "FFF2F2F2"
_THIN = Side(style="thin", color="FFBFBFBF")
_LINE, _CHARACTERS_OF_LINE = 15.0, 2.2
"""Points that a line of a head takes, and digits that a Chinese character is as wide as."""

_HIGHEST = 409.0
"""Points that a row has at most."""

A3, A4 = 8, 9
"""Sizes of paper, as workbooks number them."""

_MARGIN = 0.5
_ROWS_AT_ONCE = 250
_IN_MEMORY, _PIECE = 96 << 20, 4 << 20
"""Bytes of a sheet's rows that are kept in memory before a file takes them, and that are read from it at once."""

_ESCAPED = "&<>_"
"""Characters that are perhaps not written as they stand, beside those that are not printable."""

_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""What would be read as a character's number: _x0041_ stands for A in the texts of a workbook."""

_END_OF_ROWS = re.compile(rb"<sheetData\s*/>|</sheetData>")
_DIMENSION = re.compile(rb'(?<=<dimension ref=")[^"]*')


class Tables:
    """A workbook of tables, one on each sheet. `colours` has the words that give their cells a colour (ARGB)."""

    def __init__(self, title: str, colours: Mapping[str, str] | None = None) -> None:
        self._title = title
        self._book = Workbook()
        samples = self._book.worksheets[0]
        self._heading = _heading_style(samples["A1"])
        self._head = copy(samples["A1"]._style)
        self._sums, self._plain = _style(samples["B1"], _SUMS_FILL, bold=True), _style(samples["C1"])
        self._wrapped = _style(samples["D1"], is_wrapped=True)
        self._colours = {
            word: _style(samples[f"A{number}"], colour)
            for number, (word, colour) in enumerate((colours or {}).items(), 2)
        }
        self._book.remove(samples)
        self._rows: dict[str, SheetRows] = {}

    def add(
        self,
        title: str,
        headings: Sequence[str],
        widths: Sequence[float],
        rows: Iterable[Row],
        *,
        columns: Columns = (),
        sums: Row = (),
        frozen_columns: int = 0,
        coloured: int = -1,
        wrapped: Collection[int] = (),
        heads: Sequence[Sequence[str]] = (),
        printed_columns: int = 0,
        paper: int = A4,
    ) -> None:
        """Add a sheet: headings that stay in view and filter, a row of sums below them if there is one, and rows, or
        those that are given by their columns. The words in the column `coloured`, counted from 0, have their colours;
        texts in the columns `wrapped` go on in a new line. Headings in several rows are given as `heads`, the labels of
        each column from the top down: what columns beside each other share is one cell. Only the first
        `printed_columns` go on paper, all where there are 0."""
        sheet = self._book.create_sheet(title)
        assert isinstance(sheet, Worksheet)
        depth = _write_heads(sheet, heads, widths, self._head) if heads else 0
        width = len(heads or headings)
        room = {column: widths[column] for column in wrapped}
        written = self._rows[title] = SheetRows(width, {coloured: self._colours}, depth, room)
        written.add([] if heads else [headings], [self._heading] * width)
        depth = depth or 1
        written.add([sums] if sums else [], [self._sums] * width)
        styles = [self._wrapped if column in wrapped else self._plain for column in range(width)]
        written.add(rows, styles)
        written.add_columns(columns, styles)
        sheet.freeze_panes = f"{column_letters(frozen_columns)}{depth + 1 + bool(sums)}"
        sheet.auto_filter.ref = written.reference.replace("A1", f"A{depth}", 1)
        for number, wide in enumerate(widths):
            sheet.column_dimensions[column_letters(number)].width = wide
        if printed_columns:
            sheet.print_area = f"A1:{column_letters(printed_columns - 1)}{written.height}"
        _prepare_for_print(sheet, depth, frozen_columns, paper)

    def saved(self) -> bytes:
        """The workbook's bytes: the same for the same tables."""
        target = BytesIO()
        self.write(target)
        return target.getvalue()

    def write(self, stream: IO[bytes]) -> None:
        """Write the workbook, which need not fit into memory, and let the tables go: the same bytes for the same."""
        saved = BytesIO()
        self._book.save(saved)
        parts = with_rows(with_places_for_properties(parts_of(saved.getvalue())), self._rows)
        write_package(stream, parts | property_parts(Properties(self._title, "reportfill", {})))
        for rows in self._rows.values():
            rows.close()


def does_not_fit(texts: Iterable[str], width: float) -> bool:
    """Whether one of some Chinese texts is longer than a column of that width."""
    return max(map(len, texts), default=0) * _CHARACTERS_OF_LINE > width


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
            room = max(1, int(width / _CHARACTERS_OF_LINE))
            for row, value in enumerate(columns[place]):
                if isinstance(value, str) and len(value) > room:
                    lines[row] = max(lines[row], -(-len(value) // room))
        return [
            f'" ht="{min(_LINE * number, _HIGHEST):g}" customHeight="1">' if number > 1 else '">'
            for number in lines
        ]

    def close(self) -> None:
        """Let the rows go."""
        self._xml.close()

    def put_into(self, part: bytes) -> Iterator[bytes]:
        """A sheet's part with these rows below those that it has, piece by piece."""
        end = _END_OF_ROWS.search(part)
        assert end is not None
        before = _DIMENSION.sub(self.reference.encode(), part[: end.start()])
        opening = b"" if end[0].startswith(b"</") else b"<sheetData>"
        yield before + opening
        self._xml.seek(0)
        while piece := self._xml.read(_PIECE):
            yield piece
        yield b"</sheetData>" + part[end.end() :]


def with_rows(
    parts: Mapping[str, bytes], rows: Mapping[str, SheetRows]
) -> dict[str, bytes | Iterable[bytes]]:
    """A workbook's parts with rows in the sheets of those names, those piece by piece."""
    names = sheet_parts(parts)
    return dict(parts) | {
        names[title]: written.put_into(parts[names[title]]) for title, written in rows.items()
    }


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
        return ([_cell(f"{letters}{number}", value, style) for number, value, style in cells],)
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
    """Whether none of the texts has anything to escape, or white space at an end that would be lost: there is no
    other that is printable than the space."""
    if not together.isprintable() or any(map(together.__contains__, _ESCAPED)):
        return False
    return " " not in together or all(map(eq, map(str.strip, texts), texts))


def _cell(address: str, value: Any, style: str) -> str:
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        return f'<c r="{address}" s="{style}"><v>{plain(exact(value))}</v></c>'
    text = escape(_ESCAPE.sub("_x005F_", FORBIDDEN_IN_XML.sub("", value)))
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _style(sample: Cell, colour: str = "", *, bold: bool = False, is_wrapped: bool = False) -> int:
    """The number that a workbook has for a style, given to a cell of it that is used for nothing else."""
    sample.font = Font(name=_FONT, size=11, bold=bold)
    sample.alignment = Alignment(vertical="center", wrapText=is_wrapped or None)
    if colour:
        sample.fill = PatternFill("solid", fgColor=colour)
    return sample.style_id


def _heading_style(sample: Cell) -> int:
    sample.alignment = Alignment("center", "center", wrapText=True)
    sample.border = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
    sample.font, sample.fill = (
        Font(name=_FONT, size=11, bold=True),
        PatternFill("solid", fgColor=_HEADING_FILL),
    )
    return sample.style_id


def _write_heads(
    sheet: Worksheet, heads: Sequence[Sequence[str]], widths: Sequence[float], style: Any
) -> int:
    """Write headings in several rows, each label over all columns that it is for; how many rows there are."""
    depth = max(map(len, heads))
    padded = [(*head, *[""] * (depth - len(head))) for head in heads]
    lines = [1.0] * depth
    for row in sheet.iter_rows(1, depth, 1, len(heads)):
        for cell in row:
            cell._style = copy(style)  # type: ignore[union-attr]  # all of a style at once, unknown to the stubs
    for level in range(depth):
        for first, last in _runs([head[: level + 1] for head in padded]):
            label = padded[first][level]
            if not label:
                continue
            sheet.cell(level + 1, first + 1, label)
            bottom = level if any(padded[first][level + 1 :]) else depth - 1
            if (first, level) != (last, bottom):
                # `merge_cells` would work out borders that all of these cells have.
                corners = f"{column_letters(first)}{level + 1}:{column_letters(last)}{bottom + 1}"
                sheet.merged_cells.add(corners)
            room = max(1, sum(widths[first : last + 1]) // _CHARACTERS_OF_LINE)
            needed = -(-len(label) // room)
            lines[bottom] = max(lines[bottom], needed - sum(lines[level:bottom]))
    for level, needed in enumerate(lines, 1):
        sheet.row_dimensions[level].height = _LINE * needed + 3
    return depth


def _runs(labels: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each run of the same labels."""
    first = 0
    for _, run in groupby(labels):
        last = first + len(list(run)) - 1
        yield first, last
        first = last + 1


def _prepare_for_print(sheet: Worksheet, depth: int, frozen_columns: int, paper: int) -> None:
    """A page is as wide as the table, with headings and frozen columns on every one, its number, and lines around
    cells, which have none of their own."""
    sheet.print_title_rows = f"1:{depth}"
    if frozen_columns:
        sheet.print_title_cols = f"A:{column_letters(frozen_columns - 1)}"
    sheet.print_options.gridLines = sheet.print_options.horizontalCentered = True
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = margins.bottom = _MARGIN
    footer = sheet.oddFooter
    assert footer is not None
    assert footer.left is not None
    assert footer.right is not None
    footer.left.text, footer.right.text = "&A", "第&P页，共&N页"
