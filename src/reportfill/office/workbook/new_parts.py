"""The parts of a workbook that has no sheets yet: what every program writes, and no more."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.edited_package import ROOT, EditedPackage
from reportfill.office.xml import RELATIONSHIPS, SPREADSHEET

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


_APPLICATION = "docProps/app.xml"
_APPLICATION_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
_MADE_AS_BY_EXCEL = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Microsoft Excel</Application></Properties>"
)


def say_made_as_by_excel(package: EditedPackage) -> None:
    """Let a workbook be read as Excel's are: of others LibreOffice works out the heights of rows by itself."""
    package.add(_APPLICATION, _APPLICATION_TYPE, _MADE_AS_BY_EXCEL)
    package.relate(ROOT, "extended-properties", _APPLICATION)


def _relationship(kind: str, target: str) -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/{kind}" Target="{target}"/></Relationships>'
    )


_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{SPREADSHEET}">'
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
"""Calibri, of which a digit is 7 pixels wide, is what the widths of columns count in."""

NO_SHEETS: Mapping[str, bytes] = {
    name: part.encode()
    for name, part in {
        "[Content_Types].xml": (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
        ),
        "_rels/.rels": _relationship("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'{_HEAD}<workbook xmlns="{SPREADSHEET}" xmlns:r="{RELATIONSHIPS}"><workbookPr/>'
            "<bookViews><workbookView/></bookViews><sheets/></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": _relationship("styles", "styles.xml"),
        "xl/styles.xml": _STYLES,
    }.items()
}

BLANK_SHEET = (
    f'{_HEAD}<worksheet xmlns="{SPREADSHEET}"><dimension ref="A1"/><sheetData/></worksheet>'.encode()
)
"""The part of a sheet that holds nothing yet."""
