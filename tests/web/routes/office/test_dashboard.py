"""How the year stands, on one page: filtered and sorted by its address alone."""

from __future__ import annotations

import re

import pytest
from campaign.office import AGENCIES
from web_campaign import ACCOUNTS, READER, ServedCampaign, sign_in
from web_visitor import Visitor

ARCHIVE, CIVIL_AFFAIRS, LETTERS = AGENCIES[1:]


def _rows(visitor: Visitor, query: str) -> list[str]:
    """The names in the table."""
    answer = visitor.get(f"/office?{query}")
    assert answer.status_code == 200
    return re.findall('<th scope="row"><a href="[^"]+">([^<]+)</a></th>', answer.text)


def test_everybody_with_an_account_sees_how_it_stands_and_nobody_else(visitor: Visitor) -> None:
    assert visitor.get("/office").url.path == "/sign-in"
    for name in ACCOUNTS:
        sign_in(visitor, name)
        assert len(_rows(visitor, "")) == len(AGENCIES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=sound", [ARCHIVE]),
        ("state=faulty", [CIVIL_AFFAIRS]),
        ("state=missing&text=信访", [LETTERS]),
        ("under=01", list(AGENCIES)),
        (f"under={ARCHIVE.name}", [ARCHIVE]),
        ("sort=-code", list(AGENCIES[::-1])),
        ("sort=-errors&under=01&state=faulty", [CIVIL_AFFAIRS]),
        ("under=没有的", []),
        ("timing=extended", []),
        ("timing=overdue", [AGENCIES[0], CIVIL_AFFAIRS, LETTERS]),
        ("timing=overdue&state=missing", [AGENCIES[0], LETTERS]),
        ("timing=late", [ARCHIVE, CIVIL_AFFAIRS]),
        ("number=999", list(AGENCIES)),
    ],
)
def test_the_address_says_who_is_seen(visitor: Visitor, query: str, expected: list[object]) -> None:
    sign_in(visitor, READER)
    assert _rows(visitor, query) == [one.name for one in expected]


@pytest.mark.parametrize("query", ["state=none", "timing=x", "sort=name;", "number=0", f"text={'局' * 300}"])
def test_an_address_that_says_nothing_is_refused_and_shows_nobody(visitor: Visitor, query: str) -> None:
    sign_in(visitor, READER)
    answer = visitor.get(f"/office?{query}")
    assert answer.status_code == 422
    assert ARCHIVE.name not in answer.text


def test_heads_of_columns_sort_and_keep_the_filter(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    page = visitor.get("/office?text=清河&sort=name").text
    assert "sort=-name" in page
    assert 'aria-sort="ascending"' in page
    assert "text=%E6%B8%85%E6%B2%B3&amp;sort=code" in page


def test_who_was_given_more_time_is_told_so(visitor: Visitor, served: ServedCampaign) -> None:
    served.campaign.extend(LETTERS.code, until="2033-12-31")
    sign_in(visitor, READER)
    assert "2033-12-31 （延期）" in visitor.get("/office?timing=extended").text
    assert LETTERS.name not in _rows(visitor, "timing=overdue")


def test_who_handed_in_late_is_told_apart_from_who_owes_a_report_after_the_last_day(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    page = visitor.get("/office").text
    said = {
        row[1]: re.findall('<span class="bad">([^<]+)</span>', row[0])
        for row in re.finditer('<th scope="row"><a href="[^"]+">([^<]+)</a></th>.*?</tr>', page, re.DOTALL)
    }
    assert said == {
        AGENCIES[0].name: ["逾期未完成"],
        ARCHIVE.name: ["逾期报送"],
        CIVIL_AFFAIRS.name: ["逾期未完成", "逾期报送"],
        LETTERS.name: ["逾期未完成"],
    }


def test_a_filter_that_is_none_is_named_without_inner_words(visitor: Visitor) -> None:
    sign_in(visitor)
    answer = visitor.get("/office?state=nothing")
    assert answer.status_code == 422
    assert "参数有误：state。" in answer.text
