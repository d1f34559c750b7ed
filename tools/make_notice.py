"""Write the template of the notice that goes with the workbooks: src/reportfill/campaign/sending/notice.docx.

usage: python -m tools.make_notice      (from the project's root)
"""

from __future__ import annotations

from pathlib import Path

from reportfill.ooxml.package import composed
from tools.annual_report_2021.report_package import EVEN_FOOTER, ODD_FOOTER, surrounding_parts
from tools.annual_report_2021.report_styles import HEADING, TABLE, TABLE_HEAD, TABLE_LABEL, TABLE_NOTE, TITLE
from tools.annual_report_2021.wordprocessing import Cell, Row, paragraph, part, run, table, twips

NOTICE = Path(__file__).resolve().parents[1] / "src" / "reportfill" / "campaign" / "sending" / "notice.docx"

ADDRESSEE, CLOSING, SIGNATURE, ANNEX, BLANK = "Addressee", "Closing", "Signature", "Annex", "Blank"
# The date ends four characters from the right, and the office stands centred above it (GB/T 9704-2012, 7.3.5):
# both are centred in the right half of the line, whose middle is where the middle of the date has to be. Whatever
# stands from the contact on keeps together, lest the date alone begin a page.
STYLES = f"""\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ADDRESSEE}"><w:name w:val="主送机关"/>\
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>\
<w:pPr><w:ind w:firstLine="0" w:firstLineChars="0"/></w:pPr></w:style>\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{SIGNATURE}"><w:name w:val="发文机关署名"/>\
<w:basedOn w:val="Normal"/><w:qFormat/>\
<w:pPr><w:keepNext/><w:keepLines/><w:ind w:left="4300" w:firstLine="0" w:firstLineChars="0"/>\
<w:jc w:val="center"/></w:pPr></w:style>\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{CLOSING}"><w:name w:val="文末"/>\
<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/></w:pPr></w:style>\
<w:style w:type="paragraph" w:customStyle="1" w:styleId="{ANNEX}"><w:name w:val="附件标记"/>\
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>\
<w:pPr><w:pageBreakBefore/><w:ind w:firstLine="0" w:firstLineChars="0"/></w:pPr>\
<w:rPr><w:rFonts w:eastAsia="黑体"/></w:rPr></w:style>\
<w:style w:type="character" w:customStyle="1" w:styleId="{BLANK}"><w:name w:val="待填"/>\
<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr><w:u w:val="single"/></w:rPr></w:style>"""

REMARK = (
    "这是通知的模板，可以用Word修改文字和版式，改后保存即可；双花括号中的内容由程序填入，请保留。"
    "联系人、电话和邮箱请直接填在横线上。本段不会印出。"
)
ROOM_TO_FILL_IN = "　" * 5
GROUP_FILL = "C6D9F1"
AGENCY_WIDTHS = (46.0, 110.0)
NUMBER_WIDTHS = (110.0, 46.0)


def notice_docx() -> bytes:
    """The template notice.docx."""
    parts = surrounding_parts("通知模板")
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("</w:styles>", f"{STYLES}</w:styles>")
    parts["word/document.xml"] = part("document", f"<w:body>{_body()}{_section()}</w:body>")
    return composed({name: xml.encode("utf-8") for name, xml in parts.items()})


def _body() -> str:
    return "".join([paragraph(run(f"{{#p {REMARK} #}}"), style=TABLE_NOTE), _text(), _signature(), _annex()])


def _text() -> str:
    """The title and the text."""
    return "".join(
        [
            paragraph(
                run("{{ issuer }}\n关于做好{{ year }}年{{ title }}\n编制工作的通知"),
                style=TITLE,
            ),
            paragraph(run("各有关单位："), style=ADDRESSEE),
            _said(
                "{% if legal_basis %}根据{{ legal_basis }}，{% endif %}现就做好{{ year }}年{{ title }}"
                "（以下简称年度报告）编制工作的有关事项通知如下："
            ),
            _heading("一、编制范围和内容"),
            _said(
                "附件所列{{ number }}个单位均应编制年度报告，统计时限为{{ year }}年1月1日至12月31日。"
                "内容、格式和统计口径按照国家统一规定执行，数据应当真实、准确、完整。"
            ),
            _heading("二、填报方法"),
            _said(
                "（一）使用统一的填报表。填报表（Excel工作簿）随本通知发给各单位，单位名称和年度已经填好，"
                "用Excel或者WPS打开，只填写浅黄色的单元格。没有发生的事项填0，不得留空。"
            ),
            _said(
                "（二）不得改动表样。不要插入、删除行列或者工作表，不要把内容复制到其他文件，不要另设打开密码。"
            ),
            _said("（三）校验后再报送。填写后打开“校验”页，未填的单元格和不平的勾稽关系均为0的，方可报送。"),
            _heading("三、报送和公布"),
            _said(
                "（一）请各单位于{{ agency_deadline }}前将填报表原文件发送至下列电子邮箱，不要转为其他格式。"
                "有错误的将标明后退回，请改正后重新报送。"
            ),
            _said(
                "（二）按照《中华人民共和国政府信息公开条例》第四十九条的规定，部门的年度报告应当在每年1月31日前"
                "提交并向社会公布，本级政府的年度报告应当在每年3月31日前向社会公布。请各单位按时公布，"
                "本级政府年度报告将于{{ government_deadline }}前公布。"
            ),
            _said(
                "（三）年度报告公布前应当依法进行保密审查，不得含有国家秘密，"
                "不得含有身份证号码、手机号码、银行账号等个人信息。"
            ),
        ]
    )


def _said(text: str) -> str:
    return paragraph(run(text))


def _heading(text: str) -> str:
    return paragraph(run(text), style=HEADING)


def _to_fill_in(*texts: str) -> list[str]:
    """The texts with an underlined blank between each two."""
    runs = [run(texts[0])]
    for text in texts[1:]:
        runs += [run(ROOM_TO_FILL_IN, BLANK), run(text)]
    return runs


def _signature() -> str:
    """Whom to ask, what is annexed, who signs, and when."""
    return "".join(
        [
            paragraph(*_to_fill_in("联系人：", "；联系电话：", "；"), style=CLOSING),
            paragraph(*_to_fill_in("电子邮箱：", "。"), style=CLOSING),
            paragraph(style=CLOSING),
            paragraph(run("附件：{{ year }}年{{ title }}报送单位名单"), style=CLOSING),
            paragraph(style=CLOSING),
            paragraph(style=CLOSING),
            paragraph(run("{{ issuer }}"), style=SIGNATURE),
            paragraph(run("{{ day }}"), style=SIGNATURE),
        ]
    )


def _annex() -> str:
    """The agencies by superior, or how many there are where they are too many to be named."""
    return "".join(
        [
            paragraph(run("附件"), style=ANNEX),
            paragraph(style=ADDRESSEE),
            paragraph(run("{{ year }}年{{ title }}\n报送单位名单"), style=TITLE),
            paragraph(run("{%p if are_named %}")),
            table(TABLE, AGENCY_WIDTHS, _agency_rows()),
            paragraph(run("{%p else %}")),
            table(TABLE, NUMBER_WIDTHS, _number_rows()),
            paragraph(run("{%p endif %}")),
            paragraph(
                run("注：年度报告的标题使用单位的法定全称；单位名称有误的，请在填报前告知。"),
                style=TABLE_NOTE,
            ),
        ]
    )


def _agency_rows() -> list[Row]:
    return [
        Row([Cell("单位编码", TABLE_HEAD), Cell("单位名称", TABLE_HEAD)], head=True),
        _tag("{%tr for group in groups %}"),
        _tag("{%tr if groups|length > 1 %}"),
        Row([Cell("{{ group.superior }}（{{ group.number }}个）", TABLE_HEAD, 2, fill=GROUP_FILL)]),
        _tag("{%tr endif %}"),
        _tag("{%tr for agency in group.agencies %}"),
        Row([Cell("{{ agency.code }}", TABLE_LABEL), Cell("{{ agency.name }}", TABLE_LABEL)]),
        _tag("{%tr endfor %}"),
        _tag("{%tr endfor %}"),
    ]


def _number_rows() -> list[Row]:
    return [
        Row([Cell("上级单位", TABLE_HEAD), Cell("报送单位数（个）", TABLE_HEAD)], head=True),
        _tag("{%tr for group in groups %}"),
        Row([Cell("{{ group.superior }}", TABLE_LABEL), Cell("{{ group.number }}", TABLE_HEAD)]),
        _tag("{%tr endfor %}"),
        Row([Cell("合计", TABLE_HEAD), Cell("{{ number }}", TABLE_HEAD)]),
    ]


def _tag(text: str) -> Row:
    """A row that is gone once the notice is made."""
    return Row([Cell(text, TABLE_HEAD, 2)])


def _section() -> str:
    """A4 with the type area of GB/T 9704: 156 by 225 mm with 22 lines; page numbers 7 mm below it."""
    margins = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 15, "footer": 25.5, "gutter": 0}
    sides = " ".join(f'w:{side}="{twips(margin)}"' for side, margin in margins.items())
    return (
        "<w:sectPr>"
        f'<w:footerReference w:type="default" r:id="{ODD_FOOTER}"/>'
        f'<w:footerReference w:type="even" r:id="{EVEN_FOOTER}"/>'
        f'<w:pgSz w:w="{twips(210)}" w:h="{twips(297)}"/><w:pgMar {sides}/>'
        '<w:docGrid w:type="lines" w:linePitch="579"/>'
        "</w:sectPr>"
    )


if __name__ == "__main__":
    NOTICE.write_bytes(notice_docx())
    print(NOTICE)
