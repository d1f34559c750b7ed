"""A sheet of intake.xlsx that is drawn like a table of the form: its widths, spans, labels and heads."""

from __future__ import annotations

from collections.abc import Sequence

from reportfill.model.report_model import AGENCY, YEAR
from reportfill.new_pack.draft import Blank, FormPart
from reportfill.new_pack.drawn_sheet import DrawnSheet
from reportfill.new_pack.inputs import Inputs, is_block, is_own
from reportfill.new_pack.wording import TAGS
from reportfill.office.word_table import WordCell, WordTable

_ROWS_OF_PARAGRAPHS = 4
_WIDTH, _WIDEST, _NARROWEST = 100.0, 260.0, 7.0
_FIRST_ROW = 2
_FIRST_NUMBER = 1
"""What stands in the first of rows that are numbered: in those below it, it counts on."""


def table_sheet(name: str, part: FormPart, table: WordTable, inputs: Inputs) -> DrawnSheet:
    """The sheet of a table; the blanks within its texts stand below it."""
    sheet = DrawnSheet(name, _column_widths(table))
    looks, tops = inputs.looks, _tops(table, part)
    sheet.put(0, 0, part.title, looks.title, columns=table.width)
    sheet.put(1, 0, "没有发生的填0，不要留空；浅蓝色的自动计算，不用填写。", looks.note, columns=table.width)
    for cell in table.cells:
        if any(records.is_left_out(cell.row) for records in part.records):
            continue
        blank = part.in_cells.get(cell)
        row, rows = tops[cell.row], tops[cell.bottom] - tops[cell.row]
        if blank is not None and is_own(blank):
            inputs.put(sheet, blank, row, cell.column, rows=rows, columns=cell.columns)
            continue
        is_number = any(records.numbers(cell) for records in part.records)
        look = looks.plain if blank else looks.head if cell.row in part.head_rows else looks.label
        shown = _FIRST_NUMBER if is_number else _shown(cell, blank)
        sheet.put(row, cell.column, shown, look, rows=rows, columns=cell.columns)
    drawn = list(part.in_cells.values())
    _put_below(
        sheet, [blank for blank in part.blanks if blank not in drawn and is_own(blank)], tops[-1], inputs
    )
    return sheet


def _put_below(sheet: DrawnSheet, blanks: Sequence[Blank], row: int, inputs: Inputs) -> None:
    """Put blanks below each other, each with its label beside it, or above it where there is one column."""
    width = len(sheet.widths)
    label = max(1, width // 3)
    for blank in blanks:
        if width > 1:
            row = inputs.put_line(sheet, row, blank, label=label, columns=width - label)
        else:
            sheet.put(row, 0, blank.label, inputs.looks.label)
            rows = _ROWS_OF_PARAGRAPHS if is_block(blank) else 1
            inputs.put(sheet, blank, row + 1, 0, rows=rows, columns=1)
            row += rows + 1


def _tops(table: WordTable, part: FormPart) -> list[int]:
    """The row of the sheet in which each row of a table begins, and the one below the last: a blank for paragraphs
    takes several."""
    left_out = {row for records in part.records for row in range(records.first + 1, records.behind)}
    heights = [int(row not in left_out) for row in range(table.height)]
    for cell, blank in part.in_cells.items():
        if is_block(blank):
            heights[cell.row] = max(heights[cell.row], _ROWS_OF_PARAGRAPHS)
    tops = [_FIRST_ROW]
    for height in heights:
        tops.append(tops[-1] + height)
    return tops


def _shown(cell: WordCell, blank: Blank | None) -> str:
    """What a cell says: its label, or the office or the year, which are typed in the guide."""
    if blank is not None:
        return f"单位：{{{{ {AGENCY} }}}}" if blank.path == AGENCY else f"{{{{ {YEAR} }}}}年"
    return "\n".join(filter(None, map(_printed, cell.text.split("\n"))))


def _printed(line: str) -> str:
    """A line of the form without tags and low lines."""
    return TAGS.sub("", line).strip(" \t　_＿")


def _column_widths(table: WordTable) -> list[float]:
    """The widths of the columns, in proportion as in the form, but wide enough to type into."""
    total = sum(table.widths)
    widest = min(_WIDEST, max(_WIDTH, _NARROWEST * table.width))
    return [max(_NARROWEST, round(widest * width / total, 1)) for width in table.widths]
