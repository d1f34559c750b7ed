"""Whether the letters of a pack can be written: each is, for every case in which an office may write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.settings import Contact, Settings
from reportfill.campaign.sending.chat import chat_texts
from reportfill.campaign.sending.letter_tags import LetterTags, letter_tags_of
from reportfill.campaign.sending.letters import invitation, reminder
from reportfill.campaign.sending.notice import notice
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.errors import CampaignError, PackError
from reportfill.finding import finding
from reportfill.office.guard import PackageError, unpacked
from reportfill.office.xml import DamagedXMLError
from reportfill.pack.discovery import manifest_in
from reportfill.pack.keeper_traces import keeper_traces
from reportfill.pack.letters import CHAT, LETTERS, MAIL, NOTICE, REMINDER
from reportfill.pack.manifest import Manifest
from reportfill.pack.problems import PackProblem
from reportfill.pack.report_parts import report_parts
from reportfill.pack.report_typing import typing_problems
from reportfill.place import Cell
from reportfill.plain_files import read_file
from reportfill.system_words import reason_of

_YEAR, _DEADLINE = 2025, date(2026, 1, 20)
_TODAYS = (date(2026, 1, 10), _DEADLINE, date(2026, 1, 30))
_AGENCY = Agency("001", "试验单位", "", "002", 2)
_MISTAKES = (
    finding("cell.blank", cell=Cell("A", 0, 1), label="1"),
    finding("campaign.other_name", value="1", expected="2"),
)
_STANDINGS = (
    AgencyStatus(_AGENCY, State.MISSING),
    AgencyStatus(_AGENCY, State.FAULTY, 1, findings=_MISTAKES, report="1.docx"),
    AgencyStatus(_AGENCY, State.FAULTY, 2),
    AgencyStatus(_AGENCY, State.SENT_BACK, 1, findings=_MISTAKES, remark="1\n2"),
    AgencyStatus(_AGENCY, State.SENT_BACK, 1),
    AgencyStatus(_AGENCY, State.MISSING, until=date(2026, 1, 25)),
)


def letter_problems(folder: Path) -> list[PackProblem]:
    """Everything that is wrong with the letters in a pack's folder; those that it has none of are left out."""
    try:
        manifest = manifest_in(folder)
    except PackError:
        return []  # which the check of the rest says
    return [problem for name in LETTERS for problem in _problems_of(folder / name, manifest)]


def _problems_of(place: Path, manifest: Manifest) -> Iterator[PackProblem]:
    try:
        template = read_file(place)
    except FileNotFoundError:
        return
    except OSError as error:
        why = reason_of(error, place)
        yield PackProblem(place.name, f"it cannot be read: {why.en}", f"无法读取：{why.zh}")
        return
    typed = list(_problems_as_typed(place.name, template))
    yield from typed
    if not all(problem.is_usable for problem in typed):
        return
    try:
        for facts in _facts(manifest):
            _WRITING[place.name](template, facts)
    except CampaignError as error:
        english, chinese = (text.removeprefix(place.name) for text in (error.english, error.chinese))
        yield PackProblem(place.name, english.lstrip(": "), chinese.lstrip("：: "))


def _problems_as_typed(name: str, template: bytes) -> Iterator[PackProblem]:
    """What of its keeper a Word letter would carry, and how its tags are typed, as far as that is wrong; nothing for
    one that cannot be read, which its writing says."""
    if not name.endswith(".docx"):
        return
    try:
        parts, package = report_parts(template), unpacked(template)
    except (PackageError, KeyError, DamagedXMLError):
        return
    yield from keeper_traces(name, package)
    for part in parts:
        yield from typing_problems(replace(part, where=part.where._replace(file=name)))


def _facts(manifest: Manifest) -> Iterator[LetterTags]:
    """What there may be to say: everything, and as little as possible."""
    bare = Settings(manifest.id, _YEAR, "试验单位", None, None)
    full = replace(
        bare,
        agency_deadline=_DEADLINE,
        government_deadline=_DEADLINE,
        contact=Contact("1", "2", "3@example.org"),
        is_protected=True,
    )
    yield letter_tags_of(full, replace(manifest, legal_basis=manifest.legal_basis or ("1", "2")))
    yield letter_tags_of(bare, replace(manifest, legal_basis=()))


def _write_notice(template: bytes, facts: LetterTags) -> None:
    two = [_AGENCY, _AGENCY._replace(code="003", superior="004")]
    for agencies, most_named in ([], 2), (two[:1], 2), (two, 2), (two[:1], 0):
        notice(template, facts, _DEADLINE, agencies, most_named=most_named, name=NOTICE)


def _write_mail(template: bytes, facts: LetterTags) -> None:
    invitation(template, facts, _AGENCY, "1.xlsx")


def _write_reminder(template: bytes, facts: LetterTags) -> None:
    for one, status, workbook in product(_STANDINGS, _all_statuses(facts), ("1.xlsx", "")):
        reminder(template, facts, one, status, workbook)


def _write_chat(template: bytes, facts: LetterTags) -> None:
    for status in _all_statuses(facts):
        chat_texts(template, facts, status)


def _all_statuses(facts: LetterTags) -> Iterator[CampaignStatus]:
    """Campaigns before their last day, on it and after it, or without one, with whatever states there are."""
    deadline = _DEADLINE if facts.tags["deadline"] else None
    sound = AgencyStatus(_AGENCY, State.SOUND, 1)
    for today, agencies in product(_TODAYS, ([], [sound], _STANDINGS, _STANDINGS * 20)):
        yield CampaignStatus(
            facts.tags["title"], facts.tags["issuer"], _YEAR, deadline, today, list(agencies)
        )


_WRITING: dict[str, Callable[[bytes, LetterTags], Any]] = {
    NOTICE: _write_notice,
    MAIL: _write_mail,
    REMINDER: _write_reminder,
    CHAT: _write_chat,
}
