"""The words of the mails to an agency: the one that hands out its workbook, and the one that reminds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.place.settings import Settings
from reportfill.campaign.records.history import Mistake
from reportfill.campaign.status.overview import in_words
from reportfill.campaign.status.standing import AgencyStanding, Standing, State

MOST_MISTAKES = 20
"""How many mistakes a reminder spells out; the workbook that goes with it has all."""

_STILL_COUNTS = "在重新报送之前，你单位此前报送的没有错误的填报表仍然有效。"
_WEEKDAYS = "一二三四五六日"
_INDENT = "　　"


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail; paragraphs of the text end with a line feed."""

    subject: str
    text: str


def invitation(agency: Agency, settings: Settings, title: str, workbook_name: str) -> Letter:
    """The mail that hands an agency its workbook: what it is, how to fill it in, until when, where it goes, whom to
    ask. `title` is that of the report, `workbook_name` that of the file in the mail."""
    report = f"{settings.year}年{title}"
    deadline = settings.agency_deadline
    password = (
        "填报表设有打开密码，密码由我单位另行告知，报送时请保留原密码。"
        if settings.is_protected
        else "不要设置打开密码。"
    )
    return Letter(
        f"请于{deadline.month}月{deadline.day}日前报送{report}填报表（{agency.name}）",
        _letter(
            agency,
            settings.issuer,
            f"现将{report}填报表《{workbook_name}》（见附件）发给你单位，请按以下要求填报。",
            "一、填写。请用Excel或者WPS打开附件，核对单位名称和报告年度，只填写浅黄色的单元格。"
            "数字没有发生的填0，不要留空；文字一行填一段。",
            "二、校验。填写后请打开“校验”页，未填的单元格和不平的勾稽关系均为0的，再行报送。",
            f"三、报送。请于{_day(deadline)}前，将填好的填报表作为附件回复本邮件。请报送填报表原文件，"
            f"不要插入、删除行列或者工作表，不要把内容复制到其他文件。{password}",
            "四、保密。报告将向社会公布，请依法进行保密审查，不要填写身份证号码、手机号码、银行账号等个人信息。",
            "五、咨询。填报中有疑问，或者单位名称、报告年度有误的，请回复本邮件，或者与我单位联系。",
        ),
    )


def reminder(one: AgencyStanding, standing: Standing, workbook_name: str = "") -> Letter | None:
    """The mail to an agency that owes a report, or whose report has to be corrected; None for one that has nothing to
    do. `workbook_name` is that of the file that goes with it: the marked workbook, or the blank one where nothing came
    in; empty where there is no file."""
    if one.state is State.MISSING:
        return _about_a_missing_report(one, standing, workbook_name)
    if one.state in (State.FAULTY, State.SENT_BACK):
        return _about_mistakes(one, standing, workbook_name)
    return None


def how_soon(standing: Standing) -> str:
    """In which haste a report has to be sent: 按时 before the last day, 尽快 from then on."""
    return "按时" if (standing.days_left or 0) > 0 else "尽快"


def _about_a_missing_report(one: AgencyStanding, standing: Standing, workbook_name: str) -> Letter:
    report = f"{standing.year}年{standing.title}"
    left = standing.days_left
    where = (
        f"填报表《{workbook_name}》再次附上。"
        if workbook_name
        else "填报表此前已经发给你单位，没有找到的，请回复本邮件索取。"
    )
    return Letter(
        f"催报：{report}填报表{_urgency(left)}（{one.agency.name}）",
        _letter(
            one.agency,
            standing.issuer,
            f"{_deadline_sentence(standing, report)}截至{in_words(standing.today)}，尚未收到你单位的填报表。"
            f"请抓紧填写，{how_soon(standing)}将填好的填报表作为附件回复本邮件；确有困难的，请说明原因和预计报送的时间。",
            f"{where}已经报送的，请告知报送的时间和方式，以便查找。",
        ),
    )


def _about_mistakes(one: AgencyStanding, standing: Standing, workbook_name: str) -> Letter:
    report = f"{standing.year}年{standing.title}"
    errors = _of_severity(one.mistakes, "error")
    is_sent_back = one.state is State.SENT_BACK
    what = "已退回" if is_sent_back else f"有{len(errors)}处错误"
    where = (
        f"有关单元格已在所附填报表《{workbook_name}》中标出。请在该文件中改正，保存后{how_soon(standing)}原样回复本邮件。"
        if workbook_name
        else f"请在原填报表中改正，保存后{how_soon(standing)}作为附件回复本邮件。"
    )
    return Letter(
        f"请修改：{report}填报表{what}（{one.agency.name}）",
        _letter(
            one.agency,
            standing.issuer,
            f"你单位第{one.versions}次报送的{report}填报表收悉。{_verdict(one, len(errors))}",
            *_opinion(one),
            *_enumerated(one.mistakes, is_attached=bool(workbook_name)),
            f"{where}{_deadline_sentence(standing, report)}",
            *([_STILL_COUNTS] if one.report and not is_sent_back else []),
        ),
    )


def _verdict(one: AgencyStanding, errors: int) -> str:
    if one.state is State.SENT_BACK:
        return "经审核，现予退回修改。"
    return f"经检查，有{errors}处错误，需要改正后重新报送。"


def _opinion(one: AgencyStanding) -> Iterator[str]:
    """What the coordinator said, paragraph by paragraph."""
    if one.state is State.SENT_BACK and one.remark.strip():
        yield "审核意见："
        yield from (line.strip() for line in one.remark.splitlines() if line.strip())


def _enumerated(mistakes: Sequence[Mistake], *, is_attached: bool) -> Iterator[str]:
    """The errors and what is doubtful, each with its cell and its cure, as far as there is room."""
    errors, doubts = _of_severity(mistakes, "error"), _of_severity(mistakes, "warning")
    said = errors[:MOST_MISTAKES]
    if said:
        yield "需要改正的错误："
        yield from map(_item, range(1, len(said) + 1), said)
    also = doubts[: MOST_MISTAKES - len(said)]
    if also:
        yield "需要核对的内容（确实如此的不用改）："
        yield from map(_item, range(1, len(also) + 1), also)
    rest = len(errors) + len(doubts) - len(said) - len(also)
    if rest:
        yield f"其余{rest}处{'见所附填报表' if is_attached else '未列出，请全面检查'}。"


def _item(number: int, mistake: Mistake) -> str:
    place = f"{mistake.cell}　" if mistake.cell else ""
    cure = f"\n{_INDENT}改法：{mistake.hint}" if mistake.hint else ""
    return f"{number}．{place}{mistake.message}{cure}"


def _of_severity(mistakes: Sequence[Mistake], severity: str) -> list[Mistake]:
    return [mistake for mistake in mistakes if mistake.severity == severity]


def _letter(agency: Agency, issuer: str, *paragraphs: str) -> str:
    """A letter from its salutation to who signs it."""
    body = "".join(f"{_INDENT}{paragraph}\n" for paragraph in paragraphs)
    return f"{agency.name}：\n\n{body}\n{_INDENT}{issuer}\n"


def _day(day: date) -> str:
    """A day with its weekday."""
    return f"{in_words(day)}（星期{_WEEKDAYS[day.weekday()]}）"


def _deadline_sentence(standing: Standing, report: str) -> str:
    """Until when the workbook is due and how far that is; empty where there is no deadline."""
    if standing.deadline is None:
        return ""
    return f"{report}填报表的报送截止日期是{_day(standing.deadline)}，{_distance(standing)}。"


def _distance(standing: Standing) -> str:
    left = standing.days_left or 0
    if left < 0:
        return f"已经逾期{-left}天"
    return f"还有{left}天" if left else "即今天"


def _urgency(left: int | None) -> str:
    """How far the deadline is, in a few words."""
    if left is None:
        return "尚未报送"
    if left < 0:
        return f"已逾期{-left}天"
    return f"还有{left}天截止" if left else "今天截止"
