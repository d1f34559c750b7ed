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
    return [(name, cells_in(sheet)) for name, sheet in records_of(content).of_sheets]


def cells_in(records: Records) -> Iterator[BinaryCell]:
    """The cells that the records of a sheet hold."""
    for kind, body in records:
        if kind in _ONE_CELL and len(body) >= 6:
            row, column, style = struct.unpack_from("<HHH", body)
            yield BinaryCell(row, column, _error(kind, body), style)
        elif kind == SMALL_NUMBERS and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                [style] = struct.unpack_from("<H", body, 4 + 6 * number)
                yield BinaryCell(row, first + number, style=style)


def _error(kind: int, body: bytes) -> str:
    """The error value of a cell (2.4.24), or of a formula's result (2.5.133); empty where it is none."""
    if kind == TRUTH_OR_ERROR and len(body) >= 8 and body[7]:
        return error_value(body[6])
    if kind == FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        return error_value(body[8])
    return ""
