"""Workbooks that are plain tables, written so that a hundred thousand rows take a second or two.

openpyxl makes the workbook: what cells look like, how wide columns are, what stays in view. The rows themselves, for
which it takes twenty times as long, are put into its sheets as XML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from io import BytesIO
from itertools import groupby
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.office.grid import column_letters
from reportfill.office.package import parts_of, write_package
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.workbook.sheet_rows import CHARACTERS_OF_LINE, LINE, Columns, Row, SheetRows, with_rows

_FONT = "宋体"
_HEADING_FILL, _SUMS_FILL = "FFDCE6F1", "FFF2F2F2"
_THIN = Side(style="thin", color="FFBFBFBF")
A3, A4 = 8, 9
"""Sizes of paper, as workbooks number them."""

_MARGIN = 0.5


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
    return max(map(len, texts), default=0) * CHARACTERS_OF_LINE > width


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
            room = max(1, sum(widths[first : last + 1]) // CHARACTERS_OF_LINE)
            needed = -(-len(label) // room)
            lines[bottom] = max(lines[bottom], needed - sum(lines[level:bottom]))
    for level, needed in enumerate(lines, 1):
        sheet.row_dimensions[level].height = LINE * needed + 3
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
