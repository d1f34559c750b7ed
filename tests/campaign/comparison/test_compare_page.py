"""The page shows what was compared and with whom, needs nothing from outside, and does what no name tells it to."""

from __future__ import annotations

import re

import pytest
from campaign.two_years import CARRIED_OVER, DATA, GRANTED, LETTERS, LICENSING, RECEIVED, WATER, comparison
from lxml import html

from reportfill import Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.comparison.compare_page import SHOWN_JUMPS, compare_page
from reportfill.campaign.comparison.comparison import Comparison
from reportfill.campaign.svg import width_of_words

ISSUER = "清河县人民政府办公室"
OFFICE = Agency("01", ISSUER)
HOSTILE = Agency("9", "</svg><script>alert(1)</script>“局”")


@pytest.fixture
def two_years(pack: Pack) -> Comparison:
    """An office in both years, one that is new, one that is gone, one under another code, one with a hostile name."""
    return comparison(
        pack,
        [OFFICE, Agency("A3", WATER.name), DATA, HOSTILE],
        [OFFICE, WATER, LETTERS, HOSTILE],
        now={
            "01": {f"{CARRIED_OVER}.other": 2, f"{GRANTED}.other": 2},
            "A3": {LICENSING: 12900, f"{RECEIVED}.business": 60, f"{GRANTED}.business": 60},
            "05": {},
            "9": {LICENSING: 0},
        },
        last={"01": {}, "03": {LICENSING: 200, f"{RECEIVED}.business": 6}, "04": {}, "9": {LICENSING: 44}},
    )


def rows(page: bytes, table: str) -> list[list[str]]:
    """The words of a table's cells."""
    found = html.fromstring(page.decode()).xpath(f"//table[@id='{table}']/tbody/tr")
    return [[cell.text_content().strip() for cell in row.xpath("td")] for row in found]


def number(page: bytes, place: str) -> str:
    """The number in one of the boxes on top."""
    return str(html.fromstring(page.decode()).xpath(f"string(//b[@id='{place}'])"))


def test_it_says_how_many_agencies_are_compared_and_why_others_are_not(two_years: Comparison) -> None:
    page = compare_page(two_years, ISSUER)
    about = html.fromstring(page.decode()).xpath("string(//p[@id='about'])")
    assert about == (
        "两年名册合计5个单位，两年都有报告、可以逐项对比的3个。"
        "其余1个本年度新增，1个本年度名册中没有，不能逐项对比。"
    )
    told = [number(page, place) for place in ("compared", "jumps", "breaks", "new", "gone", "lacking")]
    assert told == ["3", "4", "2", "1", "1", "0"]


def test_the_largest_jump_is_the_first_row(two_years: Comparison) -> None:
    first = rows(compare_page(two_years, ISSUER), "jump-rows")[0]
    assert first == ["1", WATER.name, "行政许可 · 本年处理决定数量", "200", "12,900", "+12,700", "+6,350%"]


def test_breaks_are_told_in_the_words_of_the_check(two_years: Comparison) -> None:
    found = rows(compare_page(two_years, ISSUER), "break-rows")
    assert [row[:2] + row[3:6] for row in found] == [[ISSUER, "错误", "0", "0", "2"]] * 2
    assert "本年度填报2，与上年度报告衔接应为0，相差2" in found[0][2]
    assert "表三!" in found[0][6]


def test_the_sums_of_the_same_agencies_stand_beside_those_of_all(two_years: Comparison) -> None:
    found = {row[0]: row[1:] for row in rows(compare_page(two_years, ISSUER), "sum-rows")}
    expected = ["件", "244", "12,900", "+12,656", "+5,187%"]
    assert found["行政许可 · 本年处理决定数量"] == [*expected, *expected[1:]]
    assert found["一、本年新收政府信息公开申请数量"][1:3] == ["6", "60"]
    assert found["规章 · 本年制发件数"][1:5] == ["0", "0", "0", "—"]


def test_who_is_new_gone_or_under_another_code_is_listed(two_years: Comparison) -> None:
    assert rows(compare_page(two_years, ISSUER), "entry-rows") == [
        ["本年度新增", "05", DATA.name, "", ""],
        ["本年度名册中没有", "", "", "04", LETTERS.name],
        ["编码变更，按名称对应", "A3", WATER.name, "03", WATER.name],
    ]


def test_the_pictures_name_the_jumps_and_no_word_leaves_them_or_covers_another(pack: Pack) -> None:
    agencies = [Agency(str(n), f"临江市高新技术产业开发区第{n}综合行政执法大队") for n in range(40)]
    now = {one.code: {LICENSING: 3000 + 7 * n} for n, one in enumerate(agencies)}
    last = {one.code: {LICENSING: 100 + 5 * n} for n, one in enumerate(agencies)}
    page = compare_page(comparison(pack, agencies, agencies, now, last), ISSUER).decode()
    pictures = html.fromstring(page).xpath("//svg")
    assert len(pictures) == 2
    for picture in pictures:
        width, height = map(float, picture.get("viewbox").split()[2:])
        boxes = [box_of(words) for words in picture.xpath(".//text[@x]")]
        assert all(
            left >= 0 and right <= width and top >= 0 and low <= height for left, top, right, low in boxes
        )
        for number, one in enumerate(boxes):
            assert not any(overlap(one, other) for other in boxes[number + 1 :])
    assert "综合行政执法大队" in pictures[1].text_content()


def box_of(words: html.HtmlElement) -> tuple[float, float, float, float]:
    """The room that words of a picture take."""
    x, y, size = (float(words.get(name)) for name in ("x", "y", "font-size"))
    said = words.xpath("string(text()[last()])")
    width = width_of_words(said) * size
    left = {"start": x, "middle": x - width / 2, "end": x - width}[words.get("text-anchor")]
    return left, y - 0.8 * size, left + width, y + 0.1 * size


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes have room in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_with_more_agencies_than_dots_can_show_those_close_together_are_one_dot(pack: Pack) -> None:
    agencies = [Agency(str(n), f"第{n}所") for n in range(2100)]
    typed = {one.code: {LICENSING: 1000 + n % 500} for n, one in enumerate(agencies)}
    page = compare_page(comparison(pack, agencies, agencies, typed, typed), ISSUER).decode()
    assert 0 < page.count("<circle") < 300
    assert "共2,100个" in page
    assert re.search(r"等\d+个单位</title>", page)


def test_a_long_list_is_limited_and_says_so(pack: Pack) -> None:
    agencies = [Agency(str(n), f"第{n}所") for n in range(SHOWN_JUMPS + 20)]
    now = {one.code: {LICENSING: 900} for one in agencies}
    page = compare_page(comparison(pack, agencies, agencies, now, {one.code: {} for one in agencies}), ISSUER)
    assert len(rows(page, "jump-rows")) == SHOWN_JUMPS
    assert "共120处，这里列出变动最大的100处，其余见同名的Excel文件" in page.decode()


def test_an_agency_that_took_over_another_is_marked_where_its_figures_jump(pack: Pack) -> None:
    closed = Agency("04", LETTERS.name, is_closed=True, successor="03")
    found = comparison(
        pack,
        [WATER, closed],
        [WATER, LETTERS],
        {"03": {LICENSING: 500}},
        {"03": {LICENSING: 20}, "04": {LICENSING: 400}},
    )
    page = compare_page(found, ISSUER)
    assert "并入了清河县信访局，上年度数据不含" in rows(page, "jump-rows")[0][1]
    assert rows(page, "entry-rows")[0][:3] == ["已撤销或并入其他单位", "04", LETTERS.name]


def test_it_needs_nothing_from_outside_and_runs_no_script(two_years: Comparison) -> None:
    page = compare_page(two_years, ISSUER).decode()
    assert not re.search(r"""(?:src|href)=|https?://|@import|url\(|<script""", page)
    assert 'lang="zh-CN"' in page
    assert HOSTILE.name in html.fromstring(page).text_content()


def test_nobody_in_both_years_and_years_apart_are_said_too(pack: Pack) -> None:
    nobody = compare_page(comparison(pack, [], [], {}, {}), ISSUER).decode()
    assert "没有两年都有报告的单位，无法核对。" in nobody
    apart = comparison(pack, [WATER], [WATER], {"03": {}}, {"03": {}}, last_year=2021)
    assert "2021年与2023年不是相邻的年度" in compare_page(apart, ISSUER).decode()
    sound = comparison(pack, [WATER], [WATER], {"03": {LICENSING: 2}}, {"03": {LICENSING: 1}})
    assert "全部衔接一致" in compare_page(sound, ISSUER).decode()


def test_the_same_comparison_is_the_same_page(two_years: Comparison) -> None:
    assert compare_page(two_years, ISSUER) == compare_page(two_years, ISSUER)
