"""The workbook holds every figure of the comparison, in sheets that Excel opens."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from campaign.two_years import CARRIED_OVER, FEES, GRANTED, LICENSING, comparison
from openpyxl import load_workbook

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.added_up import summed_paths
from reportfill.campaign.comparison.compare_sheet import compare_sheet
from reportfill.campaign.comparison.comparison import Comparison, main_paths
from reportfill.text import width_in_digits

WATER, LETTERS, DATA = Agency("03", "清河县水利局"), Agency("04", "=1+1局"), Agency("05", "清河县数据局")

PARTLY_GRANTED = "三、本年度办理结果 · （二）部分公开"


@pytest.fixture
def two_years(pack: Pack) -> Comparison:
    """One agency in both years, one gone, one new."""
    return comparison(
        pack,
        [WATER, DATA],
        [WATER, LETTERS],
        now={
            "03": {LICENSING: 900, FEES: Decimal("0.3"), f"{CARRIED_OVER}.other": 2, f"{GRANTED}.other": 2},
            "05": {LICENSING: 7},
        },
        last={"03": {LICENSING: 200, FEES: Decimal("0.1")}, "04": {LICENSING: 1000}},
    )


def rows(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    """The rows of a sheet, the heading first."""
    return list(load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True))


def test_it_has_its_five_sheets_and_each_sum(two_years: Comparison, pack: Pack) -> None:
    content = compare_sheet(two_years)
    assert load_workbook(BytesIO(content)).sheetnames == [
        "汇总对比",
        "变动较大",
        "结转不一致",
        "各单位",
        "新增和撤并",
    ]
    head, *sums = rows(content, "汇总对比")
    assert head[2] == "两年都汇总的1个单位：2022年"
    assert len(sums) == len(summed_paths(pack))
    licensing = next(row for row in sums if row[0] == pack.fields[LICENSING].label)
    assert licensing[1:] == ("件", 200, 900, 700, 350, 1200, 907, -293, -24.4)


def test_each_jump_and_each_break_has_its_row(two_years: Comparison) -> None:
    content = compare_sheet(two_years)
    jump = rows(content, "变动较大")[1]
    assert jump[:8] == (1, "03", WATER.name, "行政许可 · 本年处理决定数量", 200, 900, 700, 350)
    breaks = rows(content, "结转不一致")[1:]
    assert [row[:3] + row[5:9] for row in breaks] == [("03", WATER.name, "错误", 0, 0, 2, 2)] * 2
    assert breaks[0][4] == "上年结转数等于上年度报告的结转下年度继续办理数"


def test_each_agency_has_its_main_figures_of_both_years(two_years: Comparison, pack: Pack) -> None:
    head, *agencies = rows(compare_sheet(two_years), "各单位")
    column = 3 + 2 * main_paths(pack).index(LICENSING)
    assert head[column : column + 2] == (
        "行政许可 · 本年处理决定数量：2022年",
        "行政许可 · 本年处理决定数量：2023年",
    )
    assert [(row[0], row[2], *row[column : column + 2]) for row in agencies] == [
        ("03", "两年都有报告", 200, 900),
        ("05", "本年度新增", None, 7),
        ("04", "本年度名册中没有", 1000, None),
    ]


def test_who_cannot_be_compared_is_listed(two_years: Comparison) -> None:
    assert rows(compare_sheet(two_years), "新增和撤并")[1:] == [
        ("本年度新增", "05", DATA.name, None, None),
        ("本年度名册中没有", None, None, "04", LETTERS.name),
    ]


def test_a_name_that_looks_like_a_formula_is_a_text_and_the_bytes_are_the_same(two_years: Comparison) -> None:
    content = compare_sheet(two_years)
    assert load_workbook(BytesIO(content))["各单位"]["B4"].data_type == "s"
    assert content == compare_sheet(two_years)


def test_a_strict_reader_has_nothing_against_it(
    two_years: Comparison, tmp_path: Path, ooxml_problems: Callable[[Path], list[str]]
) -> None:
    (tmp_path / "compare.xlsx").write_bytes(compare_sheet(two_years))
    assert ooxml_problems(tmp_path / "compare.xlsx") == []


def test_whatever_is_longer_than_its_column_goes_on_in_a_new_line(two_years: Comparison) -> None:
    unwrapped = [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in load_workbook(BytesIO(compare_sheet(two_years)))
        for cell in (cell for row in sheet.iter_rows() for cell in row)
        if isinstance(cell.value, str) and not cell.alignment.wrap_text
        if width_in_digits(cell.value) > sheet.column_dimensions[cell.column_letter].width
    ]
    assert unwrapped == []


def test_rows_of_one_part_of_the_form_can_be_told_apart(two_years: Comparison) -> None:
    sheet = load_workbook(BytesIO(compare_sheet(two_years)))["汇总对比"]
    long = [row for row in sheet.iter_rows(2) if str(row[0].value).startswith(PARTLY_GRANTED)]
    assert len(long) == 7
    assert {sheet.row_dimensions[row[0].row].height for row in long} == {33}
