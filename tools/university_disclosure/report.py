"""The Word layout of the report, as a template with the fields' tags in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tools.templates.labels import Schema, title
from tools.templates.report_package import report_package
from tools.templates.report_styles import (
    NO_INDENT,
    TABLE,
    TABLE_HEAD,
    TABLE_LABEL,
    TABLE_TEXT,
    ParagraphStyle,
    paragraph_style,
)
from tools.templates.report_text import heading, looped, report_title, section
from tools.templates.wordprocessing import Cell, Row, paragraph, run, table

PARTS = (
    "overview",
    "proactive",
    "on_request",
    "evaluation",
    "disputes",
    "experience",
    "other_matters",
    "catalogue",
)
# LibreOffice leaves gaps around the years: 20 characters, which fill a line in Word, are too many there.
CHARACTERS_OF_THE_TITLE_ON_A_LINE = 19
CATALOGUE_WIDTHS = (10.0, 24.0, 68.0, 54.0)
TABLE_WIDTH = 156.0
SUBJECT_WIDTHS = (76.0, 40.0, 40.0)

REQUEST_FIGURES = ("carried_over", "received", "answered", "denied", "pending")
DISPUTE_FIGURES = ("complaints", "reconsideration", "litigation")

SECOND_HEADING = ParagraphStyle(
    "SecondHeading", "二级标题段", "<w:keepNext/>", '<w:rFonts w:eastAsia="楷体_GB2312"/>'
)
ADDRESSEE = ParagraphStyle("Addressee", "主送机关", NO_INDENT)
STYLES = (SECOND_HEADING, ADDRESSEE)

BASIS = (
    "根据《高等学校信息公开办法》（教育部令第29号）{% if preamble.notice %}、{% else %}和{% endif %}"
    "《教育部关于公布〈高等学校信息公开事项清单〉的通知》（教办函〔2014〕23号）"
    "{% if preamble.notice %}和{{ preamble.notice }}{% endif %}要求，编制本报告。"
)
PERIOD = "本报告中所列数据的统计期限自{{ year }}年9月1日起至{{ year + 1 }}年8月31日止。"
CONTACT = (
    "本报告在{{ agency.name }}信息公开专栏（{{ preamble.download }}）公布，可以查阅、下载。对本报告有疑问的，"
    "请与{{ preamble.office }}联系（联系电话：{{ preamble.telephone }}）。"
)
BY_SUBJECT = "按信息类别统计，本学年主动公开信息{{ disclosed.total }}条："
BY_NUMBER = "本学年有关数据如下（单位：件）："
STATE = "{% if entry.state == '校内公开' %}校内公开{% endif %}{% if entry.state == '不涉及' %}本校无此事项{% endif %}"
LINKS = (
    "{% for link in entry.links %}{% if not loop.first or entry.state != '已公开' %}\n{% endif %}"
    "{% if link.title %}{{ link.title }}：\n{% endif %}{{ link.url }}{% endfor %}"
)
IS_HEADING = "paragraph[:1] == '（' and paragraph[-1:] not in '。；：！？.;:'"


def report_docx(schema: dict[str, Any]) -> bytes:
    """The template report.docx for a schema."""
    styles = "".join(map(paragraph_style, STYLES))
    return report_package(schema["title"], f"{_body(schema)}{section()}", styles=styles)


def _body(schema: Schema) -> str:
    """The title, the preamble and the eight parts."""
    return "".join(
        [
            report_title("—' ~ (year + 1) ~ '学年信息公开工作年度报告", CHARACTERS_OF_THE_TITLE_ON_A_LINE),
            _tag("if preamble.addressee"),
            paragraph(run("{{ preamble.addressee }}："), style=ADDRESSEE.identifier),
            _tag("endif"),
            paragraph(run(BASIS + _parts_named(schema) + PERIOD)),
            paragraph(run(CONTACT)),
            *(_part(schema, path) for path in PARTS[:-1]),
            heading(title(schema, PARTS[-1])),
            _catalogue(schema),
        ]
    )


def _parts_named(schema: Schema) -> str:
    """The sentence that names all parts."""
    return f"本报告共八个部分：{'，'.join(title(schema, path).partition('、')[2] for path in PARTS)}。"


def _part(schema: Schema, path: str) -> str:
    """A part with its paragraphs, and what stands behind them."""
    behind = {
        "proactive": _subjects(schema),
        "on_request": _figures(schema, REQUEST_FIGURES),
        "disputes": _figures(schema, DISPUTE_FIGURES),
        "other_matters": _none("other_matters"),
    }
    return heading(title(schema, path)) + _paragraphs(path) + behind.get(path, "")


def _paragraphs(path: str) -> str:
    """Paragraphs, of which short ones with a number in brackets are headings of the second level."""
    return looped(
        path,
        "".join(
            [
                _tag(f"if {IS_HEADING}"),
                paragraph(run("{{ paragraph }}"), style=SECOND_HEADING.identifier),
                _tag("else"),
                paragraph(run("{{ paragraph }}")),
                _tag("endif"),
            ]
        ),
    )


def _none(path: str) -> str:
    return _tag(f"if not {path}") + paragraph(run("无。")) + _tag("endif")


def _subjects(schema: Schema) -> str:
    """The number of what was disclosed by subjects, with the share of each, where the school gives it."""
    heads = (title(schema, "disclosed.subjects"), "数量（条）", "占比")
    rows = [
        Row([Cell(head, TABLE_HEAD) for head in heads], head=True),
        _row_tag("for subject in disclosed.subjects", len(heads)),
        Row(
            [
                Cell("{{ subject.name }}", TABLE_LABEL),
                Cell("{{ subject.number }}", TABLE_TEXT),
                Cell("{{ subject.number | 百分比(disclosed.total) }}", TABLE_TEXT),
            ]
        ),
        _row_tag("endfor", len(heads)),
        Row([Cell("合计", TABLE_HEAD), Cell("{{ disclosed.total }}", TABLE_TEXT), Cell("100%", TABLE_TEXT)]),
    ]
    shown = paragraph(run(BY_SUBJECT)) + table(TABLE, SUBJECT_WIDTHS, rows)
    return _tag("if disclosed.subjects") + shown + _tag("endif")


def _figures(schema: Schema, names: tuple[str, ...]) -> str:
    """A table of the figures of these names, where the school gives them."""
    paths = [f"figures.{name}" for name in names]
    rows = [
        Row([Cell(title(schema, path), TABLE_HEAD) for path in paths], head=True),
        Row([Cell(f"{{{{ {path} }}}}", TABLE_TEXT) for path in paths]),
    ]
    shown = paragraph(run(BY_NUMBER)) + table(TABLE, [TABLE_WIDTH / len(paths)] * len(paths), rows)
    return _tag(f"if {paths[0]} | string") + shown + _tag("endif")


def _catalogue(schema: Schema) -> str:
    """The table of what is disclosed: number and name of a class beside its items, the links of an item in one cell."""
    heads = [title(schema, f"catalogue.{name}") for name in ("number", "name", "entries", "entries.links")]
    beside = [
        Cell("{{ class.number }}", TABLE_TEXT),
        Cell("{{ class.name }}\n（{{ class.entries | length }}项）", TABLE_TEXT),
    ]
    first, below = (
        [replace(cell, text=cell.text if rows == "restart" else "", rows=rows) for cell in beside]
        for rows in ("restart", "continue")
    )
    entry = [Cell("{{ entry.name }}", TABLE_LABEL), Cell(STATE + LINKS, TABLE_LABEL)]
    rows = [
        Row([Cell(head, TABLE_HEAD) for head in heads], head=True),
        _row_tag("for class in catalogue", len(heads)),
        Row([*first, Cell("{%tr for entry in class.entries %}", TABLE_TEXT, 2)]),
        Row([*below, *entry]),
        Row([*below, Cell("{%tr endfor %}", TABLE_TEXT, 2)]),
        _row_tag("endfor", len(heads)),
    ]
    return table(TABLE, CATALOGUE_WIDTHS, rows)


def _tag(statement: str) -> str:
    """A paragraph that is gone once the report is made."""
    return paragraph(run(f"{{%p {statement} %}}"))


def _row_tag(statement: str, columns: int) -> Row:
    return Row([Cell(f"{{%tr {statement} %}}", TABLE_TEXT, columns)])
