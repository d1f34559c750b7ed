"""What every letter of a campaign may say, in the language of its pack: the tags of the templates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from reportfill.campaign.folder.settings import Settings
from reportfill.campaign.status.overview import date_in_words
from reportfill.pack.manifest import Manifest

_BASIS_NAMED = 2
"""So many sources ask for a report and its format; those that a pack names behind them are about single figures."""

_WEEKDAYS = {
    "zh": [f"星期{day}" for day in "一二三四五六日"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class LetterTags:
    """What the letters of a campaign have in common: the language, and the values of their tags by name."""

    language: str
    tags: Mapping[str, Any]

    def with_time_until(self, day: date | None) -> LetterTags:
        """What letters may say to an agency that was given more time until a day; all the same where there is none."""
        return (
            replace(self, tags={**self.tags, **_deadline(day, self.language), "is_extended": True})
            if day
            else self
        )


def letter_tags_of(settings: Settings, manifest: Manifest) -> LetterTags:
    """What the letters of a campaign with these settings and pack may say."""
    language, deadline = manifest.language, settings.agency_deadline
    return LetterTags(
        language,
        {
            "issuer": settings.issuer,
            "year": settings.year,
            "title": manifest.title,
            "legal_basis": enumerated(manifest.legal_basis[:_BASIS_NAMED], language),
            "legal_bases": list(manifest.legal_basis),
            **_deadline(deadline, language),
            "is_extended": False,
            "government_deadline": day_in_words(settings.government_deadline, language),
            "contact": asdict(settings.contact),
            "is_protected": settings.is_protected,
        },
    )


def _deadline(day: date | None, language: str) -> dict[str, str]:
    return {
        "deadline": day_in_words(day, language),
        "deadline_short": day_in_words(day, language, with_year=False),
        "deadline_weekday": _WEEKDAYS[language][day.weekday()] if day else "",
    }


def day_in_words(day: date | None, language: str, *, with_year: bool = True) -> str:
    """A day as a letter names it; empty for none."""
    if day is None:
        return ""
    if language == "zh":
        return date_in_words(day) if with_year else f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if with_year else "")


def enumerated(texts: Sequence[str], language: str) -> str:
    """Texts as an enumeration."""
    between, before_last = ("、", "和") if language == "zh" else (", ", " and ")
    return before_last.join(filter(None, (between.join(texts[:-1]), "".join(texts[-1:]))))


def contact_in_words(settings: Settings, language: str) -> str:
    """Whom to ask: the office, and of whoever does the work there what is known."""
    contact = settings.contact
    labels = ("电话", "邮箱") if language == "zh" else ("telephone ", "e-mail ")
    numbers = zip(labels, (contact.telephone, contact.email), strict=True)
    parts = [contact.name, *(f"{label}{number}" for label, number in numbers if number)]
    between, brackets = ("，", "（{}）") if language == "zh" else (", ", " ({})")
    known = between.join(filter(None, parts))
    return settings.issuer + (brackets.format(known) if known else "")
