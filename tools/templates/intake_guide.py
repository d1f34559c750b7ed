"""The first sheet of a workbook: who, which year, how to fill it in, what the colours mean, how to hand it in."""

from collections.abc import Sequence

from openpyxl.worksheet.worksheet import Worksheet

from .intake_sheet import lay_out, put, set_widths
from .intake_styles import CODE, COMPUTED, FORM_TITLE, GUIDE, HEAD, LABEL, NOTE, SHEET_TITLE, STEP, TEXT
from .labels import Schema, description, title

COLOURS = (
    (TEXT, "浅黄色", "请填写"),
    (COMPUTED, "浅蓝色", "自动计算，不用填写"),
    (LABEL, "浅灰色", "标题和项目名称，不能改动"),
)


def guide_sheet(
    sheet: Worksheet,
    schema: Schema,
    steps: Sequence[str],
    hand_in: Sequence[str],
    period: str = "{{ year }}年",
) -> None:
    """Who, which year, the steps, what the colours mean, how to hand it in."""
    set_widths(sheet, 14, 56, 36)
    put(sheet, 1, 1, f"{{{{ agency.name }}}}{period}{schema['title']}", FORM_TITLE, columns=3)
    put(sheet, 2, 1, "填　报　表", SHEET_TITLE, columns=3)
    row = 4
    for path in ("agency.name", "agency.code", "year"):
        put(sheet, row, 1, title(schema, path), HEAD)
        put(sheet, row, 2, f"{{{{ {path} }}}}", CODE if path == "agency.code" else TEXT)
        put(sheet, row, 3, description(schema, path), NOTE)
        row += 1
    row = _numbered(sheet, row + 1, "填报步骤", [(str(number), step) for number, step in enumerate(steps, 1)])
    put(sheet, row, 1, "颜色含义", HEAD)
    for style, name, meaning in COLOURS:
        row += 1
        put(sheet, row, 1, name, style)
        put(sheet, row, 2, meaning, GUIDE, columns=2)
    _numbered(sheet, row + 2, "报送要求", [("·", text) for text in hand_in])
    # Merged cells never grow, and LibreOffice grows no row of a file: room for the longest name, 60 characters.
    for line, height in ((1, 66), (2, 26), (4, 50), (5, 24), (6, 24)):
        sheet.row_dimensions[line].height = height
    lay_out(sheet, first_input="B4")


def _numbered(sheet: Worksheet, row: int, heading: str, items: list[tuple[str, str]]) -> int:
    """A heading with numbered lines below; the row after them and a blank one."""
    put(sheet, row, 1, heading, HEAD)
    for mark, text in items:
        row += 1
        put(sheet, row, 1, mark, STEP)
        put(sheet, row, 2, text, GUIDE, columns=2)
        sheet.row_dimensions[row].height = 34
    return row + 2
