"""The cells of an .xls file ([MS-XLS] 2.1.4): records of a type, a size and so many bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from reportfill.intake.inspection.binary_cells import BinaryCell, RecordError, error_value
from reportfill.ooxml.compound_file import CompoundFile, CompoundFileError

_FORMULA, _END, _SHEET, _SEVERAL, _BOOL_OR_ERROR, _BEGIN = 0x0006, 0x000A, 0x0085, 0x00BD, 0x0205, 0x0809
_SHEET_NAME_AT = 8
_CODE_PAGE = 0x0042
_EXCEL_97 = 0x0600
"""The version that begins a workbook of Excel 97 and later; those of Excel 5.0 and 95 are 0x0500."""

_ENCODINGS = {1200: "utf-16-le", 10000: "mac-roman", 10008: "gb2312", 32768: "mac-roman", 32769: "cp1252"}
"""Code pages that Python does not call cp and their number ([MS-XLS] 2.4.52)."""

_WITH_CELLS = 0
"""The kind of a sheet for cells, and for dialogs; others are for charts, macros and code (2.4.28)."""
_ONE_CELL = {_FORMULA, 0x00D6, 0x00FD, 0x0203, 0x0204, _BOOL_OR_ERROR, 0x027E}


Records = Iterator[tuple[int, bytes]]
"""The type and the bytes of each record of a part of a workbook."""


class WorkbookRecords(NamedTuple):
    """The records of a workbook that belong to no sheet, and each sheet's by its name."""

    of_workbook: Records
    of_sheets: list[tuple[str, Records]]


def sheets_of(content: bytes) -> list[tuple[str, Iterator[BinaryCell]]]:
    """Each sheet of an .xls by name with its cells; none where it has no workbook. Raises RecordError, also while the
    cells are gone through."""
    records = records_of(content)
    return [(name, _cells(sheet)) for name, sheet in records.of_sheets] if records else []


def records_of(content: bytes) -> WorkbookRecords | None:
    """The records of an .xls; None where it has no workbook. Raises RecordError, also while they are gone through."""
    try:
        stream = CompoundFile(content).stream("Workbook", "Book")
    except CompoundFileError as error:
        raise RecordError from error
    if stream is None:
        return None
    records = list(_records(stream, 0))
    name = _name_reader(records)
    sheets = [
        (name(body), _records(stream, *struct.unpack_from("<I", body)))
        for kind, body in records
        if kind == _SHEET and len(body) > _SHEET_NAME_AT and body[5] == _WITH_CELLS
    ]
    return WorkbookRecords(iter(records), sheets)


def _name_reader(records: Sequence[tuple[int, bytes]]) -> Callable[[bytes], str]:
    """What reads the name in a record of a sheet: of one byte to a character or of two (2.4.28, 2.5.240), and before
    Excel 97 in the code page of the workbook."""
    if int.from_bytes(records[0][1][:2], "little") >= _EXCEL_97:
        return _sheet_name
    pages = (body for kind, body in records if kind == _CODE_PAGE and len(body) >= 2)
    (page,) = struct.unpack_from("<H", next(pages, b"\xe4\x04"))
    encoding = _ENCODINGS.get(page, f"cp{page}")
    return lambda body: _decoded(body[7 : 7 + body[6]], encoding)


def _decoded(name: bytes, encoding: str) -> str:
    try:
        return name.decode(encoding, "replace")
    except LookupError:
        return name.decode("latin-1")


def _sheet_name(body: bytes) -> str:
    is_wide = body[7] & 1
    length = body[6] * (2 if is_wide else 1)
    encoding = "utf-16-le" if is_wide else "latin-1"
    return body[_SHEET_NAME_AT : _SHEET_NAME_AT + length].decode(encoding, "replace")


def _records(stream: bytes, start: int) -> Records:
    """The records from one that begins a part of the workbook to the one that ends it."""
    depth, position = 0, start
    while True:
        if position + 4 > len(stream):
            raise RecordError
        kind, size = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + size]
        yield kind, body
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        position += 4 + size


def _cells(records: Records) -> Iterator[BinaryCell]:
    for kind, body in records:
        if kind in _ONE_CELL and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            yield BinaryCell(row, column, _error(kind, body))
        elif kind == _SEVERAL and len(body) >= 6:
            row, _, last = (*struct.unpack_from("<HH", body), *struct.unpack_from("<H", body, len(body) - 2))
            yield BinaryCell(row, last)


def _error(kind: int, body: bytes) -> str:
    """The error value of a cell (2.4.24), or of a formula's result (2.5.133); empty where it is none."""
    if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
        return error_value(body[6])
    if kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return error_value(body[8])
    return ""
