"""Workbooks that are plain tables, written so that a hundred thousand rows take a second or two."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from typing import IO

from reportfill.office.package import write_package
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.workbook.cell_xml import cell_start, cell_xml
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.sheet_layout import A4, SheetLayout, row_xml
from reportfill.office.workbook.sheet_rows import CHARACTER, LINE, Columns, Row, SheetRows, line_count
from reportfill.office.workbook.styles import aligned, font, framed, solid
from reportfill.place import column_letters

_HEADING_FILL, _SUMS_FILL, _LINES = "FFDCE6F1", "FFF2F2F2", "FFBFBFBF"
_MARGIN = 0.5


class Tables:
    """A workbook of tables, one on each sheet. `colours` has the words that give their cells a colour (ARGB)."""

    def __init__(self, title: str, colours: Mapping[str, str] | None = None) -> None:
        self._title = title
        self._book = EditedWorkbook.without_sheets()
        styles, centred, plain = self._book.styles, aligned("center"), aligned(wrapped=False)
        self._heading = styles.format(
            font=font(bold=True), fill=solid(_HEADING_FILL), border=framed(_LINES), alignment=centred
        )
        self._sums = styles.format(font=font(bold=True), fill=solid(_SUMS_FILL), alignment=plain)
        self._plain = styles.format(font=font(), alignment=plain)
        self._wrapped = styles.format(font=font(), alignment=aligned())
        self._colours = {
            word: styles.format(font=font(), fill=solid(colour), alignment=plain)
            for word, colour in (colours or {}).items()
        }
        self._tables: list[Table] = []

    def add(
        self,
        title: str,
        headings: Sequence[str | Sequence[str]],
        widths: Sequence[float],
        rows: Iterable[Row] = (),
        *,
        columns: Columns = (),
        sums: Row = (),
        frozen_columns: int = 0,
        coloured: int = -1,
        wrapped: Collection[int] = (),
        printed_columns: int = 0,
        paper: int = A4,
    ) -> Table:
        """Add a sheet: headings that stay in view and filter, a row of sums below them if there is one, and rows, or
        those that are given by their columns; more may be added. The words in the column `coloured`, counted from 0,
        have their colours; texts in the columns `wrapped` go on in a new line. A heading in several rows is given as
        its labels from the top down: what columns beside each other share is one cell. Only the first `printed_columns`
        go on paper, all where there are 0."""
        width, room = len(headings), {column: widths[column] for column in wrapped}
        labels = [(heading,) if isinstance(heading, str) else heading for heading in headings]
        above, merged = _head_rows(labels, widths, self._heading)
        depth = len(above)
        written = SheetRows(width, {coloured: self._colours}, depth, room)
        written.add([sums] if sums else [], [self._sums] * width)
        layout = SheetLayout(
            widths=widths,
            frozen=(depth + bool(sums), frozen_columns),
            merged=merged,
            has_lines=True,
            paper=paper,
            margins=(_MARGIN, _MARGIN),
            footer="&L&A&R第&P页，共&N页",
        )
        styles = [self._wrapped if column in wrapped else self._plain for column in range(width)]
        table = Table(title, above, layout, written, styles, printed_columns)
        table.add(rows)
        table.rows.add_columns(columns, styles)
        self._tables.append(table)
        return table

    def saved(self) -> bytes:
        """The workbook's bytes: the same for the same tables."""
        target = BytesIO()
        self.write(target)
        return target.getvalue()

    def write(self, stream: IO[bytes]) -> None:
        """Write the workbook, which need not fit into memory, and let the tables go: the same bytes for the same."""
        rows = {self._book.add(table.title, table.part): table.rows for table in self._tables}
        for table in self._tables:
            table.name_areas(self._book)
        parts = with_places_for_properties(self._book.parts())
        filled: dict[str, bytes | Iterable[bytes]] = {
            **parts,
            **property_parts(Properties(self._title, "reportfill", {})),
        }
        filled |= {name: rows[name].put_into(parts[name]) for name in rows}
        write_package(stream, filled)
        for written in rows.values():
            written.close()


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook of tables: its title, its headings as XML, how it looks, its rows below these, and the
    formats of its columns."""

    title: str
    above: Sequence[str]
    layout: SheetLayout
    rows: SheetRows
    styles: Sequence[int]
    printed_columns: int

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows below those that there are."""
        self.rows.add(rows, self.styles)

    @property
    def part(self) -> bytes:
        """The sheet's part without its rows."""
        return self.layout.sheet(self.rows.reference, self.above, self._filtered)

    def name_areas(self, book: EditedWorkbook) -> None:
        """Name the areas of the sheet that have a meaning of their own."""
        last = column_letters(self.printed_columns - 1) if self.printed_columns else ""
        book.name_areas(
            self.title,
            filtered=self._filtered,
            repeated=(len(self.above), self.layout.frozen[1]),
            printed=f"A1:{last}{self.rows.height}" if last else "",
        )

    @property
    def _filtered(self) -> str:
        return self.rows.reference.replace("A1", f"A{len(self.above)}", 1)


def does_not_fit(texts: Iterable[str], width: float) -> bool:
    """Whether one of some Chinese texts is longer than a column of that width."""
    return max(map(len, texts), default=0) * CHARACTER > width


def _head_rows(
    heads: Sequence[Sequence[str]], widths: Sequence[float], style: int
) -> tuple[list[str], list[str]]:
    """Rows of headings, each label over all columns that it is for, and the areas of cells that are merged for it."""
    depth = max(map(len, heads))
    padded = [(*head, *[""] * (depth - len(head))) for head in heads]
    lines, merged = [1.0] * depth, []
    shown = [[""] * len(heads) for _ in range(depth)]
    for level in range(depth):
        for first, last in _runs([head[: level + 1] for head in padded]):
            label = shown[level][first] = padded[first][level]
            if not label:
                continue
            bottom = level if any(padded[first][level + 1 :]) else depth - 1
            if (first, level) != (last, bottom):
                merged.append(f"{column_letters(first)}{level + 1}:{column_letters(last)}{bottom + 1}")
            needed = line_count(label, sum(widths[first : last + 1])) - sum(lines[level:bottom])
            lines[bottom] = max(lines[bottom], needed)
    return [
        row_xml(
            row,
            [
                cell_xml(cell_start(f"{column_letters(place)}{row}", style), label)
                for place, label in enumerate(labels)
            ],
            LINE * needed + 3,
            is_fixed=True,
        )
        for row, (labels, needed) in enumerate(zip(shown, lines, strict=True), 1)
    ], merged


def _runs(labels: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """The first and the last place of each run of the same labels."""
    first = 0
    for _, run in groupby(labels):
        last = first + len(list(run)) - 1
        yield first, last
        first = last + 1
