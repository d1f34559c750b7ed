"""The text to paste into a group chat: who has not handed in, and who has what to correct. Its words are the pack's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportfill.campaign.sending.letter_tags import LetterTags, day_in_words
from reportfill.campaign.sending.templates import text_of_template
from reportfill.campaign.status.agency_status import OUTSTANDING, AgencyStatus, CampaignStatus, State
from reportfill.campaign.status.overview import state_counts, superior_names
from reportfill.finding import errors_in
from reportfill.pack.letters import CHAT

MOST_CHARACTERS = 2_000
"""How long a message may be, with its heading."""

SECTION = "■"
"""What a line begins with that is the heading of a section."""

_MANY = 20
"""With more names than these they stand by superior."""

_CHARACTERS_OF_LINE = 400
_CHARACTERS_OF_MISTAKE = 40
_COUNTED = {"zh": "（{}/{}）", "en": " ({}/{})"}
_UNTIL = {"zh": "{}（{}）", "en": "{} ({})"}
_CONTINUED = {"zh": "（续）", "en": " (continued)"}


def chat_texts(template: bytes, facts: LetterTags, status: CampaignStatus) -> list[str]:
    """The messages in the order in which they are sent, numbered where there are several; each is as long as a chat
    takes. Where nobody owes anything it is one message that says so."""
    text = text_of_template(CHAT, template, {**facts.tags, **chat_tags(facts, status)})
    heading, _, body = text.strip().partition("\n")
    counted = _COUNTED[facts.language]
    room = MOST_CHARACTERS - len(f"{heading}{counted.format(1000, 1000)}\n\n")
    bodies = _pieces(_lines(body), room, _CONTINUED[facts.language])
    if len(bodies) == 1:
        return [f"{heading}\n{bodies[0]}"]
    return [
        f"{heading}{counted.format(number, len(bodies))}\n{body}" for number, body in enumerate(bodies, 1)
    ]


def chat_tags(facts: LetterTags, status: CampaignStatus) -> dict[str, Any]:
    """What a text for a chat may say beside what every letter may. Who still has time that it was given more is neither
    missing nor has to correct anything yet."""
    figures = state_counts(status.columns.state)
    outstanding = [one for one in status.agencies if one.state in OUTSTANDING]
    extended = [one for one in outstanding if status.has_time(one)]
    owing = [one for one in outstanding if not status.has_time(one)]
    missing = [one for one in owing if one.state is State.MISSING]
    to_correct = [one for one in owing if one.state is not State.MISSING]
    names = superior_names(status)

    def groups(
        agencies: Sequence[AgencyStatus], named: Callable[[AgencyStatus], str] = _name
    ) -> list[dict[str, Any]]:
        return [_group(group, own, facts, named) for group, own in _by_superior(agencies, names)]

    def with_day(one: AgencyStatus) -> str:
        day = day_in_words(one.until, facts.language, with_year=False)
        return _UNTIL[facts.language].format(_name(one), day)

    counted = {"missing": len(missing), "to_correct": len(to_correct), "extended": len(extended)}
    return {
        "today": day_in_words(status.today, facts.language),
        "days_left": status.days_left,
        "figures": figures._asdict() | {"outstanding": figures.outstanding} | counted,
        "missing": groups(missing),
        "to_correct": groups(to_correct),
        "extended": groups(extended, with_day),
    }


def _by_superior(
    agencies: Sequence[AgencyStatus], names: Mapping[str, str]
) -> Iterator[tuple[str, list[AgencyStatus]]]:
    """The agencies by the superior's name; all in one group without a name where they are few."""
    if 0 < len(agencies) <= _MANY:
        yield "", list(agencies)
        return
    groups: dict[str, list[AgencyStatus]] = {}
    for one in agencies:
        groups.setdefault(one.agency.superior, []).append(one)
    for superior, members in groups.items():
        yield names[superior], members


def _group(
    superior: str,
    agencies: Sequence[AgencyStatus],
    facts: LetterTags,
    named: Callable[[AgencyStatus], str],
) -> dict[str, Any]:
    """Agencies below one superior: `rows` are their names in rows that are not much longer than a line may be."""
    return {
        "superior": superior,
        "number": len(agencies),
        "rows": list(_rows(map(named, agencies))),
        "agencies": [_told(one, facts.language) for one in agencies],
    }


def _told(one: AgencyStatus, language: str) -> dict[str, Any]:
    """What an agency has to correct, in a few words."""
    errors = errors_in(one.findings)
    first = (
        f"{errors[0].cell} {errors[0].message.in_language(language).partition('。')[0]}".strip()
        if errors
        else ""
    )
    remark = next(iter(one.remark.strip().splitlines()), "")
    return {
        "name": _name(one),
        "is_sent_back": one.state is State.SENT_BACK,
        "remark": _cut(remark),
        "error": _cut(first),
        "error_count": len(errors),
    }


def _cut(text: str) -> str:
    return text if len(text) <= _CHARACTERS_OF_MISTAKE else f"{text[:_CHARACTERS_OF_MISTAKE]}…"


def _name(one: AgencyStatus) -> str:
    return one.agency.short_name or one.agency.name


def _rows(words: Iterable[str]) -> Iterator[list[str]]:
    row: list[str] = []
    length = 0
    for word in words:
        if row and length + len(word) > _CHARACTERS_OF_LINE:
            yield row
            row, length = [], 0
        row.append(word)
        length += len(word) + 1
    if row:
        yield row


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """The lines, each behind the heading of its section, empty where it belongs to none: a section begins with a
    heading, and ends with the next one or a blank line."""
    section = ""
    for line in text.splitlines():
        if line.startswith(SECTION) or not line.strip():
            section = line.strip()
        else:
            yield section, line


def _pieces(lines: Iterable[tuple[str, str]], room: int, continued: str) -> list[str]:
    """The lines put together to pieces that are no longer than there is room; the heading of a section stands again
    in every piece that goes on with it."""
    pieces, before = [""], ""
    for section, line in lines:
        more = f"{section}\n{line}\n" if section and section != before else f"{line}\n"
        if pieces[-1] and len(pieces[-1]) + len(more) > room:
            pieces.append("")
            if section and section == before:
                more = f"{section}{continued}\n{more}"
        pieces[-1] += more
        before = section
    return pieces
