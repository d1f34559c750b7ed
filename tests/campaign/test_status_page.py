"""status.html shows what the standing says, needs nothing from outside, and does what no name tells it to."""

from __future__ import annotations

import re
from datetime import date, datetime

from campaign.office import AGENCIES, ISSUER
from lxml import html

from reportfill.campaign.agency import Agency
from reportfill.campaign.standing import AgencyStanding, Mistake, Standing, State, Stray
from reportfill.campaign.status_page import status_page

MISTAKE = Mistake("cell.blank", "error", "表三!D7", "没有填写。", "请填写；没有发生的填0。")
HOSTILE = Agency("9", "</script><script>alert(1)</script>“局”", superior="01")


def standing(*agencies: AgencyStanding) -> Standing:
    """A standing eleven days before the deadline."""
    return Standing(
        "政府信息公开工作年度报告",
        ISSUER,
        2023,
        date(2024, 1, 31),
        date(2024, 1, 20),
        agencies,
        [Stray("inbox/x.xlsx", "名册中没有“清河县气象局”")],
    )


PAGE = status_page(
    standing(
        AgencyStanding(AGENCIES[0], State.MISSING),
        AgencyStanding(
            AGENCIES[1],
            State.SOUND,
            1,
            datetime(2024, 1, 5),
            datetime(2024, 1, 5, 9, 30),
            report="reports/清河县档案馆（02）.docx",
        ),
        AgencyStanding(
            AGENCIES[2],
            State.FAULTY,
            2,
            datetime(2024, 1, 6),
            datetime(2024, 1, 8),
            [MISTAKE],
            returned="returned/b.xlsx",
        ),
        AgencyStanding(HOSTILE, State.MISSING),
    )
).decode()


def test_it_says_how_many_days_are_left_and_who_the_office_is() -> None:
    text = html.fromstring(PAGE).text_content()
    assert ISSUER in text
    assert "11天" in re.sub(r"\s", "", text)
    assert "名册中没有“清河县气象局”" in text


def test_it_needs_nothing_from_outside() -> None:
    assert not re.search(r"""(?:src|href)=["']?https?://""", PAGE)
    assert "@import" not in PAGE
    assert 'lang="zh-CN"' in PAGE


def test_a_name_cannot_leave_its_place() -> None:
    assert "<script>alert(1)" not in PAGE
    assert PAGE.count("</script>") == PAGE.count("<script")


def test_the_same_standing_is_the_same_page_and_nobody_at_all_is_one_too() -> None:
    empty = standing()
    assert status_page(empty) == status_page(empty)
    assert ISSUER in status_page(empty).decode()
