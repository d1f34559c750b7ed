"""Names of whatever bytes can be shown, lead nowhere, and stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.campaign.inbox.shown_names import all_different, decoded_text, harmless_name


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/档案馆.xlsx", "etc/档案馆.xlsx"),
        ("/tmp/a.xlsx", "tmp/a.xlsx"),
        ("C:\\Users\\clerk\\a.xlsx", "Users/clerk/a.xlsx"),
        ("c:a.xlsx", "a.xlsx"),
        ("a\\..\\b.xlsx", "a/b.xlsx"),
        ("./a//b.xlsx", "a/b.xlsx"),
        ("a\u202exslx.exe\x00\x1b[31m", "axslx.exe[31m"),
        ("县\u3000局\n报表.xlsx", "县 局 报表.xlsx"),
        ("\ud800..", "未命名"),
        ("", "未命名"),
        ("..", "未命名"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(name: str, harmless: str) -> None:
    assert harmless_name(name) == harmless


def test_of_a_name_that_is_too_long_the_suffix_is_kept() -> None:
    long = harmless_name("长" * 60_000 + ".xlsx")
    assert len(long) == 250
    assert long.endswith("长.xlsx")


@given(st.text())
def test_whatever_the_name_it_is_printable_and_has_no_way_up(name: str) -> None:
    path = harmless_name(name)
    assert path.isprintable()
    assert not path.startswith("/")
    assert ".." not in path.split("/")
    assert len(path) <= 250


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030"])
def test_chinese_is_read_in_the_encodings_in_which_it_is_written(encoding: str) -> None:
    assert decoded_text("清河县档案馆2023年度.xlsx".encode(encoding)) == "清河县档案馆2023年度.xlsx"


def test_what_is_called_gb2312_holds_characters_that_only_gbk_has() -> None:
    assert decoded_text("濮阳市朱镕基.xlsx".encode("gbk"), "GB2312") == "濮阳市朱镕基.xlsx"


@given(st.binary(), st.sampled_from(["", "utf-8", "no-such", "gbk", "a\0b", "base64", "utf-16", "idna"]))
def test_any_bytes_in_any_charset_are_some_text(raw: bytes, charset: str) -> None:
    assert isinstance(decoded_text(raw, charset), str)


def test_names_that_are_there_twice_get_numbers_that_no_other_has() -> None:
    names = ["a/报表.xlsx", "a/报表（2）.xlsx", "a/报表.xlsx", "a/报表.xlsx", "报表", "报表"]
    assert all_different(names) == [
        "a/报表.xlsx",
        "a/报表（2）.xlsx",
        "a/报表（3）.xlsx",
        "a/报表（4）.xlsx",
        "报表",
        "报表（2）",
    ]


@given(st.lists(st.sampled_from(["a.xlsx", "a（2）.xlsx", "a（2）（2）.xlsx", "b"])))
def test_no_two_names_are_alike(names: list[str]) -> None:
    different = all_different(names)
    assert len(set(different)) == len(names)
