#!/usr/bin/env bash
# openpyxl 3.1.5 and python-calamine 0.9.1 read the same cell: 45000 in number format 31, one of the ids that Excel keeps for
# dates in East Asian languages (ECMA-376-1, 18.8.30: 27 to 36, 50 to 58). Chinese Excel writes them without any entry in
# styles.xml.
# One would guess that two readers agree whether a cell holds a date.
# Seen: calamine gives the date, openpyxl the number, with the format "General" and is_date False.
. "$(dirname "$0")/common.sh"
install openpyxl==3.1.5 python-calamine==0.9.1
expect "calamine: datetime.date(2023, 3, 15)
openpyxl: 45000 General False" <<'PYTHON'
import io
import zipfile

import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active["A1"] = 45000
book.active["A1"].number_format = "0.00"  # id 2
saved, changed = io.BytesIO(), io.BytesIO()
book.save(saved)
with zipfile.ZipFile(saved) as source, zipfile.ZipFile(changed, "w") as target:
    for name in source.namelist():
        content = source.read(name)
        if name == "xl/styles.xml":
            content = content.replace(b'numFmtId="2"', b'numFmtId="31"')
        target.writestr(name, content)
[[value]] = CalamineWorkbook.from_filelike(io.BytesIO(changed.getvalue())).get_sheet_by_index(0).to_python()
cell = openpyxl.load_workbook(changed).active["A1"]
print("calamine:", repr(value))
print("openpyxl:", cell.value, cell.number_format, cell.is_date)
PYTHON
