#!/usr/bin/env bash
# LibreOffice 7.4.7 makes a PDF of a document of python-docx 1.2.0: the line 年2023年AB年, once as it is, once with
# w:autoSpaceDE and w:autoSpaceDN w:val="1" in its paragraph, once with "0" there, once with "0" in its style.
# One would guess that "0" does what Word does and ECMA-376-1, 17.3.1.2 and 17.3.1.3 say: no space is put between Chinese
# characters and the digits or Latin letters beside them.
# Seen: a fifth of the size of the type is put there in all four. So a line of Chinese with digits that just fits in Word does not
# in LibreOffice; a title of 20 characters in 22 points, for which a page has room, goes over to a second line.
. "$(dirname "$0")/common.sh"
command -v soffice >/dev/null || { echo "soffice (LibreOffice 7.4) is not on the path" >&2; exit 1; }
soffice --version
install python-docx==1.2.0 pdfplumber==0.11.7
cat >"$place/make.py" <<'PYTHON'
import sys

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def spaced(element, value):
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):
        said = OxmlElement(name)
        said.set(qn("w:val"), value)
        element.get_or_add_pPr().append(said)


document = docx.Document()
document.add_paragraph("年2023年AB年")
for value in ("1", "0"):
    spaced(document.add_paragraph("年2023年AB年")._p, value)
style = document.styles.add_style("Tight", 1)
spaced(style.element, "0")
document.add_paragraph("年2023年AB年", style=style)
document.save(sys.argv[1])
PYTHON
"$place/venv/bin/python" "$place/make.py" "$place/lines.docx"
soffice "-env:UserInstallation=file://$place/profile" --headless --convert-to pdf --outdir "$place" "$place/lines.docx" >/dev/null 2>&1
cd "$place"
expect "nothing said: 2.2
paragraph, 1: 2.2
paragraph, 0: 2.2
style, 0: 2.2" <<'PYTHON'
import pdfplumber

with pdfplumber.open("lines.pdf") as pdf:
    characters = pdf.pages[0].chars
for case, number in zip(("nothing said", "paragraph, 1", "paragraph, 0", "style, 0"), range(4)):
    first, digit = characters[number * 9 : number * 9 + 2]
    print(f"{case}: {digit['x0'] - first['x1']:.1f}")
PYTHON
