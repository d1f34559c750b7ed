"""How the cells of the workbook look: named styles, so that whoever keeps the form can change them in Excel."""

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Color, Font, NamedStyle, PatternFill, Side

INPUT_COLOUR, COMPUTED_COLOUR, LABEL_COLOUR, BLOCK_COLOUR = "FFF8DC", "E4ECF4", "F5F5F5", "C6D9F1"
GOOD_COLOUR, DOUBTFUL_COLOUR, BAD_COLOUR = "D8EFD3", "FFE699", "F8CBAD"

FORM_TITLE, SHEET_TITLE, GUIDE, STEP, NOTE = "表单标题", "表标题", "填报说明", "步骤序号", "提示"
HEAD, BLOCK, LABEL, VERTICAL = "表头", "分块标题", "项目", "竖排项目"
NUMBER, PARAGRAPH, TEXT, CODE, COMPUTED, RESULT, LINK = (
    "填报数字",
    "填报段落",
    "填报文字",
    "填报编码",
    "自动计算",
    "校验结果",
    "链接",
)

_FONT = "宋体"
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def add_styles(workbook: Workbook) -> None:
    """Add every style of the form to a workbook."""
    for style in (
        _style(FORM_TITLE, size=16, bold=True, horizontal="center", box=False),
        _style(SHEET_TITLE, size=14, bold=True, horizontal="center", box=False),
        _style(GUIDE, horizontal="left", box=False),
        _style(STEP, bold=True, horizontal="center", box=False),
        _style(NOTE, size=10, colour="595959", horizontal="left", box=False),
        _style(HEAD, bold=True, horizontal="center", fill=LABEL_COLOUR),
        _style(BLOCK, bold=True, horizontal="center", fill=BLOCK_COLOUR),
        _style(LABEL, horizontal="left", fill=LABEL_COLOUR),
        _style(VERTICAL, horizontal="center", fill=LABEL_COLOUR, vertical_text=True),
        _style(NUMBER, size=12, horizontal="center", fill=INPUT_COLOUR),
        _style(PARAGRAPH, size=12, horizontal="left", vertical="top", fill=INPUT_COLOUR),
        _style(TEXT, size=12, horizontal="left", fill=INPUT_COLOUR),
        # As text, or Excel would drop the zeros that a code begins with.
        _style(CODE, size=12, horizontal="left", fill=INPUT_COLOUR, number_format="@"),
        _style(COMPUTED, size=12, horizontal="center", fill=COMPUTED_COLOUR),
        _style(RESULT, horizontal="center"),
        _style(LINK, horizontal="left", colour="0563C1"),
    ):
        workbook.add_named_style(style)


def _style(
    name: str,
    *,
    size: int = 11,
    bold: bool = False,
    colour: str = "000000",
    horizontal: str,
    vertical: str = "center",
    fill: str = "",
    box: bool = True,
    vertical_text: bool = False,
    number_format: str = "General",
) -> NamedStyle:
    alignment = Alignment(
        horizontal,
        vertical,
        # LibreOffice does not centre stacked text that may wrap.
        textRotation=255 if vertical_text else 0,
        wrapText=not vertical_text,
    )
    return NamedStyle(
        name,
        font=Font(name=_FONT, size=size, bold=bold, color=Color(rgb=f"FF{colour}")),
        fill=solid(fill) if fill else PatternFill(),
        border=_BOX if box else Border(),
        alignment=alignment,
        number_format=number_format,
    )


def solid(colour: str) -> PatternFill:
    """A plain background of that colour."""
    return PatternFill("solid", fgColor=f"FF{colour}", bgColor=f"FF{colour}")
