"""Texts in tables are broken into lines as Chinese is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import SAMPLES
from rich.cells import cell_len

from reportfill.cli.console import print_table
from reportfill.cli.wrapping import lines_within

CLOSING = "，。、；：？！”’）》〉】〕…—·"


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (12, ["核对无误后，", "将表四!E6改", "为11。"]),
        (14, ["核对无误后，", "将表四!E6改为", "11。"]),
        (100, ["核对无误后，将表四!E6改为11。"]),
    ],
)
def test_no_line_begins_with_what_closes_and_an_address_stays_whole(width: int, lines: list[str]) -> None:
    assert list(lines_within("核对无误后，将表四!E6改为11。", width)) == lines


def test_what_opens_stays_with_what_is_behind_it() -> None:
    assert list(lines_within("应当“总计等于", 6)) == ["应当", "“总计", "等于"]


def test_a_dot_between_two_names_stays_with_the_first() -> None:
    assert list(lines_within("行政复议 · 总计", 10)) == ["行政复议 ·", "总计"]
    assert list(lines_within("行政复议 · 总计", 9)) == ["行政复", "议 · 总计"]


def test_western_words_are_broken_between_them_and_long_ones_anywhere() -> None:
    assert list(lines_within("run reportfill pack check", 14)) == ["run reportfill", "pack check"]
    assert list(lines_within("a/very/long/path", 6)) == ["a/very", "/long/", "path"]


@given(text=st.text("甲乙，。“”（） aB1!·", max_size=40), width=st.integers(4, 20))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, width: int) -> None:
    lines = list(lines_within(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


def test_the_table_of_findings_begins_no_line_of_a_cell_with_a_mark(reportfill: Callable[..., Any]) -> None:
    out = reportfill("--lang=zh", "check", SAMPLES / "typical-mistakes-2023.xlsx").out
    assert not [line for line in out.splitlines() if line.lstrip().startswith(tuple(CLOSING[:-2]))]


def test_what_a_cell_says_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["说明"], [["甲:smile:乙 [red]丙"]])
    assert "甲:smile:乙 [red]丙" in capsys.readouterr().out
