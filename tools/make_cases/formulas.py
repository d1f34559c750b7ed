"""Formulas with and without what they came to, and what is left of those that went wrong."""

from __future__ import annotations

import re
from functools import partial

from tools.make_cases.recipes import Recipe, add, recipe
from tools.make_cases.surgery import (
    MAIN,
    OFFICE,
    WORKBOOK,
    changed,
    replaced,
    sheet_part,
    with_cells,
    with_parts,
    with_related_part,
)

COUNT, NARRATIVE = "表二!B9", "总体情况!B31"
_TEXT = "全年共组织培训两次，参加培训的人员有八十人。"

_PICTURE = 'DISPIMG("ID_5C0E8D1A2B3F4A6798B0C1D2E3F40516",1)'


def _error(address: str, error: str, formula: str = "") -> str:
    told = f"<f>{formula}</f>" if formula else ""
    return f'<c r="{address}"{{style}} t="e">{told}<v>{error}</v></c>'


def with_error(workbook: bytes, place: str) -> bytes:
    """A workbook with a formula that went wrong in a cell."""
    return with_cells(workbook, {place: _error(place.partition("!")[2], "#N/A", "NA()")})


_CELLS: dict[str, dict[str, str]] = {
    "reference-error-in-a-number": {COUNT: _error("B9", "#REF!", "#REF!+1")},
    "division-error-in-a-total": {"表三!J7": _error("J7", "#DIV/0!", "SUM(D7:I7)/0")},
    "error-in-the-narrative": {NARRATIVE: _error("B31", "#N/A", "VLOOKUP(1,A1:A2,1,0)")},
    "value-error-in-an-amount": {"表二!B16": _error("B16", "#VALUE!", '"1"+"a"')},
    "name-error-in-the-agency": {"填报说明!B4": _error("B4", "#NAME?", "单位名称")},
    "error-without-a-formula": {COUNT: _error("B9", "#NUM!")},
    "spill-error": {COUNT: '<c r="B9"{style} t="e" vm="1"><f t="array" ref="B9">A1:A3</f><v>#VALUE!</v></c>'},
    "error-while-data-are-fetched": {COUNT: _error("B9", "#GETTING_DATA")},
    "formula-with-its-result": {COUNT: "<f>5+7</f><v>12</v>"},
    "formula-without-a-result": {COUNT: "<f>5+7</f>"},
    "formula-without-a-result-in-the-narrative": {NARRATIVE: '<f>"甲"&amp;"乙"</f>'},
    "formula-with-an-empty-result": {COUNT: '<c r="B9"{style} t="str"><f>""</f><v></v></c>'},
    "formula-with-an-empty-result-in-the-narrative": {
        NARRATIVE: '<c r="B31"{style} t="str"><f>IF(1,"","")</f><v></v></c>'
    },
    "formula-that-gives-a-text": {
        NARRATIVE: f'<c r="B31"{{style}} t="str"><f>"全年"&amp;A1</f><v>{_TEXT}</v></c>'
    },
    "formula-that-gives-a-number-as-text": {
        COUNT: '<c r="B9"{style} t="str"><f>TEXT(12,"0")</f><v>12</v></c>'
    },
    "formula-that-gives-a-truth-value": {COUNT: '<c r="B9"{style} t="b"><f>1=2</f><v>0</v></c>'},
    "picture-in-a-cell-of-wps": {
        NARRATIVE: f'<c r="B31"{{style}} t="str"><f>_xlfn.{_PICTURE}</f><v>={_PICTURE}</v></c>'
    },
    "picture-in-a-cell-for-a-number": {
        COUNT: f'<c r="B9"{{style}} t="str"><f>_xlfn.{_PICTURE}</f><v>={_PICTURE}</v></c>'
    },
    "array-formula": {COUNT: '<f t="array" ref="B9">SUM({5,7}*1)</f><v>12</v>'},
    "dynamic-array-formula": {
        COUNT: '<c r="B9"{style} cm="1"><f t="array" ref="B9">_xlfn._xlws.SORT(12)</f><v>12</v></c>'
    },
    "shared-formula": {
        "表二!B12": '<f t="shared" ref="B12:B13" si="0">5+7</f><v>12</v>',
        "表二!B13": '<f t="shared" si="0"/><v>12</v>',
    },
    "shared-formula-without-results": {
        "表二!B12": '<f t="shared" ref="B12:B13" si="0">5+7</f>',
        "表二!B13": '<f t="shared" si="0"/>',
    },
    "data-table": {COUNT: '<f t="dataTable" ref="B9" dt2D="0" dtr="0" r1="C9"/><v>12</v>'},
    "total-without-a-result": {"表三!J7": "<f>SUM(D7:I7)</f>"},
    "total-that-was-typed-over": {"表四!E6": "<v>7</v>"},
    "totals-not-calculated-anew": {"表三!D7": "<v>5</v>", "表三!D9": "<v>5</v>"},
    "total-with-an-empty-result": {"表三!J7": '<c r="J7"{style} t="str"><f>""</f><v></v></c>'},
}

for _name, _changes in _CELLS.items():
    add(_name, Recipe(partial(with_cells, cells=_changes)))


@recipe("formula-to-another-workbook")
def _external(workbook: bytes) -> bytes:
    workbook = with_cells(workbook, {COUNT: "<f>[1]许可!$A$1</f><v>12</v>"})
    link = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"><sheetNames>'
        '<sheetName val="许可"/></sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>12</v>'
        "</cell></row></sheetData></sheetDataSet></externalBook></externalLink>"
    )
    part = "xl/externalLinks/externalLink1.xml"
    workbook = with_related_part(
        workbook,
        WORKBOOK,
        part,
        link,
        relation=f"{OFFICE}/externalLink",
        kind="application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
    )
    target = (
        f'<Relationship Id="rId1" Type="{OFFICE}/externalLinkPath" Target="台账.xlsx" TargetMode="External"/>'
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{target}</Relationships>'
    workbook = with_parts(workbook, {"xl/externalLinks/_rels/externalLink1.xml.rels": relations})
    told = f'</sheets><externalReferences><externalReference xmlns:r="{OFFICE}" r:id="rId11"/></externalReferences>'
    return replaced(workbook, WORKBOOK, "</sheets>", told)


@recipe("totals-without-any-results")
def _no_results(workbook: bytes) -> bytes:
    """As a program leaves them that does not calculate."""
    for sheet in ("表三", "表四"):
        workbook = changed(
            workbook, sheet_part(sheet), lambda text: re.sub(r"(</f>)<v>[^<]*</v>", r"\1", text)
        )
    return workbook
