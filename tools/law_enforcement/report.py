"""The Word layout of the report, as a template with the fields' tags in it."""

from __future__ import annotations

from typing import Any

from tools.templates.drawings import chart_frame, chart_parts, picture_frame, picture_parts
from tools.templates.labels import Schema, members, title
from tools.templates.landscape import NO_HEADER, landscape_parts, landscape_section
from tools.templates.report_package import report_package
from tools.templates.report_styles import (
    CENTRED,
    NO_INDENT,
    OFF_THE_GRID,
    SIGNATURE_STYLE,
    TABLE_NOTE,
    ParagraphStyle,
    paragraph_style,
)
from tools.templates.report_text import heading, paragraphs, report_title, run_in_part, section
from tools.templates.wordprocessing import paragraph, run, section_end

from .form import NO_DUTY, TABLES, FigureTable
from .report_tables import NARROW_COLUMN, body_table, delegation_table, figure_table

SECOND_HEADING = ParagraphStyle(
    "SecondHeading", "二级标题段", "<w:keepNext/>", '<w:rFonts w:eastAsia="楷体_GB2312"/>'
)
TABLE_TITLE = ParagraphStyle(
    "TableTitle", "表题", f"<w:keepNext/>{NO_INDENT}{CENTRED}", '<w:rFonts w:eastAsia="黑体"/>'
)
DRAWING = ParagraphStyle(
    "Drawing",
    "图",
    f'<w:keepNext/>{OFF_THE_GRID}<w:spacing w:line="240" w:lineRule="auto"/>{NO_INDENT}{CENTRED}',
)
CAPTION = ParagraphStyle("DrawingTitle", "图题", CENTRED, based_on=TABLE_NOTE)
# Notes stand together, lest one line of them begin a page.
LAST_NOTE = ParagraphStyle("LastTableNote", "表格说明末段", "<w:keepLines/>", based_on=TABLE_NOTE)
KEPT_NOTE = ParagraphStyle("KeptTableNote", "表格说明", "<w:keepNext/>", based_on=LAST_NOTE.identifier)
STYLES = (SIGNATURE_STYLE, SECOND_HEADING, TABLE_TITLE, DRAWING, CAPTION, NARROW_COLUMN, LAST_NOTE, KEPT_NOTE)

# LibreOffice leaves a gap around the year: 20 characters, which fill a line in Word, are too many there.
CHARACTERS_OF_THE_TITLE_ON_A_LINE = 19
PORTRAIT = section((NO_HEADER, NO_HEADER))
CHART = "{{ year }}年行政处罚各类别数量 {{ 图表：数量 = penalties.total.cases without total }}"
CHART_SIZE, SEAL_SIZE = (150.0, 84.0), 42.0
# From the margin and from the top of the date's line: the seal's middle is a little above the edge between the lines of
# the name and the date, and its top within a line of the text (GB/T 9704-2012, 7.3.5.1).
SEAL_PLACE = (94.9, -24.0)


def report_docx(schema: dict[str, Any]) -> bytes:
    """The template report.docx for a schema."""
    parts = (*landscape_parts(), *chart_parts("bar"), *picture_parts())
    return report_package(
        schema["title"],
        f"{_body(schema)}{PORTRAIT}",
        styles="".join(map(paragraph_style, STYLES)),
        parts=parts,
    )


def _body(schema: Schema) -> str:
    return "".join(
        [
            report_title("年度行政执法统计年报", CHARACTERS_OF_THE_TITLE_ON_A_LINE),
            heading("第一部分　行政执法主体概况"),
            *_bodies(schema),
            heading("第二部分　行政执法数据表"),
            *(_table(schema, form) for form in TABLES),
            heading("第三部分　行政执法情况说明"),
            *_account(schema),
            *_signature(),
        ]
    )


def _bodies(schema: Schema) -> list[str]:
    """Who enforces: names and kinds, posts and staff, to whom it is delegated, and what else there is to say."""
    listed = "{% for body in bodies %}{{ body.name }}（{{ body.kind }}）{% if not loop.last %}、{% endif %}{% endfor %}"
    return [
        _second("（一）行政执法主体的名称和数量情况"),
        _said(f"本单位共有行政执法主体{{{{ bodies | length }}}}个：{listed}。"),
        _second("（二）行政执法机关及各执法主体的执法岗位设置数量及在岗执法人员数量"),
        body_table(schema),
        _second("（三）委托执法情况"),
        _said("{%p if delegated %}"),
        delegation_table(schema),
        _said("{%p else %}"),
        _said("本年度没有委托其他组织实施行政执法。"),
        _said("{%p endif %}"),
        _second("（四）其他需要说明的情况"),
        paragraphs("remarks"),
        _said("{%p if not remarks %}"),
        _said("无。"),
        _said("{%p endif %}"),
    ]


def _table(schema: Schema, form: FigureTable) -> str:
    """A table with its title and its notes, or what is said where there is no such duty."""
    heads = _said(title(schema, form.path), TABLE_TITLE.identifier)
    *notes, last_note = [f"说明：{form.notes[0]}", *form.notes[1:]]
    before = section_end(PORTRAIT) if form.is_landscape else ""
    behind = section_end(landscape_section()) if form.is_landscape else ""
    return "".join(
        [
            _said(f"{{%p if duties.{form.path} == 'none' %}}"),
            heads,
            _said(NO_DUTY),
            _said("{%p else %}"),
            before,
            heads,
            figure_table(schema, form),
            *(_said(note, KEPT_NOTE.identifier) for note in notes),
            _said(last_note, LAST_NOTE.identifier),
            behind,
            _said("{%p endif %}"),
        ]
    )


def _account(schema: Schema) -> list[str]:
    parts = [path for path, _ in members(schema, "account") if path != "account.summary"]
    return [
        paragraphs("account.summary"),
        *(run_in_part(title(schema, path), path) for path in parts),
        _said("{%p if duties.penalties == 'acted' %}"),
        paragraph(chart_frame(CHART, *CHART_SIZE), style=DRAWING.identifier),
        _said("图　{{ year }}年行政处罚各类别数量（件）", CAPTION.identifier),
        _said("{%p endif %}"),
    ]


def _signature() -> list[str]:
    seal = picture_frame("{{ 图片：seal }}", SEAL_SIZE, SEAL_SIZE, SEAL_PLACE)
    return [
        paragraph(properties="<w:keepNext/>"),
        paragraph(properties="<w:keepNext/>"),
        _said("{{ agency.name }}", SIGNATURE_STYLE.identifier),
        paragraph(seal, run("{{ issued }}"), style=SIGNATURE_STYLE.identifier),
    ]


def _second(text: str) -> str:
    return _said(text, SECOND_HEADING.identifier)


def _said(text: str, style: str = "") -> str:
    return paragraph(run(text), style=style)
