"""A workbook reduced to what its sheets show: nothing of whoever made it, of their computer, or left from calculating.

What is kept is named here, so that whatever a newer program adds goes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy

from reportfill.office.edited_package import ROOT, EditedPackage, UnusualPackageError
from reportfill.office.workbook.edited_sheet import forget_result
from reportfill.office.workbook.new_parts import say_made_as_by_excel
from reportfill.office.xml import (
    ELEMENT,
    RELATIONSHIP_ID,
    RELATIONSHIPS,
    Element,
    S,
    child,
)
from reportfill.text import word_list

_KEPT_RELATIONSHIPS = word_list(
    """
    officeDocument worksheet chartsheet styles theme sharedStrings drawing chart image comments vmlDrawing table
    hyperlink externalLink externalLinkPath pivotTable pivotCacheDefinition pivotCacheRecords
    """
)
"""The ends of the types of the relationships that are kept; the parts to which others lead go."""

_OF_WORKBOOK = word_list("workbookPr bookViews sheets externalReferences definedNames calcPr pivotCaches")
_OF_SHEET = word_list(
    """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter protectedRanges scenarios
    mergeCells conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter
    rowBreaks colBreaks drawing legacyDrawing tableParts
    """
)


def bare(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts of such a workbook: texts in their cells, formulas without results. Raises UnusualPackageError where
    it is not as every program writes it."""
    package = EditedPackage(parts)
    package.keep_relationships(_KEPT_RELATIONSHIPS)
    workbook = next(iter(package.related(ROOT, "officeDocument")), "")
    _strip(package.edit(workbook), _OF_WORKBOOK)
    shared = package.related(workbook, "sharedStrings")
    strings = [text for part in shared for text in package.read(part).iterchildren(f"{S}si")]
    for part in package.related(workbook, "worksheet"):
        root = package.edit(part)
        _strip(root, _OF_SHEET)
        for cell in root.iter(f"{S}c"):
            _settle(cell, strings)
    for part in shared:
        package.unrelate(workbook, part)
    say_made_as_by_excel(package)
    return package.parts()


def _strip(root: Element, kept: Collection[str]) -> None:
    """Leave of a part the elements of these names, and the attributes that every program knows."""
    tags = {S + name for name in kept}
    for element in list(root):
        if element.tag not in tags:
            root.remove(element)
        elif element.tag == f"{S}pageSetup":
            element.attrib.pop(RELATIONSHIP_ID, "")  # the settings of somebody's printer
    for element in root.iter(ELEMENT):
        for name in [name for name in element.attrib if str(name).startswith("{")]:
            if not str(name).startswith((f"{{{RELATIONSHIPS}}}", "{http://www.w3.org/XML/1998/namespace}")):
                del element.attrib[name]


def _settle(cell: Element, strings: list[Element]) -> None:
    """Put a shared text into its cell, and take the result away that a formula had in the form."""
    value = cell.find(f"{S}v")
    if cell.find(f"{S}f") is not None:
        forget_result(cell)
    elif cell.get("t") == "s" and value is not None:
        number = int(value.text or "0")
        if number >= len(strings):
            raise UnusualPackageError("xl/sharedStrings.xml")
        cell.set("t", "inlineStr")
        cell.remove(value)
        child(cell, f"{S}is").extend(deepcopy(strings[number]))
