"""Write the workbooks of sample_inputs/: good ones, one with two published mistakes, one full of typical mistakes.

usage: python -m tools.make_samples [FOLDER]      (from the project's root; default: sample_inputs)
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook

from reportfill import Pack, load_pack, new_workbook
from reportfill.model.figures import value_at, with_values
from reportfill.office.package import composed, parts_of
from reportfill.office.properties import xml_bytes

ROOT = Path(__file__).resolve().parents[1]
FOLDER, DATA = ROOT / "sample_inputs", ROOT / "tests" / "data"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

DEADLINE = "1月31日"
"""The last day of the office that the samples are for."""

TYPED_OVER = ("disputes.reconsideration.total", "disputes.litigation_after_reconsideration.total")
"""The two totals of Hongze's published report that were left 0."""

MISTAKES: dict[str, Any] = {
    "overview.summary": ["XX局认真贯彻《中华人民共和国政府信息公开条例》，深入推进政府信息公开各项工作。"],
    "overview.proactive_disclosure": [
        "2022年，通过区政府门户网站主动公开各类政府信息，及时更新机构职能和办事指南。",
        "2022年，通过区政府门户网站主动公开各类政府信息，及时更新机构职能和办事指南。",
    ],
    "overview.disclosure_on_request": [
        "全年共收到政府信息公开申请17件，均在法定期限内答复申请人，未发生投诉。"
    ],
    "overview.information_management": [],
    "overview.platform": ["运行正常。"],
    "overview.oversight": [
        "新安县水利局严格落实信息公开审核制度，监督电话13800138000，经办人110105194912310021。"
    ],
    "proactive.rules.issued": "无",
    "proactive.rules.repealed": "０",
    "proactive.rules.in_force": "0件",
    "proactive.normative_documents.issued": "22（其中修订16件）",
    "proactive.normative_documents.repealed": -1,
    "proactive.normative_documents.in_force": "1,234",
    "requests.received.natural_person": 20,
    "requests.carried_over.business": None,
    "requests.carried_over.other": "—",
    "requests.carried_forward.legal_service": Decimal("0.5"),
    "other_matters": ["本年度没有其他需要报告的事项，特此说明。"],
    "table_notes.proactive": ["表中行政规范性文件含修订的文件，经办人身份证号为11010519491231002X。"],
}


def sample_workbooks() -> dict[str, bytes]:
    """The workbooks by file name."""
    pack = load_pack(ROOT / "templates" / "annual-report-2021")
    weihui, hongze = _data("weihui-2023.json"), _data("hongze-2023.json")
    corrected = with_values(hongze, {TYPED_OVER[0]: 11, TYPED_OVER[1]: 5})
    return {
        "weihui-xinfang-2023.xlsx": _workbook(pack, weihui),
        "hongze-2023.xlsx": _workbook(_with_totals_typed(pack), hongze),
        "hongze-2023-corrected.xlsx": _workbook(pack, corrected),
        "typical-mistakes-2023.xlsx": _with_odd_cells(_workbook(pack, with_values(corrected, MISTAKES))),
    }


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"), parse_float=Decimal)
    return data


def _workbook(pack: Pack, data: dict[str, Any]) -> bytes:
    return new_workbook(
        pack, agency=value_at(data, "agency.name"), year=data["year"], data=data, deadline=DEADLINE
    )


def _with_totals_typed(pack: Pack) -> Pack:
    """A pack whose two totals are typed by hand, as by a clerk who took the protection off."""
    derived = {path: rule for path, rule in pack.rules.derived.items() if path not in TYPED_OVER}
    return replace(pack, rules=replace(pack.rules, derived=derived))


def _with_odd_cells(workbook: bytes) -> bytes:
    """The workbook with what only a spreadsheet can make of a typed value: an error, a truth value, a date."""
    parts = parts_of(workbook)
    sheet, styles = (
        etree.fromstring(parts["xl/worksheets/sheet3.xml"]),
        etree.fromstring(parts["xl/styles.xml"]),
    )
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    _set(cells["B16"], "e", "#REF!")
    _set(cells["B12"], "b", "1")
    _set(cells["B9"], "n", "45293")
    cells["B9"].set("s", _date_style(styles, int(cells["B9"].get("s", "0"))))
    changed = {"xl/worksheets/sheet3.xml": xml_bytes(sheet), "xl/styles.xml": xml_bytes(styles)}
    return composed(parts | changed)


def _set(cell: etree._Element, kind: str, value: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", kind)
    etree.SubElement(cell, f"{MAIN}v").text = value


def _date_style(styles: etree._Element, like: int) -> str:
    """The number of a new cell format: like another, but showing a date (number format 14)."""
    formats = styles.find(f"{MAIN}cellXfs")
    assert formats is not None
    new = etree.fromstring(etree.tostring(formats[like]))
    new.set("numFmtId", "14")
    new.set("applyNumberFormat", "1")
    formats.append(new)
    formats.set("count", str(len(formats)))
    return str(len(formats) - 1)


def cells_of(workbook: bytes) -> dict[str, dict[str, tuple[object, ...]]]:
    """What a reader finds in the cells of a workbook, by sheet and address."""
    return {
        sheet.title: {
            cell.coordinate: (cell.value, cell.number_format, cell.protection.locked)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in load_workbook(BytesIO(workbook))
    }


def main(arguments: list[str]) -> None:
    """Write every sample into the folder named, or into sample_inputs/. One in which a reader finds the same stays byte
    for byte: the recipes of tests/cases name places in its XML."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for name, content in sample_workbooks().items():
        place = folder / name
        if not place.is_file() or cells_of(place.read_bytes()) != cells_of(content):
            place.write_bytes(content)
            print(place)


if __name__ == "__main__":
    main(sys.argv[1:])
