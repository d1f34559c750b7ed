"""The number formats of the cells of an .xlsx or .xlsm (ECMA-376-1, 18.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from html import unescape
from itertools import chain
from xml.etree import ElementTree

from reportfill.office.inspection.package_sheets import sheets_of_xlsx
from reportfill.office.number_formats.built_in import GENERAL, code_of
from reportfill.office.number_formats.conditional_formats import (
    ConditionalFormat,
    codes_of_differences,
    conditional_formats,
)
from reportfill.office.number_formats.display import ShownCell
from reportfill.office.number_formats.plainness import ANY, MAY_MISLEAD, least_decimals_shown
from reportfill.place import Cell, parse_address

_STYLES = "xl/styles.xml"
_NUMBER = re.compile(rb"numFmtId\s*=\s*[\"']([0-9]{1,9})[\"']")
_CODE = re.compile(rb"formatCode\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_CONTROL = re.compile("_x00([01][0-9A-Fa-f])_")
"""A control character, such as a line break, as ECMA-376-1, 22.9.2.19 escapes it."""

_AT_THE_END = 100
"""Bytes of a sheet within which its last element ends."""

_MOST_CODES = 1000
"""Excel keeps some 250 formats in a workbook; of many more none is looked at for itself."""


def decimals_shown_of_xlsx(parts: Mapping[str, bytes]) -> int:
    """The least decimals that any number format of a workbook shows, as `plainness` tells; told from its styles at
    once, without regard to which cells have them."""
    styles = _decimals_shown_by(_styles(parts))
    sheets = (_decimals_shown_by(part) for part in parts.values() if _has_own_formats(part))
    return min(styles, *sheets, ANY)


def _has_own_formats(part: bytes) -> bool:
    """Whether a sheet's rules for cells carry formats with them, as those of newer Excel do in its last element."""
    return b"extLst>" in part[-_AT_THE_END:] and b"conditionalFormatting" in part and b"formatCode" in part


@lru_cache(maxsize=4)
def _decimals_shown_by(styles: bytes) -> int:
    """The workbooks of a campaign have the same styles."""
    numbers = set(_NUMBER.findall(styles))
    codes = set(_CODE.findall(styles))
    is_told = (
        styles.count(b"numFmtId") == len(_NUMBER.findall(styles))
        and styles.count(b"formatCode") == len(_CODE.findall(styles))
        and len(codes) <= _MOST_CODES
        and b"\0" not in styles[:4]
    )
    if not is_told:
        return MAY_MISLEAD
    built_in = (code_of(int(number), {}) for number in numbers)
    written = (unescape((double or single).decode("utf-8", "replace")) for double, single in codes)
    return least_decimals_shown(chain(built_in, map(_with_controls, written)))


def formats_of_xlsx(parts: Mapping[str, bytes]) -> Iterator[tuple[Cell, ShownCell]]:
    """The cells of a workbook that have a format other than General, with its code. Raises ParseError, and ValueError
    where a number is none."""
    codes = _codes_of_styles(_styles(parts) or b"<none/>")
    for sheet, part in sheets_of_xlsx(parts) if codes else ():
        row = column = -1
        for element in ElementTree.fromstring(part).iter():
            name = element.tag.rpartition("}")[2]
            if name == "row":
                row, column = int(element.get("r", row + 2)) - 1, -1
            elif name == "c":
                address = element.get("r")
                row, column = parse_address(address) if address else (row, column + 1)
                code = codes.get(int(element.get("s", "0")))
                if code is not None:
                    yield Cell(sheet, row, column), ShownCell(code)


def conditional_formats_of_xlsx(parts: Mapping[str, bytes]) -> dict[str, list[ConditionalFormat]]:
    """The number formats of each sheet that cells have under a condition. Raises ParseError."""
    styles = ElementTree.fromstring(_styles(parts) or b"<none/>")
    codes = {number: _with_controls(code) for number, code in codes_of_differences(styles).items()}
    return {
        sheet: list(conditional_formats(ElementTree.fromstring(part), codes))
        for sheet, part in sheets_of_xlsx(parts)
        if codes or _has_own_formats(part)
    }


def _styles(parts: Mapping[str, bytes]) -> bytes:
    """The part with the styles, by its usual name or whatever it is called."""
    usual = parts.get(_STYLES)
    return usual if usual is not None else next((part for part in parts.values() if b"cellXfs" in part), b"")


def _with_controls(code: str) -> str:
    return _CONTROL.sub(lambda match: chr(int(match[1], 16)), code)


def _codes_of_styles(styles: bytes) -> dict[int, str]:
    """The codes of the styles of cells, by the number under which cells name them; without those of General."""
    root = ElementTree.fromstring(styles)
    stated = {
        int(element.get("numFmtId", "0")): _with_controls(element.get("formatCode", GENERAL))
        for child in root
        if child.tag.endswith("numFmts")
        for element in child
    }
    cells = next((element for element in root if element.tag.endswith("cellXfs")), ())
    codes = {
        number: code_of(int(style.get("numFmtId", "0")), stated)
        for number, style in enumerate(element for element in cells if element.tag.endswith("xf"))
    }
    return {number: code for number, code in codes.items() if code != GENERAL}
