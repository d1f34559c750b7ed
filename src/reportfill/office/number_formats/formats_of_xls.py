"""The number formats of the cells of an .xls ([MS-XLS] 2.4.126 Format, 2.4.353 XF, and the records of cells)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from reportfill.office.inspection.binary_cells import RecordError
from reportfill.office.inspection.xls_cells import cells_in
from reportfill.office.inspection.xls_records import FORMAT, STYLE, Records, records_of
from reportfill.office.number_formats.built_in import GENERAL, code_of
from reportfill.office.number_formats.display import ShownCell
from reportfill.office.number_formats.plainness import MAY_MISLEAD, least_decimals_shown
from reportfill.place import Cell

_IS_OF_STYLE = 0x0004
_STATES_NUMBER = 1 << 25
_FLAGS_OF_FORMAT_AT = {0x01B1: 6, 0x087A: 22, 0x087B: 30}
"""Where the flags of a rule's format stand in the records CF, CF12 and CFEx."""


def decimals_shown_of_xls(content: bytes) -> int:
    """The least decimals that any number format shows which a cell may have, as `plainness` tells."""
    try:
        codes = set(_codes_of_styles(records_of(content).of_workbook).values())
    except (RecordError, struct.error, IndexError):
        return MAY_MISLEAD
    return least_decimals_shown(codes)


def formats_of_xls(content: bytes) -> Iterator[tuple[Cell, ShownCell]]:
    """The cells that have a format other than General, with its code. Raises RecordError and struct.error."""
    records = records_of(content)
    codes = _codes_of_styles(records.of_workbook)
    for sheet, of_sheet in records.of_sheets if codes else ():
        for cell in cells_in(of_sheet):
            code = codes.get(cell.style)
            if code is not None:
                yield Cell(sheet, cell.row, cell.column), ShownCell(code)


def has_conditional_formats_of_xls(content: bytes) -> bool:
    """Whether cells may have another number format under a condition: Excel keeps those of newer versions in .xls, and
    shows them. Raises RecordError."""
    sheets = records_of(content).of_sheets
    return any(_states_number_format(kind, body) for _, records in sheets for kind, body in records)


def _states_number_format(kind: int, body: bytes) -> bool:
    """Whether a record is a rule whose format has a number format (2.4.42 to 2.4.44, ibitAtrNum of 2.5.97 DXFN)."""
    at = _FLAGS_OF_FORMAT_AT.get(kind)
    return (
        at is not None
        and len(body) >= at + 4
        and bool(int.from_bytes(body[at : at + 4], "little") & _STATES_NUMBER)
    )


def _codes_of_styles(records: Records) -> dict[int, str]:
    """The codes of the formats of cells by their number, in the order of their records; without those of General."""
    stated: dict[int, str] = {}
    styles: list[tuple[int, bool]] = []
    for kind, body in records:
        if kind == FORMAT and len(body) >= 5:
            stated[int.from_bytes(body[:2], "little")] = _text(body)
        elif kind == STYLE and len(body) >= 6:
            _, number, flags = struct.unpack_from("<HHH", body)
            styles.append((number, bool(flags & _IS_OF_STYLE)))
    codes = {
        place: code_of(number, stated)
        for place, (number, is_of_style) in enumerate(styles)
        if not is_of_style
    }
    return {place: code for place, code in codes.items() if code != GENERAL}


def _text(body: bytes) -> str:
    """The code in a format's record: its length, whether its characters have two bytes, and they (2.5.294)."""
    length, flags = struct.unpack_from("<HB", body, 2)
    if flags & 1:
        return body[5 : 5 + 2 * length].decode("utf-16-le", "replace")
    return body[5 : 5 + length].decode("latin-1")
