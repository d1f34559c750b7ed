"""Years of a narrative: what was left in from last year is named, what rightly names another year is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders import LONG_ENOUGH, figures_only

from reportfill.checks.check import check
from reportfill.checks.chinese.years import odd_years
from reportfill.model.chinese.numerals import without_space
from reportfill.model.figures import with_values
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack

FOLDER = Path(__file__).parent / "wordings"


def lines(name: str) -> list[tuple[str, int, list[str]]]:
    """The texts of a file with the year of their report and what is odd in them."""
    year, found = 0, []
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("@year"):
            year = int(line.split()[1])
        elif line and line[0] not in "#@":
            text, _, odd = line.rpartition("|")
            found.append((text.strip(), year, odd.split()))
    return found


@pytest.mark.parametrize(
    ("text", "year", "odd"), [*lines("years.txt"), *lines("years-again.txt"), *lines("years-sixth.txt")]
)
def test_a_year_is_named_where_it_is_out_of_place_and_only_there(
    text: str, year: int, odd: list[str]
) -> None:
    found = odd_years([without_space(text)], year)
    assert [f"{odd_year.named}>{odd_year.expected}" for _, odd_year in found] == odd


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("2021—2022学年，学校认真落实信息公开各项制度。", ["2021—2022学年"]),
        ("在2021-2022学年度，我校认真落实信息公开各项制度。", ["2021-2022学年度"]),
        ("统计期限自2021年9月1日起至2022年8月31日止。", ["2021年9月1日起至2022年8月31日止"]),
        ("2022—2023学年，学校认真落实；2023年上半年组织了检查。", []),
        ("统计期限自2022年9月1日起至2023年8月31日止。", []),
        ("与2021—2022学年相比，增加3件。", []),
        ("2021-2022学年信息公开工作年度报告已按时公布。", []),
        ("2023—2024学年，学校将继续加强。", []),
    ],
)
def test_a_school_year_before_is_named_where_the_account_has_it_as_its_own(text: str, odd: list[str]) -> None:
    found = [one for _, one in odd_years([text], 2022, "09-01")]
    assert [one.wording for one in found] == odd
    assert {(one.named, one.expected) for one in found} <= {(2021, 2022)}
    assert list(odd_years(["2021—2022学年，学校认真落实信息公开各项制度。"], 2022)) == []


def test_measures_to_come_go_on_in_the_paragraphs_below() -> None:
    below = ["下一步，将从以下方面改进：", "一是加强培训。2023年，组织培训2次。", "二是改进栏目。"]
    assert [(index, year.expected) for index, year in odd_years(below, 2023)] == [(1, 2024)]
    assert list(odd_years(["（一）存在的问题", *below[1:]], 2023)) == []


def test_the_finding_says_which_year_stands_there_and_which_is_expected(pack: Pack) -> None:
    text = f"{LONG_ENOUGH}下一步，2023年将加大培训力度，改进公开质量。"
    data = with_values(figures_only(pack, {}), {"problems_and_improvements": [text]})
    (found,) = [f for f in check(Submission.from_data(pack, data)) if f.code == "text.year"]
    assert (found.value, found.expected) == (2023, 2024)
    assert "此处一般应为2024年" in found.message.zh
