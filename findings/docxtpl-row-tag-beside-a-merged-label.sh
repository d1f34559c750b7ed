#!/usr/bin/env bash
# docxtpl 0.20.2 with python-docx 1.2.0: a table whose first column is one label merged over three rows; the first row holds
# {%tr for %} in its second cell, the last {%tr endfor %}.
# One would guess that the row with the tag goes and the label stays, for the merge is one cell to whoever designs it.
# Seen: the row goes with the label in it. What is left are cells that continue a merge which nothing begins, and no error.
. "$(dirname "$0")/common.sh"
install docxtpl==0.20.2 python-docx==1.2.0
expect "'' vMerge=continue | '甲'
'' vMerge=continue | '乙'" <<'PYTHON'
import io

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate

document = docx.Document()
table = document.add_table(rows=3, cols=2)
table.cell(0, 0).merge(table.cell(2, 0)).text = "类别"
for row, text in enumerate(("{%tr for name in names %}", "{{ name }}", "{%tr endfor %}")):
    table.cell(row, 1).text = text
designed, printed = io.BytesIO(), io.BytesIO()
document.save(designed)
template = DocxTemplate(io.BytesIO(designed.getvalue()))
template.render({"names": ["甲", "乙"]})
template.save(printed)
for row in docx.Document(printed).tables[0]._tbl.tr_lst:
    label, name = ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in row.tc_lst]
    merge = row.tc_lst[0].tcPr.find(qn("w:vMerge"))
    print(f"{label!r} vMerge={merge.get(qn('w:val'), 'continue')} | {name!r}")
PYTHON
