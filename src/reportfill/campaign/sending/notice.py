"""The notice that goes with the workbooks: a template that the office edits in Word, and what is printed from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any
from xml.parsers.expat import ExpatError

from jinja2 import TemplateError, UndefinedError
from jinja2.exceptions import SecurityError

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.place.parts import NOTICE
from reportfill.campaign.status.overview import in_words
from reportfill.errors import CampaignError, PackError, SubmissionError
from reportfill.ooxml.guard import PackageError, unpacked
from reportfill.ooxml.properties import Properties
from reportfill.report.template import compiled_template

MOST_NAMED = 2_000
"""With more agencies than these a notice says only how many there are below each superior."""

_TEMPLATE = "notice.docx"
_WITHOUT_SUPERIOR = "未列上级单位"
_NO_WORD_FILE = f"{NOTICE}不是能读取的Word文件"
_QUOTED = re.compile(r"'([^']+)'")
_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (UndefinedError, "没有内容可以填入标签“{name}”"),
    (SecurityError, "含有不允许的标签（{said}）"),
    (TemplateError, "标签写得不对（{said}）"),
    (ExpatError, "条件或者循环的开头和结尾不在同一段、同一行或者同一张表中"),
    (ArithmeticError, "标签算不出来（{said}）"),
    (TypeError, "标签算不出来（{said}）"),
)
"""What is wrong with a template, by the error that it makes."""


@dataclass(frozen=True, slots=True)
class Group:
    """The agencies below one superior: its name, how many they are, and they themselves where they are to be named."""

    superior: str
    number: int
    agencies: Sequence[Agency] = ()


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says. `title` is that of the report, `legal_basis` what it rests on, `day` the date of the notice;
    the deadlines are the last days for the reports of agencies and of the government."""

    issuer: str
    year: int
    title: str
    legal_basis: Sequence[str]
    agency_deadline: date
    government_deadline: date
    day: date
    groups: Sequence[Group]


def notice_template() -> bytes:
    """The template with which a campaign begins, as the bytes of a .docx."""
    return files("reportfill.campaign.sending").joinpath(_TEMPLATE).read_bytes()


def groups_of(agencies: Iterable[Agency], most_named: int = MOST_NAMED) -> list[Group]:
    """The agencies by superior, in the order of the roster; not named where they are more than so many in all."""
    everyone = list(agencies)
    names = {agency.code: agency.name for agency in everyone}
    members: dict[str, list[Agency]] = {}
    for agency in everyone:
        members.setdefault(agency.superior, []).append(agency)
    are_named = len(everyone) <= most_named
    return [
        Group(names.get(code, code) if code else _WITHOUT_SUPERIOR, len(below), below if are_named else ())
        for code, below in members.items()
    ]


def notice(template: bytes, facts: NoticeFacts) -> bytes:
    """The notice as the bytes of a .docx: the same for the same template and facts.

    Raises CampaignError, in one line, where the template is no Word file, or holds tags that cannot be understood or
    have no value.
    """
    try:
        unpacked(template)
        return compiled_template(template).printed(_context(facts), _properties(facts))
    except PackageError as error:
        raise CampaignError(f"{NOTICE} is no Word file that can be read: {error}", _NO_WORD_FILE) from error
    except (PackError, SubmissionError) as error:
        raise CampaignError(error.english.replace("report.docx", NOTICE, 1), _in_chinese(error)) from error


def _context(facts: NoticeFacts) -> dict[str, Any]:
    """What the template's tags name."""
    return {
        "issuer": facts.issuer,
        "year": facts.year,
        "title": facts.title,
        "legal_basis": _joined(facts.legal_basis),
        "agency_deadline": in_words(facts.agency_deadline),
        "government_deadline": in_words(facts.government_deadline),
        "day": in_words(facts.day),
        "number": sum(group.number for group in facts.groups),
        "are_named": any(group.agencies for group in facts.groups),
        "groups": [_group(group) for group in facts.groups],
    }


def _group(group: Group) -> Mapping[str, Any]:
    agencies = [{"code": agency.code, "name": agency.name} for agency in group.agencies]
    return {"superior": group.superior, "number": group.number, "agencies": agencies}


def _joined(texts: Sequence[str]) -> str:
    """The texts as an enumeration, with 和 before the last."""
    return "和".join(filter(None, ("、".join(texts[:-1]), "".join(texts[-1:]))))


def _properties(facts: NoticeFacts) -> Properties:
    return Properties(f"{facts.year}年{facts.title}编制工作的通知", facts.issuer, {"year": str(facts.year)})


def _in_chinese(error: PackError | SubmissionError) -> str:
    """Why a template cannot be printed."""
    cause = error.__cause__
    said = next((said for kind, said in _CAUSES if isinstance(cause, kind)), "")
    if not said:
        return _NO_WORD_FILE
    named = _QUOTED.findall(str(cause)) or [str(cause)]
    return f"{NOTICE}有误：{said.format(name=named[-1], said=cause)}"
