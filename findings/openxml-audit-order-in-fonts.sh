#!/usr/bin/env bash
# openxml-audit 0.8.0 judges a workbook that openpyxl 3.1.5 writes with one bold cell.
# One would guess that a validator which follows the standard's schemas takes it: in the transitional schema (ISO/IEC 29500-4,
# CT_Font) the parts of a font are a choice in any order, and Excel opens such files without a word.
# Seen: an error for each font that does not begin with b, i, … in the order of Microsoft's own SDK.
. "$(dirname "$0")/common.sh"
install openxml-audit==0.8.0 openpyxl==3.1.5
expect "/xl/styles.xml /styleSheet[1]/fonts[1]/font[1]: Unexpected element 'color' found
/xl/styles.xml /styleSheet[1]/fonts[1]/font[2]: Unexpected element 'b' found" <<'PYTHON'
import pathlib
import tempfile

import openpyxl
from openpyxl.styles import Font
from openxml_audit import FileFormat, OpenXmlValidator, ValidationSeverity

book = openpyxl.Workbook()
book.active["A1"] = "总计"
book.active["A1"].font = Font(name="宋体", bold=True)
with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "bold.xlsx"
    book.save(path)
    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=0).validate(path)
    for error in result.errors:
        if error.severity is ValidationSeverity.ERROR:
            print(f"{error.part_uri} {error.path}: {error.description}")
PYTHON
