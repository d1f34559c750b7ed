"""The figures of a report as a workbook that people read: its parts as sheets, with the labels of the form."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from outputs.of_all_packs import REPORTS, material_of, report_of

from reportfill.outputs.xlsx import xlsx_files


def written(name: str) -> bytes:
    """The workbook of a pack's report."""
    return xlsx_files(material_of(name))["（数据）.xlsx"]


def opened(name: str) -> Workbook:
    """It, as openpyxl reads it."""
    return load_workbook(BytesIO(written(name)))


def rows_of(book: Workbook, sheet: str) -> list[tuple[Any, ...]]:
    """The rows of a sheet."""
    return list(book[sheet].iter_rows(values_only=True))


@pytest.mark.parametrize("name", REPORTS)
def test_every_figure_stands_in_it_once(name: str) -> None:
    report, book = report_of(name), opened(name)
    cells = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    shown = sorted(Decimal(str(value)) for value in cells if isinstance(value, int | float))
    assert shown == sorted(Decimal(value) for value in report.figures.values())


def test_a_part_with_lines_and_columns_is_such_a_table() -> None:
    head, *lines = rows_of(opened("annual-report-2021"), "三、收到和处理政府信息公开申请情况")
    assert head == (
        *("项目（单位：件）", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"),
        "总计",
    )
    assert len(lines) == 25
    assert lines[0][0] == "一、本年新收政府信息公开申请数量"
    assert lines[4][0] == "三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密"
    assert lines[0][7] == report_of("annual-report-2021").values["requests.received.total"]


def test_a_part_of_several_units_is_a_list_with_them() -> None:
    head, *lines = rows_of(opened("annual-report-2021"), "二、主动公开政府信息情况")
    assert head == ("项目", "数据", "单位")
    assert lines[-1] == ("行政事业性收费 · 本年收费金额", 7730.28, "万元")


def test_rows_and_answers_have_their_sheets() -> None:
    book = opened("law-enforcement-statistics")
    assert book.sheetnames[:4] == ["基本情况", "行政执法主体", "合计", "受委托组织"]
    answers = {row[0]: row[1] for row in rows_of(book, "基本情况")}
    assert answers["单位名称"] == "清河县农业农村局"
    assert answers["是否委托执法"] == "是"
    assert answers["成文日期"] == "2024年1月19日"
    assert rows_of(book, "行政执法主体")[1] == ("清河县农业农村局", "本级行政机关", 6, 18)
    assert rows_of(book, "表1 行政许可实施情况统计表 合计")[1] == (
        "合计 · 行政许可实施数量（件） · 申请数量",
        184,
        "件",
    )


@pytest.mark.parametrize("name", REPORTS)
def test_office_programs_take_it_and_its_bytes_are_the_same(
    name: str, tmp_path: Path, convert: Callable[..., Path], ooxml_problems: Callable[[Path], list[str]]
) -> None:
    place = tmp_path / "数据.xlsx"
    place.write_bytes(written(name))
    assert ooxml_problems(place) == []
    shown = load_workbook(convert(place, "xlsx"))
    assert shown.sheetnames == opened(name).sheetnames
    assert all(rows_of(shown, sheet) == rows_of(opened(name), sheet) for sheet in shown.sheetnames)
    assert written(name) == place.read_bytes()
