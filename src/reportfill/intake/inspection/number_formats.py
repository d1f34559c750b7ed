"""Number formats that show another number than the one in the cell: percentages, divided or hidden numbers.

calamine gives numbers without their formats. Only where a workbook has such a format are its cells looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from xml.etree import ElementTree
from xml.parsers.expat import ExpatError

from reportfill.checks.findings import Finding, finding
from reportfill.intake.inspection.extent import place_of
from reportfill.intake.inspection.ods_content import PERCENTAGE, percentages_in
from reportfill.intake.inspection.package_sheets import sheets_of_xlsx
from reportfill.ooxml.guard import PackageError, unpacked
from reportfill.pack.fields import Field
from reportfill.pack.figures import is_number
from reportfill.pack.grid import Cell, CellValue, GridError, GridFault

STYLES, CONTENT = "xl/styles.xml", "content.xml"
PACKAGE = b"PK"
_PERCENTAGES = {9: "0%", 10: "0.00%"}
"""The formats of a percentage that have a number of their own (ECMA-376-1, 18.8.30)."""

_SIGNS = (b'numFmtId="9"', b'numFmtId="10"', b"formatCode")
_MAY_MISLEAD = re.compile(rb'<xf [^>]*numFmtId="(?:9|10)"|formatCode="[^"]*(?:%|[0#?],+["&;]|;;|aaa)')
"""A style or format that may show another number; a look at the formats tells."""

_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""What a format shows as it is, and conditions and colours in brackets."""

_DIVIDED = re.compile(r"[0#?],+(?![0#?,])")
"""A comma behind the last digit divides by a thousand, as in 0!.0, for ten thousands."""

_SHOWS_SOMETHING = re.compile(r"[0#?@]|general|g/|[ymdhs年月日]", re.IGNORECASE)


class NumberFormats:
    """Tells whether a cell shows another number than it holds; `possible` says whether any may."""

    def __init__(self, content: bytes, *, possible: bool) -> None:
        self._content = content
        self.possible = possible

    def finding(self, field: Field, cell: Cell, value: CellValue) -> Finding | None:
        """What is wrong with a number that is shown otherwise; None where it is shown as it is, or is none."""
        code = self.codes.get(cell) if self.possible and is_number(value) else None
        if code is None:
            return None
        return finding(
            "cell.shown_otherwise",
            field=field.path,
            cell=str(cell),
            value=value,
            expected=code,
            label=field.label,
        )

    @cached_property
    def codes(self) -> dict[Cell, str]:
        """The formats that show another number, by their cells; none in an .xls, whose formats are not looked at."""
        if not self._content.startswith(PACKAGE):
            return {}
        try:
            return dict(misleading_formats(unpacked(self._content)))
        except (ExpatError, LookupError, PackageError, ElementTree.ParseError, ValueError) as error:
            raise GridError(GridFault.DAMAGED) from error


def may_mislead(parts: Mapping[str, bytes]) -> bool:
    """Whether a workbook may have cells whose format shows another number; told from its styles at once."""
    styles = parts.get(STYLES, b"")
    if PERCENTAGE in parts.get(CONTENT, b""):
        return True
    is_possible = any(sign in styles for sign in _SIGNS) and _MAY_MISLEAD.search(styles)
    return bool(is_possible) and bool(_misleading(styles))


def shows_another_number(code: str) -> bool:
    """Whether a format code shows a positive number as another one: 0%, 0!.0, or nothing at all."""
    shown = _LITERAL.sub("", code).partition(";")[0]
    return "%" in shown or _DIVIDED.search(shown) is not None or not _SHOWS_SOMETHING.search(shown)


def misleading_formats(parts: Mapping[str, bytes]) -> Iterator[tuple[Cell, str]]:
    """The cells of an .xlsx or .ods whose format shows another number, with its code. Raises ParseError, and ExpatError
    where a part is no XML."""
    for cell in percentages_in(parts[CONTENT]) if CONTENT in parts else ():
        yield cell, _PERCENTAGES[9]
    codes = _misleading(parts.get(STYLES, b"<none/>"))
    for sheet, part in sheets_of_xlsx(parts) if codes else ():
        row = column = 0
        for element in ElementTree.fromstring(part).iter():
            name = element.tag.rpartition("}")[2]
            if name == "row":
                row, column = int(element.get("r", row + 1)), 0
            elif name == "c":
                row, column = place_of(element.get("r", "")) or (row, column + 1)
                code = codes.get(int(element.get("s", "0")))
                if code is not None:
                    yield Cell(sheet, row - 1, column - 1), code


def _misleading(styles: bytes) -> dict[int, str]:
    """The styles of cells, by the number under which cells name them, that show another number; with their code."""
    root = ElementTree.fromstring(styles)
    codes = dict(_PERCENTAGES)
    for element in root.iter():
        if element.tag.endswith("numFmt"):
            codes[int(element.get("numFmtId", "0"))] = element.get("formatCode", "General")
    cells = next((element for element in root if element.tag.endswith("cellXfs")), ())
    named = {number: codes.get(int(style.get("numFmtId", "0"))) for number, style in enumerate(cells)}
    return {number: code for number, code in named.items() if code and shows_another_number(code)}
