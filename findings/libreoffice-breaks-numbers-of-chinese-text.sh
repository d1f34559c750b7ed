#!/usr/bin/env bash
# LibreOffice 7.4.7 makes a PDF of a document of python-docx 1.2.0: Chinese text with a number of seven digits that does not fit
# on the first line in some widths, once with w:lang w:val="en-US" for Western text and once with "zh-CN".
# One would guess that the language of Western text decides on spelling and quotation marks, and that digits stay together, as
# Unicode's line breaking (UAX 14, NU x NU) has it.
# Seen: with zh-CN the line breaks within the number. (The PDF's /Lang comes from the document defaults; so a document can be
# Chinese there and its text en-US.)
. "$(dirname "$0")/common.sh"
command -v soffice >/dev/null || { echo "soffice (LibreOffice 7.4) is not on the path" >&2; exit 1; }
soffice --version
install python-docx==1.2.0 pdfplumber==0.11.7
cat >"$place/make.py" <<'PYTHON'
import sys

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

language, path = sys.argv[1:]
document = docx.Document()
style = document.styles["Normal"].element.get_or_add_rPr()
word = OxmlElement("w:lang")
word.set(qn("w:val"), language)
word.set(qn("w:eastAsia"), "zh-CN")
style.append(word)
for width in range(8):
    document.add_paragraph("件" * (30 + width) + "1234567" + "件" * 20)
document.save(path)
PYTHON
for language in en-US zh-CN; do
  "$place/venv/bin/python" "$place/make.py" "$language" "$place/$language.docx"
  soffice "-env:UserInstallation=file://$place/profile" --headless --convert-to pdf --outdir "$place" "$place/$language.docx" >/dev/null 2>&1
done
cd "$place"
expect "en-US: no number broken
zh-CN: numbers broken" <<'PYTHON'
import pdfplumber

for language in ("en-US", "zh-CN"):
    with pdfplumber.open(f"{language}.pdf") as pdf:
        lines = [line["text"] for page in pdf.pages for line in page.extract_text_lines()]
    broken = any(one[-1].isdigit() and two[0].isdigit() for one, two in zip(lines, lines[1:]))
    print(f"{language}: {'numbers' if broken else 'no number'} broken")
PYTHON
