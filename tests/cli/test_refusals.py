"""Every wrong path, option, pack or file ends in one clear line on stderr with status 2 and no traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

WEIHUI = str(ROOT / "sample_inputs" / "weihui-xinfang-2023.xlsx")
HONGZE = str(ROOT / "sample_inputs" / "hongze-2023-corrected.xlsx")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("fill",), "FILE"),
        (("fil", WEIHUI), "fil"),
        (("fill", "没有.xlsx"), "没有.xlsx"),
        (("fill", WEIHUI, "--pack", "no-such"), "annual-report-2021"),
        (("fill", WEIHUI, "--pack", "1999"), "1999"),
        (("fill", WEIHUI, "--colour"), "--colour"),
        (("fill", WEIHUI, "--lang", "fr"), "zh"),
        (("fill", WEIHUI, HONGZE, "-o", "one.docx"), "-o"),
        (("fill", WEIHUI, HONGZE, "--last", WEIHUI), "--last"),
        (("fill", WEIHUI, "--last", "没有.json"), "没有.json"),
        (("fill", WEIHUI, "-o", "/proc/no/such"), "/proc/no/such"),
        (("check", WEIHUI, "--format", "xml"), "xml"),
        (("new", "--year", "1999"), "1999"),
        (("new", "--year", "last"), "--year"),
        (("new", "--year", "2023", "--data", "没有.json"), "没有.json"),
        (("new", "--year", "2023", "--last", "没有.json"), "没有.json"),
        (("new", "--year", "2023", "--agency", ""), "--agency"),
        (("new", "--year", "2023", "--agency", "\u200b"), "--agency"),
        (("new", "--year", "2023", "--agency", "甲\n局"), "甲↵局"),
        (("new", "--year", "2023", "--agency", "甲\u2028局"), "甲↵局"),
        (("new", "--year", "2023", "--code", "\u3000"), "--code"),
        (("new", "--year", "2023", "--password", ""), "--password"),
        (("fill", WEIHUI, "--pack", " "), "--pack"),
        (("campaign", "new", "c", "--year", "2023", "--issuer", "\u2800"), "--issuer"),
        (("campaign", "new", "c", "--year", "2023", "--issuer", "某\r办"), "某↵办"),
        (("campaign", "new", "c", "--year", "2023", "--issuer", "某办", "--contact", ""), "--contact"),
        (("campaign", "review", "c", "02", "--return", "\u200b"), "--return"),
        (("campaign", "rollup", "c", "--of", ""), "--of"),
        (("pack", "show", "no-such"), "no-such"),
        (("pack", "check", "no-such"), "no-such"),
        (("pack", "new", "Nicht Erlaubt"), "Nicht Erlaubt"),
        (("pack", "new", "other", "--from", "no-such"), "no-such"),
        (("pack", "export", "no-such"), "no-such"),
    ],
)
def test_a_call_that_cannot_be_carried_out_is_refused_in_one_line(
    reportfill: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = reportfill(*arguments)
    assert run.status == 2
    assert said in run.err
    assert len(run.err.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_refused(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    assert reportfill("fill", tmp_path).status == 2


def test_a_broken_pack_is_refused_with_the_place_named(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    reportfill("pack", "new", "other", "-o", tmp_path)
    schema = tmp_path / "other" / "schema.json"
    schema.write_text(
        schema.read_text("utf-8").replace('"rollup": "none"', '"rollup": "max"'), encoding="utf-8"
    )
    run = reportfill("fill", WEIHUI, "--pack", tmp_path / "other")
    assert run.status == 2
    assert "schema.json#/properties/year/rollup" in run.err


def test_help_and_version_are_quick_to_tell(process: Callable[..., Any]) -> None:
    assert "Commands" in process("--help").out
    assert process("--version").out.startswith("reportfill ")
    assert "填报表" in process("--help", language="zh").out


def test_the_process_ends_with_the_status(process: Callable[..., Any], tmp_path: Path) -> None:
    assert process("check", WEIHUI).status == 0
    assert process("check", ROOT / "sample_inputs" / "hongze-2023.xlsx").status == 1
    refused = process("check", tmp_path / "missing.xlsx")
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
