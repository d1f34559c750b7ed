#!/usr/bin/env bash
# openpyxl 3.1.5 loads a workbook in which a row has the height that Excel found for it (`ht` without `customHeight`, as Excel
# writes rows whose texts wrap), and saves it unchanged.
# One would guess that what was not touched stays: `row_dimensions[1].customHeight` is False, and the row goes on growing with
# its texts.
# Seen: customHeight is True for every row that has a height, whatever the file says, and cannot be set; the saved row is
# fixed.
. "$(dirname "$0")/common.sh"
install openpyxl==3.1.5
expect 'in the file: <row r="1" ht="30">
openpyxl: height 30.0, customHeight True
saved: <row r="1" ht="30" customHeight="1">' <<'PYTHON'
import io
import re
import zipfile

from openpyxl import Workbook, load_workbook

SHEET = "xl/worksheets/sheet1.xml"


def row_of(file):
    return re.search("<row.*?>", zipfile.ZipFile(file).read(SHEET).decode()).group()


written = io.BytesIO()
workbook = Workbook()
workbook.active["A1"] = "text"
workbook.active.row_dimensions[1].height = 30
workbook.save(written)
found = io.BytesIO()
with zipfile.ZipFile(written) as parts, zipfile.ZipFile(found, "w") as copy:
    for name in parts.namelist():
        copy.writestr(name, parts.read(name).replace(b' customHeight="1"', b""))
print("in the file:", row_of(found))
workbook = load_workbook(found)
row = workbook.active.row_dimensions[1]
print(f"openpyxl: height {row.height}, customHeight {row.customHeight}")
saved = io.BytesIO()
workbook.save(saved)
print("saved:", row_of(saved))
PYTHON
