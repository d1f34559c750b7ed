"""The mails to an agency: the one that hands out its workbook, and the one that reminds it. Their words are the
pack's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.sending.letter_tags import LetterTags, day_in_words
from reportfill.campaign.sending.templates import text_of_template
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.errors import CampaignError
from reportfill.finding import Finding, errors_in, warnings_in
from reportfill.pack.letters import MAIL, REMINDER

MOST_MISTAKES = 20
"""How many mistakes a reminder spells out; the workbook that goes with it has all."""


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of a mail; paragraphs of the text end with a line feed."""

    subject: str
    text: str


def invitation(template: bytes, facts: LetterTags, agency: Agency, workbook_name: str) -> Letter:
    """The mail that hands an agency its workbook; `workbook_name` is that of the file in it."""
    return _letter(MAIL, template, {**facts.tags, "agency": _agency(agency), "workbook": workbook_name})


def reminder(
    template: bytes, facts: LetterTags, one: AgencyStatus, status: CampaignStatus, workbook_name: str = ""
) -> Letter | None:
    """The mail to an agency that owes a report, or whose report has to be corrected; None for one that has nothing to
    do. `workbook_name` is that of the file that goes with it: the marked workbook, or the blank one where nothing came
    in; empty where there is no file."""
    if one.state not in (State.MISSING, State.FAULTY, State.SENT_BACK):
        return None
    facts = facts.with_time_until(one.until)
    tags = {**facts.tags, **reminder_tags(facts, one, status), "workbook": workbook_name}
    return _letter(REMINDER, template, tags)


def reminder_tags(facts: LetterTags, one: AgencyStatus, status: CampaignStatus) -> dict[str, Any]:
    """What a reminder may say of an agency beside what every letter may."""
    errors, doubts = errors_in(one.findings), warnings_in(one.findings)
    said = errors[:MOST_MISTAKES]
    also = doubts[: MOST_MISTAKES - len(said)]
    is_sent_back = one.state is State.SENT_BACK
    return {
        "agency": _agency(one.agency),
        "today": day_in_words(status.today, facts.language),
        "days_left": status.days_to(one.until or status.deadline),
        "is_missing": one.state is State.MISSING,
        "is_sent_back": is_sent_back,
        "versions": one.versions,
        "remark": [line.strip() for line in one.remark.splitlines() if line.strip() and is_sent_back],
        "error_count": len(errors),
        "errors": _told(said, facts.language),
        "doubts": _told(also, facts.language),
        "left_out": len(errors) + len(doubts) - len(said) - len(also),
        "still_counts": bool(one.report) and not is_sent_back,
    }


def _letter(name: str, template: bytes, tags: Mapping[str, Any]) -> Letter:
    """A letter: the first line is its subject, the rest its text. Raises CampaignError where there is no subject."""
    subject, _, text = text_of_template(name, template, tags).lstrip().partition("\n")
    if not subject.strip() or not text.strip():
        raise CampaignError(
            f"{name}: the first line has to be the subject, and the text to stand below it",
            f"{name}有误：第一行应当是邮件主题，空一行以后是正文",
        )
    return Letter(subject.strip(), text.lstrip("\n").rstrip() + "\n")


def _agency(agency: Agency) -> dict[str, str]:
    return {"name": agency.name, "code": agency.code, "short_name": agency.short_name or agency.name}


def _told(findings: Sequence[Finding], language: str) -> list[dict[str, str]]:
    return [
        {
            "cell": one.cell,
            "message": one.message.in_language(language),
            "hint": one.hint.in_language(language),
        }
        for one in findings
    ]
