"""reportfill check: validate only, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from places import SAMPLES


def test_json_is_one_object_a_file_with_everything_about_it(reportfill: Callable[..., Any]) -> None:
    run = reportfill(
        "check", SAMPLES / "hongze-2023.xlsx", SAMPLES / "weihui-xinfang-2023.xlsx", "--format", "json"
    )
    hongze, weihui = map(json.loads, run.out.splitlines())
    assert (run.status, run.err) == (1, "")
    assert hongze["file"].endswith("hongze-2023.xlsx")
    assert hongze["pack"] == {"id": "annual-report-2021", "version": "1.0.0"}
    assert (hongze["agency"], hongze["year"]) == ("洪泽区人民政府", 2023)
    assert hongze["counts"] == {"error": 2, "warning": 0, "note": 1}
    wrong = [f for f in hongze["findings"] if f["severity"] == "error"]
    assert [(f["code"], f["field"], f["cell"], f["value"], f["expected"]) for f in wrong] == [
        ("balance.unequal", "disputes.reconsideration.total", "表四!E6", 0, 11),
        ("balance.unequal", "disputes.litigation_after_reconsideration.total", "表四!O6", 0, 5),
    ]
    assert {"message", "hint"} <= set(wrong[0])
    assert weihui["counts"] == {"error": 0, "warning": 0, "note": 1}


def test_the_sample_of_typical_mistakes_shows_at_least_fifteen_different_findings(
    reportfill: Callable[..., Any],
) -> None:
    run = reportfill("check", SAMPLES / "typical-mistakes-2023.xlsx", "--format", "json")
    findings = json.loads(run.out)["findings"]
    assert len({f["code"] for f in findings}) >= 15
    assert all(f["cell"] for f in findings if f["code"] != "history.unknown")


def test_a_sound_workbook_ends_with_status_0(reportfill: Callable[..., Any]) -> None:
    assert reportfill("check", SAMPLES / "weihui-xinfang-2023.xlsx").status == 0
    assert reportfill("check", SAMPLES / "hongze-2023-corrected.xlsx").status == 0


def test_a_file_that_cannot_be_read_is_a_finding_and_status_2(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "页面.xls").write_text("<html><table></table></html>", encoding="utf-8")
    run = reportfill("check", tmp_path / "页面.xls", "--format", "json")
    assert run.status == 2
    told = json.loads(run.out)
    assert (told["pack"], [f["code"] for f in told["findings"]]) == (None, ["file.not_a_workbook"])


def test_a_file_that_is_not_there_does_not_keep_the_others_from_being_checked(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    run = reportfill(
        "check", tmp_path / "missing.xlsx", SAMPLES / "weihui-xinfang-2023.xlsx", "--format", "json"
    )
    missing, weihui = map(json.loads, run.out.splitlines())
    assert run.status == 2
    assert "missing.xlsx" in missing["error"]
    assert weihui["agency"] == "卫辉市信访局"


def test_findings_are_told_in_the_language_asked_for(reportfill: Callable[..., Any]) -> None:
    assert "请核对有关单元格" in reportfill("check", SAMPLES / "hongze-2023.xlsx", "--lang", "zh").out
    assert "It balances with" in reportfill("check", SAMPLES / "hongze-2023.xlsx", "--lang", "en").out


def test_marked_workbooks_go_into_the_folder_that_is_named(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    run = reportfill("check", SAMPLES, "--returned", tmp_path)
    assert run.status == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "hongze-2023-需修改.xlsx",
        "typical-mistakes-2020-需修改.xlsx",
        "typical-mistakes-2023-需修改.xlsx",
        "typical-mistakes-statistics-2023-需修改.xlsx",
        "typical-mistakes-university-2021-需修改.xlsx",
    ]
