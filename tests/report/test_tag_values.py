"""What tags may print and work out: whatever is no value or far too large is named with its place, and none hangs."""

from __future__ import annotations

from decimal import Decimal
from html import unescape
from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2.filters import FILTERS as OF_JINJA
from pack.small_pack import DATA, small_pack

from reportfill import PackError, Submission, load_pack, render
from reportfill.campaign.sending.templates import text_of_template
from reportfill.errors import CampaignError
from reportfill.model.kinds.blank_figure import BLANK_FIGURE
from reportfill.pack.problems import PackProblem
from reportfill.pack.tag_words import FILTERS
from reportfill.report.environment import environment
from reportfill.report.tag_values import formatted, printed_value, rounded
from reportfill.report.title_lines import title_lines
from reportfill.trials.trial import all_problems


def problem_of(folder: Path, tag: str) -> PackProblem:
    """The one problem of a pack that has this tag in its last paragraph, the sixth."""
    [problem] = all_problems(small_pack(folder, report=lambda document: document.add_paragraph(tag)))
    assert str(problem.place) == "report.docx paragraph 6"
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
    assert {str(problem.place) for problem in found} == {"report.docx paragraph 6"}
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
    assert str(problem.place) == "report.docx paragraph 9"
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
    assert [str(problem.place) for problem in found] == [
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
        assert printed_value(value) == value
    elif isinstance(value, bool | list) or value is None or value != value or abs(value) == float("inf"):
        with pytest.raises(PackError):
            printed_value(value)
    else:
        assert float(printed_value(value)) == value
        assert "e" not in printed_value(value).lower()


def test_titles_of_any_length_are_laid_out_at_once() -> None:
    office = "清河县人民政府办公室发展和改革委员会"
    for phrases in (["长" * 2000, "年" * 500], [office * 8] * 3, [office * 3] * 4):
        assert "".join(title_lines(phrases, 20).texts) == "".join(phrases)


def test_the_filters_are_those_of_jinja_and_some_of_our_own() -> None:
    assert FILTERS - set(OF_JINJA) == {
        "title_lines",
        "中文日期",
        "大写日期",
        "勾选",
        "千分位",
        "百分比",
        "增减",
        "增幅",
    }
    assert {name for name in environment().filters if " " not in name} == FILTERS


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{% for p in lines %}{{ '{}、{}'.format(loop.index, p) }}{% endfor %}", "1、ab2、b"),
        ("{% for p in lines %}{{ p.startswith('a') and 'y' or 'n' }}{% endfor %}", "yn"),
        ("{% for p in lines %}{% if p.startswith('a') %}{{ p }}{% endif %}{% endfor %}", "ab"),
        ("{% for p in lines %}{{ loop.cycle('甲', '乙') }}{% endfor %}", "甲乙"),
        ("{% for p in lines %}{% if loop.changed(p) %}{{ p }};{% endif %}{% endfor %}", "ab;b;"),
        ("{% for p in lines %}{{ loop.revindex }}{{ loop.last and '.' or ',' }}{% endfor %}", "2,1."),
        (
            "{% for a in lines %}{% for b in lines %}{{ '%s' % a }}{{ b.upper() }} {% endfor %}{% endfor %}",
            "abAB abB bAB bB ",
        ),
        ("{{ 'a-b'.replace('-', '、') }}{{ '；'.join(lines) }}{{ '7'.zfill(2) }}", "a、bab；b07"),
        ("{{ lines | join(d='；') }}{{ 2.25 | round(precision=1) }}", "ab；b2.3"),
        ("{{ 'a b c d e f g h' | truncate(7, killwords=true, end='…') }}", "a b c …"),
        ("{{ 'a b c d e f g h' | truncate(8, end='…', leeway=0) }}", "a b c…"),
        ("{{ 'xyx' | replace('x', 'z', count=1) | trim(chars='z') }}", "yx"),
        ("{{ '%(a)s/%(b).1f' | format(a='x', b=2.25) }}", "x/2.3"),
    ],
)
def test_methods_of_texts_and_loops_work_within_loops_too(tag: str, words: str) -> None:
    assert printed(tag, lines=["ab", "b"]) == words
    assert text_of_template("mail.txt", tag.encode(), {"lines": ["ab", "b"]}) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ (name | e)[:3] }}", "A&B"),
        ("{{ name | e | upper }}", "A&B局"),
        ("{{ name | escape | title }}", "A&B局"),
        ("{{ name | e | length }}", "4"),
        ("{{ (name | e) ~ '<' }}", "A&B局<"),
        ("{{ (name | e) + '<' }}", "A&B局<"),
        ("{{ ('%s<' | e) % name }}", "A&B局<"),
        ("{{ [name | e, name] | join('<') }}", "A&B局<A&B局"),
        ("{{ name | e | replace('amp', 'x') }}", "A&B局"),
        ("{{ name | e | truncate(3, true, '', 0) }}", "A&B"),
        ("{{ 'a{{b}}' }}{{ 'c<' | e }}", "a{{b}}c<"),
    ],
)
def test_what_is_escaped_twice_over_is_printed_once(tag: str, words: str) -> None:
    assert unescape(printed(tag, name="A&B局")) == words
    assert text_of_template("mail.txt", tag.encode(), {"name": "A&B局"}) == words


@pytest.mark.parametrize(
    "tag",
    [
        "{{ name | title_lines | upper }}",
        "{{ (name | title_lines) ~ name }}",
        "{{ (name | title_lines) + name }}",
        "{{ [name | title_lines] | join }}",
        "{{ '{}'.format(name | title_lines) }}",
        "{{ name | title_lines | e }}",
    ],
)
def test_nothing_can_be_done_with_the_lines_of_a_title(tag: str) -> None:
    with pytest.raises(PackError):
        printed(tag, name="A&B局")


def test_the_lines_of_a_title_are_lines_in_a_letter() -> None:
    assert (
        text_of_template("mail.txt", "{{ ['甲乙丙', '丁戊'] | title_lines(4) }}".encode(), {})
        == "甲乙丙\n丁戊"
    )


_LONG = "('aaaaaaaaaa'" + " | replace('a', 'aaaaaaaaaa')" * 4 + ")"
"""A hundred thousand characters, as a tag makes them."""


@pytest.mark.parametrize(
    "template",
    [
        f"{{{{ {_LONG} | list | map('replace', 'a', {_LONG}) | list | length }}}}",
        f"{{{{ {_LONG}.split('a') | map('default', {_LONG}, true) | map('upper') | list | length }}}}",
        f"{{{{ {_LONG} | list | select('in', {_LONG}) | list | length }}}}",
        f"{{{{ {_LONG} | list | map('list') | sum(start=[]) | length }}}}",
        f"{{{{ {_LONG} | list | map('title_lines') | list | length }}}}",
        f"{{% for a in {_LONG} %}}{{% for b in {_LONG} %}}{{% endfor %}}{{% endfor %}}",
        f"{{% for a in {_LONG} %}}{{{{ {_LONG} }}}}{{% endfor %}}",
        f"{{% for a in {_LONG} %}}{{{{ text }}}}{{% endfor %}}",
        f"{{% for a in {_LONG} %}}{'x' * 2000}{{% endfor %}}",
        f"{{% for a in {_LONG} %}}{{{{ a ~ text }}}}{{% endfor %}}",
        f"{{% for a in {_LONG} %}}{{{{ text.upper() | length }}}}{{% endfor %}}",
        "{% set a = text %}" + "{% set a = a ~ a %}" * 40 + "{{ a | length }}",
    ],
)
def test_small_things_are_not_multiplied_without_end(template: str) -> None:
    began = process_time()
    with pytest.raises(PackError, match="too large"):
        printed(template, text="b" * 100_000)
    assert process_time() - began < 20


def test_each_render_has_a_budget_of_its_own() -> None:
    template = environment().from_string(f"{{% for a in {_LONG} %}}.{{% endfor %}}")
    assert {len(template.render()) for _ in range(30)} == {100_000}


@pytest.mark.parametrize(
    "number", ["1e400", "-1e400", "1 + 1e999", "[1e400] | first", "9" * 5000, "(" * 600 + "1" + ")" * 600]
)
def test_numbers_and_nestings_that_are_too_much_are_named_where_they_stand(
    tmp_path: Path, number: str
) -> None:
    for folder, tag in (
        ("value", f"{{{{ {number} }}}}"),
        ("condition", f"{{% if {number} %}}x{{% endif %}}"),
    ):
        [problem] = all_problems(
            small_pack(tmp_path / folder, report=lambda document, tag=tag: document.add_paragraph(tag))
        )
        assert str(problem.place) == "report.docx paragraph 6"
        assert "too large" in problem.message or "too long" in problem.message
    with pytest.raises(CampaignError, match=r"too large|too long"):
        text_of_template("mail.txt", f"{{{{ {number} }}}}".encode(), {})


@pytest.mark.parametrize(
    "tag", ["{{ 'nan' | float }}", "{{ 'inf' | float + 1 }}", "{{ '1e999' | float | round }}"]
)
def test_what_becomes_no_number_is_never_printed(tag: str) -> None:
    with pytest.raises(PackError):
        printed(tag)


@pytest.mark.parametrize(
    ("number", "places", "words"),
    [
        (Decimal("2.345"), 2, "2.35"),
        (Decimal("-2.345"), 2, "-2.35"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("6.25"), 1, "6.3"),
        (2.675, 2, "2.68"),
        (0.145 * 100, 0, "15"),
        (1.005, 2, "1.01"),
        (Decimal("12345678901234567890.125"), 2, "12345678901234567890.13"),
        (25, -1, "30"),
        (7, 2, "7"),
    ],
)
def test_halves_are_rounded_up_however_a_tag_rounds(number: Any, places: int, words: str) -> None:
    assert printed(f"{{{{ x | round({places}) }}}}", x=number) == words
    if places >= 0:
        fixed = words if places == 0 or "." in words else f"{words}.{'0' * places}"
        assert printed(f"{{{{ '%.{places}f' | format(x) }}}}", x=number) == fixed
        assert printed(f"{{{{ '%.{places}f' % x }}}}", x=number) == fixed
        assert printed(f"{{{{ '{{:.{places}f}}'.format(x) }}}}", x=number) == fixed


@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 3))
def test_a_rounded_number_is_no_farther_away_than_half_a_step(number: Decimal, places: int) -> None:
    result = Decimal(rounded(number, places))
    step = Decimal(1).scaleb(-places)
    assert abs(result - number) <= step / 2
    assert result % step == 0


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("%8.2f|", "    2.35|"),
        ("%-8.2f|", "2.35    |"),
        ("%+.1f", "+2.3"),
        ("%08.2f", "00002.35"),
        ("%f", "2.345000"),
        ("%d%%", "2%"),
        ("%.0f", "2"),
        ("%.f", "2"),
        ("%5s|", "2.345|"),
    ],
)
def test_patterns_fill_up_as_ever(pattern: str, words: str) -> None:
    assert formatted(pattern, Decimal("2.345")) == words


def test_a_figure_that_nobody_filled_in_is_nothing_in_a_pattern_too() -> None:
    for tag in (
        "{{ '%.2f' % x }}",
        "{{ '{:.2f}'.format(x) }}",
        "{{ '{:,}'.format(x) }}",
        "{{ x | round(1) }}",
    ):
        assert printed(tag, x=BLANK_FIGURE) == ""


def test_a_filter_of_the_tools_own_cannot_be_typed(tmp_path: Path) -> None:
    for name in ("spelled", "to join", "rounds"):
        with pytest.raises(CampaignError):
            text_of_template("mail.txt", f"{{{{ 1 | {name} }}}}".encode(), {})


def test_a_field_with_a_hyphen_is_named_once(tmp_path: Path) -> None:
    problem = problem_of(tmp_path, "{{ visits-total }}")
    assert "visits" in problem.message
