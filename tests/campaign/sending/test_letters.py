"""A mail says to one agency what it has to do, and says nothing to those who have nothing to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import a_finding
from campaign.office import AGENCIES, ISSUER, settings_for

from reportfill.campaign.folder.settings import Contact
from reportfill.campaign.sending.letter_tags import LetterTags, letter_tags_of
from reportfill.campaign.sending.letters import MOST_MISTAKES, Letter, invitation, reminder
from reportfill.campaign.sending.templates import letter_template, neutral_template
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.errors import CampaignError
from reportfill.finding import Finding, Severity
from reportfill.pack.discovery import manifest_of

PACK = "annual-report-2021"
REMINDER_TEXT = neutral_template("zh", "reminder.txt")
TITLE = "政府信息公开工作年度报告"
ARCHIVE = AGENCIES[1]
UNEQUAL = a_finding("balance.unequal", "表四!E6", "总计是0，应当是11。", "请核对表四!E6、A6。")
DOUBTFUL = a_finding("text.year", "总体情况!B12", "写的是2022年。", "请核对。", Severity.WARNING)
DAMAGED = a_finding("file.damaged", "", "文件已损坏，无法读取。", "请另存后再交来。")


def standing(today: date = date(2024, 1, 20), deadline: date | None = date(2024, 1, 31)) -> CampaignStatus:
    """A standing on a day."""
    return CampaignStatus(TITLE, ISSUER, 2023, deadline, today, [])


def reminded(one: AgencyStatus, on: CampaignStatus | None = None, workbook_name: str = "") -> Letter:
    """The reminder that an agency gets."""
    letter = reminder(REMINDER_TEXT, facts(), one, on or standing(), workbook_name)
    assert letter is not None
    return letter


def faulty(*findings: Finding, report: str = "") -> AgencyStatus:
    """The archive, which handed in twice and made mistakes."""
    return AgencyStatus(ARCHIVE, State.FAULTY, 2, findings=findings, report=report)


def facts(title: str = TITLE, **changes: Any) -> LetterTags:
    """What the letters of the year 2023 may say."""
    settings = replace(settings_for(), **changes)
    return letter_tags_of(settings, replace(manifest_of(PACK), title=title))


def invited(own: LetterTags | None = None, template: bytes | None = None) -> Letter:
    """The mail with the workbook that the archive gets."""
    return invitation(template or letter_template(PACK, "mail.txt"), own or facts(), ARCHIVE, "填报表.xlsx")


def test_an_invitation_says_what_it_is_how_to_fill_it_in_and_until_when() -> None:
    letter = invited()
    assert letter.subject == "请于1月31日前报送2023年政府信息公开工作年度报告填报表（清河县档案馆）"
    assert letter.text.startswith("清河县档案馆：\n")
    assert "“填报表.xlsx”（见附件）" in letter.text
    assert "只填写浅黄色的单元格" in letter.text
    assert "2024年1月31日（星期三）前，将填好的填报表作为附件回复本邮件" in letter.text
    assert "有疑问" in letter.text
    assert letter.text.rstrip().endswith(ISSUER)


def test_an_invitation_speaks_of_the_password_where_there_is_one() -> None:
    assert "不要设置打开密码" in invited().text
    protected = invited(facts(is_protected=True)).text
    assert "密码由我单位另行告知" in protected
    assert "不要设置打开密码" not in protected


@pytest.mark.parametrize(
    ("today", "subject", "sentence"),
    [
        (date(2024, 1, 20), "尚未报送，距截止日期还有11天", "是2024年1月31日（星期三），还有11天。"),
        (date(2024, 1, 31), "尚未报送，今天是报送截止日期", "是2024年1月31日（星期三），即今天。"),
        (date(2024, 2, 3), "已逾期3天", "是2024年1月31日（星期三），已经逾期3天。"),
    ],
)
def test_who_handed_in_nothing_reads_how_long_there_is(today: date, subject: str, sentence: str) -> None:
    letter = reminded(AgencyStatus(ARCHIVE, State.MISSING), standing(today))
    assert letter.subject == f"催报：2023年政府信息公开工作年度报告填报表{subject}（清河县档案馆）"
    assert sentence in letter.text
    assert "尚未收到你单位的填报表" in letter.text


@pytest.mark.parametrize(
    ("today", "subject", "sentence"),
    [
        (date(2024, 2, 3), "尚未报送，距截止日期还有7天", "是2024年2月10日（星期六），还有7天。"),
        (date(2024, 2, 11), "已逾期1天", "是2024年2月10日（星期六），已经逾期1天。"),
    ],
)
def test_who_was_given_more_time_reads_of_its_own_day(today: date, subject: str, sentence: str) -> None:
    missing = AgencyStatus(ARCHIVE, State.MISSING, until=date(2024, 2, 10))
    letter = reminded(missing, standing(today))
    assert letter.subject == f"催报：2023年政府信息公开工作年度报告填报表{subject}（清河县档案馆）"
    assert (
        f"已同意你单位延期报送2023年政府信息公开工作年度报告填报表，延期后的报送截止日期{sentence}"
        in letter.text
    )
    assert "1月31日" not in letter.text


def test_an_invitation_of_one_with_more_time_names_its_own_day() -> None:
    letter = invited(facts().with_time_until(date(2024, 2, 10)))
    assert letter.subject.startswith("请于2月10日前报送")
    assert "2024年2月10日（星期六）前" in letter.text
    assert invited(facts().with_time_until(None)) == invited()


def test_without_a_deadline_there_is_no_word_of_one() -> None:
    missing = AgencyStatus(ARCHIVE, State.MISSING)
    letter = reminder(REMINDER_TEXT, facts(agency_deadline=None), missing, standing(deadline=None))
    assert letter is not None
    assert "截止" not in letter.subject + letter.text
    assert "尽快" in letter.text


def test_who_has_lost_the_workbook_gets_it_again_or_may_ask_for_it() -> None:
    missing = AgencyStatus(ARCHIVE, State.MISSING)
    assert "填报表“填报表.xlsx”再次附上。" in reminded(missing, workbook_name="填报表.xlsx").text
    assert "请回复本邮件索取" in reminded(missing).text


def test_who_made_mistakes_reads_each_with_its_cell_and_its_cure() -> None:
    letter = reminded(faulty(UNEQUAL, DOUBTFUL, DAMAGED), workbook_name="需修改.xlsx")
    assert letter.subject.startswith("退回修改：")
    assert "有2处错误" in letter.subject
    assert "第2次报送" in letter.text
    assert (
        "　　需要改正的错误：\n"
        "　　1．表四!E6　总计是0，应当是11。\n　　处理办法：请核对表四!E6、A6。\n"
        "　　2．文件已损坏，无法读取。\n　　处理办法：请另存后再交来。\n"
        "　　需要核对的内容（核对无误的，不用修改）：\n"
        "　　1．总体情况!B12　写的是2022年。\n　　处理办法：请核对。\n"
    ) in letter.text
    assert "“需修改.xlsx”" in letter.text
    assert "其余" not in letter.text


def test_what_there_is_no_room_for_is_in_the_workbook() -> None:
    findings = [UNEQUAL] * (MOST_MISTAKES + 3) + [DOUBTFUL]
    attached = reminded(faulty(*findings), workbook_name="需修改.xlsx").text
    assert attached.count("表四!E6　") == MOST_MISTAKES
    assert "其余4处见所附填报表。" in attached
    assert "其余4处未列出，请全面核对。" in reminded(faulty(*findings)).text


def test_who_has_a_sound_report_from_before_reads_that_it_still_counts() -> None:
    assert "以你单位此前校验通过的填报表为准" in reminded(faulty(UNEQUAL, report="reports/档案馆.docx")).text
    assert "以你单位此前校验通过的填报表为准" not in reminded(faulty(UNEQUAL)).text


def test_whose_report_was_sent_back_reads_why() -> None:
    one = AgencyStatus(
        ARCHIVE, State.SENT_BACK, 1, remark="总体情况过于简略。\n请补充。", findings=[DOUBTFUL]
    )
    letter = reminded(one, workbook_name="退回.xlsx")
    assert "有审核意见" in letter.subject
    assert "审核意见：\n　　总体情况过于简略。\n　　请补充。\n" in letter.text
    assert "写的是2022年。" in letter.text
    assert "需要改正的错误" not in letter.text


@pytest.mark.parametrize("state", [State.SOUND, State.ACCEPTED])
def test_who_has_nothing_to_do_gets_no_letter(state: State) -> None:
    assert (
        reminder(REMINDER_TEXT, facts(), AgencyStatus(ARCHIVE, state, 1, findings=[DOUBTFUL]), standing())
        is None
    )


CONTACT = Contact("王芳", "0319-1234567", "wf@example.org")


def test_a_letter_says_whom_to_ask_where_that_is_known() -> None:
    known = facts(contact=CONTACT)
    assert "或者与王芳（电话0319-1234567）联系" in invited(known).text
    assert "或者与我单位联系" in invited().text
    letter = reminder(REMINDER_TEXT, known, AgencyStatus(ARCHIVE, State.MISSING), standing())
    assert letter is not None
    assert letter.text.endswith("　　联系人：王芳，电话0319-1234567，邮箱wf@example.org\n")


@pytest.mark.parametrize("deadline", [None, date(2024, 2, 20)])
def test_a_letter_of_another_report_says_nothing_of_disclosure(deadline: date | None) -> None:
    own = facts("固定资产统计年报", agency_deadline=deadline, government_deadline=None)
    template = neutral_template("zh", "mail.txt")
    for letter in (invited(own), invited(own, template)):
        said = letter.subject + letter.text
        assert "固定资产统计年报填报表" in said
        assert "政府信息公开" not in said
        assert "1月31日" not in said
        assert ("2月20日" in said) == (deadline is not None)
    assert "公布" not in invited(own, template).text


def test_letters_of_a_pack_in_english_are_in_english() -> None:
    settings = replace(settings_for(issuer="Office A"), contact=Contact("Ann"))
    own = letter_tags_of(
        settings, replace(manifest_of(PACK), title="Visit report", language="en", legal_basis=())
    )
    agency = ARCHIVE._replace(name="Office B")
    mail = invitation(neutral_template("en", "mail.txt"), own, agency, "b.xlsx")
    assert mail.subject == "Visit report 2023: the workbook to fill in by 31 January (Office B)"
    found = a_finding("balance.unequal", "Sheet1!B2", "The total is 0.", "Look at B2.")
    faulty = AgencyStatus(agency, State.FAULTY, 1, findings=[found])
    reminding = reminder(neutral_template("en", "reminder.txt"), own, faulty, standing(), "b.xlsx")
    assert reminding is not None
    assert "1. Sheet1!B2: The total is 0. Look at B2.\n" in reminding.text
    assert "It is due on Wednesday, 31 January 2024, in 11 days." in reminding.text
    for letter in (mail, reminding):
        assert not re.search("[\u3000-\u9fff]", letter.subject + letter.text)


@pytest.mark.parametrize(
    ("template", "cause"),
    [
        ("{{ foo }}\n\nx", "没有内容可以填入标签“foo”"),
        ("主题\n\n{% if year %}", "标签写得不对"),
        ("主题\n\n{{ agency.__class__ }}", "没有内容可以填入标签|含有不允许的标签"),
        ("主题\n\n{{ year / 0 }}", "标签算不出来"),
        ("只有一行", "第一行应当是邮件主题"),
        ("", "第一行应当是邮件主题"),
    ],
)
def test_a_template_edited_amiss_is_told_in_one_line(template: str, cause: str) -> None:
    with pytest.raises(CampaignError) as caught:
        invited(template=template.encode() or b" ")
    assert re.match(f"mail.txt.*(?:{cause})", caught.value.chinese)
    assert "\n" not in caught.value.chinese + caught.value.english


def test_a_template_in_another_encoding_is_told() -> None:
    with pytest.raises(CampaignError, match=r"mail\.txt is not UTF-8 text"):
        invited(template="主题\n\n正文".encode("gbk"))
