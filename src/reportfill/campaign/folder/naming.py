"""What the files of a campaign are called: as its settings or its pack say, and never two alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.parts import REPORTS, RETURNED, SUPERSEDED
from reportfill.campaign.folder.settings import NAME_PARTS, Settings
from reportfill.file_names import shortened_name
from reportfill.files import is_short, plain_name, safe_name
from reportfill.model.figures import with_values
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.pack.pack import Pack
from reportfill.system_words import utf16_length

_CHARACTERS_OF_CODE = 20


def workbook_places(roster: Roster, settings: Settings, pack: Pack, room: int) -> dict[str, str]:
    """Where the workbook of each agency goes, by code, below its superior's name; without suffix. `room` is how many
    UTF-16 units a place may have."""
    usual, others = _places(roster, settings, pack, room, is_report=False)
    return usual | others


def _places(
    roster: Roster, settings: Settings, pack: Pack, room: int, *, is_report: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """The usual places of agencies, by code, and those of agencies that need another one."""
    names = {one: _name(one, settings, pack, is_report=is_report) for one in roster.agencies}
    usual = {one.code: _below(roster, one, safe_name(name)) for one, name in names.items()}
    places = _different(usual)
    shorter = {
        one.code: _short_place(roster, one, name, room)
        for one, name in names.items()
        if _is_long(places[one.code], name, room)
    }
    places = _different(places | shorter) if shorter else places
    return usual, {code: place for code, place in places.items() if place != usual[code]}


class Places:
    """Where what agencies hand in goes: under the name that they have in the roster, or had when they left it."""

    def __init__(self, roster: Roster, settings: Settings, pack: Pack, room: int) -> None:
        self._roster, self._settings, self._pack, self._room = roster, settings, pack, room
        # The usual place of an agency is quickly told, and kept it takes much room of a hundred thousand.
        self._others = {
            kind: _places(roster, settings, pack, room, is_report=kind)[1] for kind in (False, True)
        }

    def workbook(self, holder: Holder) -> str:
        """The place of an agency's workbook, without folder and suffix."""
        return self._place(holder, is_report=False)

    def report(self, holder: Holder) -> str:
        """The place of an agency's report."""
        return f"{REPORTS}/{self._place(holder, is_report=True)}.docx"

    def instead_of(self, place: str, holder: Holder) -> tuple[str, ...]:
        """A place, and those that stand in for it where another agency's file is there."""
        stem, dot, suffix = place.rpartition(".")
        named = with_ending(stem, f"（{holder.name}）")
        others = (with_code(stem, holder.code), named, with_code(named, holder.code))
        return (place, *(f"{other}{dot}{suffix}" for other in others))

    def _place(self, holder: Holder, *, is_report: bool) -> str:
        """The place that the roster gives an agency; of one that it has not as it was, where it would stand under its
        name, as far as the roster still says."""
        agency = self._roster.by_code.get(holder.code)
        if agency is not None and agency.name == holder.name:
            other = self._others[is_report].get(holder.code)
            name = _name(agency, self._settings, self._pack, is_report=is_report)
            return other or _below(self._roster, agency, safe_name(name))
        there = self._roster.all_by_code.get(holder.code, Agency(*holder))
        former = there._replace(name=holder.name, short_name="")
        name = _name(former, self._settings, self._pack, is_report=is_report)
        place = _below(self._roster, former, safe_name(name))
        is_long = _is_long(place, name, self._room)
        return _short_place(self._roster, former, name, self._room) if is_long else place


def _short_place(roster: Roster, agency: Agency, name: str, room: int) -> str:
    """The place of an agency's file, its name shortened."""
    room -= utf16_length(_below(roster, agency, ""))
    return _below(roster, agency, shortened_name(name, room, agency.name, agency.short_name, agency.code))


def _is_long(place: str, name: str, room: int) -> bool:
    """Whether a place is too long, or the name wanted there is."""
    return utf16_length(place) > room or not (is_short(name) or is_short(plain_name(name)))


def _below(roster: Roster, agency: Agency, name: str) -> str:
    """A name within the folder of an agency's superior, where it has one."""
    superior = roster.by_code.get(agency.superior)
    return f"{folder_below(superior)}/{name}" if superior else name


def returned_place(workbook_place: str, number: int, why: str = "需修改") -> str:
    """Where the marked workbook of an agency's version goes, given where its blank one is."""
    return f"{RETURNED}/{workbook_place}-第{number}次-{why}.xlsx"


def folder_below(superior: Agency) -> str:
    """The name of the folder of the agencies below one."""
    return safe_name(superior.short_name or superior.name)


def folder_of_workbook(path: str) -> str:
    """The name of the superior's folder in which an agency's workbook was made; empty for one without a superior."""
    *_, folder, _ = ("", *path.split("/")[1:])
    return "" if folder == SUPERSEDED else folder


def _name(agency: Agency, settings: Settings, pack: Pack, *, is_report: bool) -> str:
    """What the file of an agency is to be called, if a file may be called so."""
    pattern = settings.report_name if is_report else settings.workbook_name
    if pattern:
        short = agency.short_name or agency.name
        parts = zip(NAME_PARTS, (agency.name, agency.code, short, settings.year), strict=True)
        return pattern.format(**dict(parts))
    data = with_values({}, {AGENCY: agency.name, CODE: agency.code, YEAR: settings.year})
    return pack.report_name(data) if is_report else pack.workbook_name(data)


def put_away_place(path: str, number: int = 0) -> str:
    """Where a file goes that something newer replaces: into the folder 旧版, with the number of the version that it is
    of."""
    folder, _, rest = path.partition("/")
    stem, dot, suffix = rest.rpartition(".")
    version = f"-第{number}次" if number else ""
    return f"{folder}/{SUPERSEDED}/{stem}{version}{dot}{suffix}"


def is_put_away(path: str) -> bool:
    """Whether a file is where those go that something newer replaces."""
    return path.partition("/")[2].startswith(f"{SUPERSEDED}/")


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
