"""A roster read from its file: roster.xlsx or roster.csv."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from io import StringIO
from itertools import islice

from reportfill.campaign.agencies.roster import CODE, COLUMNS, CSV, MOST_ROWS, NAME, SHEET, Roster
from reportfill.campaign.agencies.roster_reading import roster_in
from reportfill.campaign.agencies.roster_rows import HeadingRow, RosterTable
from reportfill.campaign.agencies.roster_values import INVISIBLE
from reportfill.finding import Finding, finding
from reportfill.intake.display_differences import NumberFormats
from reportfill.model.labels import folded
from reportfill.native_messages import native_messages_held
from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.office.grid import Grid, GridError, GridFault
from reportfill.office.guard import PackageLimits
from reportfill.office.inspection.extent import Reach
from reportfill.office.inspection.file_kind import Bounds, inspect_file
from reportfill.place import Cell
from reportfill.plain_files import LARGEST
from reportfill.text import Text

_ROWS_FOR_HEADING = 10
_BOUNDS = Bounds(
    reach=Reach(rows=MOST_ROWS, columns=702, cells=3_000_000),
    sheets=192 * 1024 * 1024,
    package=PackageLimits(part_size=160 * 1024 * 1024, total_size=224 * 1024 * 1024),
)
"""A row of ten cells has up to a thousand bytes of XML, and its texts stand in another part."""

_OBLIGATORY = (CODE, NAME)

_TEXTS = (FileKind.TEXT, FileKind.UNKNOWN)
"""What a .csv may be by its first bytes, in UTF-16 the latter."""

_EMPTY = Text("是空文件", "the file is empty")
_PROBLEMS = {
    "file.not_a_workbook": Text(
        "不是Excel或WPS的表格，也不是csv文件", "it is neither a workbook nor a .csv file"
    ),
    "file.damaged": Text("文件已损坏", "the file is damaged"),
    "file.encrypted": Text("设有打开密码", "it is protected by a password for opening"),
    "file.too_large": Text("文件过大", "the file is too large"),
    "file.unsafe": Text("文件的内部结构不正常", "it is built as no office program builds one"),
    "file.special_text": Text(
        "有无法准确读取的内容", "it holds texts that cannot be read reliably from this format"
    ),
}
"""Why a roster cannot be read, by the code of the finding that says so of an intake workbook."""

_DELIMITERS = ",;\t"
_REMARK_OF_HEADING = re.compile(r"\(.*\)[*:]*$|[*:]")
"""What people add to a heading: 单位编码*, 单位编码（必填）."""


@native_messages_held()
def read_roster(content: bytes, name: str = CSV) -> Roster:
    """The roster that a file of that name holds: .xlsx, .xls or .ods, or .csv in UTF-8, GB18030 or UTF-16. Whatever is
    wrong with the file or a row is among its findings."""
    is_text = kind_of(content) in _TEXTS and not content.lstrip().startswith(b"<") and content.strip()
    text = _decoded(content) if is_text and len(content) <= LARGEST else None
    if text is None:
        return _from_workbook(content)
    return _read_first(RosterTable(name, _Records(text, delimiter)) for delimiter in _DELIMITERS)


def _from_workbook(content: bytes) -> Roster:
    if not content.strip():
        return Roster((), (_unreadable(_EMPTY),))
    inspection = inspect_file(content, _BOUNDS)
    if not inspection.is_readable:
        return Roster((), tuple(map(_about_a_roster, inspection.findings)))
    try:
        formats = NumberFormats(inspection)
        found = _read_first(_tables_of(inspection.grid(), formats))
    except GridError as error:
        code = "file.encrypted" if error.fault is GridFault.ENCRYPTED else "file.damaged"
        return Roster((), (*inspection.findings, _unreadable(_PROBLEMS[code])))
    return replace(found, findings=(*inspection.findings, *found.findings))


def _about_a_roster(found: Finding) -> Finding:
    """The finding, in a roster's words where those of the catalogue are for intake workbooks."""
    if found.code == "file.too_many_cells":
        rows = MOST_ROWS
        where = Text(f"内容超出了第{rows}行或者列数过多", f"cells beyond row {rows}, or too many columns")
        return finding("roster.too_many", value=found.value, expected=rows, where=where)
    problem = _PROBLEMS.get(found.code)
    return _unreadable(problem) if problem else found


def _unreadable(problem: Text) -> Finding:
    return finding("roster.unreadable", problem=problem)


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


def _tables_of(grid: Grid, formats: NumberFormats) -> Iterator[RosterTable]:
    """The sheets of a workbook, that of the blank roster first."""
    for name in sorted(grid.names, key=lambda name: name != SHEET):
        yield RosterTable(name, grid.rows(name), grid.merged(name), formats)


def _read_first(tables: Iterable[RosterTable]) -> Roster:
    """The roster of the first table with a heading row."""
    refusals: list[Finding] = []
    for table in tables:
        heading = None
        try:
            heading = _heading_of(table)
            if heading is not None:
                return roster_in(table, heading)
        except csv.Error:
            refusals.insert(0, _unpaired_quotes(table))
            if heading is not None:
                break
        else:
            place = Cell(table.name, 0, 0)
            refusals.append(finding("roster.no_heading", cell=place, expected="、".join(_OBLIGATORY)))
    return Roster((), tuple(refusals[:1]))


def _unpaired_quotes(table: RosterTable) -> Finding:
    """What a .csv comes to that cannot be taken apart: the record behind the last sound one is at fault."""
    sound = 0
    with suppress(csv.Error):
        for _ in table.rows:
            sound += 1
    return finding("roster.quotes", cell=Cell(table.name, sound, 0), value=sound + 1)


def _heading_of(table: RosterTable) -> HeadingRow | None:
    """The first row among the first ten that has both obligatory headings."""
    for number, row in enumerate(islice(table.rows, _ROWS_FOR_HEADING)):
        columns: dict[str, list[int]] = {}
        for column, value in enumerate(row[: _BOUNDS.reach.columns]):
            label = _REMARK_OF_HEADING.sub("", folded(INVISIBLE.sub("", str(value))))
            if label in COLUMNS:
                columns.setdefault(label, []).append(column)
        if all(label in columns for label in _OBLIGATORY):
            return HeadingRow(number, columns)
    return None
