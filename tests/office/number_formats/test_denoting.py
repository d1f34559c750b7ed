"""The number that a text denotes to a person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.office.number_formats.chinese_numerals import spelled_number
from reportfill.office.number_formats.denoting import denoted


@pytest.mark.parametrize(
    ("text", "unit", "number", "last_place"),
    [
        ("12", "件", "12", "1"),
        ("１２件", "件", "12", "1"),
        ("1,234.50", "万元", "1234.50", "0.01"),
        ("1 234 567", "件", "1234567", "1"),
        ("123,4567", "件", "1234567", "1"),
        (".50", "", "0.50", "0.01"),
        ("12.", "", "12", "1"),
        ("1。5", "", "1.5", "0.1"),
        ("1.23E+03", "", "1230", "10"),
        ("1 1/2", "", "1.5", "0.5"),
        ("12.3万", "件", "123000", "1000"),
        ("12.3万", "万元", "12.3", "0.1"),
        ("7730.28万元", "万元", "7730.28", "0.01"),
        ("251000元", "万元", "25.1", "0.0001"),
        ("1.23亿元", "万元", "12300", "100"),
        ("3百万", "件", "3000000", "1000000"),
        ("12（万元）", "万元", "12", "1"),
        ("万元：12", "万元", "12", "1"),
        ("元：120000", "万元", "12", "0.0001"),
        ("12K", "件", "12000", "1000"),
        ("1千2百3十4个", "件", "1234", "1"),
        ("1百2十3万", "件", "1230000", "10000"),
        ("一百零五件", "件", "105", "1"),
        ("二〇二四", "年", "2024", "1"),
        ("壹佰零伍", "万元", "105", "1"),
        ("-12", "", "-12", "1"),
        ("−12", "", "-12", "1"),
        ("（12）", "", "-12", "1"),
        ("(¥12.00)", "万元", "-12", "0.01"),
        ("负12", "", "-12", "1"),
        ("第12号", "", "12", "1"),
        ("No.12", "", "12", "1"),
    ],
)
def test_a_text_denotes_a_number_as_a_person_reads_it(
    text: str, unit: str, number: str, last_place: str
) -> None:
    assert denoted(text, unit)[-1] == (Decimal(number), Decimal(last_place))


NO_NUMBERS = (
    "无|-|星期四|3件5|1 2|12 34|1,2|1.2.3|12:34|2023年12件|50%|5‰|百分之五|3成|百分之5|12²|①2|<5|±3|一般|五百强|百12|"
    "三5|5点五|5半|1,234,56|1,234 567|0x12|"
)


@pytest.mark.parametrize("text", NO_NUMBERS.split("|"))
def test_a_text_that_is_no_number_or_more_than_one_denotes_none(text: str) -> None:
    assert denoted(text, "件") == ()


@given(number=st.integers(0, 10**15), script=st.sampled_from("123"))
def test_a_number_written_in_chinese_numerals_is_read_back(number: int, script: str) -> None:
    assert denoted(spelled_number(str(number), script), "件")[-1].number == number
