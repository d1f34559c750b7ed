"""The sheet of a workbook on which the tool shows what is still open, and every balance, live."""

from openpyxl.formatting.rule import CellIsRule
from openpyxl.worksheet.worksheet import Worksheet

from .intake_sheet import lay_out, put, set_widths
from .intake_styles import (
    BAD_COLOUR,
    DOUBTFUL_COLOUR,
    GOOD_COLOUR,
    HEAD,
    LABEL,
    LINK,
    NOTE,
    RESULT,
    SHEET_TITLE,
    solid,
)

FIRST_OPEN, LAST_BALANCE_ROW = 7, 400


def checks_sheet(sheet: Worksheet, sheets_with_inputs: int) -> None:
    """Where the tool shows what is still open and every balance, live."""
    set_widths(sheet, 54, 52, 11, 11, 11, 11)
    put(sheet, 1, 1, "校　　验", SHEET_TITLE, columns=6)
    put(
        sheet,
        2,
        1,
        "本页自动计算，不用填写。下面两项均为0后再报送；点“位置”可以转到有关单元格。",
        NOTE,
        columns=6,
    )
    put(sheet, 3, 1, "未填的单元格（个）", HEAD)
    put(sheet, 3, 2, "{{ form.open.total }}", RESULT)
    put(sheet, 4, 1, "不平的勾稽关系（条）", HEAD)
    put(sheet, 4, 2, "{{ form.balance.failures }}", RESULT)
    for column, text in enumerate(("工作表", "第一处未填", "未填（个）"), 1):
        put(sheet, 6, column, text, HEAD)
    last_open = FIRST_OPEN + sheets_with_inputs - 1
    for row in range(FIRST_OPEN, last_open + 1):
        for column, (tag, style) in enumerate((("sheet", LABEL), ("first", LINK), ("count", RESULT)), 1):
            put(sheet, row, column, f"{{{{ form.open.{tag} }}}}" if row == FIRST_OPEN else "", style)
    heads = ("勾稽关系", "位置", "前者合计", "后者合计", "差额", "结果")
    parts = ("title", "place", "left", "right", "difference", "verdict")
    for column, (head, part) in enumerate(zip(heads, parts, strict=True), 1):
        put(sheet, last_open + 2, column, head, HEAD)
        style = {"title": LABEL, "place": LINK}.get(part, RESULT)
        put(sheet, last_open + 3, column, f"{{{{ form.balance.{part} }}}}", style)
    _colour_results(sheet, last_open)
    lay_out(sheet, first_input="B3", frozen="A3", repeated=f"{last_open + 2}:{last_open + 2}", landscape=True)


def _colour_results(sheet: Worksheet, last_open: int) -> None:
    good, bad = solid(GOOD_COLOUR), solid(BAD_COLOUR)
    verdicts = f"F{last_open + 3}:F{LAST_BALANCE_ROW}"
    sheet.conditional_formatting.add(verdicts, CellIsRule(operator="equal", formula=['"不平"'], fill=bad))
    sheet.conditional_formatting.add(verdicts, CellIsRule(operator="equal", formula=['"平"'], fill=good))
    doubtful = solid(DOUBTFUL_COLOUR)
    sheet.conditional_formatting.add(
        verdicts, CellIsRule(operator="equal", formula=['"请核对"'], fill=doubtful)
    )
    for cells in ("B3:B4", f"C{FIRST_OPEN}:C{last_open}"):
        sheet.conditional_formatting.add(cells, CellIsRule(operator="greaterThan", formula=["0"], fill=bad))
    sheet.conditional_formatting.add("B3:B4", CellIsRule(operator="equal", formula=["0"], fill=good))
