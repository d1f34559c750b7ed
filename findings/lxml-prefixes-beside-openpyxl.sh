#!/usr/bin/env bash
# lxml 6.1.0 writes an element of which an attribute is in the namespace of relationships, to which no prefix was given; then
# openpyxl 3.1.5 is imported, nothing of it is called, and the same is written again.
# One would guess that the import of another library changes nothing in what is written.
# Seen: openpyxl registers its prefixes with lxml for the whole process, so that ns0:id becomes r:id. The same program writes
# other bytes from the moment on at which something imports openpyxl.
. "$(dirname "$0")/common.sh"
install lxml==6.1.0 openpyxl==3.1.5
expect 'before: <drawing xmlns:ns0="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ns0:id="rId1"/>
after: <drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId1"/>' <<'PYTHON'
from lxml import etree

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def drawing():
    element = etree.Element("drawing")
    element.set(f"{{{RELATIONSHIPS}}}id", "rId1")
    return etree.tostring(element).decode()


print("before:", drawing())
import openpyxl  # noqa: E402, F401

print("after:", drawing())
PYTHON
