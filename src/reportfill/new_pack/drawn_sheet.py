"""A sheet of intake.xlsx as it is drawn: cells with their formats, merged areas, heights of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportfill.office.workbook.cell_xml import cell_start, cell_xml
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.sheet_layout import SheetLayout, row_xml
from reportfill.office.workbook.sheet_rows import LINE, line_count
from reportfill.office.workbook.styles import NO_FILL, aligned, font, framed, solid
from reportfill.place import column_letters

INPUT_COLOUR, COMPUTED_COLOUR, LABEL_COLOUR = "FFFFF8DC", "FFE4ECF4", "FFF5F5F5"
_LINES, _QUIET = "FF808080", "FF595959"
_MARGIN = 0.6
_LEAST_HEIGHT = 24.0


@dataclass(frozen=True)
class Looks:
    """The numbers of the formats that the cells of a new workbook have."""

    title: int
    note: int
    head: int
    label: int
    text: int
    number: int
    computed: int
    paragraph: int
    result: int
    plain: int

    @classmethod
    def of(cls, book: EditedWorkbook) -> Looks:
        """The formats, added to a workbook."""
        make, box = book.styles.format, framed(_LINES)
        grey, yellow, blue = solid(LABEL_COLOUR), solid(INPUT_COLOUR), solid(COMPUTED_COLOUR)
        usual, centre, left = font(), aligned("center"), aligned("left")
        return cls(
            title=make(font=font(size=14, bold=True), alignment=centre),
            note=make(font=font(size=10, colour=_QUIET), alignment=left),
            head=make(font=font(bold=True), fill=grey, border=box, alignment=centre),
            label=make(font=usual, fill=grey, border=box, alignment=left),
            text=make(font=font(size=12), fill=yellow, border=box, alignment=left),
            number=make(font=font(size=12), fill=yellow, border=box, alignment=centre),
            computed=make(font=font(size=12), fill=blue, border=box, alignment=centre),
            paragraph=make(
                font=font(size=12),
                fill=yellow,
                border=box,
                alignment='horizontal="left" vertical="top" wrapText="1"',
            ),
            result=make(font=usual, fill=NO_FILL, border=box, alignment=centre),
            plain=make(font=usual, border=box, alignment=left),
        )


@dataclass(eq=False)
class DrawnSheet:
    """A sheet while it is drawn. `widths` are those of its columns in digits."""

    name: str
    widths: Sequence[float]
    cells: dict[tuple[int, int], tuple[str | int, int]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    frozen_rows: int = 0

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((row for row, _ in self.cells), default=-1) + 1

    def put(
        self, row: int, column: int, content: str | int, look: int, *, rows: int = 1, columns: int = 1
    ) -> None:
        """Write a text or a number into a cell, or into several that become one; row and column count from 0."""
        text = str(content)
        for place in ((row + down, column + right) for down in range(rows) for right in range(columns)):
            self.cells[place] = ("", look)
        self.cells[row, column] = (content, look)
        if rows > 1 or columns > 1:
            self.merged.append(
                f"{column_letters(column)}{row + 1}:{column_letters(column + columns - 1)}{row + rows}"
            )
        width = sum(self.widths[column : column + columns])
        needed = max(_LEAST_HEIGHT, LINE * sum(line_count(line, width) for line in text.split("\n")) + 6)
        if not text.startswith("{{"):
            each = needed / rows
            for down in range(rows):
                self.heights[row + down] = max(self.heights.get(row + down, _LEAST_HEIGHT), each)

    def part(self) -> bytes:
        """The sheet as XML."""
        layout = SheetLayout(
            widths=self.widths,
            frozen=(self.frozen_rows, 0),
            merged=self.merged,
            margins=(_MARGIN, _MARGIN),
            is_landscape=sum(self.widths) > _WIDEST_UPRIGHT,
            footer="&L&A&R第&P页，共&N页",
        )
        last = max((column for _, column in self.cells), default=0)
        return layout.sheet(f"A1:{column_letters(last)}{max(self.height, 1)}", self._rows())

    def _rows(self) -> Iterator[str]:
        by_row: dict[int, list[tuple[int, str | int, int]]] = {}
        for (row, column), (text, look) in self.cells.items():
            by_row.setdefault(row, []).append((column, text, look))
        for row, cells in sorted(by_row.items()):
            written = [
                cell_xml(cell_start(f"{column_letters(column)}{row + 1}", look), text)
                for column, text, look in sorted(cells)
            ]
            yield row_xml(row + 1, written, self.heights.get(row, _LEAST_HEIGHT), is_fixed=True)


_WIDEST_UPRIGHT = 110
