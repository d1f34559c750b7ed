"""The notice that goes with the workbooks: a template that the office edits in Word, and what is printed from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.parts import NOTICE
from reportfill.campaign.sending.letter_tags import LetterTags, day_in_words
from reportfill.campaign.sending.templates import letter_template
from reportfill.errors import CampaignError, PackError, SubmissionError
from reportfill.office.guard import PackageError, unpacked
from reportfill.office.properties import Properties
from reportfill.pack.letters import NOTICE as NOTICE_OF_PACK
from reportfill.pack.pack import REPORT
from reportfill.report.template import compiled_template

MOST_NAMED = 2_000
"""With more agencies than these a notice says only how many there are below each superior."""

_WITHOUT_SUPERIOR = {"zh": "未列上级单位", "en": "without a superior"}
_SUBJECT = {"zh": "{year}年{title}编制工作的通知", "en": "Notice on {title} {year}"}
_NO_WORD_FILE = "{}不是能读取的Word文件"


@dataclass(frozen=True, slots=True)
class SuperiorInNotice:
    """The agencies below one superior: its name, how many they are, and they themselves where they are to be named."""

    superior: str
    number: int
    agencies: Sequence[Agency] = ()


def notice_template(pack: str | int) -> bytes:
    """The template with which a campaign of a pack begins, as the bytes of a .docx."""
    return letter_template(pack, NOTICE_OF_PACK)


def groups_of(
    agencies: Iterable[Agency], most_named: int = MOST_NAMED, language: str = "zh"
) -> list[SuperiorInNotice]:
    """The agencies by superior, in the order of the roster; not named where they are more than so many in all."""
    everyone = list(agencies)
    names = {agency.code: agency.name for agency in everyone}
    members: dict[str, list[Agency]] = {}
    for agency in everyone:
        members.setdefault(agency.superior, []).append(agency)
    are_named = len(everyone) <= most_named
    return [
        SuperiorInNotice(
            names.get(code, code) if code else _WITHOUT_SUPERIOR[language],
            len(below),
            below if are_named else (),
        )
        for code, below in members.items()
    ]


def notice(
    template: bytes, facts: LetterTags, day: date, groups: Sequence[SuperiorInNotice], name: str = NOTICE
) -> bytes:
    """The notice of a day as the bytes of a .docx: the same for the same template, facts and agencies. `name` is what
    the template is called.

    Raises CampaignError, in one line, where the template is no Word file, or holds tags that cannot be understood or
    have no value.
    """
    tags = {**facts.tags, **notice_tags(facts, day, groups)}
    about = Properties(
        _SUBJECT[facts.language].format(year=tags["year"], title=tags["title"]),
        tags["issuer"],
        {"year": str(tags["year"])},
    )
    try:
        unpacked(template)
        return compiled_template(template).printed(tags, about)
    except PackageError as error:
        raise CampaignError(
            f"{name} is no Word file that can be read: {error}", _NO_WORD_FILE.format(name)
        ) from error
    except (PackError, SubmissionError) as error:
        raise CampaignError(
            error.english.replace(REPORT, name, 1), error.chinese.replace(REPORT, name, 1)
        ) from error


def notice_tags(facts: LetterTags, day: date, groups: Sequence[SuperiorInNotice]) -> dict[str, Any]:
    """What a notice may say beside what every letter may."""
    return {
        "agency_deadline": facts.tags["deadline"],  # as it was called at first
        "day": day_in_words(day, facts.language),
        "number": sum(group.number for group in groups),
        "are_named": any(group.agencies for group in groups),
        "groups": [_group(group) for group in groups],
    }


def _group(group: SuperiorInNotice) -> Mapping[str, Any]:
    agencies = [{"code": agency.code, "name": agency.name} for agency in group.agencies]
    return {"superior": group.superior, "number": group.number, "agencies": agencies}
