"""The number formats of the cells of an .xls ([MS-XLS] 2.4.126 Format, 2.4.353 XF, and the records of cells)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reportfill.intake.inspection.binary_cells import RecordError
from reportfill.intake.inspection.xls_cells import Records, records_of
from reportfill.intake.number_formats.built_in import GENERAL, code_of
from reportfill.intake.number_formats.plainness import MAY_MISLEAD, least_decimals_shown
from reportfill.intake.number_formats.shown_cell import ShownCell
from reportfill.pack.grid import Cell

_FORMAT, _XF, _CODE_PAGE, _BEGIN = 0x041E, 0x00E0, 0x0042, 0x0809
_ONE_CELL = frozenset((0x0006, 0x0206, 0x0406, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
_NUMBERS = 0x00BD
_UNICODE = 0x0600
"""The version since which texts are in Unicode."""

_STYLE = 0x0004
_CODE_PAGES = {1200: "utf-16-le", 65001: "utf-8", 932: "cp932", 936: "gbk", 949: "cp949", 950: "big5"}


def decimals_shown_of_xls(content: bytes) -> int:
    """The least decimals that any number format shows which a cell may have, as `plainness` tells."""
    try:
        records = records_of(content)
        codes = set(_codes_of_styles(records.of_workbook).values()) if records else ()
    except (RecordError, struct.error, IndexError):
        return MAY_MISLEAD
    return least_decimals_shown(codes)


def formats_of_xls(content: bytes) -> Iterator[tuple[Cell, ShownCell]]:
    """The cells that have a format other than General, with its code. Raises RecordError and struct.error."""
    records = records_of(content)
    codes = _codes_of_styles(records.of_workbook) if records else {}
    for sheet, of_sheet in records.of_sheets if records and codes else ():
        for row, column, style in _styles_of_cells(of_sheet):
            code = codes.get(style)
            if code is not None:
                yield Cell(sheet, row, column), ShownCell(code)


def _codes_of_styles(records: Records) -> dict[int, str]:
    """The codes of the formats of cells by their number, in the order of their records; without those of General."""
    stated: dict[int, str] = {}
    styles: list[tuple[int, bool]] = []
    is_unicode, encoding = True, "cp1252"
    for kind, body in records:
        if kind == _BEGIN and len(body) >= 2:
            is_unicode = struct.unpack_from("<H", body)[0] >= _UNICODE
        elif kind == _CODE_PAGE and len(body) >= 2:
            page = struct.unpack_from("<H", body)[0]
            encoding = _CODE_PAGES.get(page, f"cp{page}" if 1250 <= page <= 1258 else "cp1252")
        elif kind == _FORMAT and len(body) >= 3:
            number = struct.unpack_from("<H", body)[0]
            stated[number] = _wide_text(body) if is_unicode else _narrow_text(body, encoding)
        elif kind == _XF and len(body) >= 6:
            _, number, flags = struct.unpack_from("<HHH", body)
            styles.append((number, bool(flags & _STYLE)))
    codes = {
        place: code_of(number, stated)
        for place, (number, is_of_style) in enumerate(styles)
        if not is_of_style
    }
    return {place: code for place, code in codes.items() if code != GENERAL}


def _wide_text(body: bytes) -> str:
    """The code in a format's record: its length, whether its characters have two bytes, and they (2.5.294)."""
    length, flags = struct.unpack_from("<HB", body, 2)
    if flags & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")


def _narrow_text(body: bytes, encoding: str) -> str:
    """The same in workbooks of Excel 5 and 95: in the code page of the workbook."""
    return body[3 : 3 + body[2]].decode(encoding, "replace")


def _styles_of_cells(records: Records) -> Iterator[tuple[int, int, int]]:
    """Row and column of each cell, and the number of its style."""
    for kind, body in records:
        if kind in _ONE_CELL and len(body) >= 6:
            yield struct.unpack_from("<HHH", body)
        elif kind == _NUMBERS and len(body) >= 6:
            row, first = struct.unpack_from("<HH", body)
            for number in range((len(body) - 6) // 6):
                yield row, first + number, struct.unpack_from("<H", body, 4 + 6 * number)[0]
