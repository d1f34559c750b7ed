#!/usr/bin/env bash
# python-calamine 0.9.1 reads a workbook of openpyxl 3.1.5 that has, besides its worksheet, an Excel 4 macro sheet, as workbooks
# with old forms still have (a relationship of type xlMacrosheet).
# One would guess that the worksheet is read and the macro sheet passed over, as a chart sheet is.
# Seen: the whole workbook is refused, and the reason given is that no format of a file was recognised.
. "$(dirname "$0")/common.sh"
install python-calamine==0.9.1 openpyxl==3.1.5
expect "openpyxl: 件数
calamine: CalamineError Cannot detect file format" <<'PYTHON'
import io
import zipfile

import openpyxl
from python_calamine import CalamineError, CalamineWorkbook

KIND = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
TYPE = "application/vnd.ms-excel.macrosheet+xml"
SHEET = (
    b'<xm:macrosheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    b' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetData/></xm:macrosheet>'
)
CHANGES = {
    "xl/workbook.xml": (
        b"</sheets>",
        b'<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
        b' name="Macro1" sheetId="9" r:id="rId99"/></sheets>',
    ),
    "xl/_rels/workbook.xml.rels": (
        b"</Relationships>",
        f'<Relationship Id="rId99" Type="{KIND}" Target="macrosheets/sheet1.xml"/></Relationships>'.encode(),
    ),
    "[Content_Types].xml": (
        b"</Types>",
        f'<Override PartName="/xl/macrosheets/sheet1.xml" ContentType="{TYPE}"/></Types>'.encode(),
    ),
}

book = openpyxl.Workbook()
book.active["A1"] = "件数"
saved, changed = io.BytesIO(), io.BytesIO()
book.save(saved)
with zipfile.ZipFile(saved) as source, zipfile.ZipFile(changed, "w") as target:
    for name in source.namelist():
        content = source.read(name)
        target.writestr(name, content.replace(*CHANGES[name]) if name in CHANGES else content)
    target.writestr("xl/macrosheets/sheet1.xml", SHEET)
print("openpyxl:", openpyxl.load_workbook(changed).worksheets[0]["A1"].value)
try:
    print("calamine:", CalamineWorkbook.from_filelike(changed).get_sheet_by_index(0).to_python())
except CalamineError as error:
    print("calamine:", type(error).__name__, error)
PYTHON
