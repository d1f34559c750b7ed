"""The rows of one table of agencies, read and looked at: each by itself, and all of them together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, repeat, zip_longest
from typing import Any, NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import (
    CHANGE,
    CLOSED,
    CODE,
    COLUMNS,
    COUNTED,
    EMAIL,
    LEVEL,
    LONGEST,
    MERGED,
    MOST_AGENCIES,
    NAME,
    RENAMED,
    SUPERIOR,
    Roster,
)
from reportfill.campaign.agencies.roster_values import (
    all_tidied,
    is_no,
    is_yes,
    key_of,
    keys_of,
    spoiled_among,
    text_of,
    texts_of,
    tidied,
)
from reportfill.decimals import is_number
from reportfill.finding import Finding, Severity, finding
from reportfill.intake.shown_otherwise import NumberFormats
from reportfill.office.grid import Cell, CellValue, Merge
from reportfill.text import Text

_ROWS_AT_ONCE = 5_000
_LEVEL = re.compile(r"0*([1-9][0-9]{0,3})")
_CHANGE = re.compile(f"{CLOSED}|{MERGED}:?(?P<successor>.+)|{RENAMED}:?(?P<former>.+)")
_ADDRESS = r"[^@\s,;、]+@[^@\s,;、.]+(?:\.[^@\s,;、.]+)+"
_ADDRESSES = re.compile(rf"{_ADDRESS}(?:[,;、\s]+{_ADDRESS})*")


class Table(NamedTuple):
    """Rows that may be a roster: a sheet, or a .csv file read with one of the delimiters."""

    name: str
    rows: Iterable[Sequence[CellValue]]
    merged: frozenset[Merge] = frozenset()
    formats: NumberFormats | None = None


class Heading(NamedTuple):
    """The heading row, counted from 0, and the columns of each heading in it."""

    row: int
    columns: Mapping[str, list[int]]


class Row(NamedTuple):
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


class RowReading:
    """Reads one table, whose heading row is known, and notes what is wrong with it."""

    def __init__(self, table: Table, heading: Heading) -> None:
        self._table = table
        self._heading = heading
        self._columns = {label: columns[0] for label, columns in heading.columns.items()}
        self._width = max(self._columns.values()) + 1
        self._found: list[tuple[int, int, Finding]] = []
        self._faulty: set[int] = set()
        self._rows: list[Row] = []
        self._by_code: dict[str, Row] = {}
        self._levels: dict[str, int] = {}

    def roster(self) -> Roster:
        """The agencies of the sound rows, and all findings in the order of the cells."""
        for label, columns in self._heading.columns.items():
            for column in columns[1:]:
                self._note("roster.heading_twice", self._heading.row, label, column=column, value=label)
        if not self._read_rows():
            return Roster((), self._findings())
        self._look_at_merged()
        self._look_at_lengths()
        self._look_at_codes()
        for row in self._rows:
            if row.counted or row.email or row.change or not row.name:
                self._look_at(row)
        self._look_at_names()
        self._look_at_superiors()
        if any(row.change for row in self._rows):
            self._look_at_successors()
            if all(map(_is_closed, self._rows)):
                self._note("roster.nobody", self._heading.row, CHANGE)
        agencies = self._agencies([row for row in self._rows if row.number not in self._faulty])
        return Roster(
            tuple(agency for agency in agencies if not agency.is_closed),
            self._findings(),
            tuple(agency for agency in agencies if agency.is_closed),
        )

    def _findings(self) -> tuple[Finding, ...]:
        return tuple(found for _, _, found in sorted(self._found, key=lambda noted: noted[:2]))

    def _read_rows(self) -> bool:
        """Read every row that is not empty; whether there are any, and not too many."""
        first = self._heading.row + 1
        below = islice(self._table.rows, first, None)
        while block := list(islice(below, _ROWS_AT_ONCE)):
            self._rows += self._rows_of(block, first)
            first += len(block)
            if len(self._rows) > MOST_AGENCIES:
                number = self._rows[MOST_AGENCIES].number
                where = Text(f"超过{MOST_AGENCIES}家", f"more than {MOST_AGENCIES} agencies")
                self._note("roster.too_many", number, CODE, value=number, expected=MOST_AGENCIES, where=where)
                return False
        if not self._rows:
            self._note("roster.empty", self._heading.row + 1, CODE)
        return bool(self._rows)

    def _rows_of(self, block: Sequence[Sequence[CellValue]], first: int) -> list[Row]:
        """The rows of a block that are not empty, their texts tidied column by column. `first` is the number of the
        block's first row."""
        values = list(zip_longest(*(row[: self._width] for row in block), fillvalue=""))
        columns = [self._column(label, values, first) for label in COLUMNS]
        rows = map(Row._make, zip(range(first, first + len(block)), *columns, strict=False))
        return [row for row in rows if row.code or any(row[1:])]

    def _column(self, label: str, values: Sequence[Sequence[CellValue]], first: int) -> Iterable[str]:
        """The texts under a heading, of the values of a block by column."""
        place = self._columns.get(label, len(values))
        if place >= len(values):
            return repeat("")
        given = values[place]
        if label in (CODE, SUPERIOR):
            for spoiled in spoiled_among(given):
                value = tidied(label, text_of(given[spoiled]))
                self._note("roster.code_spoiled", first + spoiled, label, value=value)
            given = self._as_shown(given, first, place)
        return all_tidied(label, texts_of(given))

    def _as_shown(self, values: Sequence[CellValue], first: int, column: int) -> Sequence[CellValue]:
        """The codes of a block as their cells show them: 00123, where 123 has the format 00000."""
        formats = self._table.formats
        if formats is None or not any(map(is_number, values)):
            return values
        unseen = formats.unseen
        if unseen and not any(found.code == unseen.code for *_, found in self._found):
            self._found.append((first, column, unseen))
        return [
            formats.as_text(Cell(self._table.name, row, column), value)
            for row, value in enumerate(values, first)
        ]

    def _note(
        self,
        code: str,
        number: int,
        label: str,
        *,
        column: int | None = None,
        value: object = None,
        expected: object = None,
        cells: Iterable[str] = (),
        **words: Any,
    ) -> None:
        """Note a finding at a row's cell under a heading; with an error the row is not used."""
        place = self._columns.get(label, 0) if column is None else column
        cell = str(Cell(self._table.name, number, place))
        found = finding(code, cell=cell, value=value, expected=expected, cells=cells, label=label, **words)
        self._found.append((number, place, found))
        if found.severity is Severity.ERROR:
            self._faulty.add(number)

    def _cell(self, row: Row, label: str) -> str:
        return str(Cell(self._table.name, row.number, self._columns[label]))

    def _look_at_merged(self) -> None:
        """Only the first row of merged cells has their value: the others' is not known."""
        known, last = {column: label for label, column in self._columns.items()}, self._rows[-1].number
        for (top, left), (bottom, right) in self._table.merged:
            labels = [known[column] for column in known if left <= column <= right]
            if labels and bottom > top > self._heading.row:
                self._note("roster.merged", top, labels[0], value=bottom - top + 1)
                self._faulty.update(range(top, min(bottom, last) + 1))

    def _look_at_lengths(self) -> None:
        """Codes and names that are too long for any workbook."""
        columns = {CODE: [row.code for row in self._rows], NAME: [row.name for row in self._rows]}
        for label, texts in columns.items():
            most = LONGEST[label]
            if max(map(len, texts)) <= most:
                continue
            for row, text in zip(self._rows, texts, strict=True):
                if len(text) > most:
                    self._note(
                        "roster.too_long", row.number, label, value=text, expected=most, length=len(text)
                    )

    def _look_at_codes(self) -> None:
        """Codes that are missing, or were there before."""
        self._by_code = {row.code: row for row in self._rows}
        if len(self._by_code) == len(self._rows) and "" not in self._by_code:
            return
        self._by_code = {}
        for row in self._rows:
            if not row.code:
                self._note("roster.code_missing", row.number, CODE, value="", name=row.name)
            elif self._by_code.setdefault(row.code, row) is not row:
                self._note_twice("roster.code_twice", CODE, row.code, self._by_code[row.code], row)

    def _look_at(self, row: Row) -> None:
        """What a row says wrong by itself, apart from its code."""
        if not row.name:
            self._note("roster.name_missing", row.number, NAME, value="", code_of_agency=row.code)
        if row.counted and not (is_yes(row.counted) or is_no(row.counted)):
            self._note("roster.flag", row.number, COUNTED, value=row.counted, expected="是/否")
        if row.email and not _ADDRESSES.fullmatch(row.email):
            self._note("roster.email", row.number, EMAIL, value=row.email)
        if row.change and not _CHANGE.fullmatch(row.change):
            self._note(
                "roster.change",
                row.number,
                CHANGE,
                value=row.change,
                expected=f"{CLOSED}/{MERGED}…/{RENAMED}…",
            )

    def _note_twice(self, code: str, label: str, value: str, first: Row, again: Row) -> None:
        cells = (self._cell(first, label), self._cell(again, label))
        self._note(code, again.number, label, value=value, cells=cells, first=cells[0])

    def _look_at_names(self) -> None:
        """Names that are there twice, or nearly. A row whose code is there twice is no other agency."""
        names = [row.name for row in self._rows]
        if all(names) and len(set(keys_of(names))) == len(names):
            return
        by_name: dict[str, Row] = {}
        by_key: dict[str, Row] = {}
        for row in self._rows:
            if not row.name or self._by_code.get(row.code, row) is not row:
                continue
            if by_name.setdefault(row.name, row) is not row:
                self._note_twice("roster.name_twice", NAME, row.name, by_name[row.name], row)
                continue
            if _is_closed(row):
                continue
            alike = by_key.setdefault(key_of(row.name), row)
            if alike is not row:
                cells = (self._cell(alike, NAME), self._cell(row, NAME))
                self._note(
                    "roster.similar_name",
                    row.number,
                    NAME,
                    value=row.name,
                    cells=cells,
                    first=cells[0],
                    other=alike.name,
                )

    def _look_at_superiors(self) -> None:
        """Work out every agency's level from those above it, and note superiors that lead nowhere or in a ring."""
        for start in self._by_code.values():
            if start.superior in self._levels and start.code not in self._levels:
                above = self._levels[start.superior]
                self._levels[start.code] = self._level_of(start, above) if start.level else above + 1
                continue
            way: dict[str, Row] = {}
            row: Row | None = start
            while row is not None and row.code not in self._levels and row.code not in way:
                way[row.code] = row
                row = self._superior_of(row)
            if row is not None and row.code in way:
                rows = list(way.values())
                self._note_ring(rows[rows.index(row) :])
            for below in reversed(way.values()):
                if below.code not in self._levels:
                    self._levels[below.code] = self._level_of(below, self._levels.get(below.superior, 0))

    def _look_at_successors(self) -> None:
        """Note successors that cannot take over, and superiors that do not report any more."""
        for row in self._rows:
            above = self._by_code.get(row.superior)
            if _is_closed(row):
                self._look_at_successor(_successor(row), row)
            elif above is not None and _is_closed(above):
                self._note(
                    "roster.superior_closed",
                    row.number,
                    SUPERIOR,
                    value=row.superior,
                    superior=above.name,
                    change=above.change,
                )

    def _look_at_successor(self, successor: str, row: Row) -> None:
        problem = self._problem_of(successor, row) if successor else None
        if problem:
            self._note("roster.successor", row.number, CHANGE, value=successor, problem=problem)

    def _problem_of(self, successor: str, row: Row) -> Text | None:
        """Why the agency of a code cannot be a row's successor; None where it can."""
        if successor == row.code:
            return Text("就是本单位自己的编码", "is the agency itself")
        found = self._by_code.get(successor)
        if found is None:
            return Text("不在名册里", "is not in the roster")
        if _is_closed(found):
            return Text(f"本身也已{found.change}", f"does not report any more itself ({found.change})")
        return None

    def _superior_of(self, row: Row) -> Row | None:
        if row.superior and row.superior not in self._by_code:
            self._note("roster.superior_unknown", row.number, SUPERIOR, value=row.superior)
        return self._by_code.get(row.superior)

    def _note_ring(self, rows: Sequence[Row]) -> None:
        """Note a ring at its topmost row; none of its rows can be used."""
        first = min(range(len(rows)), key=lambda place: rows[place].number)
        ring = (*rows[first:], *rows[:first])
        codes = [row.code for row in ring]
        shown = " → ".join([*codes[:10], *(["…"] if len(codes) > 10 else []), codes[0]])
        cells = [self._cell(row, SUPERIOR) for row in ring]
        self._note("roster.ring", ring[0].number, SUPERIOR, value=ring[0].superior, cells=cells, ring=shown)
        self._faulty.update(row.number for row in ring)
        self._levels.update(dict.fromkeys(codes, 1))

    def _level_of(self, row: Row, above: int) -> int:
        """The level that a row states, which must be below that of its superior, or else the next one."""
        if not row.level:
            return above + 1
        match = _LEVEL.fullmatch(row.level)
        if match and int(match[1]) > above:
            return int(match[1])
        self._note("roster.level", row.number, LEVEL, value=row.level, expected=above + 1)
        return above + 1

    def _agencies(self, rows: Sequence[Row]) -> list[Agency]:
        """The agencies of sound rows, made column by column."""
        if not rows:
            return []
        _, code, name, short_name, superior, _, contact, telephone, email, counted, change = zip(
            *rows, strict=True
        )
        levels = [self._levels[one] for one in code]
        is_counted = [word != "" and is_yes(word) for word in counted]
        is_closed = [word != "" and not word.startswith(RENAMED) for word in change]
        successor = [_successor(row) if row.change else "" for row in rows]
        former_name = [_told(row, "former") if row.change else "" for row in rows]
        columns = (
            code,
            name,
            short_name,
            superior,
            levels,
            contact,
            telephone,
            email,
            is_counted,
            is_closed,
            successor,
            former_name,
        )
        return list(map(Agency._make, zip(*columns, strict=True)))


def _successor(row: Row) -> str:
    """The code of the agency into which a row's was merged; empty where it was not."""
    return _told(row, "successor")


def _told(row: Row, part: str) -> str:
    """What a row says of a change; empty where it says nothing of the kind."""
    match = _CHANGE.fullmatch(row.change)
    return (match[part] or "") if match else ""


def _is_closed(row: Row) -> bool:
    """Whether a row says that its agency does not report any more."""
    return row.change != "" and not row.change.startswith(RENAMED)
