"""The notice that goes with the workbooks: a template that the office edits in Word, and what is printed from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.parts import NOTICE
from reportfill.campaign.sending.letter_tags import LetterTags, day_in_words
from reportfill.errors import CampaignError, PackError, SubmissionError
from reportfill.office.guard import PackageError, unpacked
from reportfill.office.properties import Properties
from reportfill.pack.pack import REPORT
from reportfill.report.template import compiled_template

MOST_NAMED = 2_000
"""With more agencies than these a notice says only how many there are below each superior."""

_WITHOUT_SUPERIOR = {"zh": "无上级单位", "en": "without a superior"}
_SUBJECT = {"zh": "{year}年{title}编制工作的通知", "en": "Notice on {title} {year}"}
_NO_WORD_FILE = "{}不是能读取的Word文件"


def notice(
    template: bytes,
    facts: LetterTags,
    day: date,
    agencies: Sequence[Agency],
    *,
    most_named: int = MOST_NAMED,
    name: str = NOTICE,
) -> bytes:
    """The notice of a day as the bytes of a .docx: the same for the same template, facts and agencies; these are not
    named where they are more than so many. `name` is what the template is called.

    Raises CampaignError, in one line, where the template is no Word file, or holds tags that cannot be understood or
    have no value.
    """
    tags = {
        **facts.tags,
        "agency_deadline": facts.tags["deadline"],  # as it was called at first
        "day": day_in_words(day, facts.language),
        "number": len(agencies),
        "are_named": 0 < len(agencies) <= most_named,
        "groups": _by_superior(agencies, facts.language, are_named=len(agencies) <= most_named),
    }
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


def _by_superior(agencies: Sequence[Agency], language: str, *, are_named: bool) -> list[dict[str, Any]]:
    """The agencies below each superior, in the order of the roster: how many, and which where they are to be named."""
    names = {agency.code: agency.name for agency in agencies} | {"": _WITHOUT_SUPERIOR[language]}
    members: dict[str, list[dict[str, str]]] = {}
    for agency in agencies:
        members.setdefault(agency.superior, []).append({"code": agency.code, "name": agency.name})
    return [
        {"superior": names.get(code, code), "number": len(below), "agencies": below if are_named else []}
        for code, below in members.items()
    ]
