"""Write the templates of the notice that goes with the workbooks: those of the packs that have one, and for
packs without one of their own a neutral one in each language.

usage: python -m tools.make_notice      (from the project's root)
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tools.annual_report.forms import FORMS
from tools.law_enforcement.form import PACK
from tools.notice_words import ANNUAL_REPORT, CHINESE, ENGLISH, LAW_ENFORCEMENT, UNIVERSITIES, Words
from tools.templates.report_package import report_package
from tools.templates.report_styles import (
    HEADING,
    SIGNATURE,
    SIGNATURE_STYLE,
    TABLE,
    TABLE_HEAD,
    TABLE_LABEL,
    TABLE_NOTE,
    TITLE,
    paragraph_style,
)
from tools.templates.report_text import section
from tools.templates.wordprocessing import Cell, Row, paragraph, run, table

ROOT = Path(__file__).resolve().parents[1]
NEUTRAL = ROOT / "src" / "reportfill" / "campaign" / "sending" / "neutral"
NOTICES: Mapping[Path, Words] = {
    **{ROOT / "templates" / form.pack / "notice.docx": ANNUAL_REPORT for form in FORMS},
    ROOT / "templates" / PACK / "notice.docx": LAW_ENFORCEMENT,
    ROOT / "templates" / "university-disclosure" / "notice.docx": UNIVERSITIES,
    NEUTRAL / "zh" / "notice.docx": CHINESE,
    NEUTRAL / "en" / "notice.docx": ENGLISH,
}

ADDRESSEE, CLOSING, ANNEX, BLANK = "Addressee", "Closing", "Annex", "Blank"
# Whatever stands from the contact on keeps together, lest the date alone begin a page.
STYLES = f"""\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ADDRESSEE}"><w:name w:val="主送机关"/>\
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>\
<w:pPr><w:ind w:firstLine="0" w:firstLineChars="0"/></w:pPr></w:style>\
{paragraph_style(SIGNATURE_STYLE)}\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{CLOSING}"><w:name w:val="文末"/>\
<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr></w:style>\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ANNEX}"><w:name w:val="附件标记"/>\
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>\
<w:pPr><w:pageBreakBefore/><w:ind w:firstLine="0" w:firstLineChars="0"/></w:pPr>\
<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>\
<w:style w:type="character" w:customStyle="1" w:styleId="{BLANK}"><w:name w:val="待填"/>\
<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr><w:u w:val="single"/></w:rPr></w:style>"""

ROOM_TO_FILL_IN = "　" * 5
GROUP_FILL = "C6D9F1"
AGENCY_WIDTHS = (46.0, 110.0)
NUMBER_WIDTHS = (110.0, 46.0)


def notice_docx(words: Words) -> bytes:
    """The template notice.docx in these words."""
    return report_package(words.subject, f"{_body(words)}{section()}", styles=STYLES)


def _body(words: Words) -> str:
    return "".join(
        [
            paragraph(run(f"{{#p {words.remark} #}}"), style=TABLE_NOTE),
            paragraph(run(words.title), style=TITLE),
            paragraph(run(words.addressee), style=ADDRESSEE),
            *map(_said, words.text),
            _signature(words),
            _annex(words),
        ]
    )


def _said(text: str) -> str:
    """A paragraph; one that is to be a heading begins with #."""
    heading = text.removeprefix("# ")
    return paragraph(run(text)) if heading == text else paragraph(run(heading), style=HEADING)


def _signature(words: Words) -> str:
    """Whom to ask, what is annexed, who signs, and when."""
    contact = [run_of for label, tag in words.contact for run_of in _known_or_blank(label, tag)]
    return "".join(
        [
            paragraph(*contact, run(words.end_of_contact), style=CLOSING),
            paragraph(style=CLOSING),
            paragraph(run(words.annex_named), style=CLOSING),
            paragraph(style=CLOSING),
            paragraph(style=CLOSING),
            paragraph(run("{{ issuer }}"), style=SIGNATURE),
            paragraph(run("{{ day }}"), style=SIGNATURE),
        ]
    )


def _known_or_blank(label: str, tag: str) -> list[str]:
    """A label with what the campaign says, or with an underlined blank to write on."""
    return [run(f"{label}{{{{ {tag} }}}}"), run(f"{{% if not {tag} %}}{ROOM_TO_FILL_IN}{{% endif %}}", BLANK)]


def _annex(words: Words) -> str:
    """The agencies by superior, or how many there are where they are too many to be named."""
    return "".join(
        [
            paragraph(run(words.annex), style=ANNEX),
            paragraph(style=ADDRESSEE),
            paragraph(run(words.annex_title), style=TITLE),
            paragraph(run("{%p if are_named %}")),
            table(TABLE, AGENCY_WIDTHS, _agency_rows(words)),
            paragraph(run("{%p else %}")),
            table(TABLE, NUMBER_WIDTHS, _number_rows(words)),
            paragraph(run("{%p endif %}")),
            paragraph(run(words.note), style=TABLE_NOTE),
        ]
    )


def _agency_rows(words: Words) -> list[Row]:
    return [
        Row([Cell(heading, TABLE_HEAD) for heading in words.agency_headings], head=True),
        _tag("{%tr for group in groups %}"),
        _tag("{%tr if groups|length > 1 %}"),
        Row([Cell(words.group, TABLE_HEAD, 2, fill=GROUP_FILL)]),
        _tag("{%tr endif %}"),
        _tag("{%tr for agency in group.agencies %}"),
        Row([Cell("{{ agency.code }}", TABLE_LABEL), Cell("{{ agency.name }}", TABLE_LABEL)]),
        _tag("{%tr endfor %}"),
        _tag("{%tr endfor %}"),
    ]


def _number_rows(words: Words) -> list[Row]:
    return [
        Row([Cell(heading, TABLE_HEAD) for heading in words.number_headings], head=True),
        _tag("{%tr for group in groups %}"),
        Row([Cell("{{ group.superior }}", TABLE_LABEL), Cell("{{ group.number }}", TABLE_HEAD)]),
        _tag("{%tr endfor %}"),
        Row([Cell(words.total, TABLE_HEAD), Cell("{{ number }}", TABLE_HEAD)]),
    ]


def _tag(text: str) -> Row:
    """A row that is gone once the notice is made."""
    return Row([Cell(text, TABLE_HEAD, 2)])


if __name__ == "__main__":
    for place, its_words in NOTICES.items():
        place.write_bytes(notice_docx(its_words))
        print(place)
