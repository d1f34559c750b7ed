#!/usr/bin/env bash
# openpyxl 3.1.5 makes a workbook with a worksheet and a chart sheet without a chart, saves it, and loads what it saved;
# then the same with an empty bar chart on the chart sheet.
# One would guess that it loads what it writes.
# Seen: of a chart sheet without a chart it writes a relationship's id (`drawing r:id="rId1"`) and no part of relationships,
# and loading that ends in an AttributeError. python-calamine 0.9.1 reads both.
. "$(dirname "$0")/common.sh"
install openpyxl==3.1.5 python-calamine==0.9.1
expect "without a chart: relationships False; calamine: [[1.0]]; openpyxl: AttributeError
with a chart: relationships True; calamine: [[1.0]]; openpyxl: ['Sheet', 'Chart']" <<'PYTHON'
import io
import zipfile

from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from python_calamine import CalamineWorkbook


def loaded(file):
    try:
        return load_workbook(file).sheetnames
    except AttributeError as error:
        return type(error).__name__


for words in ("without a chart", "with a chart"):
    workbook = Workbook()
    workbook.active["A1"] = 1
    sheet = workbook.create_chartsheet()
    if words == "with a chart":
        sheet.add_chart(BarChart())
    file = io.BytesIO()
    workbook.save(file)
    related = "xl/chartsheets/_rels/sheet1.xml.rels" in zipfile.ZipFile(file).namelist()
    file.seek(0)
    cells = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    print(f"{words}: relationships {related}; calamine: {cells}; openpyxl: {loaded(file)}")
PYTHON
