"""What the files of a campaign are called: as its settings or its pack say, and never two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.place.parts import RETURNED, SUPERSEDED
from reportfill.campaign.place.settings import NAME_PARTS, Settings
from reportfill.files import safe_name
from reportfill.pack.figures import with_values
from reportfill.pack.pack import AGENCY, CODE, YEAR, Pack

_CHARACTERS_OF_CODE = 20


def workbook_places(roster: Roster, settings: Settings, pack: Pack) -> dict[str, str]:
    """Where the workbook of each agency goes, by code, below its superior's name; without suffix."""
    return _different({a.code: _below(roster, a, _name(a, settings, pack)) for a in roster.agencies})


def report_places(roster: Roster, settings: Settings, pack: Pack) -> dict[str, str]:
    """Where the report of each agency goes, by code, below its superior's name; without suffix."""
    return _different(
        {a.code: _below(roster, a, _name(a, settings, pack, is_report=True)) for a in roster.agencies}
    )


def _below(roster: Roster, agency: Agency, name: str) -> str:
    return "/".join(part for part in (superior_folder(roster, agency), name) if part)


def returned_place(workbook_place: str, number: int, why: str = "需修改") -> str:
    """Where the marked workbook of an agency's version goes, given where its blank one is."""
    return f"{RETURNED}/{workbook_place}-第{number}次-{why}.xlsx"


def superior_folder(roster: Roster, agency: Agency) -> str:
    """The name of the folder of an agency's superior; empty for one that has none."""
    superior = roster.by_code.get(agency.superior)
    return safe_name(superior.short_name or superior.name) if superior else ""


def _name(agency: Agency, settings: Settings, pack: Pack, *, is_report: bool = False) -> str:
    pattern = settings.report_name if is_report else settings.workbook_name
    if pattern:
        short = agency.short_name or agency.name
        parts = zip(NAME_PARTS, (agency.name, agency.code, short, settings.year), strict=True)
        return safe_name(pattern.format(**dict(parts)))
    data = with_values({}, {AGENCY: agency.name, CODE: agency.code, YEAR: settings.year})
    return safe_name(pack.report_name(data) if is_report else pack.workbook_name(data))


def put_away_place(path: str, number: int = 0) -> str:
    """Where a file goes that something newer replaces: into the folder 旧版, with the number of the version that it is
    of."""
    folder, _, rest = path.partition("/")
    stem, dot, suffix = rest.rpartition(".")
    version = f"-第{number}次" if number else ""
    return f"{folder}/{SUPERSEDED}/{stem}{version}{dot}{suffix}"


def _different(wanted: Mapping[str, str]) -> dict[str, str]:
    """The names wanted, by code; those that would be the same file, on whichever system, with the agency's code."""
    uses = Counter(name.casefold() for name in wanted.values())
    names = {
        code: name if uses[name.casefold()] == 1 else with_code(name, code) for code, name in wanted.items()
    }
    again = Counter(name.casefold() for name in names.values())
    return {
        code: name if again[name.casefold()] == 1 else with_ending(name, f"（{number}）")
        for number, (code, name) in enumerate(names.items(), 1)
    }


def with_code(place: str, code: str) -> str:
    """A place whose name ends with an agency's code, as much of it as is good to read."""
    return with_ending(place, f"（{safe_name(code)[:_CHARACTERS_OF_CODE]}）")


def with_ending(place: str, ending: str) -> str:
    """A place whose name ends so, cut where it would be too long."""
    folder, slash, name = place.rpartition("/")
    return f"{folder}{slash}{safe_name(name, ending)}"
