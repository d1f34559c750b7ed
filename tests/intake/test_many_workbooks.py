"""Each of many workbooks of a pack holds what is its own: names, last year's figures, and what follows from them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.datavalidation import DataValidation
from places import PACK_FOLDER

from reportfill import Pack, SubmissionError, new_workbook, read_workbook
from reportfill.intake import author
from reportfill.intake.prefill import Prefill, prefill_of
from reportfill.model.figures import with_values
from reportfill.model.options import options_of
from reportfill.model.report_model import AGENCY
from reportfill.office.calamine_grid import read_grid
from reportfill.office.workbook.cell_edits import Writes
from reportfill.pack.pack import INTAKE, SCHEMA, pack_from, read_parts

YEAR = 2024
KNOWN_FIGURES = st.one_of(
    st.integers(0, 3),
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**12), 10**12, places=2),
)
HOSTILE_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.text(max_size=3),
    st.just({}),
    st.sampled_from(
        [10**40, Decimal("1E+30"), Decimal("1E+40000"), Decimal("0E-9"), Decimal("NaN"), float("inf")]
    ),
)
NAMES = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        [
            "单位",
            "2024",
            "1",
            "表三",
            "无上年数据",
            "局 ",
            "#N/A",
            "_x0041_",
            "'1",
            "甲\n乙",
            "=SUM(1)局",
            "A & B <县>",
        ]
    ),
)


def assert_holds_its_own(pack: Pack, agency: str, code: str, last: dict[str, Any] | None) -> None:
    """What follows from last year's figures stands in each cell, and so do the names; or the workbook is refused."""
    try:
        content = new_workbook(pack, year=YEAR, agency=agency, code=code, last=last)
    except SubmissionError:
        return
    known = {path: value for path, value in (("agency.name", agency), ("agency.code", code)) if value}
    contents = prefill_of(pack, with_values({}, known | {"year": YEAR}), last)
    book, grid = load_workbook(BytesIO(content)), read_grid(content)
    for path, field in pack.fields.items():
        cell = pack.form.inputs[path][0]
        written, read = book[cell.sheet][cell.address].value, grid.value(cell)
        if path in pack.rules.derived or path in contents.followed:
            assert str(written).startswith("=")
            assert float(read) == float(contents.figure(path))  # type: ignore[arg-type]
        elif not field.kind.is_list:
            value = contents.typed.get(path, "")
            assert (float(read) == float(value)) if field.kind.is_number and value != "" else (read == value)
    assert read_workbook(content).agency == agency.strip()


@given(st.data(), NAMES, NAMES)
@settings(max_examples=often(12))
def test_whatever_is_known_of_last_year_stands_in_its_cells(
    pack: Pack, data: st.DataObject, agency: str, code: str
) -> None:
    paths = [path for path, field in pack.fields.items() if field.kind.is_number]
    rest = data.draw(st.sampled_from([None, 0, 7]), "every other figure")
    figures = {} if rest is None else dict.fromkeys(paths, rest)
    figures |= data.draw(st.dictionaries(st.sampled_from(paths), KNOWN_FIGURES), "figures")
    assert_holds_its_own(pack, "清河县档案馆", "371502-01", with_values({}, figures))


@given(st.data())
@settings(max_examples=often(12))
def test_cells_that_are_left_as_in_the_blank_workbook_hold_what_is_to_be_there(
    pack: Pack, data: st.DataObject
) -> None:
    figures = st.dictionaries(st.sampled_from([*pack.fields]), KNOWN_FIGURES)
    known = with_values({}, data.draw(figures, "this year") | {"year": YEAR})
    contents = prefill_of(pack, known, with_values({}, data.draw(figures, "last year")))
    every_path = frozenset(pack.form.inputs)
    blank = figures_written(prefill_of(pack, {"year": YEAR}, None), every_path)
    some, all_cells = figures_written(contents, contents.known), figures_written(contents, every_path)
    for sheet, written in all_cells.sheets.items():
        assert blank.sheets[sheet].cells | some.sheets[sheet].cells == written.cells
        assert some.sheets[sheet].rules == written.rules


def figures_written(contents: Prefill, paths: frozenset[str]) -> Writes:
    """What is written for these fields."""
    writes = Writes()
    author.write_figures(writes, contents, frozenset({"year"}), paths)
    return writes


@given(NAMES, st.one_of(st.just(""), NAMES))
@settings(max_examples=often(12))
def test_names_are_as_they_were_given(pack: Pack, agency: str, code: str) -> None:
    try:
        content = new_workbook(pack, year=YEAR, agency=agency, code=code)
    except SubmissionError:
        return
    grid = read_grid(content)
    for path, value in ((AGENCY, agency), ("agency.code", code)):
        assert str(grid.value(pack.form.inputs[path][0])).replace("\r", "\n") == value.replace("\r", "\n")


@given(st.data())
@settings(max_examples=often(12))
def test_what_no_report_holds_makes_a_workbook_that_can_be_read(pack: Pack, data: st.DataObject) -> None:
    last = data.draw(st.dictionaries(st.sampled_from(list(pack.fields)), HOSTILE_VALUES, max_size=3))
    content = new_workbook(pack, year=YEAR, agency="清河县档案馆", last=with_values({}, last))
    assert read_workbook(content).agency == "清河县档案馆"
    load_workbook(BytesIO(content))


def test_a_second_workbook_costs_no_form(
    pack: Pack, hongze: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    new_workbook(pack, year=YEAR, agency="清河县档案馆", code="1")
    monkeypatch.setattr(author, "form_workbook", lambda *_, **__: pytest.fail("the form is laid out again"))
    for last in (None, hongze, {"requests": hongze["requests"]}):
        made = new_workbook(pack, year=YEAR + 1, agency="A & B <县> “局”", code="371502-01", last=last)
        assert read_workbook(made).agency == "A & B <县> “局”"


def test_the_same_agency_gets_the_same_bytes_and_another_one_its_own(
    pack: Pack, hongze: dict[str, Any], weihui: dict[str, Any]
) -> None:
    def made(agency: str, last: dict[str, Any] | None = None) -> bytes:
        return new_workbook(pack, year=YEAR, agency=agency, code="1", last=last)

    one, other = made("清河县档案馆"), made("清河县民政局")
    assert one == made("清河县档案馆")
    assert (read_workbook(other).agency, read_workbook(other).code) == ("清河县民政局", "1")
    prefilled = [made("清河县档案馆", last) for last in (hongze, weihui, hongze)]
    assert prefilled[0] == prefilled[2]
    assert len({read_workbook(made).workbook for made in (one, other, *prefilled)}) == 4
    assert one == made("清河县档案馆"), "what others were filled with leaves no trace"


def test_a_name_that_no_workbook_can_hold_is_refused(pack: Pack) -> None:
    for name in ("清河\x01县", "长" * 32768):
        with pytest.raises(SubmissionError, match=AGENCY):
            new_workbook(pack, year=YEAR, agency=name)


OPTIONS = options_of({"enum": ["A&B", "<C>"]})


def test_a_list_of_choices_is_written_as_excel_reads_it(pack: Pack) -> None:
    fields = pack.fields | {"agency.code": replace(pack.fields["agency.code"], choices=OPTIONS)}
    content = new_workbook(replace(pack, fields=fields), year=YEAR, agency="甲局")
    rules = load_workbook(BytesIO(content))["填报说明"].data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules if rule.type == "list"] == [
        ("B5", '"A&B,<C>"')
    ]


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


def bare_form(designers: DataValidation | None = None) -> Pack:
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


@pytest.mark.parametrize("rule", [lambda: None, designers_rule])
@pytest.mark.parametrize("last", [*LAST_YEARS, *ODD_YEARS])
def test_cells_without_a_style_are_filled_and_a_designers_rule_stays(
    rule: Callable[[], DataValidation | None], last: dict[str, Any]
) -> None:
    designers, pack = rule(), bare_form(rule())
    content = new_workbook(pack, year=YEAR, agency="清河县档案馆", code="1", last=last)
    book, grid = load_workbook(BytesIO(content)), read_grid(content)
    rules = book["数据"].data_validations.dataValidation
    assert [other.prompt for other in rules if "H9" in other.sqref] == (
        [designers.prompt] if designers else []
    )
    issued = next(other for other in rules if "A1" in other.sqref)
    assert ("上年度：" in issued.prompt) == ("issued" in last)
    assert book["核对"]["A1"].value == "等于上年期末"
    if last.get("in_force") in (4, 5):
        assert (grid.rows("期末")[0], book["期末"]["B1"].value) == ([last["in_force"]] * 2, last["in_force"])


def test_a_shown_text_that_reads_like_an_error_is_one_to_excel_too() -> None:
    content = new_workbook(bare_form(), year=YEAR, agency="清河县档案馆", code="N/A")
    assert load_workbook(BytesIO(content), data_only=True)["单位"]["D1"].data_type == "e"
