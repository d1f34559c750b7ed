"""A mail says to one agency what it has to do, and says nothing to those who have nothing to do."""

from __future__ import annotations

from datetime import date

import pytest
from campaign.office import AGENCIES, ISSUER

from reportfill.campaign.place.settings import Settings, default_settings
from reportfill.campaign.records.history import Mistake
from reportfill.campaign.sending.letters import MOST_MISTAKES, Letter, invitation, reminder
from reportfill.campaign.status.standing import AgencyStanding, Standing, State

TITLE = "政府信息公开工作年度报告"
ARCHIVE = AGENCIES[1]
UNEQUAL = Mistake("balance.unequal", "error", "表四!E6", "总计是0，应当是11。", "请核对表四!E6、A6。")
DOUBTFUL = Mistake("text.year", "warning", "总体情况!B12", "写的是2022年。", "请核对。")
DAMAGED = Mistake("file.damaged", "error", "", "文件已损坏，无法读取。", "请另存后再交来。")


def standing(today: date = date(2024, 1, 20), deadline: date | None = date(2024, 1, 31)) -> Standing:
    """A standing on a day."""
    return Standing(TITLE, ISSUER, 2023, deadline, today, [])


def reminded(one: AgencyStanding, on: Standing | None = None, workbook_name: str = "") -> Letter:
    """The reminder that an agency gets."""
    letter = reminder(one, on or standing(), workbook_name)
    assert letter is not None
    return letter


def faulty(*mistakes: Mistake, report: str = "") -> AgencyStanding:
    """The archive, which handed in twice and made mistakes."""
    return AgencyStanding(ARCHIVE, State.FAULTY, 2, mistakes=mistakes, report=report)


def settings(*, is_protected: bool = False) -> Settings:
    """The settings of the year 2023."""
    default = default_settings("annual-report-2021", 2023, ISSUER)
    return Settings(
        default.pack,
        default.year,
        default.issuer,
        default.agency_deadline,
        default.government_deadline,
        is_protected=is_protected,
    )


def test_an_invitation_says_what_it_is_how_to_fill_it_in_and_until_when() -> None:
    letter = invitation(ARCHIVE, settings(), TITLE, "填报表.xlsx")
    assert letter.subject == "请于1月31日前报送2023年政府信息公开工作年度报告填报表（清河县档案馆）"
    assert letter.text.startswith("清河县档案馆：\n")
    assert "《填报表.xlsx》（见附件）" in letter.text
    assert "只填写浅黄色的单元格" in letter.text
    assert "2024年1月31日（星期三）前，将填好的填报表作为附件回复本邮件" in letter.text
    assert "有疑问" in letter.text
    assert letter.text.rstrip().endswith(ISSUER)


def test_an_invitation_speaks_of_the_password_where_there_is_one() -> None:
    assert "不要设置打开密码" in invitation(ARCHIVE, settings(), TITLE, "填报表.xlsx").text
    protected = invitation(ARCHIVE, settings(is_protected=True), TITLE, "填报表.xlsx").text
    assert "密码由我单位另行告知" in protected
    assert "不要设置打开密码" not in protected


@pytest.mark.parametrize(
    ("today", "subject", "sentence"),
    [
        (date(2024, 1, 20), "还有11天截止", "是2024年1月31日（星期三），还有11天。"),
        (date(2024, 1, 31), "今天截止", "是2024年1月31日（星期三），即今天。"),
        (date(2024, 2, 3), "已逾期3天", "是2024年1月31日（星期三），已经逾期3天。"),
    ],
)
def test_who_handed_in_nothing_reads_how_long_there_is(today: date, subject: str, sentence: str) -> None:
    letter = reminded(AgencyStanding(ARCHIVE, State.MISSING), standing(today))
    assert letter.subject == f"催报：2023年政府信息公开工作年度报告填报表{subject}（清河县档案馆）"
    assert sentence in letter.text
    assert "尚未收到你单位的填报表" in letter.text


def test_without_a_deadline_there_is_no_word_of_one() -> None:
    letter = reminded(AgencyStanding(ARCHIVE, State.MISSING), standing(deadline=None))
    assert "截止" not in letter.subject + letter.text
    assert "尽快" in letter.text


def test_who_has_lost_the_workbook_gets_it_again_or_may_ask_for_it() -> None:
    missing = AgencyStanding(ARCHIVE, State.MISSING)
    assert "填报表《填报表.xlsx》再次附上。" in reminded(missing, workbook_name="填报表.xlsx").text
    assert "请回复本邮件索取" in reminded(missing).text


def test_who_made_mistakes_reads_each_with_its_cell_and_its_cure() -> None:
    letter = reminded(faulty(UNEQUAL, DOUBTFUL, DAMAGED), workbook_name="需修改.xlsx")
    assert letter.subject.startswith("请修改：")
    assert "有2处错误" in letter.subject
    assert "第2次报送" in letter.text
    assert (
        "　　需要改正的错误：\n"
        "　　1．表四!E6　总计是0，应当是11。\n　　改法：请核对表四!E6、A6。\n"
        "　　2．文件已损坏，无法读取。\n　　改法：请另存后再交来。\n"
        "　　需要核对的内容（确实如此的不用改）：\n"
        "　　1．总体情况!B12　写的是2022年。\n　　改法：请核对。\n"
    ) in letter.text
    assert "《需修改.xlsx》" in letter.text
    assert "其余" not in letter.text


def test_what_there_is_no_room_for_is_in_the_workbook() -> None:
    mistakes = [UNEQUAL] * (MOST_MISTAKES + 3) + [DOUBTFUL]
    attached = reminded(faulty(*mistakes), workbook_name="需修改.xlsx").text
    assert attached.count("表四!E6　") == MOST_MISTAKES
    assert "其余4处见所附填报表。" in attached
    assert "其余4处未列出，请全面检查。" in reminded(faulty(*mistakes)).text


def test_who_has_a_sound_report_from_before_reads_that_it_still_counts() -> None:
    assert "仍然有效" in reminded(faulty(UNEQUAL, report="reports/档案馆.docx")).text
    assert "仍然有效" not in reminded(faulty(UNEQUAL)).text


def test_whose_report_was_sent_back_reads_why() -> None:
    one = AgencyStanding(
        ARCHIVE, State.SENT_BACK, 1, remark="总体情况过于简略。\n请补充。", mistakes=[DOUBTFUL]
    )
    letter = reminded(one, workbook_name="退回.xlsx")
    assert "已退回" in letter.subject
    assert "审核意见：\n　　总体情况过于简略。\n　　请补充。\n" in letter.text
    assert "写的是2022年。" in letter.text
    assert "需要改正的错误" not in letter.text


@pytest.mark.parametrize("state", [State.SOUND, State.ACCEPTED])
def test_who_has_nothing_to_do_gets_no_letter(state: State) -> None:
    assert reminder(AgencyStanding(ARCHIVE, state, 1, mistakes=[DOUBTFUL]), standing()) is None
