"""How a blank stands in a workbook: its tag in a cell that looks as its kind does, its label, and what is asked."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from reportfill.model.report_model import AGENCY, YEAR
from reportfill.new_pack.draft import Blank
from reportfill.new_pack.drawn_sheet import DrawnSheet, Looks

ROWS_OF_PARAGRAPHS = 8


@dataclass(frozen=True)
class Inputs:
    """Puts blanks into sheets. `derived` are the paths of those that are worked out."""

    looks: Looks
    derived: Set[str]

    def look(self, blank: Blank) -> int:
        """The format of a blank's cell."""
        if blank.path in self.derived:
            return self.looks.computed
        if blank.asked.is_figure:
            return self.looks.number
        return self.looks.paragraph if is_block(blank) else self.looks.text

    def put(self, sheet: DrawnSheet, blank: Blank, row: int, column: int, *, rows: int, columns: int) -> None:
        """Put the tag of a blank into an area: one cell, or a block of rows."""
        tag, look = f"{{{{ {blank.path} }}}}", self.look(blank)
        if not is_block(blank):
            sheet.put(row, column, tag, look, rows=rows, columns=columns)
            return
        for down in range(rows):
            sheet.put(row + down, column, tag, look, columns=columns)

    def put_line(self, sheet: DrawnSheet, row: int, blank: Blank, *, label: int, columns: int) -> int:
        """Put a label of so many columns and behind it the blank of so many; the row below."""
        rows = ROWS_OF_PARAGRAPHS if is_block(blank) else 1
        sheet.put(row, 0, _said(blank), self.looks.label, rows=rows, columns=label)
        self.put(sheet, blank, row, label, rows=rows, columns=columns)
        return row + rows


def is_own(blank: Blank) -> bool:
    """Whether a blank has a cell of its own: the office and the year have theirs in the guide."""
    return blank.path not in (AGENCY, YEAR)


def is_block(blank: Blank) -> bool:
    """Whether a blank takes several rows."""
    return bool(blank.asked.schema["type"] == "array")


def hint_of(blank: Blank) -> str:
    """What is to be filled in, as the form says it, or by the kind."""
    if blank.asked.description:
        return blank.asked.description
    if is_block(blank):
        return "一行填一项。" if "uniqueItems" in blank.asked.schema else "一行填一段。"
    return "" if blank.asked.is_required else "选填。"


def _said(blank: Blank) -> str:
    unit = f"（{blank.asked.unit}）" if blank.asked.unit and blank.asked.unit not in blank.labels[-1] else ""
    return f"{blank.label}{unit}" + ("" if blank.asked.is_required else "（选填）")
