"""The data of a chart, as both of its places have them: the workbook that programs open to edit them, and the copy in
the chart itself, which is what is drawn (ECMA-376-1, 21.2)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reportfill.decimals import Number, plain
from reportfill.office.package import composed, extended
from reportfill.office.workbook.cell_edits import Value
from reportfill.office.workbook.cell_xml import cell_start, cell_xml, character_data
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.new_parts import BLANK_SHEET
from reportfill.office.workbook.sheet_layout import SheetLayout, row_xml
from reportfill.place import column_letters

_SHEET = "Sheet1"
_WIDTH = 16.0


class ChartSeries(NamedTuple):
    """A series: what it is called, and its value for each category; None where there is none."""

    name: str
    values: Sequence[Number | None]


class ChartData(NamedTuple):
    """What a chart shows: the names of its categories, and its series."""

    categories: Sequence[str]
    series: Sequence[ChartSeries]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(value is None for series in self.series for value in series.values)


def data_workbook(data: ChartData) -> bytes:
    """The workbook with a chart's data, as Word lays it out: a column of categories and one for each series."""
    rows: list[Sequence[Value | None]] = [["", *(series.name for series in data.series)]]
    rows += zip(data.categories, *(series.values for series in data.series), strict=True)
    written = [
        row_xml(
            number,
            [
                cell_xml(cell_start(f"{column_letters(place)}{number}", 0), value)
                for place, value in enumerate(row)
            ],
        )
        for number, row in enumerate(rows, 1)
    ]
    width = len(data.series) + 1
    layout = SheetLayout(widths=[_WIDTH] * width, is_open=True)
    area = f"A1:{column_letters(width - 1)}{len(rows)}"
    package, part = _without_sheet()
    return extended(package, {part: layout.sheet(area, written)})


@cache
def _without_sheet() -> tuple[bytes, str]:
    """Such a workbook but for the part of its sheet, and the name of that."""
    book = EditedWorkbook.without_sheets()
    part = book.add(_SHEET, BLANK_SHEET)
    return composed({name: content for name, content in book.parts().items() if name != part}), part


def name_xml(prefix: str, data: ChartData, number: int) -> str:
    """The copy of a series' name, in elements whose names have this prefix."""
    return _copied(prefix, "tx", "str", f"${column_letters(number + 1)}$1", [data.series[number].name])


def categories_xml(prefix: str, data: ChartData) -> str:
    """The copy of the categories."""
    return _copied(prefix, "cat", "str", _below("A", data), data.categories)


def values_xml(prefix: str, data: ChartData, number: int, number_format: str) -> str:
    """The copy of a series' values, which are shown in this format."""
    values = [None if value is None else plain(value) for value in data.series[number].values]
    area = _below(column_letters(number + 1), data)
    before = f"<{prefix}formatCode>{character_data(number_format)}</{prefix}formatCode>"
    return _copied(prefix, "val", "num", area, values, before)


def _below(letters: str, data: ChartData) -> str:
    """The cells of a column below its head."""
    last = len(data.categories) + 1
    return f"${letters}$2:${letters}${last}" if last > 2 else f"${letters}$2"


def _copied(
    prefix: str, name: str, kind: str, area: str, values: Sequence[str | None], before: str = ""
) -> str:
    points = "".join(
        f'<{prefix}pt idx="{place}"><{prefix}v>{character_data(value)}</{prefix}v></{prefix}pt>'
        for place, value in enumerate(values)
        if value is not None
    )
    return (
        f"<{prefix}{name}><{prefix}{kind}Ref><{prefix}f>{_SHEET}!{area}</{prefix}f><{prefix}{kind}Cache>{before}"
        f'<{prefix}ptCount val="{len(values)}"/>{points}</{prefix}{kind}Cache></{prefix}{kind}Ref></{prefix}{name}>'
    )
