"""The rows of one table of agencies as they stand there, and what is noted of them at their cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, repeat, zip_longest
from typing import Any, NamedTuple

from reportfill.campaign.agencies.roster import (
    CLOSED,
    CODE,
    COLUMNS,
    MERGED,
    MOST_AGENCIES,
    RENAMED,
    SUPERIOR,
)
from reportfill.campaign.agencies.roster_values import (
    all_tidied,
    cell_text,
    cell_texts,
    spoiled_among,
    tidied_entry,
)
from reportfill.decimals import is_number
from reportfill.finding import Finding, Severity, finding
from reportfill.intake.display_differences import NumberFormats
from reportfill.office.grid import CellValue, Merge
from reportfill.place import Cell
from reportfill.text import Text

_ROWS_AT_ONCE = 5_000
_CHANGE = re.compile(f"{CLOSED}|{MERGED}:?(?P<successor>.+)|{RENAMED}:?(?P<former>.+)")


class RosterTable(NamedTuple):
    """Rows that may be a roster: a sheet, or a .csv file read with one of the delimiters."""

    name: str
    rows: Iterable[Sequence[CellValue]]
    merged: frozenset[Merge] = frozenset()
    formats: NumberFormats | None = None


class HeadingRow(NamedTuple):
    """The heading row, counted from 0, and the columns of each heading in it."""

    row: int
    columns: Mapping[str, list[int]]


class RosterRow(NamedTuple):
    """A row as it stands in the roster, its texts tidied. `number` counts from 0."""

    number: int
    code: str
    name: str
    short_name: str
    superior: str
    level: str
    contact: str
    telephone: str
    email: str
    counted: str
    change: str

    @property
    def is_closed(self) -> bool:
        """Whether its agency does not report any more."""
        return self.change != "" and not self.change.startswith(RENAMED)

    @property
    def successor(self) -> str:
        """The code of the agency into which this one was merged; empty where it was not."""
        return self._told("successor")

    @property
    def former_name(self) -> str:
        """The name that the agency had before; empty where it has the same."""
        return self._told("former")

    @property
    def is_change_understood(self) -> bool:
        """Whether what it says of a change, if anything, is one of the known forms."""
        return not self.change or _CHANGE.fullmatch(self.change) is not None

    def _told(self, part: str) -> str:
        match = _CHANGE.fullmatch(self.change) if self.change else None
        return (match[part] or "") if match else ""


class Notes:
    """What is found wrong with a table whose heading row is known, at the cells where it stands. `faulty` are the
    numbers of the rows that cannot be used."""

    def __init__(self, table: RosterTable, heading: HeadingRow) -> None:
        self.table = table
        self.heading = heading
        self.columns = {label: columns[0] for label, columns in heading.columns.items()}
        self.faulty: set[int] = set()
        self._found: list[tuple[int, int, Finding]] = []

    def findings(self) -> tuple[Finding, ...]:
        """All findings in the order of the cells."""
        return tuple(found for _, _, found in sorted(self._found, key=lambda noted: noted[:2]))

    def add_once(self, found: Finding, number: int, place: int) -> None:
        """Note a finding at a cell, unless one of its code is noted."""
        if not any(noted.code == found.code for *_, noted in self._found):
            self._found.append((number, place, found))

    def note(
        self,
        code: str,
        number: int,
        label: str,
        *,
        column: int | None = None,
        value: object = None,
        expected: object = None,
        cells: Iterable[Cell] = (),
        **words: Any,
    ) -> None:
        """Note a finding at a row's cell under a heading; with an error the row is not used."""
        place = self.columns.get(label, 0) if column is None else column
        cell = Cell(self.table.name, number, place)
        found = finding(code, cell=cell, value=value, expected=expected, cells=cells, label=label, **words)
        self._found.append((number, place, found))
        if found.severity is Severity.ERROR:
            self.faulty.add(number)

    def cell(self, row: RosterRow, label: str) -> Cell:
        """Where a row's text under a heading stands."""
        return Cell(self.table.name, row.number, self.columns[label])

    def note_twice(self, code: str, label: str, value: str, first: RosterRow, again: RosterRow) -> None:
        """Note what is there twice at its second place."""
        cells = (self.cell(first, label), self.cell(again, label))
        self.note(code, again.number, label, value=value, cells=cells, first=cells[0])


class RowReading:
    """Reads the rows of a table, and notes which of their cells do not show what was meant."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._width = max(notes.columns.values()) + 1

    def rows(self) -> list[RosterRow]:
        """Every row that is not empty; none where there are too many, which is noted as that there are none."""
        found: list[RosterRow] = []
        first = self._notes.heading.row + 1
        below = islice(self._notes.table.rows, first, None)
        while block := list(islice(below, _ROWS_AT_ONCE)):
            found += self._rows_of(block, first)
            first += len(block)
            if len(found) > MOST_AGENCIES:
                number = found[MOST_AGENCIES].number
                where = Text(f"超过{MOST_AGENCIES}个单位", f"more than {MOST_AGENCIES} agencies")
                self._notes.note(
                    "roster.too_many", number, CODE, value=number, expected=MOST_AGENCIES, where=where
                )
                return []
        if not found:
            self._notes.note("roster.empty", self._notes.heading.row + 1, CODE)
        return found

    def _rows_of(self, block: Sequence[Sequence[CellValue]], first: int) -> list[RosterRow]:
        """The rows of a block that are not empty, their texts tidied column by column. `first` is the number of the
        block's first row."""
        values = list(zip_longest(*(row[: self._width] for row in block), fillvalue=""))
        columns = [self._column(label, values, first) for label in COLUMNS]
        rows = map(RosterRow._make, zip(range(first, first + len(block)), *columns, strict=False))
        return [row for row in rows if row.code or any(row[1:])]

    def _column(self, label: str, values: Sequence[Sequence[CellValue]], first: int) -> Iterable[str]:
        """The texts under a heading, of the values of a block by column."""
        place = self._notes.columns.get(label, len(values))
        if place >= len(values):
            return repeat("")
        given = values[place]
        if label in (CODE, SUPERIOR):
            for spoiled in spoiled_among(given):
                value = tidied_entry(label, cell_text(given[spoiled]))
                self._notes.note("roster.code_spoiled", first + spoiled, label, value=value)
            given = self._as_shown(given, first, place)
        return all_tidied(label, cell_texts(given))

    def _as_shown(self, values: Sequence[CellValue], first: int, column: int) -> Sequence[CellValue]:
        """The codes of a block as their cells show them: 00123, where 123 has the format 00000."""
        formats = self._notes.table.formats
        if formats is None or not any(map(is_number, values)):
            return values
        unseen = formats.unseen
        if unseen:
            self._notes.add_once(unseen, first, column)
        return [
            formats.as_text(Cell(self._notes.table.name, row, column), value)
            for row, value in enumerate(values, first)
        ]
