"""Regular expressions of a pack: what they mean, which are refused, and that none takes longer than it may."""

from __future__ import annotations

import re
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.errors import PackError
from reportfill.pack.patterns import PatternGivenUp, compiled_pattern, tried

HANGS = 60
"""Seconds of the processor that nothing takes which does not hang."""


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        (r"^\d{6}$", "410781", "４１０７８１"),
        (r"^\d{6}$", "410781", "410781\n"),
        (r"^\w+$", "office_1", "甲局"),
        (r"^\p{Script=Han}+$", "甲局", "office"),
        (r"^[\d-]+$", "0371-5", "０３７１"),
        (r"^[^\d]+$", "甲", "1"),
        (r"^[]a]+$", "]a", "b"),
        (r"^\D\W$", "甲局", "a1"),
        (r"^(?<year>20\d\d)年", "2023年", "1999年"),
        (r"^\u{1F600}\u516c$", "😀公", "公"),
        (r"^a{,2}$", "a{,2}", "aa"),
        (r"^[(?]$", "?", "a"),
        (r"^\(?x\)?$", "(x)", "((x"),
        (r"局$|委员会$", "教育委员会", "教育局办公室"),
        (r"^.{0,32767}$", "公开", "公\n开"),
    ],
)
def test_a_pattern_means_what_it_means_in_json_schema(pattern: str, fits: str, fits_not: str) -> None:
    assert tried(pattern).search(fits)
    assert not tried(pattern).search(fits_not)


@pytest.mark.parametrize(
    "pattern",
    [
        "(((",
        "*",
        "[z-a]",
        "a{2,1}",
        "\\",
        r"\p{Foo}",
        r"\8",
        "(?<=",
        "(?R)",
        "(a)(?1)",
        "(?P>x)",
        "a**",
        "[",
        "a" * 5001,
    ],
)
def test_what_is_no_regular_expression_is_refused_in_both_languages(pattern: str) -> None:
    with pytest.raises(PackError, match="the pattern") as refused:
        compiled_pattern(pattern)
    assert refused.value.chinese.startswith("正则表达式")
    assert not re.search(r"[a-z]{2}|[\"']", refused.value.chinese.replace("JSON Schema", ""))


@pytest.mark.parametrize(
    ("pattern", "chinese"),
    [
        (r"^\d[a-", "读到第6个字符，“[”没有配对的“]”"),
        (r"^\d(a", "没有配对的“)”"),
        (r"^\d)", "读到第4个字符，“)”没有配对的“(”"),
        (r"\d\d*+?+", "表示重复的符号"),
        ("*", "读到第1个字符，表示重复的符号前面没有可以重复的内容"),
        (r"\w[z-a]", "字符范围写反了"),
        ("a{2,1}", "重复次数的下限大于上限"),
        ("\\", "反斜杠“\\”的用法不对"),
        (r"\w\p{Foo}", "没有这种字符类别"),
        (r"\8", "引用的组不存在"),
        (r"\u12", "反斜杠“\\”后面的内容不完整"),
    ],
)
def test_why_a_pattern_is_none_is_told_in_chinese_with_its_place(pattern: str, chinese: str) -> None:
    with pytest.raises(PackError) as refused:
        compiled_pattern(pattern)
    assert chinese in refused.value.chinese


@given(st.text("()[]{}*+?|\\^$-,:=!<>PpuxdwDk01az名", max_size=12))
def test_whatever_is_no_pattern_is_told_in_chinese(pattern: str) -> None:
    said = refusal(pattern).replace("JSON Schema", "")
    assert not re.search(r"[A-Za-z]{2}|[\"']", said)
    assert not re.search(r"，写法不对", said)


def refusal(pattern: str) -> str:
    """Why a pattern is refused, in Chinese; the empty string where it is not."""
    try:
        compiled_pattern(pattern)
    except PackError as refused:
        return refused.chinese
    return ""


@pytest.mark.parametrize(
    "pattern", ["((a{100}){100}){100}", "(?:(?:(?:a?){1000}){1000}){1000}b", "(" * 900 + ")" * 900]
)
def test_counts_and_groups_that_would_take_all_the_memory_are_refused_at_once(pattern: str) -> None:
    started = time.process_time()
    with pytest.raises(PackError):
        compiled_pattern(pattern)
    assert time.process_time() - started < HANGS


SLOW = [
    r"(a+)+$",
    r"^(a|aa)+$",
    r"(x+x+)+[yz]",
    r"^(?:\d|\d\d)+$",
    r"(?:.*,){25}X",
    r"^(公开|公|开)+$",
    r"(\w+\s?)+!$",
    r"^([\u4e00-\u9fff]|\p{Han})*$",
]


@pytest.mark.parametrize("pattern", SLOW)
def test_a_pattern_that_divides_a_text_in_too_many_ways_is_refused_when_it_is_tried(pattern: str) -> None:
    with pytest.raises(PackError, match="takes too long"):
        tried(pattern)


def test_a_pattern_is_given_up_after_a_while_with_its_text() -> None:
    started = time.process_time()
    with pytest.raises(PatternGivenUp, match="a"):
        compiled_pattern("(a+)+$").search("a" * 5000 + "!", 0.2)
    assert time.process_time() - started < HANGS


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\d{18}$",
        ".*公开.*",
        r"^[^，。]{2,30}局$",
        r"^\d{4}-\d{2}-\d{2}$",
        r"^1[3-9]\d{9}$",
        r"\S",
        r"^(甲|乙|丙)局$",
    ],
)
def test_usual_patterns_pass_their_trial(pattern: str) -> None:
    assert tried(pattern).text == pattern


@given(st.text(alphabet="a1公(){}[]|*+?.^$\\dw,-:<=!2", max_size=12))
def test_whatever_is_written_is_either_compiled_or_refused_in_words(pattern: str) -> None:
    found, refusal, words = None, "", "a1公" * 20
    try:
        found = compiled_pattern(pattern)
    except PackError as error:
        refusal = error.chinese
    assert found is not None or "正则表达式" in refusal
    with suppress(PatternGivenUp):
        match = found.search(words, 0.2) if found is not None else None
        assert match is None or match.group() in words
