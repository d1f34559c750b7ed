"""A template gives each agency the workbook that new_workbook makes, without making it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from often import often

from reportfill import Pack, SubmissionError, new_workbook, read_workbook
from reportfill.intake import workbook_template as template_module
from reportfill.intake.workbook_template import workbook_template
from reportfill.model.figures import figures_of, with_values
from reportfill.model.report_model import AGENCY
from reportfill.office.package import parts_of
from tools.make_cases.moving import opened

YEAR = 2024
KNOWN_FIGURES = st.one_of(
    st.integers(0, 3),
    st.integers(-(10**18), 10**18),
    st.decimals(-(10**12), 10**12, places=2),
    st.floats(0, 10**6),
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
        ["单位名称", "单位编码", "2024", "1", "表三", "上年未知", "局 ", "#N/A", "_x0041_", "'1", "甲\n乙"]
    ),
)


@pytest.fixture
def never_whole(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A function after which a workbook that is made as a whole is a failure."""

    def forbid() -> None:
        workbook_template(pack, YEAR).workbook("清河县档案馆", "1")
        monkeypatch.setattr(template_module, "new_workbook", lambda *_, **__: pytest.fail("made as a whole"))

    return forbid


def assert_same(pack: Pack, agency: str, code: str, last: dict[str, Any] | None = None) -> None:
    """Every part of the template's workbook is that of new_workbook, or both refuse in the same way."""
    try:
        whole = new_workbook(pack, year=YEAR, agency=agency, code=code, last=last)
    except Exception as error:
        with pytest.raises(type(error)):
            workbook_template(pack, YEAR).workbook(agency, code, last)
        return
    assert parts_of(workbook_template(pack, YEAR).workbook(agency, code, last)) == parts_of(whole)


@pytest.mark.parametrize(
    ("agency", "code"),
    [
        ("卫辉市信访局", "410781-07"),
        ("清河县人民政府办公室", "007"),
        ("A & B <县> “局”", "x'\"y"),
        ("=SUM(1)局", "1"),
        ("_x0041_局", "2"),
        ("没有编码的单位", ""),
        ("名称与编码相同", "名称与编码相同"),
        ("年度作编码的单位", str(YEAR)),
        ("名称后有空格的单位 ", "3 "),
        ("两行的\n单位", "4"),
        ("#N/A", "#REF!"),
        ("", "5"),
    ],
)
def test_every_part_is_that_of_new_workbook(
    pack: Pack, hongze: dict[str, Any], agency: str, code: str
) -> None:
    assert_same(pack, agency, code)
    assert_same(pack, agency, code, hongze)


def test_last_years_figures_are_in_it_as_far_as_they_are_known(
    pack: Pack, hongze: dict[str, Any], weihui: dict[str, Any]
) -> None:
    figures = figures_of(hongze)
    for last in (
        hongze,
        weihui,
        {},
        {"requests": hongze["requests"]},
        {"proactive": hongze["proactive"], "disputes": {}},
        with_values({}, dict.fromkeys(figures, 0)),
        with_values({}, {path: value for number, (path, value) in enumerate(figures.items()) if number % 3}),
        with_values(hongze, {path: Decimal("0.50") for path in list(figures)[::5]}),
        with_values(hongze, {"proactive.rules.in_force": Decimal("1E+40000")}),
        with_values(hongze, {"overview.summary": ["一段\x00", "=1"], "proactive.fees.amount": "很多"}),
    ):
        assert_same(pack, "清河县档案馆", "371502-01", last)


@given(st.data(), NAMES, NAMES)
@settings(max_examples=often(12))
def test_whatever_is_known_of_last_year_the_parts_are_the_same(
    pack: Pack, data: st.DataObject, agency: str, code: str
) -> None:
    paths = [path for path, field in pack.fields.items() if field.kind.is_number]
    rest = data.draw(st.sampled_from([None, 0, 7]), "every other figure")
    figures = {} if rest is None else dict.fromkeys(paths, rest)
    figures |= data.draw(st.dictionaries(st.sampled_from(paths), KNOWN_FIGURES), "figures")
    hostile = data.draw(st.dictionaries(st.sampled_from(list(pack.fields)), HOSTILE_VALUES, max_size=2))
    last = with_values({}, figures | hostile)
    assert_same(pack, agency, code, last)
    assert_same(pack, "清河县档案馆", "371502-01", last)


def test_a_report_of_last_year_costs_no_whole_workbook(
    pack: Pack, hongze: dict[str, Any], weihui: dict[str, Any], never_whole: Callable[[], None]
) -> None:
    never_whole()
    for last in (None, hongze, weihui, {"requests": hongze["requests"]}):
        made = workbook_template(pack, YEAR).workbook("A & B <县> “局”", "371502-01", last)
        assert read_workbook(made).agency == "A & B <县> “局”"


def test_the_same_agency_gets_the_same_bytes_and_another_one_its_own(
    pack: Pack, hongze: dict[str, Any], weihui: dict[str, Any]
) -> None:
    one, other = (
        workbook_template(pack, 2025).workbook(name, "1") for name in ("清河县档案馆", "清河县民政局")
    )
    assert one == workbook_template(pack, 2025).workbook("清河县档案馆", "1")
    assert read_workbook(one).workbook != read_workbook(other).workbook
    assert (read_workbook(other).agency, read_workbook(other).code) == ("清河县民政局", "1")
    prefilled = [
        workbook_template(pack, 2025).workbook("清河县档案馆", "1", last) for last in (hongze, weihui, hongze)
    ]
    assert prefilled[0] == prefilled[2]
    assert len({read_workbook(made).workbook for made in (one, *prefilled)}) == 3


def test_a_name_that_no_workbook_can_hold_is_refused(pack: Pack) -> None:
    with pytest.raises(SubmissionError, match=AGENCY):
        workbook_template(pack, YEAR).workbook("清河\x01县", "1")
    with pytest.raises(SubmissionError, match=AGENCY):
        workbook_template(pack, YEAR).workbook("长" * 32768, "1")


def test_a_list_of_choices_is_written_as_by_openpyxl(pack: Pack) -> None:
    fields = pack.fields | {"agency.code": replace(pack.fields["agency.code"], choices=("A&B", "<C>"))}
    fields["proactive.fees.amount"] = replace(fields["proactive.fees.amount"], minimum=None, more_than=-1)
    chosen = replace(pack, fields=fields)
    for agency in ("清河县档案馆", "乙局"):
        assert_same(chosen, agency, "")
    sheet = opened(workbook_template(chosen, YEAR).workbook("甲局", ""))["填报说明"]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("B5", '"A&B,<C>"')]
