"""The text for a chat names who owes what, and is cut into pieces that a chat takes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from builders import a_finding
from campaign.office import AGENCIES, ISSUER, settings_for

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.sending.chat import MOST_CHARACTERS, chat_texts
from reportfill.campaign.sending.letter_tags import letter_tags_of
from reportfill.campaign.sending.templates import letter_template, neutral_template
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.pack.discovery import manifest_of

PACK = "annual-report-2021"
TITLE = "政府信息公开工作年度报告"
UNEQUAL = a_finding("balance.unequal", "表四!E6", "总计不等于各项之和。相差11。", "请核对。")


def standing(*agencies: AgencyStatus, today: date = date(2024, 1, 20)) -> CampaignStatus:
    """A standing eleven days before the deadline, or on another day."""
    return CampaignStatus(TITLE, ISSUER, 2023, date(2024, 1, 31), today, agencies)


def said(on: CampaignStatus) -> list[str]:
    """The messages of the office."""
    settings = replace(settings_for(), agency_deadline=on.deadline)
    return chat_texts(letter_template(PACK, "chat.txt"), letter_tags_of(settings, manifest_of(PACK)), on)


def many(number: int, state: State = State.MISSING) -> list[AgencyStatus]:
    """So many agencies, fifty below each superior."""
    return [
        AgencyStatus(
            Agency(f"{place}", f"清河县第{place}局", superior=f"S{place // 50}"), state, 1, findings=[UNEQUAL]
        )
        for place in range(number)
    ]


def test_it_names_who_is_missing_and_who_has_what_to_correct() -> None:
    (text,) = said(
        standing(
            AgencyStatus(AGENCIES[0], State.SOUND, 1),
            AgencyStatus(AGENCIES[1], State.MISSING),
            AgencyStatus(AGENCIES[2], State.FAULTY, 1, findings=[UNEQUAL, UNEQUAL]),
            AgencyStatus(AGENCIES[3], State.SENT_BACK, 1, remark="总体情况过于简略\n请补充"),
        )
    )
    assert text == (
        "【2023年政府信息公开工作年度报告填报进度】\n"
        "各单位：截至2024年1月20日，应报送4家，已完成1家，未报送1家，需改正2家。报送截止日期：2024年1月31日（还剩11天）。\n"
        "■ 尚未报送（1家）\n"
        "档案馆\n"
        "■ 需改正（2家）\n"
        "· 民政局：表四!E6 总计不等于各项之和（共2处错误）\n"
        "· 清河县信访局：审核退回：总体情况过于简略\n"
        "请以上单位抓紧办理，按时报送；已经报送的，请与我们联系核对。谢谢！\n"
        f"{ISSUER}\n"
    )


def test_after_the_deadline_it_asks_for_haste() -> None:
    (text,) = said(standing(AgencyStatus(AGENCIES[1], State.MISSING), today=date(2024, 2, 2)))
    assert "已逾期2天" in text
    assert "尽快报送" in text


def test_who_still_has_more_time_is_neither_missing_nor_overdue() -> None:
    later = date(2024, 2, 10)
    extended = [
        AgencyStatus(AGENCIES[1], State.MISSING, until=later),
        AgencyStatus(AGENCIES[2], State.FAULTY, 1, findings=[UNEQUAL], until=later),
        AgencyStatus(AGENCIES[0], State.SOUND, 1, until=later),
    ]
    missing = AgencyStatus(AGENCIES[3], State.MISSING)
    (text,) = said(standing(*extended, missing, today=date(2024, 2, 2)))
    assert "已完成1家，未报送1家，延期2家。" in text
    assert "■ 尚未报送（1家）\n清河县信访局\n" in text
    assert "■ 已同意延期，请在所列日期前报送（2家）\n档案馆（2月10日）、民政局（2月10日）\n" in text
    assert "请尚未报送、需改正的单位抓紧办理，尽快报送" in text
    (text,) = said(standing(*extended, today=date(2024, 2, 2)))
    assert "抓紧" not in text
    (text,) = said(standing(*extended, today=date(2024, 2, 11)))
    assert "■ 尚未报送（1家）\n档案馆\n" in text
    assert "延期" not in text


def test_where_nobody_owes_anything_it_says_thanks() -> None:
    (text,) = said(standing(AgencyStatus(AGENCIES[1], State.ACCEPTED, 1)))
    assert "各单位均已完成，感谢支持！" in text
    assert "■" not in text


def test_many_names_stand_by_superior() -> None:
    (text,) = said(standing(*many(60)))
    assert "\nS0（50家）：清河县第0局、清河县第1局、" in text
    assert "\nS1（10家）：清河县第50局、" in text


def test_a_long_text_comes_in_numbered_pieces_that_lose_nobody() -> None:
    agencies = [*many(1000), *many(1000, State.FAULTY)]
    texts = said(standing(*agencies))
    assert len(texts) > 1
    assert max(map(len, texts)) <= MOST_CHARACTERS
    for number, text in enumerate(texts, 1):
        assert text.startswith(f"【2023年政府信息公开工作年度报告填报进度】（{number}/{len(texts)}）\n")
        assert text.splitlines()[1].startswith("■" if number > 1 else "各单位：")
    named = re.findall(r"清河县第(\d+)局", "".join(texts))
    assert sorted(map(int, named)) == sorted([*range(1000), *range(1000)])
    assert "■ 尚未报送（1000家）（续）" in texts[1]
    assert "谢谢！" in texts[-1]
    assert "谢谢！" not in texts[0]


def test_without_a_deadline_it_says_so() -> None:
    none = CampaignStatus(
        TITLE, ISSUER, 2023, None, date(2024, 2, 2), [AgencyStatus(AGENCIES[1], State.MISSING)]
    )
    (text,) = said(none)
    assert "未报送1家。未设报送截止日期。\n" in text
    assert "尽快报送" in text


def test_a_pack_in_english_gets_one_in_english() -> None:
    settings = replace(settings_for(issuer="Office A"), agency_deadline=date(2024, 1, 31))
    facts = letter_tags_of(settings, replace(manifest_of(PACK), title="Visit report", language="en"))
    unequal = a_finding("balance.unequal", "Sheet1!B2", "The total is 0.", "")
    agencies = [
        AgencyStatus(
            Agency(f"{place}", f"Office {place}", superior=f"S{place // 50}"), state, 1, findings=[unequal]
        )
        for place in range(300)
        for state in (State.MISSING, State.FAULTY, State.SENT_BACK)
    ]
    on = CampaignStatus("Visit report", "Office A", 2023, date(2024, 1, 31), date(2024, 1, 20), agencies)
    texts = chat_texts(neutral_template("en", "chat.txt"), facts, on)
    assert texts[0].startswith(f"Visit report 2023: how far we are (1/{len(texts)})\n")
    assert "S0 (50): Office 0, Office 1," in texts[0]
    assert max(map(len, texts)) <= MOST_CHARACTERS
    assert not re.search("[\u3000-\u9fff]", "".join(texts))
