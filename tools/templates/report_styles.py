"""The styles of the report, after GB/T 9704-2012."""

from dataclasses import dataclass

from .wordprocessing import part

BODY = "Normal"
TITLE = "Title"
HEADING = "Heading"
RUN_IN_HEADING = "RunInHeading"
FOOTER = "Footer"
FOOTER_EVEN = "FooterEven"
TABLE = "ReportTable"
TABLE_TEXT = "TableText"
TABLE_HEAD = "TableHead"
TABLE_COLUMN = "TableColumn"
TABLE_SMALL_COLUMN = "TableSmallColumn"
TABLE_VERTICAL = "TableVertical"
TABLE_LABEL = "TableLabel"
TABLE_GROUP = "TableGroup"
TABLE_ITEM = "TableItem"
TABLE_NUMBER = "TableNumber"
TABLE_NOTE = "TableNote"
SIGNATURE = "Signature"

ONE_LINE_OF_THE_GRID = '<w:spacing w:after="579" w:line="579" w:lineRule="exact"/>'
OFF_THE_GRID = '<w:snapToGrid w:val="0"/>'
NO_INDENT = '<w:ind w:firstLine="0" w:firstLineChars="0"/>'
CENTRED = '<w:jc w:val="center"/>'
SMALL = '<w:sz w:val="18"/>'


@dataclass(frozen=True)
class ParagraphStyle:
    """A paragraph style; one with aliases is built into Word, the others are the report's own."""

    identifier: str
    name: str
    paragraph: str = ""
    run: str = ""
    aliases: str = ""
    based_on: str = BODY
    following: str = ""


TEXT_STYLES = (
    # A quarter of a point tighter, 28 characters of 16 pt fill a line of 156 mm. The document is Chinese;
    # Western letters and digits are not, or LibreOffice (7.4) breaks lines within numbers.
    ParagraphStyle(
        BODY,
        "Normal",
        '<w:widowControl w:val="0"/><w:ind w:firstLine="630" w:firstLineChars="200"/><w:jc w:val="both"/>',
        '<w:spacing w:val="-5"/><w:sz w:val="32"/><w:lang w:val="en-US"/>',
        aliases="正文",
        based_on="",
    ),
    # At its full size 20 characters fill a line; the template breaks what is longer.
    ParagraphStyle(
        TITLE,
        "Title",
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f"{OFF_THE_GRID}{ONE_LINE_OF_THE_GRID}"
        f"{NO_INDENT}{CENTRED}",
        '<w:rFonts w:eastAsia="方正小标宋简体"/><w:spacing w:val="0"/><w:sz w:val="44"/>',
        aliases="标题",
        following=BODY,
    ),
    ParagraphStyle(
        HEADING,
        "一级标题",
        '<w:keepNext/><w:outlineLvl w:val="0"/>',
        '<w:rFonts w:eastAsia="黑体"/>',
        following=BODY,
    ),
)

# The date ends four characters from the right, and the office stands centred above it (GB/T 9704-2012, 7.3.5):
# both are centred in the right half of the line, whose middle is where the middle of the date has to be. Both keep
# together, lest the date alone begin a page.
SIGNATURE_STYLE = ParagraphStyle(
    SIGNATURE,
    "发文机关署名",
    '<w:keepNext/><w:keepLines/><w:ind w:left="4300" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="center"/>',
)

FOOTER_STYLES = (
    ParagraphStyle("Header", "header", OFF_THE_GRID + NO_INDENT + CENTRED, aliases="页眉"),
    # One character's distance from the outer edge: the right one here, the left one on even pages.
    ParagraphStyle(
        FOOTER,
        "footer",
        f'{OFF_THE_GRID}<w:spacing w:line="280" w:lineRule="exact"/>'
        '<w:ind w:right="280" w:rightChars="100" w:firstLine="0" w:firstLineChars="0"/><w:jc w:val="right"/>',
        '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体"/><w:spacing w:val="0"/><w:sz w:val="28"/>',
        aliases="页脚",
    ),
    ParagraphStyle(
        FOOTER_EVEN,
        "偶数页页脚",
        '<w:ind w:left="280" w:leftChars="100" w:right="0" w:rightChars="0"/><w:jc w:val="left"/>',
        based_on=FOOTER,
    ),
)

TABLE_TEXT_STYLES = (
    ParagraphStyle(
        TABLE_TEXT,
        "表格文字",
        f'{OFF_THE_GRID}<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>'
        f"{NO_INDENT}{CENTRED}",
        '<w:rFonts w:eastAsia="宋体"/><w:spacing w:val="0"/><w:sz w:val="21"/>',
    ),
    # Heads keep with the row below, lest they stand alone at the foot of a page.
    ParagraphStyle(TABLE_HEAD, "表格表头", "<w:keepNext/>", based_on=TABLE_TEXT),
    ParagraphStyle(TABLE_COLUMN, "表格栏目", based_on=TABLE_HEAD),
    ParagraphStyle(TABLE_SMALL_COLUMN, "表格小栏目", run=SMALL, based_on=TABLE_COLUMN),
    # LibreOffice does not centre vertical text across its column; the same space on both sides does.
    ParagraphStyle(
        TABLE_VERTICAL, "表格竖排", '<w:spacing w:before="170" w:after="170"/>', based_on=TABLE_HEAD
    ),
    ParagraphStyle(TABLE_LABEL, "表格标签", '<w:ind w:left="45"/><w:jc w:val="left"/>', based_on=TABLE_TEXT),
    # Its row keeps with the next one, lest a page break tear a label of two lines.
    ParagraphStyle(TABLE_GROUP, "表格分组", "<w:keepNext/>", based_on=TABLE_LABEL),
    ParagraphStyle(TABLE_ITEM, "表格细目", run=SMALL, based_on=TABLE_LABEL),
    # A number of seven digits fits on one line of 11 mm only when it is a little narrower.
    ParagraphStyle(TABLE_NUMBER, "表格数字", run='<w:w w:val="80"/>', based_on=TABLE_TEXT),
    ParagraphStyle(
        TABLE_NOTE, "表格注", '<w:spacing w:before="80"/><w:jc w:val="both"/>', based_on=TABLE_TEXT
    ),
)


def styles_part() -> str:
    """word/styles.xml."""
    paragraph_styles = (*TEXT_STYLES, *FOOTER_STYLES, *TABLE_TEXT_STYLES)
    return part(
        "styles",
        _defaults(),
        *(paragraph_style(style) for style in paragraph_styles),
        *_character_styles(),
        *_table_styles(),
    )


def _defaults() -> str:
    """What holds for every style: fonts and languages.

    The hint makes Word take quotation marks and dashes from the Chinese font.
    """
    fonts = (
        '<w:rFonts w:hint="eastAsia" w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312"'
        ' w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    )
    language = '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    run_defaults = f"<w:rPrDefault><w:rPr>{fonts}{language}</w:rPr></w:rPrDefault>"
    return f"<w:docDefaults>{run_defaults}<w:pPrDefault/></w:docDefaults>"


def paragraph_style(style: ParagraphStyle) -> str:
    """A paragraph style as XML."""
    content = (
        (f'<w:aliases w:val="{style.aliases}"/>' if style.aliases else "")
        + (f'<w:basedOn w:val="{style.based_on}"/>' if style.based_on else "")
        + (f'<w:next w:val="{style.following}"/>' if style.following else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{style.paragraph}</w:pPr>" if style.paragraph else "")
        + (f"<w:rPr>{style.run}</w:rPr>" if style.run else "")
    )
    marks = _marks(default=style.identifier == BODY, built_in=bool(style.aliases))
    return _style("paragraph", style.identifier, style.name, content, marks)


def _character_styles() -> list[str]:
    """Word's default, and 二级标题 for the headings that run into their paragraph."""
    heading = (
        '<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>'
        '<w:rPr><w:rFonts w:eastAsia="楷体_GB2312"/></w:rPr>'
    )
    default = _marks(default=True)
    return [
        _style("character", "DefaultParagraphFont", "Default Paragraph Font", "<w:semiHidden/>", default),
        _style("character", RUN_IN_HEADING, "二级标题", heading, _marks()),
    ]


def _table_styles() -> list[str]:
    """Word's default, and 年报表格, which holds borders, cell margins and the centring of all cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    plain = f"<w:semiHidden/><w:tblPr>{_cell_margins(108)}</w:tblPr>"
    ruled = (
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr>{CENTRED}<w:tblBorders>{borders}</w:tblBorders>{_cell_margins(0)}</w:tblPr>"
        '<w:tcPr><w:vAlign w:val="center"/></w:tcPr>'
    )
    return [
        _style("table", "TableNormal", "Normal Table", plain, _marks(default=True)),
        _style("table", TABLE, "年报表格", ruled, _marks()),
    ]


def _cell_margins(sideways: int) -> str:
    widths = {"top": 0, "left": sideways, "bottom": 0, "right": sideways}
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in widths.items())
    return f"<w:tblCellMar>{margins}</w:tblCellMar>"


def _marks(*, default: bool = False, built_in: bool = False) -> str:
    """The attributes that tell Word's default and built-in styles from the report's own."""
    if default:
        return ' w:default="1"'
    return "" if built_in else ' w:customStyle="1"'


def _style(kind: str, identifier: str, name: str, content: str, marks: str) -> str:
    """A style of one kind, with the XML that follows its name."""
    head = f'<w:style w:type="{kind}"{marks} w:styleId="{identifier}"><w:name w:val="{name}"/>'
    return f"{head}{content}</w:style>"
