"""What a client calls a file is only shown."""

from __future__ import annotations

import json

import pytest
from places import DATA, SAMPLES

from reportfill.finding import finding
from reportfill.limits import Lost
from reportfill.web.dropped import (
    TOLD,
    DroppedFile,
    DroppedResult,
    OutputsAsked,
    files_to_keep,
    outputs_asked,
    result_of,
    shown_name,
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("填报表.xlsx", "填报表.xlsx"),
        ("%E5%A1%AB%E6%8A%A5%E8%A1%A8.xlsx", "填报表.xlsx"),
        ("C:\\Users\\a\\填报表.xlsx", "填报表.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\u202exslx.exe", "axslx.exe"),
        ("a\r\nSet-Cookie: b.xlsx", "aSet-Cookie: b.xlsx"),
        ("50%.xlsx", "50%.xlsx"),
        (None, ""),
    ],
)
def test_a_name_is_shown_as_a_person_reads_it(told: str | None, expected: str) -> None:
    assert shown_name(told) == expected


def test_a_name_that_is_too_long_is_cut() -> None:
    assert len(shown_name("长" * 5000)) == 120


def test_data_are_known_by_how_they_begin_whatever_they_are_called() -> None:
    data = (DATA / "weihui-2023.json").read_bytes()
    for content in (data, b"\xef\xbb\xbf" + data, b"\r\n " + data):
        assert result_of(DroppedFile("a.xlsx", content)).report.startswith(b"PK")


def test_data_may_name_no_file_of_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (DATA / "weihui-2023.json").read_bytes()
    opened: list[object] = []
    monkeypatch.setattr("reportfill.plain_files.opened_plain", lambda path: opened.append(path))
    result_of(DroppedFile("a.json", data))
    assert opened == []


def test_a_result_is_the_same_from_its_json() -> None:
    file = DroppedFile("错.xlsx", (SAMPLES / "typical-mistakes-2023.xlsx").read_bytes())
    told = files_to_keep(file, result_of(file))[TOLD]
    result = DroppedResult.from_json(told)
    assert result.as_json() == told
    assert result.has_marked
    assert not result.is_sound
    assert json.loads(told)["shown_name"] == "错.xlsx"


def test_a_file_that_cost_its_process_is_told_by_its_finding() -> None:
    kept = files_to_keep(DroppedFile("慢.xlsx", b"PK"), Lost(finding("file.process_ended")))
    assert list(kept) == [TOLD]
    assert [found.code for found in DroppedResult.from_json(kept[TOLD]).findings] == ["file.process_ended"]


def test_a_file_that_is_too_large_is_a_finding() -> None:
    large = DroppedFile("大.xlsx", b"P" * ((20 << 20) + 1))
    assert [found.code for found in result_of(large).findings] == ["file.too_large"]


def test_outputs_of_data_are_made_of_what_was_dropped() -> None:
    file = DroppedFile("a.xlsx", (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes())
    (output,) = outputs_asked(OutputsAsked(file, "json"))
    assert json.loads(output.content)
