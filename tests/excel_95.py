"""A workbook as Excel 95 saves it, which no program here does: texts in a code page, 255 bytes of them in a cell."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence

from excel_binary import compound_file_of, old_number, older_record, older_sheets

from reportfill.office.calamine_grid import read_grid
from reportfill.office.grid import CellValue, Grid
from reportfill.place import Cell

Texts = Callable[[int, int, int, bytes], bytes]
"""What writes the record, or records, of a text: row, column, the number of its style, and its bytes."""

_ROOM = 255


def label(row: int, column: int, style: int, text: bytes) -> bytes:
    """A plain text."""
    return older_record(0x0204, struct.pack("<HHHH", row, column, style, len(text)) + text)


def rich_label(row: int, column: int, style: int, text: bytes) -> bytes:
    """A text of which a part has another font."""
    return older_record(0x00D6, struct.pack("<HHHH", row, column, style, len(text)) + text + b"\1\1\1")


def result(row: int, column: int, style: int, text: bytes) -> bytes:
    """A formula, ="…", whose result is a text."""
    tokens = b"\x17" + bytes([len(text)]) + text
    head = struct.pack("<HHH8sHIH", row, column, style, b"\0\0\0\0\0\0\xff\xff", 0, 0, len(tokens))
    return older_record(0x0006, head + tokens) + older_record(0x0207, struct.pack("<H", len(text)) + text)


def continued(row: int, column: int, style: int, text: bytes) -> bytes:
    """A text that goes on in another record."""
    half = len(text) // 2 + 1
    head = struct.pack("<HHHH", row, column, style, len(text)) + text[:half]
    return older_record(0x0204, head) + older_record(0x003C, text[half:])


def saved_by_excel_95(
    workbook: bytes,
    *,
    code_page: int = 936,
    texts: Texts = label,
    formats: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook with the values of this one. `formats` are the number formats of cells: {"表二!B5": '0"件"'}."""
    grid, codes = read_grid(workbook), formats or {}
    numbers = {place: number for number, place in enumerate(codes, 1)}
    styles = [struct.pack("<HHH10x", 0, 0, 0)]
    stated = b""
    for number, code in enumerate(codes.values(), 164):
        encoded = code.encode(f"cp{code_page}")
        stated += older_record(0x041E, struct.pack("<HB", number, len(encoded)) + encoded)
        styles.append(struct.pack("<HHH10x", 0, number, 0))
    stated += b"".join(older_record(0x00E0, style) for style in styles)
    sheets = {name: list(_records(grid, name, code_page, texts, numbers)) for name in grid.names}
    return compound_file_of({"Book": older_sheets(sheets, code_page, stated)})


def _records(
    grid: Grid, sheet: str, code_page: int, texts: Texts, styles: Mapping[str, int]
) -> Iterator[bytes]:
    rows: Sequence[Sequence[CellValue]] = grid.rows(sheet)
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            style = styles.get(str(Cell(sheet, row, column)), 0)
            if isinstance(value, str) and value:
                yield texts(row, column, style, _cut(value, code_page))
            elif isinstance(value, int | float) and not isinstance(value, bool):
                yield old_number(row, column, float(value), style)


def _cut(text: str, code_page: int) -> bytes:
    """As much of a text as a cell has room for, in whole characters."""
    encoding = f"cp{code_page}"
    return text.encode(encoding, "replace")[:_ROOM].decode(encoding, "ignore").encode(encoding)
