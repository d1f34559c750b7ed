"""The parts of a report as tables for people: which figures stand in one, in which lines and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, groupby, takewhile

from reportfill.model.fields import Field
from reportfill.outputs.open_data.row_sheets import RowSheet, row_sheets
from reportfill.pack.pack import NAMED_BY, Pack

ABOUT_THE_REPORT = "基本情况"
"""The sheet of what a report says of itself."""

_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_MOST_COLUMNS = 1000
"""Figures of a part that stand beside each other: a sheet has 16,384 columns, and nobody reads so many."""


@dataclass(frozen=True)
class Part:
    """A part of a report with its figures in reading order, those of rows left out."""

    fields: tuple[Field, ...]

    @property
    def order(self) -> int:
        """The place of its first figure in reading order."""
        return self.fields[0].order

    @property
    def label(self) -> str:
        """The labels that all of its figures share."""
        levels = zip(*(field.titles[:-1] or field.titles for field in self.fields), strict=False)
        return " ".join(labels[0] for labels in takewhile(lambda labels: len(set(labels)) == 1, levels))

    @property
    def unit(self) -> str:
        """The unit that all of the figures have; empty where they differ."""
        units = {field.unit for field in self.fields}
        return units.pop() if len(units) == 1 else ""

    @property
    def lines(self) -> dict[tuple[str, ...], dict[str, Field]]:
        """The figures by the labels of their line, and there by their own."""
        lines: dict[tuple[str, ...], dict[str, Field]] = {}
        for field in self.fields:
            lines.setdefault(field.titles[1:-1], {})[field.title] = field
        return lines

    @property
    def columns(self) -> tuple[str, ...]:
        """The labels of the columns, where most lines have a figure in most of them; none where it is a plain list."""
        lines = self.lines
        columns = tuple(dict.fromkeys(title for line in lines.values() for title in line))
        is_even = len(self.fields) * 4 >= len(lines) * len(columns) * 3
        is_whole = sum(map(len, lines.values())) == len(self.fields)
        return columns if min(len(lines), len(columns)) > 1 and is_even and is_whole and self.unit else ()


@lru_cache(maxsize=16)
def parts_with_figures(pack: Pack) -> tuple[Part, ...]:
    """The parts of a report that have figures, in their order."""
    figures = [
        field
        for field in pack.fields.values()
        if field.kind.is_number and not field.rows and field.path not in NAMED_BY
    ]
    return tuple(
        Part(tuple(fields[first : first + _MOST_COLUMNS]))
        for _, own in groupby(figures, lambda field: field.section)
        for fields in [list(own)]
        for first in range(0, len(fields), _MOST_COLUMNS)
    )


def sheets_of(pack: Pack) -> list[Part | RowSheet]:
    """The parts of a report and its rows, in reading order."""
    return sorted([*parts_with_figures(pack), *row_sheets(pack)], key=lambda sheet: sheet.order)


def answered_fields(pack: Pack) -> tuple[Field, ...]:
    """What a report says of itself beside figures and texts: whose it is, days, and what was chosen."""
    return tuple(
        field
        for field in pack.fields.values()
        if not field.rows
        and (field.path in NAMED_BY or not (field.kind.is_number or field.kind.is_text or field.kind.is_laid))
    )


def label_with_unit(field: Field) -> str:
    """A figure's own label with its unit, unless that stands in it or above it, as in some forms."""
    unit = f"（{field.unit}）"
    is_said = not field.unit or any(unit in title for title in field.titles)
    return field.title if is_said else field.title + unit


class SheetTitles:
    """What the sheets of a workbook are called, each unlike the others in any case of its letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def title(self, label: str) -> str:
        """The title of the next sheet of this label."""
        plain = " ".join(_NOT_IN_TITLES.sub(" ", label).split()) or "数据"
        for number in count(1):
            ending = f"（{number}）" if number > 1 else ""
            title = plain[: _LONGEST_TITLE - len(ending)] + ending
            if title.lower() not in self._taken:
                break
        self._taken.add(title.lower())
        return title
