"""Names of files are shortened by whole words, and keep whose they are and what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.file_names import name_within, path_within, shorter_names
from reportfill.model.chinese.office_names import words_of

OFFICE = "清河县人民政府办公室"
TITLE = "2023年政府信息公开工作年度报告（填报表）"


def test_a_name_that_fits_is_left_as_it_is() -> None:
    whole = f"{OFFICE}{TITLE}"
    assert name_within(len(whole), whole, OFFICE, "县政府办", "0101") == whole


@pytest.mark.parametrize(
    ("room", "short"),
    [
        (31, f"办公室{TITLE}（1）"),
        (len(f"办公室{TITLE}（1）") - 1, "办公室政府信息公开工作年度报告（填报表）（1）"),
        (15, "办公室（填报表）（1）"),
    ],
)
def test_an_agency_is_called_by_its_last_words(room: int, short: str) -> None:
    assert name_within(room, f"{OFFICE}{TITLE}", OFFICE, "", "1") == short


def test_no_more_words_go_than_must() -> None:
    agency = f"清河县城东镇{OFFICE}"
    names = [name_within(room, f"{agency}{TITLE}", agency, "", "1") for room in range(36, 32, -1)]
    assert names == [f"清河县人民政府办公室{TITLE}（1）"] * 2 + [f"人民政府办公室{TITLE}（1）"] * 2


def test_its_short_name_goes_before_its_last_words() -> None:
    assert name_within(31, f"{OFFICE}{TITLE}", OFFICE, "县府办", "0101") == f"县府办{TITLE}（0101）"


def test_what_stands_in_brackets_goes_first_and_whole() -> None:
    agency = "清河县住房和城乡建设局（清河县城市管理综合行政执法局）"
    assert next(shorter_names(f"{agency}2023年填报表", agency, "", "7")) == (
        "清河县住房和城乡建设局2023年填报表（7）"
    )


def test_what_joins_two_words_stays_with_both() -> None:
    agency = "清河县文化和旅游局"
    assert [*shorter_names(f"{agency}填报表", agency, "", "")][-1] == "文化和旅游局填报表"


@pytest.mark.parametrize(
    ("agency", "words"),
    [
        ("清河县第2个五年规划领导小组办公室", ["清河县", "第2个", "五年规划领导小组办公室"]),
        ("第12届人民代表大会常务委员会", ["第12届", "人民代表大会", "常务委员会"]),
        ("清河县第3中学", ["清河县", "第3", "中学"]),
        ("3号楼管理处", ["3号楼", "管理处"]),
        ("5G基站管理处", ["5G", "基站管理处"]),
    ],
)
def test_a_number_stays_with_what_counts(agency: str, words: list[str]) -> None:
    assert words_of(agency) == words
    assert not any(name[0] in "个届号" for name in shorter_names(f"{agency}填报表", agency, "", "1"))


def test_a_code_that_is_in_the_name_already_is_not_said_twice() -> None:
    assert name_within(16, f"0101-{OFFICE}2023年填报表", OFFICE, "", "0101") == "0101-办公室2023年填报表"
    assert name_within(12, f"0101-{OFFICE}2023年填报表", OFFICE, "", "0101") == "办公室填报表（0101）"


def test_a_name_that_no_disk_takes_is_shortened_by_words_too() -> None:
    agency = "清河县" * 20 + "档案馆"
    short = name_within(1000, f"{agency}{TITLE}", agency, "", "0101")
    assert short.endswith(f"清河县档案馆{TITLE}（0101）")
    assert set(words_of(short.removesuffix(f"{TITLE}（0101）"))) == {"清河县", "档案馆"}


def test_a_name_without_known_words_keeps_its_code() -> None:
    assert name_within(1000, "某" * 200, "某" * 200, "", "0101").endswith("某（0101）")


def test_units_are_those_of_windows() -> None:
    assert name_within(20, "𬭊" * 11, "𬭊" * 11, "短", "") == "短"
    assert name_within(22, "𬭊" * 11, "𬭊" * 11, "短", "") == "𬭊" * 11


def test_a_path_that_cannot_be_short_has_the_shortest_name(tmp_path: Path) -> None:
    deep = tmp_path / ("文件夹" * 80)
    assert (
        path_within(deep, f"{OFFICE}{TITLE}", ".xlsx", OFFICE, "0101").name == "办公室（填报表）（0101）.xlsx"
    )


@given(
    room=st.integers(0, 80),
    agency=st.lists(
        st.sampled_from(["清河县", "档案馆", "（外事办）", "和", "ABC ", "局", "  "]), max_size=6
    ),
    short=st.sampled_from(["", "县档", "清河县"]),
    code=st.sampled_from(["", "0101", "A-1"]),
)
def test_any_name_becomes_one_that_says_whose_it_is(
    room: int, agency: list[str], short: str, code: str
) -> None:
    name = "".join(agency)
    found = name_within(room, f"{name}{TITLE}", name, short, code)
    assert found == name_within(room, f"{name}{TITLE}", name, short, code)
    assert found.count("（") == found.count("）")
    if "年" not in found:
        assert code in found
    assert "（填报表）" in found
