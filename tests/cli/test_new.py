"""reportfill new: the workbook that an agency fills in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from places import ROOT

NAME = "卫辉市信访局2023年政府信息公开工作年度报告（填报表）.xlsx"


def test_a_blank_workbook_is_named_by_the_packs_pattern(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = reportfill("new", "--agency", "卫辉市信访局", "--year", "2023")
    assert run.status == 0
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert NAME in run.out


def test_code_and_last_years_data_go_into_it(
    reportfill: Callable[..., Any], tmp_path: Path, weihui: dict[str, Any]
) -> None:
    weihui["requests"]["carried_forward"] |= {"natural_person": 2, "total": 2}
    (tmp_path / "2022.json").write_text(
        json.dumps(weihui | {"year": 2022}, ensure_ascii=False), encoding="utf-8"
    )
    target = tmp_path / "a.xlsx"
    run = reportfill(
        "new",
        "--agency",
        "卫辉市信访局",
        "--year",
        "2023",
        "--code",
        "410781",
        "--last",
        tmp_path / "2022.json",
        "-o",
        target,
    )
    book = load_workbook(target)
    assert run.status == 0
    assert (book["填报说明"]["B5"].value, book["表三"]["D8"].value) == ("410781", 2)


def test_data_that_do_not_balance_are_filled_in_and_named(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    run = reportfill("new", "--data", ROOT / "tests/data/hongze-2023.json", "-o", tmp_path / "a.xlsx")
    assert run.status == 0
    assert "表四!E6" in run.out


def test_without_an_agency_it_is_a_workbook_for_any(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    assert reportfill("new", "--year", "2023", "-o", tmp_path / "a.xlsx").status == 0
    assert load_workbook(tmp_path / "a.xlsx")["填报说明"]["B4"].protection.locked is False


def test_what_it_writes_is_filled_in_read_and_printed(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    reportfill("new", "--data", ROOT / "tests/data/weihui-2023.json", "-o", tmp_path / "a.xlsx")
    assert reportfill("fill", tmp_path / "a.xlsx").status == 0


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            '{"year": 2023, "agency": {"name": "甲局", "name": "乙局"}}',
            "单位名称：数据中重复出现（甲局、乙局）",
        ),
        ('{"year": 2023, "\\u0079ear": 2024}', "报告年度：数据中重复出现（2023、2024）"),
        ('{"year": 2023, "proactive": {"fees": {"amount": 1E+300}}}', "本年收费金额：1E+300过大"),
        ('{"year": 2023, "proactive": {"fees": {"amount": "3 5"}}}', "本年收费金额：“3 5”无法判断是哪个数"),
    ],
)
def test_data_in_which_a_value_cannot_be_told_are_refused(
    reportfill: Callable[..., Any], tmp_path: Path, written: str, said: str
) -> None:
    (tmp_path / "data.json").write_text(written, encoding="utf-8")
    run = reportfill("new", "--data", tmp_path / "data.json", "-o", tmp_path / "a.xlsx")
    assert (run.status, (tmp_path / "a.xlsx").exists()) == (2, False)
    assert said in run.err.replace("\n", "")
    last = reportfill("new", "--year", "2024", "--last", tmp_path / "data.json", "-o", tmp_path / "a.xlsx")
    assert (last.status, (tmp_path / "a.xlsx").exists()) == (2, False)


def test_what_data_leave_blank_is_left_to_be_filled_in(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    data = {
        "year": 2023,
        "agency": {"name": "清河县档案馆", "code": None},
        "requests": None,
        "other_matters": None,
    }
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    run = reportfill("new", "--data", tmp_path / "data.json", "-o", tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    assert run.status == 0
    assert "None" not in run.out + run.err
    assert (book["填报说明"]["B4"].value, book["表三"]["D7"].value) == ("清河县档案馆", None)


def test_answers_that_data_leave_blank_are_left_to_be_given(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    data = {
        "year": 2024,
        "agency": {"name": "某市城市管理局"},
        "bodies": [{"name": "执法支队", "kind": ""}],
        "delegated": None,
        "signed": "",
    }
    (tmp_path / "data.json").write_text(json.dumps(data), encoding="utf-8")
    wanted = ("--pack", "law-enforcement-statistics", "--data", tmp_path / "data.json")
    assert reportfill("new", *wanted, "-o", tmp_path / "a.xlsx").status == 0
    sheet = load_workbook(tmp_path / "a.xlsx")["执法主体"]
    assert [sheet[cell].value for cell in ("B4", "C4", "C26")] == ["执法支队", None, None]
