"""A title is broken between words, into lines that fit, as a trapezoid or rhombus (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from time import process_time

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportfill.model.chinese.office_names import words_of
from reportfill.office.properties import Properties
from reportfill.report.template import compiled_template
from reportfill.report.title_lines import lines_of, title_lines, width_of

REST = "2023年政府信息公开工作年度报告"
PLACES = st.sampled_from(
    ("清河县", "卫辉市", "广西壮族自治区", "恩施土家族苗族自治州", "野三关镇", "呼和浩特市")
)
OFFICES = st.sampled_from(
    ("人民政府", "办公室", "城市管理局", "人力资源和社会保障局", "（外事办公室）", "ABC管委会")
)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("市局", ["市局2023年政府信息公开工作年度报告"]),
        ("武陟县司法局", ["武陟县司法局", REST]),
        ("卫辉市信访局", ["卫辉市信访局", REST]),
        ("广西壮族自治区南宁市武鸣区人民政府办公室", ["广西壮族自治区南宁市武鸣区人民政府办公室", REST]),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州伊宁市人民政府办公室（伊宁市外事办公室）",
            ["新疆维吾尔自治区伊犁哈萨克自治州伊宁市", "人民政府办公室（伊宁市外事办公室）", REST],
        ),
        (
            "国家税务总局内蒙古自治区呼和浩特市赛罕区税务局第一税务分局",
            ["国家税务总局内蒙古自治区", "呼和浩特市赛罕区税务局第一税务分局", REST],
        ),
    ],
)
def test_the_agency_stands_before_the_year(name: str, lines: list[str]) -> None:
    assert lines_of([name, REST], 20) == lines


def test_words_are_never_cut() -> None:
    assert words_of("清河县人民政府办公室") == ["清河县", "人民政府", "办公室"]
    assert words_of("天津市滨海新区城市管理局（ABC）") == ["天津市", "滨海新区", "城市管理局", "（ABC）"]
    assert words_of("Office of Trade") == ["Office ", "of ", "Trade"]


@given(places=st.lists(PLACES, min_size=1, max_size=5), offices=st.lists(OFFICES, min_size=1, max_size=5))
def test_a_title_of_any_length_keeps_all_its_words_within_its_lines(
    places: list[str], offices: list[str]
) -> None:
    name = "".join([*places, *offices])
    lines = lines_of([name, REST], 20)
    assert "".join(lines) == name + REST
    assert max(map(width_of, lines)) <= 20
    breaks = {len("".join(lines[:number])) for number in range(1, len(lines) - 1)}
    ends = {sum(map(len, words_of(name)[:number])) for number in range(1, len(words_of(name)))}
    assert breaks <= ends


@given(st.text("某甲ABc1（）、 ", min_size=1, max_size=90))
def test_a_name_without_any_known_word_fits_too(name: str) -> None:
    lines = lines_of([name, REST], 20)
    assert "".join(lines) == name + REST
    assert max(map(width_of, lines)) <= 20


def test_three_lines_are_no_hourglass() -> None:
    for name in (
        "湖北省恩施土家族苗族自治州巴东县野三关镇人民政府",
        "长沙市岳麓区人民政府望城坡街道办事处社区卫生服务中心",
    ):
        widths = [width_of(line) for line in lines_of([name, REST], 20)]
        steps = [after > before for before, after in pairwise(widths)]
        assert steps == sorted(steps, reverse=True)


def test_the_lines_are_breaks_in_word_and_the_words_are_printed_as_they_are() -> None:
    document = docx.Document()
    document.add_paragraph("{{ [name, rest] | title_lines(7) }}")
    saved = BytesIO()
    document.save(saved)
    report = compiled_template(saved.getvalue()).printed(
        {"name": "<局>{{ x }}", "rest": "A & B"}, Properties("", "", {})
    )
    assert docx.Document(BytesIO(report)).paragraphs[0].text == "<局>{{ x }}\nA & B"


def test_nothing_gives_no_title() -> None:
    assert "".join(title_lines(["", ""]).texts) == ""


@pytest.mark.parametrize("phrase", ["某县人民政府办公室和" * 2000, "abc " * 5000, "、" * 20_000])
def test_a_text_that_is_no_title_is_filled_in_line_by_line_at_once(phrase: str) -> None:
    began = process_time()
    lines = lines_of([phrase, REST], 20)
    assert process_time() - began < 2
    assert "".join(lines) == phrase + REST
    assert max(map(width_of, lines)) <= 20
