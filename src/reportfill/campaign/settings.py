"""campaign.toml: which report of which year, for whom, until when."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reportfill.errors import CampaignError

_TEXT = {"type": "string", "minLength": 1}
_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["pack", "year", "issuer"],
    "properties": {
        "pack": _TEXT,
        "year": {"type": "integer", "minimum": 1900, "maximum": 2999},
        "issuer": _TEXT,
        "deadlines": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"agency": {}, "government": {}},
        },
    },
}

_WRITTEN = """\
# 本次年报工作的设置。用记事本修改后保存即可，下一条命令按新的内容执行。

# 模板、报告年度和组织填报的单位。
pack = {pack}
year = {year}
issuer = {issuer}

# 截止日期：各单位公布报告，政府公布汇总报告。
[deadlines]
agency = {agency}
government = {government}
"""


@dataclass(frozen=True, slots=True)
class Settings:
    """What campaign.toml says. `agency_deadline` and `government_deadline` are the last days for the reports of
    agencies and for the government's own (Article 49 of the regulation: 31 January and 31 March)."""

    pack: str
    year: int
    issuer: str
    agency_deadline: date
    government_deadline: date


def default_settings(pack: str, year: int, issuer: str, agency_deadline: date | None = None) -> Settings:
    """The settings of a new campaign, with the deadlines of the regulation in the year after the reporting year."""
    return Settings(pack, year, issuer, agency_deadline or date(year + 1, 1, 31), date(year + 1, 3, 31))


def settings_text(settings: Settings) -> str:
    """The campaign.toml of these settings."""
    return _WRITTEN.format(
        pack=json.dumps(settings.pack, ensure_ascii=False),
        year=settings.year,
        issuer=json.dumps(settings.issuer, ensure_ascii=False),
        agency=settings.agency_deadline.isoformat(),
        government=settings.government_deadline.isoformat(),
    )


def read_settings(text: str) -> Settings:
    """What a campaign.toml says. Raises CampaignError, in one line, where it is broken."""
    from jsonschema import Draft202012Validator  # slow to import, and most commands do without

    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CampaignError(f"campaign.toml: {error}") from error
    problem = next(iter(Draft202012Validator(_SCHEMA).iter_errors(said)), None)
    if problem is not None:
        raise CampaignError(
            f"campaign.toml: {'.'.join(map(str, problem.path)) or problem.message}: {problem.message}"
        )
    default = default_settings(said["pack"], said["year"], said["issuer"])
    deadlines = said.get("deadlines", {})
    return Settings(
        default.pack,
        default.year,
        default.issuer,
        _day(deadlines.get("agency", default.agency_deadline)),
        _day(deadlines.get("government", default.government_deadline)),
    )


def _day(value: object) -> date:
    """A day that TOML gives as such or as a text."""
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError as error:
        raise CampaignError(f"campaign.toml: deadlines: {value} is no day such as 2026-01-31") from error
