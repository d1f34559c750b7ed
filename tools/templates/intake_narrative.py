"""Sheets of a workbook on which texts are written, a paragraph a row."""

from openpyxl.worksheet.worksheet import Worksheet

from .intake_sheet import put, set_widths
from .intake_styles import HEAD, LABEL, NOTE, PARAGRAPH, SHEET_TITLE
from .labels import Schema, description, is_required, title

PARAGRAPH_HINT = (
    "一行填一段。行数不够的，把几段填在同一个单元格，段与段之间按Alt+Enter换行，不要占用下一部分的行。"
    "段首不空格；标题由系统生成，不用填写。"
)


def narrative_head(sheet: Worksheet, heading: str) -> None:
    """The heads of such a sheet, which stand above its parts."""
    set_widths(sheet, 18, 92, 30)
    put(sheet, 1, 1, heading, SHEET_TITLE, columns=3)
    put(sheet, 2, 1, PARAGRAPH_HINT, NOTE, columns=3)
    for column, text in enumerate(("栏目", "正文（一行一段）", "填写要求"), 1):
        put(sheet, 3, column, text, HEAD)
    sheet.row_dimensions[2].height = 30
    # No height for the rows below: only then do Excel, WPS and LibreOffice let them grow with their text.


def narrative_part(sheet: Worksheet, schema: Schema, row: int, path: str, rows: int) -> int:
    """A part of the narrative: its label, what to write, a block of rows for its paragraphs. The row after it."""
    label = title(schema, path)
    put(sheet, row, 1, label if is_required(schema, path) else f"{label}（选填）", LABEL, rows=rows)
    put(sheet, row, 3, description(schema, path), NOTE, rows=rows)
    for down in range(rows):
        put(sheet, row + down, 2, f"{{{{ {path} }}}}", PARAGRAPH)
    return row + rows
