"""The records of an .xls file ([MS-XLS] 2.1.4): each has a type, a size and so many bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from reportfill.office.compound_file import CompoundFile, CompoundFileError
from reportfill.office.inspection.binary_cells import RecordError

BEGIN, END, SHEET, CODE_PAGE, FORMAT, STYLE = 0x0809, 0x000A, 0x0085, 0x0042, 0x041E, 0x00E0
FORMULA, STRING, LABEL, RICH_LABEL = 0x0006, 0x0207, 0x0204, 0x00D6
NUMBER, SMALL_NUMBER, SMALL_NUMBERS = 0x0203, 0x027E, 0x00BD
SHARED_LABEL, TRUTH_OR_ERROR = 0x00FD, 0x0205
NAME, OTHER_SHEET, CONTINUED = 0x0018, 0x0017, 0x003C

STREAM = "Workbook"
"""The stream of a compound file that holds the records."""

_OLDER_STREAM = "Book"
_SHEET_NAME_AT = 8

_WITH_CELLS = 0
"""The kind of a sheet for cells, and for dialogs; others are for charts, macros and code (2.4.28)."""

Records = Iterator[tuple[int, bytes]]
"""The type and the bytes of each record of a part of a workbook."""


class WorkbookRecords(NamedTuple):
    """The records of a workbook that belong to no sheet, and each sheet's by its name."""

    of_workbook: Records
    of_sheets: list[tuple[str, Records]]


def stream_of(content: bytes) -> bytes | None:
    """The stream with the records of an .xls; None where it has no workbook. Raises RecordError."""
    try:
        return CompoundFile(content).stream(STREAM, _OLDER_STREAM)
    except CompoundFileError as error:
        raise RecordError from error


def records_of(content: bytes) -> WorkbookRecords:
    """The records of an .xls whose texts are in Unicode; none where it has no workbook. Raises RecordError, also while
    they are gone through."""
    stream = stream_of(content)
    if stream is None:
        return WorkbookRecords(iter(()), [])
    records = list(records_from(stream, 0))
    sheets = [
        (_sheet_name(body), records_from(stream, *struct.unpack_from("<I", body)))
        for kind, body in records
        if kind == SHEET and len(body) > _SHEET_NAME_AT and body[5] == _WITH_CELLS
    ]
    return WorkbookRecords(iter(records), sheets)


def records_from(stream: bytes, start: int) -> Records:
    """The records from one that begins a part of the workbook to the one that ends it. Raises RecordError."""
    depth, position = 0, start
    while True:
        if position + 4 > len(stream):
            raise RecordError
        kind, size = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + size]
        yield kind, body
        depth += (kind == BEGIN) - (kind == END)
        if depth <= 0:
            return
        position += 4 + size


def _sheet_name(body: bytes) -> str:
    """The name in a record of a sheet: of one byte to a character or of two (2.4.28, 2.5.240)."""
    is_wide = body[7] & 1
    length = body[6] * (2 if is_wide else 1)
    encoding = "utf-16-le" if is_wide else "latin-1"
    return body[_SHEET_NAME_AT : _SHEET_NAME_AT + length].decode(encoding, "replace")
