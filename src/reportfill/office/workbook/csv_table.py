"""A table as text (RFC 4180) that spreadsheets open as it is meant."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from io import StringIO

from reportfill.office.workbook.cell_xml import LIKE_FORMULAS

_LIKE_FORMULAS = (*LIKE_FORMULAS, *"＝＋－＠\t\r")
"""How a text begins that a spreadsheet takes for a formula, in some languages with the wide signs too."""


def csv_table(rows: Iterable[Sequence[str | int]]) -> bytes:
    """A table in UTF-8 with a byte order mark, by which Excel knows it; a text that looks like a formula has an
    apostrophe before it."""
    text = StringIO(newline="")
    csv.writer(text).writerows(
        [inert(value) if isinstance(value, str) else value for value in row] for row in rows
    )
    return BOM_UTF8 + text.getvalue().encode("utf-8", "replace")


def inert(words: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{words}" if words.startswith(_LIKE_FORMULAS) else words
