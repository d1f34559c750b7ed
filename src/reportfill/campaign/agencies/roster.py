"""The roster of a campaign: every agency that must report, read from roster.xlsx or roster.csv."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from io import StringIO
from itertools import islice, repeat, zip_longest
from typing import Any, NamedTuple

from reportfill.campaign.agencies.agency import Agency
from reportfill.checks.findings import Finding, Severity, Text, finding, has_errors
from reportfill.checks.values import FORBIDDEN_IN_XML
from reportfill.intake.inspection.extent import Reach
from reportfill.intake.inspection.file_kind import LARGEST, Bounds, examined
from reportfill.ooxml.guard import Limits
from reportfill.pack.form import folded
from reportfill.pack.grid import Cell, CellValue, Grid, GridError, GridFault, Merge, read_grid

CODE, NAME, SHORT_NAME, SUPERIOR, LEVEL, CONTACT, TELEPHONE, EMAIL, COUNTED, CHANGE = COLUMNS = (
    "单位编码",
    "单位名称",
    "简称",
    "上级单位编码",
    "级次",
    "联系人",
    "电话",
    "邮箱",
    "不汇总",
    "变动",
)
"""The headings of a roster, in the order of the blank one."""

SHEET = "名册"
"""The sheet that is looked at first."""

CSV = "roster.csv"
"""What stands for the sheet in the places of a .csv file."""

MOST_AGENCIES = 100_000
"""More rows than this no roster has."""

CLOSED, MERGED = "撤销", "并入"
"""What stands under 变动 for an agency that was closed, and before the code of the one into which it was merged."""

_ROWS_FOR_HEADING = 10
MOST_ROWS = MOST_AGENCIES + 100
"""Rows of a sheet, with what stands above the headings, and rows that were left empty."""

_BOUNDS = Bounds(
    reach=Reach(rows=MOST_ROWS, columns=702, cells=3_000_000),
    sheets=192 * 1024 * 1024,
    package=Limits(part_size=160 * 1024 * 1024, total_size=224 * 1024 * 1024),
)
"""A row of ten cells has up to a thousand bytes of XML, and its texts stand in another part."""

_OBLIGATORY = (CODE, NAME)

_NO_TEXT = re.compile(
    rb"PK\x03\x04|\xd0\xcf\x11\xe0|%PDF|\{\\rtf|\x89PNG|\xff\xd8\xff|Rar!|7z\xbc\xaf|\s*(?:<|\Z)"
)
"""How files begin that are no .csv: workbooks, and what is handed in under their names."""

_DELIMITERS = ",;\t"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINE_BREAK = re.compile(r"[^\S\n\r]*[\n\r\v\f\x85\u2028\u2029]\s*")
_REMARK_OF_HEADING = re.compile(r"\(.*\)[*:]*$|[*:]")
"""What people add to a heading: 单位编码*, 单位编码（必填）."""

_ROWS_AT_ONCE = 5_000
_TIDY = "0-9A-Za-z@_\u4e00-\u9fa5-"
_TIDY_CODES, _TIDY_NAMES, _TIDY_ADDRESSES = (
    re.compile(rf"[{_TIDY}{more}\n]*") for more in ("", "()（）、·", ".;")
)
"""Texts, divided by line feeds, in which nothing has to be tidied."""

_NUMBER_WITH_FRACTION = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_EXACT_BELOW = 10**15
"""Whole numbers of up to 15 digits are exact as Excel keeps them."""

_LEVEL = re.compile(r"0*([1-9][0-9]{0,3})")
_YES = frozenset(("是", "√", "✓", "✔", "☑", "1", "TRUE", "Y", "YES"))
_NO = frozenset(("", "否", "×", "0", "FALSE", "N", "NO"))
_CHANGE = re.compile(f"{CLOSED}|{MERGED}:?(.+)")
_ADDRESS = r"[^@\s,;、]+@[^@\s,;、.]+(?:\.[^@\s,;、.]+)+"
_ADDRESSES = re.compile(rf"{_ADDRESS}(?:[,;、\s]+{_ADDRESS})*")
_ENDINGS = ("委员会", "办公室", "局", "委", "办")


@dataclass(frozen=True)
class Roster:
    """The agencies of a roster in the order of its rows, without those whose row has an error, and all findings.
    `agencies` are those that must report, `closed` those that were closed or merged into another."""

    agencies: tuple[Agency, ...]
    findings: tuple[Finding, ...] = ()
    closed: tuple[Agency, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Agency]:
        """Every agency that must report by its code."""
        return {agency.code: agency for agency in self.agencies}

    @cached_property
    def all_by_code(self) -> Mapping[str, Agency]:
        """Every agency by its code, those that need not report any more behind the others."""
        return {agency.code: agency for agency in (*self.agencies, *self.closed)}

    @property
    def has_errors(self) -> bool:
        """Whether any row, or the whole file, could not be used."""
        return has_errors(self.findings)

    def above(self, agency: Agency) -> tuple[Agency, ...]:
        """The agency's superiors from the top down, as far up as the roster knows them."""
        superiors: dict[str, Agency] = {}
        superior = self.all_by_code.get(agency.superior)
        while superior is not None and superior.code not in superiors:
            superiors[superior.code] = superior
            superior = self.all_by_code.get(superior.superior)
        return tuple(reversed(superiors.values()))


def read_roster(content: bytes) -> Roster:
    """The roster that a file holds: .xlsx, .xls or .ods, or .csv in UTF-8, GB18030 or UTF-16. Whatever is wrong with
    the file or a row is among its findings."""
    text = None if len(content) > LARGEST or _NO_TEXT.match(content) else _decoded(content)
    return _from_workbook(content) if text is None else _from_csv(text)


def _from_workbook(content: bytes) -> Roster:
    examination = examined(content, _BOUNDS)
    if not examination.is_readable:
        return Roster((), tuple(map(_about_a_roster, examination.findings)))
    try:
        found = _read_first(_tables_of(read_grid(content)))
    except GridError as error:
        return Roster((), (*examination.findings, _refusal(error)))
    return replace(found, findings=(*examination.findings, *found.findings))


def _about_a_roster(found: Finding) -> Finding:
    """The finding, in a roster's words where those of the catalogue are for intake workbooks."""
    if found.code != "file.too_many_cells":
        return found
    return finding("roster.too_many", value=found.value, expected=MOST_ROWS, where=_beyond(MOST_ROWS))


def _beyond(rows: int) -> Text:
    return Text(f"内容超出了第{rows}行或者列数过多", f"cells beyond row {rows}, or too many columns")


def _refusal(error: GridError) -> Finding:
    return finding("file.encrypted" if error.fault is GridFault.ENCRYPTED else "file.damaged")


def _from_csv(text: str) -> Roster:
    return _read_first(_Table(CSV, _Records(text, delimiter)) for delimiter in _DELIMITERS)


def _decoded(content: bytes) -> str | None:
    """The text of a .csv file; None where it is none."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _encodings(content: bytes) -> tuple[str, ...]:
    """The encodings that a text may have, the likeliest first."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in content:
        return ("utf-16-be",) if content[::2].count(0) > content[1::2].count(0) else ("utf-16-le",)
    return ("utf-8-sig", "gb18030")


class _Records:
    """The records of a .csv text, as often as they are gone through. Raises csv.Error where quotes do not pair."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter

    def __iter__(self) -> Iterator[list[str]]:
        return csv.reader(StringIO(self._text, newline=""), delimiter=self._delimiter, strict=True)


class _Table(NamedTuple):
    """Rows that may be a roster: a sheet, or a .csv file read with one of the delimiters."""

    name: str
    rows: Iterable[Sequence[CellValue]]
    merged: frozenset[Merge] = frozenset()


def _tables_of(grid: Grid) -> Iterator[_Table]:
    """The sheets of a workbook, that of the blank roster first."""
    for name in sorted(grid.names, key=lambda name: name != SHEET):
        yield _Table(name, grid.rows(name), grid.merged(name))


def _read_first(tables: Iterable[_Table]) -> Roster:
    """The roster of the first table with a heading row."""
    refusals: list[Finding] = []
    for table in tables:
        heading = None
        try:
            heading = _heading_of(table)
            if heading is not None:
                return _Reading(table, heading).roster()
        except csv.Error:
            refusals.insert(0, _unpaired_quotes(table))
            if heading is not None:
                break
        else:
            place = str(Cell(table.name, 0, 0))
            refusals.append(finding("roster.no_heading", cell=place, expected="、".join(_OBLIGATORY)))
    return Roster((), tuple(refusals[:1]))


def _unpaired_quotes(table: _Table) -> Finding:
    """What a .csv comes to that cannot be taken apart: the record behind the last sound one is at fault."""
    sound = 0
    with suppress(csv.Error):
        for _ in table.rows:
            sound += 1
    return finding("roster.quotes", cell=str(Cell(table.name, sound, 0)), value=sound + 1)


class _Heading(NamedTuple):
    """The heading row, counted from 0, and the columns of each heading in it."""

    row: int
    columns: Mapping[str, list[int]]


def _heading_of(table: _Table) -> _Heading | None:
    """The first row among the first ten that has both obligatory headings."""
    for number, row in enumerate(islice(table.rows, _ROWS_FOR_HEADING)):
        columns: dict[str, list[int]] = {}
        for column, value in enumerate(row[: _BOUNDS.reach.columns]):
            label = _REMARK_OF_HEADING.sub("", folded(_INVISIBLE.sub("", str(value))))
            if label in COLUMNS:
                columns.setdefault(label, []).append(column)
        if all(label in columns for label in _OBLIGATORY):
            return _Heading(number, columns)
    return None


class _Row(NamedTuple):
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


class _Reading:
    """Reads one table, whose heading row is known, and notes what is wrong with it."""

    def __init__(self, table: _Table, heading: _Heading) -> None:
        self._table = table
        self._heading = heading
        self._columns = {label: columns[0] for label, columns in heading.columns.items()}
        self._width = max(self._columns.values()) + 1
        self._found: list[tuple[int, int, Finding]] = []
        self._faulty: set[int] = set()
        self._rows: list[_Row] = []
        self._by_code: dict[str, _Row] = {}
        self._levels: dict[str, int] = {}

    def roster(self) -> Roster:
        """The agencies of the sound rows, and all findings in the order of the cells."""
        for label, columns in self._heading.columns.items():
            for column in columns[1:]:
                self._note("roster.heading_twice", self._heading.row, label, column=column, value=label)
        if not self._read_rows():
            return Roster((), self._findings())
        self._look_at_merged()
        for row in self._rows:
            self._look_at(row)
        self._look_at_names()
        self._look_at_superiors()
        self._look_at_successors()
        agencies = [self._agency(row) for row in self._rows if row.number not in self._faulty]
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

    def _rows_of(self, block: Sequence[Sequence[CellValue]], first: int) -> list[_Row]:
        """The rows of a block that are not empty, their texts tidied column by column. `first` is the number of the
        block's first row."""
        values = list(zip_longest(*(row[: self._width] for row in block), fillvalue=""))
        columns = [self._column(label, values, first) for label in COLUMNS]
        numbers = range(first, first + len(block))
        return [row for row in map(_Row, numbers, *columns) if any(row[1:])]

    def _column(self, label: str, values: Sequence[Sequence[CellValue]], first: int) -> Iterable[str]:
        """The texts under a heading, of the values of a block by column."""
        place = self._columns.get(label, len(values))
        if place >= len(values):
            return repeat("")
        given = values[place]
        if label in (CODE, SUPERIOR):
            for number, value in enumerate(given, first):
                if _is_spoiled(value):
                    self._note("roster.code_spoiled", number, label, value=_tidied(label, _text(value)))
        return _all_tidied(label, list(map(_text, given)))

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

    def _cell(self, row: _Row, label: str) -> str:
        return str(Cell(self._table.name, row.number, self._columns[label]))

    def _look_at_merged(self) -> None:
        """Only the first row of merged cells has their value: the others' is not known."""
        known, last = {column: label for label, column in self._columns.items()}, self._rows[-1].number
        for (top, left), (bottom, right) in self._table.merged:
            labels = [known[column] for column in known if left <= column <= right]
            if labels and bottom > top > self._heading.row:
                self._note("roster.merged", top, labels[0], value=bottom - top + 1)
                self._faulty.update(range(top, min(bottom, last) + 1))

    def _look_at(self, row: _Row) -> None:
        """What a row says wrong by itself, and codes that were there before."""
        if not row.code:
            self._note("roster.code_missing", row.number, CODE, value="", name=row.name)
        elif self._by_code.setdefault(row.code, row) is not row:
            self._note_twice("roster.code_twice", CODE, row.code, self._by_code[row.code], row)
        if not row.name:
            self._note("roster.name_missing", row.number, NAME, value="", code_of_agency=row.code)
        if row.counted and not (_is_yes(row.counted) or row.counted.upper() in _NO):
            self._note("roster.flag", row.number, COUNTED, value=row.counted, expected="是/否")
        if row.email and not _ADDRESSES.fullmatch(row.email):
            self._note("roster.email", row.number, EMAIL, value=row.email)
        if row.change and not _CHANGE.fullmatch(row.change):
            self._note("roster.change", row.number, CHANGE, value=row.change, expected=f"{CLOSED}/{MERGED}…")

    def _note_twice(self, code: str, label: str, value: str, first: _Row, again: _Row) -> None:
        cells = (self._cell(first, label), self._cell(again, label))
        self._note(code, again.number, label, value=value, cells=cells, first=cells[0])

    def _look_at_names(self) -> None:
        """Names that are there twice, or nearly. A row whose code is there twice is no other agency."""
        if len({_key(row.name) for row in self._rows}) == len(self._rows):
            return
        by_name: dict[str, _Row] = {}
        by_key: dict[str, _Row] = {}
        for row in self._rows:
            if not row.name or self._by_code.get(row.code, row) is not row:
                continue
            if by_name.setdefault(row.name, row) is not row:
                self._note_twice("roster.name_twice", NAME, row.name, by_name[row.name], row)
                continue
            if row.change:
                continue
            alike = by_key.setdefault(_key(row.name), row)
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
                self._levels[start.code] = self._level_of(start, self._levels[start.superior])
                continue
            way: dict[str, _Row] = {}
            row: _Row | None = start
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
            if row.change:
                self._look_at_successor(_successor(row), row)
            elif above is not None and above.change:
                self._note(
                    "roster.superior_closed",
                    row.number,
                    SUPERIOR,
                    value=row.superior,
                    superior=above.name,
                    change=above.change,
                )

    def _look_at_successor(self, successor: str, row: _Row) -> None:
        problem = self._problem_of(successor, row) if successor else None
        if problem:
            self._note("roster.successor", row.number, CHANGE, value=successor, problem=problem)

    def _problem_of(self, successor: str, row: _Row) -> Text | None:
        """Why the agency of a code cannot be a row's successor; None where it can."""
        if successor == row.code:
            return Text("就是本单位自己的编码", "is the agency itself")
        found = self._by_code.get(successor)
        if found is None:
            return Text("不在名册里", "is not in the roster")
        if found.change:
            return Text(f"本身也已{found.change}", f"does not report any more itself ({found.change})")
        return None

    def _superior_of(self, row: _Row) -> _Row | None:
        if row.superior and row.superior not in self._by_code:
            self._note("roster.superior_unknown", row.number, SUPERIOR, value=row.superior)
        return self._by_code.get(row.superior)

    def _note_ring(self, rows: Sequence[_Row]) -> None:
        """Note a ring at its topmost row; none of its rows can be used."""
        first = min(range(len(rows)), key=lambda place: rows[place].number)
        ring = (*rows[first:], *rows[:first])
        codes = [row.code for row in ring]
        shown = " → ".join([*codes[:10], *(["…"] if len(codes) > 10 else []), codes[0]])
        cells = [self._cell(row, SUPERIOR) for row in ring]
        self._note("roster.ring", ring[0].number, SUPERIOR, value=ring[0].superior, cells=cells, ring=shown)
        self._faulty.update(row.number for row in ring)
        self._levels.update(dict.fromkeys(codes, 1))

    def _level_of(self, row: _Row, above: int) -> int:
        """The level that a row states, which must be below that of its superior, or else the next one."""
        match = _LEVEL.fullmatch(row.level)
        if match and int(match[1]) > above:
            return int(match[1])
        if row.level:
            self._note("roster.level", row.number, LEVEL, value=row.level, expected=above + 1)
        return above + 1

    def _agency(self, row: _Row) -> Agency:
        return Agency(
            row.code,
            row.name,
            row.short_name,
            row.superior,
            self._levels[row.code],
            row.contact,
            row.telephone,
            row.email,
            row.counted != "" and _is_yes(row.counted),
            row.change != "",
            _successor(row) if row.change else "",
        )


def _is_yes(word: str) -> bool:
    return word.upper() in _YES


def _successor(row: _Row) -> str:
    """The code of the agency into which a row's was merged; empty where it was not."""
    match = _CHANGE.fullmatch(row.change)
    return (match[1] or "") if match else ""


def _all_tidied(label: str, texts: list[str]) -> list[str]:
    """The texts of a column as the roster keeps them under that heading. Nearly all are tidy as they stand, which one
    look at all of them tells."""
    together = "\n".join(texts)
    if _tidy_under(label).fullmatch(together) and together.count("\n") < len(texts):
        return texts
    return [_tidied(label, text) for text in texts]


def _tidy_under(label: str) -> re.Pattern[str]:
    if label in (NAME, SHORT_NAME, CONTACT):
        return _TIDY_NAMES
    return _TIDY_ADDRESSES if label in (TELEPHONE, EMAIL) else _TIDY_CODES


def _tidied(label: str, text: str) -> str:
    """A text as the roster keeps it under that heading: names as they are written, all else in half width."""
    text = FORBIDDEN_IN_XML.sub("", _INVISIBLE.sub("", text))
    if label in (NAME, SHORT_NAME, CONTACT):
        return " ".join(_LINE_BREAK.sub("", text.strip()).split())
    text = unicodedata.normalize("NFKC", text)
    if label in (TELEPHONE, EMAIL):
        return " ".join(text.split())
    text = "".join(text.split())
    whole = _NUMBER_WITH_FRACTION.fullmatch(text)
    return whole[1] if whole else text


def _text(value: CellValue) -> str:
    """What a cell shows: a number without the .0 that calamine gives it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _is_spoiled(value: CellValue) -> bool:
    """Whether Excel made something else of a code: a date, a number that has lost digits, or one as 4.1E+17."""
    if isinstance(value, str):
        return "+" in value and bool(_SCIENTIFIC.fullmatch(value.strip()))
    if isinstance(value, date | datetime | time | timedelta):
        return True
    return isinstance(value, int | float) and not 0 <= value < _EXACT_BELOW


def _key(name: str) -> str:
    """What names share that differ in no more than white space, the width of characters, and which of the usual
    endings they have."""
    key = "".join(unicodedata.normalize("NFKC", name).split())
    for ending in _ENDINGS:
        if key.endswith(ending) and key != ending:
            return f"{key.removesuffix(ending)}#"
    return key
