#!/usr/bin/env bash
# LibreOffice 7.4.7 makes a PDF of a document of python-docx 1.2.0 in the typeface "Nobody Has This", with a profile whose table
# of font replacements (Options, Fonts) says "Liberation Mono" for it: once without "Always", once with it.
# One would guess that without "Always" it is replaced where it is not there, since by the help of LibreOffice "Always" replaces
# a typeface even where it is installed.
# Seen: without "Always" the entry does nothing, and whatever LibreOffice falls back to is taken; with it the replacement is.
. "$(dirname "$0")/common.sh"
command -v soffice >/dev/null || { echo "soffice (LibreOffice 7.4) is not on the path" >&2; exit 1; }
soffice --version
install python-docx==1.2.0 pdfplumber==0.11.7
"$place/venv/bin/python" - "$place/a.docx" <<'PYTHON'
import sys

import docx

document = docx.Document()
document.add_paragraph().add_run("Replaced").font.name = "Nobody Has This"
document.save(sys.argv[1])
PYTHON
for always in false true; do
  mkdir -p "$place/$always/user"
  table=/org.openoffice.Office.Common/Font/Substitution
  property() { echo "<prop oor:name=\"$1\" oor:op=\"fuse\"><value>$2</value></prop>"; }
  cat >"$place/$always/user/registrymodifications.xcu" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="$table">$(property Replacement true)</item>
<item oor:path="$table/FontPairs"><node oor:name="one" oor:op="replace">$(property ReplaceFont "Nobody Has This")
$(property SubstituteFont "Liberation Mono")$(property Always $always)$(property OnScreenOnly false)</node></item>
</oor:items>
XML
  mkdir "$place/pdf-$always"
  soffice "-env:UserInstallation=file://$place/$always" --headless --convert-to pdf --outdir "$place/pdf-$always" "$place/a.docx" >/dev/null 2>&1
done
cd "$place"
expect "without Always: another
with Always: Liberation Mono" <<'PYTHON'
import pdfplumber

for case, always in (("without Always", "false"), ("with Always", "true")):
    with pdfplumber.open(f"pdf-{always}/a.pdf") as pdf:
        name = pdf.pages[0].chars[0]["fontname"]
    print(f"{case}: {'Liberation Mono' if 'LiberationMono' in name else 'another'}")
PYTHON
