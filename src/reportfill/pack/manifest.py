"""pack.toml: what a pack is called, which years it serves, how its files are named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from reportfill.model.requirements import problem_in_words
from reportfill.pack.plain_schema import plain_test
from reportfill.pack.problems import BrokenPackError, PackProblem, broken

CALENDAR_YEAR = "01-01"
"""The day with which a reporting period begins that is a calendar year."""


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the picture that is drawn of a report: its title, how it is drawn, and the names of the figures or
    groups that it shows, or of the group whose parts it shows. An empty colour is that of the panel before."""

    title: str
    drawing: str
    of: tuple[str, ...] = ()
    parts_of: str = ""
    colour: str = ""


DRAWINGS = ("figures", "bars", "share", "years")
"""The words for how a panel is drawn: figures in large type, bars, shares of a whole, this year beside the last."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What pack.toml says. `report_name` and `workbook_name` hold tags and no suffix."""

    id: str
    version: str
    title: str
    language: str
    first_year: int
    last_year: int | None
    report_name: str
    workbook_name: str
    legal_basis: tuple[str, ...]
    series: str
    """The series of forms of one report to which it belongs; its own id where it belongs to none."""
    begins: str = CALENDAR_YEAR
    """The day with which the reporting period begins, in the reporting year."""
    agency_deadline: str = ""
    """The last day for agencies in the year after the reporting year, as 01-31; empty where nothing prescribes one."""
    government_deadline: str = ""
    """The same for the report of the office itself."""
    formerly: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What intake.xlsx says, with what stood there in workbooks that were handed out earlier."""
    last: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By the id of a pack that last year's reports may be made with: this pack's figures, or groups of them, whose keys
    differ there, with their keys there; empty for one that means something else there."""
    rows: Mapping[str, int] = field(default_factory=dict)
    """How many rows the workbook has for tables with a row for each entry, by their paths."""
    panels: tuple[Panel, ...] = ()
    """The panels of the picture that is drawn of a report, from the top down."""

    def deadlines(self, year: int) -> tuple[date | None, date | None]:
        """The last days that are prescribed for the reports of a year: the agencies', and the office's own."""
        return _in_year(year + 1, self.agency_deadline), _in_year(year + 1, self.government_deadline)

    def serves(self, year: int) -> bool:
        """Whether reports for that year are made with this pack."""
        return self.first_year <= year <= (self.last_year or _LAST_YEAR)

    @property
    def years(self) -> str:
        """The years served, for people: 2021– or 2019–2020."""
        return f"{self.first_year}–{self.last_year or ''}"


_LAST_YEAR = 2999
_TEXT = {"type": "string", "minLength": 1}
_ID = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "pattern_in_words": "a-z 0-9 -"}
_DAY = {"type": "string", "pattern": r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"}
_COLOUR = {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "pattern_in_words": "#1F4E79"}
_YEAR = {"type": "integer", "minimum": 1900, "maximum": _LAST_YEAR}
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "version", "title", "years", "names"],
    "properties": {
        "id": _ID,
        "series": _ID,
        "version": {"type": "string", "pattern": r"^\d+\.\d+\.\d+$", "pattern_in_words": "1.0.0"},
        "title": _TEXT,
        "language": {"enum": ["zh", "en"]},
        "legal_basis": {"type": "array", "items": _TEXT},
        "years": {
            "type": "object",
            "additionalProperties": False,
            "required": ["first"],
            "properties": {"first": _YEAR, "last": _YEAR, "begins": _DAY},
        },
        "deadlines": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"agency": _DAY, "government": _DAY},
        },
        "formerly": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["now", "was"],
                "properties": {"now": _TEXT, "was": {"type": "array", "items": _TEXT}},
            },
        },
        "last": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["of", "number"],
                "properties": {"of": _TEXT, "number": {"type": "integer", "minimum": 1, "maximum": 2000}},
            },
        },
        "picture": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["title", "drawing"],
                "properties": {
                    "title": _TEXT,
                    "drawing": {"enum": list(DRAWINGS)},
                    "of": {"type": "array", "items": _TEXT},
                    "parts_of": _TEXT,
                    "colour": _COLOUR,
                },
            },
        },
        "names": {
            "type": "object",
            "additionalProperties": False,
            "required": ["report", "workbook"],
            "properties": {"report": _TEXT, "workbook": _TEXT},
        },
    },
}

_QUICK_LOOK = plain_test(_SCHEMA)


# Read once: a server looks with every page for packs that somebody has changed.
@lru_cache(maxsize=256)
def read_manifest(content: bytes) -> Manifest:
    """What a pack.toml says. Raises PackError with the place of everything that is wrong in it."""
    try:
        said = tomllib.loads(content.decode("utf-8-sig"))
        if not _QUICK_LOOK or not _QUICK_LOOK(said):
            _require_valid(said)
    except RecursionError as error:
        raise broken("pack.toml", "it is nested too deep", "嵌套过深") from error
    except ValueError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"第{line[1]}行" if line else ""
        raise broken(
            "pack.toml", f"it is no TOML: {error}", f"{where}写法不对（应为UTF-8编码的TOML）"
        ) from error
    first, last = said["years"]["first"], said["years"].get("last")
    if last is not None and last < first:
        raise broken(
            "pack.toml years",
            f"last ({last}) is before first ({first}): it serves no year",
            f"last（{last}）早于first（{first}），没有适用的年度",
        )
    return Manifest(
        id=said["id"],
        version=said["version"],
        title=said["title"],
        language=said.get("language", "zh"),
        first_year=first,
        last_year=last,
        report_name=said["names"]["report"],
        workbook_name=said["names"]["workbook"],
        legal_basis=tuple(said.get("legal_basis", ())),
        series=said.get("series", said["id"]),
        begins=_day(said, "years", "begins") or CALENDAR_YEAR,
        agency_deadline=_day(said, "deadlines", "agency"),
        government_deadline=_day(said, "deadlines", "government"),
        formerly={words["now"]: tuple(words["was"]) for words in said.get("formerly", ())},
        last=said.get("last", {}),
        rows={rows["of"]: rows["number"] for rows in said.get("rows", ())},
        panels=tuple(
            Panel(
                panel["title"],
                panel["drawing"],
                tuple(panel.get("of", ())),
                panel.get("parts_of", ""),
                panel.get("colour", ""),
            )
            for panel in said.get("picture", ())
        ),
    )


def _day(said: Mapping[str, Any], table: str, which: str) -> str:
    """A day that is prescribed. Raises PackError for one that not every year has."""
    day: str = said.get(table, {}).get(which, "")
    try:
        _in_year(2001, day)
    except ValueError as error:
        raise broken(
            f"pack.toml {table}.{which}", f"there is no {day} in every year", f"不是每年都有{day}这一天"
        ) from error
    return day


def _in_year(year: int, day: str) -> date | None:
    return date.fromisoformat(f"{year:04}-{day}") if day else None


def _require_valid(said: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # slow to import, and sound manifests do without

    errors = sorted(Draft202012Validator(_SCHEMA).iter_errors(said), key=lambda error: list(error.path))
    if errors:
        words = [(".".join(map(str, error.path)), problem_in_words(error)) for error in errors]
        raise BrokenPackError(PackProblem(f"pack.toml {where}".strip(), w.en, w.zh) for where, w in words)
