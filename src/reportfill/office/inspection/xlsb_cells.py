"""The cells of an .xlsb file ([MS-XLSB] 2.1.4): records of which type and size are numbers of seven bits to a byte."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from reportfill.office.inspection.binary_cells import BinaryCell, RecordError, error_value
from reportfill.office.inspection.package_sheets import parts_of_sheets

WORKBOOK = "xl/workbook.bin"
"""The part that makes a package an .xlsb."""

_ROW, _ERROR, _FORMULA_ERROR, _RICH_TEXT = 0, 3, 11, 62
_CELL_KINDS = {*range(2, 12), _RICH_TEXT}
_END_DATA, _BUNDLE = 146, 156


def sheets_of_xlsb(parts: Mapping[str, bytes]) -> list[tuple[str, Iterator[BinaryCell]]]:
    """Each sheet of an .xlsb by name with its cells; none for another package. Raises RecordError, also while the
    cells are gone through, and ParseError."""
    if WORKBOOK not in parts:
        return []
    sheets = [_bundle(body) for kind, body in _records(parts[WORKBOOK]) if kind == _BUNDLE]
    return [(name, _cells(part)) for name, part in parts_of_sheets(parts, WORKBOOK, sheets)]


def _bundle(body: bytes) -> tuple[str, str]:
    """A sheet's name and its relation (2.4.301)."""
    relation, after = _wide_string(body, 8)
    return _wide_string(body, after)[0], relation


def _wide_string(body: bytes, start: int) -> tuple[str, int]:
    if start + 4 > len(body):
        raise RecordError
    (length,) = struct.unpack_from("<I", body, start)
    end = start + 4 + length * 2
    return body[start + 4 : end].decode("utf-16-le", "replace"), end


def _cells(part: bytes) -> Iterator[BinaryCell]:
    row = 0
    for kind, body in _records(part):
        if kind == _END_DATA:
            return
        if kind == _ROW and len(body) >= 4:
            (row,) = struct.unpack_from("<I", body)
        elif kind in _CELL_KINDS and len(body) >= 8:
            (column,) = struct.unpack_from("<I", body)
            is_error = kind in (_ERROR, _FORMULA_ERROR) and len(body) > 8
            yield BinaryCell(row, column, error_value(body[8]) if is_error else "")
    raise RecordError


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    position = 0
    while position < len(part):
        kind, position = _seven_bits(part, position, 2)
        size, position = _seven_bits(part, position, 4)
        if position + size > len(part):
            raise RecordError
        yield kind, part[position : position + size]
        position += size


def _seven_bits(part: bytes, position: int, most: int) -> tuple[int, int]:
    """A number and where it ends."""
    number = 0
    for index, byte in enumerate(part[position : position + most]):
        number |= (byte & 0x7F) << 7 * index
        if byte < 0x80:
            return number, position + index + 1
    if position + most > len(part):
        raise RecordError
    return number, position + most
