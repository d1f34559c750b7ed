"""The cells of an .xls file ([MS-XLS] 2.1.7.20.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reportfill.office.inspection.binary_cells import BinaryCell, error_value
from reportfill.office.inspection.xls_records import (
    FORMULA,
    LABEL,
    NUMBER,
    RICH_LABEL,
    SHARED_LABEL,
    SMALL_NUMBER,
    SMALL_NUMBERS,
    TRUTH_OR_ERROR,
    Records,
    records_of,
)

_ONE_CELL = {FORMULA, RICH_LABEL, SHARED_LABEL, NUMBER, LABEL, TRUTH_OR_ERROR, SMALL_NUMBER}


def sheets_of_xls(content: bytes) -> list[tuple[str, Iterator[BinaryCell]]]:
    """Each sheet of an .xls by name with its cells; none where it has no workbook. Raises RecordError, also while the
    cells are gone through."""
    records = records_of(content)
    return [(name, _cells(sheet)) for name, sheet in records.of_sheets] if records else []


def _cells(records: Records) -> Iterator[BinaryCell]:
    for kind, body in records:
        if kind in _ONE_CELL and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            yield BinaryCell(row, column, _error(kind, body))
        elif kind == SMALL_NUMBERS and len(body) >= 6:
            row, _, last = (*struct.unpack_from("<HH", body), *struct.unpack_from("<H", body, len(body) - 2))
            yield BinaryCell(row, last)


def _error(kind: int, body: bytes) -> str:
    """The error value of a cell (2.4.24), or of a formula's result (2.5.133); empty where it is none."""
    if kind == TRUTH_OR_ERROR and len(body) >= 8 and body[7]:
        return error_value(body[6])
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return error_value(body[8])
    return ""
