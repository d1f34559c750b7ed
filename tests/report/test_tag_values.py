"""What tags may print and work out: whatever is no value or far too large is named with its place, and none hangs."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.filters import FILTERS as OF_JINJA
from pack.small_pack import DATA, small_pack

from reportfill import PackError, Submission, load_pack, render
from reportfill.pack.problems import PackProblem
from reportfill.pack.tag_words import FILTERS
from reportfill.report.environment import environment
from reportfill.report.tag_values import spelled
from reportfill.report.title_lines import title_lines
from reportfill.trials.trial import all_problems


def problem_of(folder: Path, tag: str) -> PackProblem:
    """The one problem of a pack that has this tag in its last paragraph, the sixth."""
    [problem] = all_problems(small_pack(folder, report=lambda document: document.add_paragraph(tag)))
    assert problem.place == "report.docx paragraph 6"
    assert problem.in_chinese.startswith("report.docx第6段：")
    return problem


def printed(tag: str, **values: Any) -> str:
    return environment().from_string(tag).render(values)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ none }}",
        "{{ true }}",
        "{{ [] }}",
        "{{ {} }}",
        "{{ (year, 2) }}",
        "{{ none if year else 2 }}",
        "{{ none | default('x') }}",
        "{{ year ~ none }}",
        "{{ 'sum: ' ~ (year > 3) }}",
        "{{ year == 3 }}",
        "{{ not year }}",
        "{{ year is defined }}",
        "{{ text | list }}",
        "{{ text | map('upper') }}",
        "{{ [none] | join('x') }}",
        "{{ none | upper }}",
        "{{ '%s' | format(none) }}",
        "{{ '{}'.format(true) }}",
        "{{ [year, none] | title_lines }}",
        "{{ 1e308 * 10 }}",
    ],
)
def test_what_is_no_value_is_named_where_it_stands(tmp_path: Path, tag: str) -> None:
    problem = problem_of(tmp_path, tag)
    assert problem.message.startswith(f"{tag}: it ")
    for word in ("None", "True", "object", "Undefined"):
        assert word not in problem.message.removeprefix(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 'a' * 2000000000 }}",
        "{{ 2000000000 * 'a' }}",
        "{{ [1] * 2000000000 }}",
        "{{ 9 ** 999999999 }}",
        "{{ year ** year ** year }}",
        "{{ 1.5 ** 999999 }}",
        "{{ '%2000000000d' % year }}",
        "{{ '%*d' % (2000000000, 1) }}",
        "{{ '%.2000000000f' | format(year) }}",
        "{{ '{:2000000000}'.format(year) }}",
        "{{ 'a' | center(2000000000) }}",
        "{{ 'a' | indent(2000000000) }}",
        "{{ 'a'.ljust(2000000000) }}",
        "{{ year | round(-2000000000) }}",
        "{{ year | title_lines(0) }}",
        "{{ range(2000000000) | list }}",
        "{{ lipsum(100000000) }}",
        "{% for a in range(99999) %}{% endfor %}",
        "{% macro f() %}{{ f() }}{% endmacro %}",
    ],
)
def test_what_would_take_all_the_memory_or_time_is_refused_at_once(tmp_path: Path, tag: str) -> None:
    found = all_problems(small_pack(tmp_path, report=lambda document: document.add_paragraph(tag)))
    assert {problem.place for problem in found} == {"report.docx paragraph 6"}
    assert "2000000000" not in found[0].message.removeprefix(f"{tag}: ")


def test_a_text_does_not_grow_without_end_by_being_replaced() -> None:
    doubled = "{{ 'aaaaaaaaaa'" + " | replace('a', 'aaaaaaaaaa')" * 40 + " }}"
    with pytest.raises(PackError, match="too large"):
        printed(doubled)
    with pytest.raises(PackError, match="too large"):
        printed("{{ 'a'" + " | join('aaaaaaaaaa')" * 0 + " }}{{ x | join(x) }}", x="a" * 2000)


def test_loops_within_loops_have_an_end(tmp_path: Path) -> None:
    def four_loops(document: Any) -> None:
        for name in "abcd":
            document.add_paragraph(f"{{%p for {name} in text %}}")
        for _ in "abcd":
            document.add_paragraph("{%p endfor %}")

    [problem] = all_problems(small_pack(tmp_path, report=four_loops))
    assert problem.place == "report.docx paragraph 9"
    assert "more than three loops" in problem.message


@pytest.mark.parametrize(
    ("tag", "english", "chinese"),
    [
        ("{{ year | nonsense }}", "there is no filter nonsense", "没有“nonsense”这个过滤器"),
        ("{{ year | uper }}", "is upper meant?", "是否应为upper？"),
        ("{% if year is nonsense %}x{% endif %}", "there is no test nonsense", "没有“nonsense”这种判断"),
        ("{{ year year }}", "“year” does not belong where it stands", "“year”不该写在这里"),
        ("{{ year？ }}", "“？” does not belong where it stands", "“？”不该写在这里"),
        ("{{ year + }}", "it is not complete", "不完整"),
        ("{{ (year }}", "does not belong|it is not complete", "不该写在这里|不完整"),
        ("{{ year + 'x' }}", "something that is no number", "参与计算的不是数字"),
        ("{{ year / 0 }}", "it divides by 0", "除数为0"),
        ("{{ visits.sites() }}", "it calls what is no function", "不能用圆括号调用"),
        ("{{ year | int('x', 99) + agency.name | abs }}", "of this kind", "这样的内容不能这样处理"),
    ],
)
def test_each_cause_is_named_once_in_a_keepers_words(
    tmp_path: Path, tag: str, english: str, chinese: str
) -> None:
    problem = problem_of(tmp_path, tag)
    assert any(words in problem.message for words in english.split("|"))
    assert any(words in problem.in_chinese for words in chinese.split("|"))
    assert "token" not in problem.message


def test_each_of_several_faulty_tags_is_named(tmp_path: Path) -> None:
    def change(document: Any) -> None:
        document.add_paragraph("{{ none }} {% if 1 / 0 %}{{ year }}{% endif %}")
        document.add_table(2, 2).cell(1, 1).text = "{{ year / 0 }}"
        document.sections[0].header.paragraphs[0].text = "{{ true }}"

    found = all_problems(small_pack(tmp_path, report=change))
    assert [problem.place for problem in found] == [
        "report.docx paragraph 6",
        "report.docx paragraph 6",
        "report.docx table 1, row 2, column 2",
        "report.docx header1 paragraph 1",
    ]


def test_a_tag_under_a_condition_that_keeps_it_from_failing_is_sound(tmp_path: Path) -> None:
    guarded = "{% if visits.sites %}{{ (visits.shops / visits.sites) | round(1) }}{% endif %}"
    assert all_problems(small_pack(tmp_path, report=lambda document: document.add_paragraph(guarded))) == []


def test_a_tag_that_fails_with_some_data_only_is_named_when_they_are_printed(tmp_path: Path) -> None:
    tag = "{{ year / (visits.sites - 1) }}"
    pack = load_pack(small_pack(tmp_path, report=lambda document: document.add_paragraph(tag)))
    with pytest.raises(PackError, match=r"report\.docx paragraph 6: ") as caught:
        render(Submission.from_data(pack, DATA))
    assert "除数为0" in caught.value.chinese


@pytest.mark.parametrize(
    "tag",
    [
        "{{ text | join('; ') }}",
        "{{ text | length }}",
        "{% if text %}x{% endif %}",
        "{{ '{:,}'.format(visits.total) }}",
        "{{ '%.1f%%' % (visits.sites * 100 / 7) }}",
        "{{ (1.5 * visits.sites) | round(1) }}",
        "{{ agency.name.startswith('O') and 'yes' or 'no' }}",
        "{{ 'a' ~ year ~ '%' }}",
        "{{ text | first | truncate(10, true) }}",
    ],
)
def test_what_a_keeper_may_well_write_is_sound(tmp_path: Path, tag: str) -> None:
    folder = small_pack(tmp_path, report=lambda document: document.add_paragraph(tag))
    assert all_problems(folder) == []
    report = render(Submission.from_data(load_pack(folder), DATA))
    assert docx.Document(BytesIO(report)).paragraphs[-1].text != tag


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ x * 1.5 }}", "3.75"),
        ("{{ x ~ ' %' }}", "2.5 %"),
        ("{{ x + 1 }}", "3.5"),
        ("{{ y }}", "1000"),
        ("{{ y ~ '' }}", "1000"),
        ("{{ 1 / 4000000000 }}", "0.00000000025"),
        ("{{ '{:,}'.format(1234567) }}", "1,234,567"),
        ("{{ x | round(0, 'ceil') }}", "3"),
    ],
)
def test_numbers_are_worked_out_exactly_and_written_out(tag: str, words: str) -> None:
    assert printed(tag, x=Decimal("2.5"), y=Decimal("1E+3")).replace("&#37;", "%") == words


@given(st.recursive(st.none() | st.booleans() | st.text() | st.integers() | st.floats(), st.lists))
def test_whatever_is_spelled_is_a_text_or_number_and_nothing_else(value: Any) -> None:
    if isinstance(value, str):
        assert spelled(value) == value
    elif isinstance(value, bool | list) or value is None or value != value or abs(value) == float("inf"):
        with pytest.raises(PackError):
            spelled(value)
    else:
        assert float(spelled(value)) == value
        assert "e" not in spelled(value).lower()


def test_titles_of_any_length_are_laid_out_at_once() -> None:
    office = "清河县人民政府办公室发展和改革委员会"
    for phrases in (["长" * 2000, "年" * 500], [office * 8] * 3, [office * 3] * 4):
        assert office[:2] in title_lines(phrases, 20) or "长" in title_lines(phrases, 20)


def test_the_filters_are_those_of_jinja_and_one_of_our_own() -> None:
    assert FILTERS - set(OF_JINJA) == {"title_lines"}
    assert set(environment().filters) == FILTERS | {"spelled"}
