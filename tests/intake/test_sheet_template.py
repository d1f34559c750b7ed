"""Sheets of a form without styles, with rules of its designer's and with hardly any formulas are filled the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from places import PACK_FOLDER

from reportfill import Pack, new_workbook
from reportfill.intake import workbook_template as template_module
from reportfill.intake.prompts import rule_of
from reportfill.intake.workbook_template import workbook_template
from reportfill.model.fields import fields_of
from reportfill.office.package import parts_of
from reportfill.office.workbook.cell_writer import validation
from reportfill.pack.pack import INTAKE, SCHEMA, pack_from, read_parts

COUNT = {"type": "integer", "minimum": 0, "unit": "件"}
SCHEMA_OF_STOCKS = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "库存报告",
    "type": "object",
    "required": ["agency", "year", "taken_over", "issued", "in_force", "worth", "remarks"],
    "balances": [
        {"id": "taken", "title": "等于上年期末", "left": ["/taken_over"], "right": ["last:/in_force"]},
        {"id": "stock", "title": "上年加本年", "left": ["/in_force"], "right": ["last:/in_force", "/issued"]},
    ],
    "properties": {
        "agency": {
            "title": "单位",
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"title": "名称", "type": "string"},
                "code": {"title": "编码", "type": "string"},
            },
        },
        "year": {"title": "年度", "type": "integer"},
        "taken_over": {"title": "上年\n结转", **COUNT},
        "issued": {"title": "本年“新增” <&>", **COUNT},
        "in_force": {"title": "期末", **COUNT},
        "worth": {"title": "价值", "type": "number", "description": "按\t账面"},
        "remarks": {"title": "备注", "type": "string"},
    },
}
LAST_YEARS = ({}, {"in_force": 5}, {"in_force": 4, "issued": 0, "worth": 2.5}, {"worth": -1}, {"issued": 9})
ODD_YEARS = ({"in_force": Decimal("NaN")}, {"in_force": Decimal("1E+40000")}, {"in_force": 10**20})
SHEETS = {
    "单位": ["{{ agency.name }}", "{{ agency.code }}", "{{ year }}", "#{{ agency.code }}"],
    "数据": ["{{ issued }}", "{{ worth }}", "{{ remarks }}"],
    "期末": ["{{ in_force }}", "{{ taken_over }}"],
    "核对": [f"{{{{ form.balance.{part} }}}}" for part in ("title", "place", "left", "right")]
    + ["{{ form.balance.difference }}", "{{ form.balance.verdict }}"],
}


def form(designers: DataValidation | None = None) -> Pack:
    """A pack whose form has bare cells, and perhaps a rule of its designer's beside the inputs."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, row in SHEETS.items():
        book.create_sheet(name).append(row)
    if designers is not None:
        book["数据"].add_data_validation(designers)
    content = BytesIO()
    book.save(content)
    schema = json.dumps(SCHEMA_OF_STOCKS).encode()
    return pack_from(read_parts(PACK_FOLDER) | {SCHEMA: schema, INTAKE: content.getvalue()})


def designers_rule() -> DataValidation:
    """A list to choose from, in a cell that is no input."""
    rule = DataValidation("list", formula1='"是,否"', prompt="请选择")
    rule.add("H9")
    return rule


def our_rule_for_nine() -> DataValidation:
    """What a workbook says that was made when last year's figure of `issued` was 9."""
    field = fields_of(SCHEMA_OF_STOCKS)["issued"]
    return validation(rule_of(field, {"issued": 9}), ["H9"])


@pytest.mark.parametrize("rule", [lambda: None, designers_rule, our_rule_for_nine])
@pytest.mark.parametrize("last", [*LAST_YEARS, *ODD_YEARS])
def test_the_parts_are_those_of_new_workbook(
    rule: Callable[[], DataValidation | None], last: dict[str, Any]
) -> None:
    pack = form(rule())
    made = parts_of(workbook_template(pack, 2024).workbook("清河县档案馆", "1", last))
    assert made == parts_of(new_workbook(pack, year=2024, agency="清河县档案馆", code="1", last=last))


def test_a_shown_text_that_reads_like_an_error_is_one_to_excel_too() -> None:
    pack = form()
    made = parts_of(workbook_template(pack, 2024).workbook("清河县档案馆", "N/A"))
    assert made == parts_of(new_workbook(pack, year=2024, agency="清河县档案馆", code="N/A"))


@pytest.mark.parametrize("rule", [lambda: None, designers_rule])
def test_no_workbook_is_made_as_a_whole(
    rule: Callable[[], DataValidation | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workbook_template(form(rule()), 2024)
    made.workbook("清河县档案馆", "1")
    monkeypatch.setattr(template_module, "new_workbook", lambda *_, **__: pytest.fail("made as a whole"))
    for last in (None, *LAST_YEARS):
        assert made.workbook("清河县档案馆", "1", last)
