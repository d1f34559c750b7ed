"""How many decimals the number formats of a package show at least."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.number_formats.formats_of_ods import CONTENT, decimals_shown_of_ods
from reportfill.office.number_formats.formats_of_xlsx import decimals_shown_of_xlsx

BINARY_WORKBOOK = "xl/workbook.bin"
"""The part that makes a package an .xlsb."""


def decimals_shown_of_package(parts: Mapping[str, bytes]) -> int | None:
    """The least decimals that any number format of a package shows, as `plainness` tells; None of an .xlsb, whose
    formats are not seen."""
    if BINARY_WORKBOOK in parts:
        return None
    return decimals_shown_of_ods(parts) if CONTENT in parts else decimals_shown_of_xlsx(parts)
