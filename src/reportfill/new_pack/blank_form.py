"""The smallest form there is: a title, and one heading with room below it. `pack new --blank` begins with it."""

from __future__ import annotations

from xml.sax.saxutils import escape

from reportfill.office.package import composed

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def blank_form(title: str) -> bytes:
    """A .docx with that title: A4 with the margins of GB/T 9704-2012."""
    body = (
        _paragraph(
            f"{{{{ agency.name }}}}{{{{ year }}}}年{title}", "方正小标宋简体", 44, '<w:jc w:val="center"/>'
        )
        + _paragraph("一、工作情况", "黑体", 32, '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
        + _paragraph("", "仿宋_GB2312", 32, '<w:ind w:firstLineChars="200" w:firstLine="640"/>')
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985"'
        ' w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
        f' PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/></Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>',
    }
    return composed({name: part.encode() for name, part in parts.items()})


def _paragraph(text: str, face: str, size: int, properties: str) -> str:
    looks = (
        f'<w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="{face}" w:hAnsi="Times New Roman"/>'
        f'<w:sz w:val="{size}"/></w:rPr>'
    )
    run = f"<w:r>{looks}<w:t>{escape(text)}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}{looks}</w:pPr>{run}</w:p>"
