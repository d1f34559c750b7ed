"""How everything stands, asked for by many: which agencies somebody wants to see, in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import compress
from typing import Any, NamedTuple

from reportfill.campaign.status.agency_status import (
    STATE_NAMES,
    AgencyStatus,
    CampaignStatus,
    State,
)
from reportfill.campaign.status.timing import Timing, timings_of
from reportfill.model.labels import folded

_BETWEEN_ROWS, _BETWEEN_TEXTS = "\0", "\1"


class Sorting(StrEnum):
    """By what agencies are listed."""

    ROSTER = "roster"
    CODE = "code"
    NAME = "name"
    SUPERIOR = "superior"
    STATE = "state"
    LAST_DAY = "last-day"
    VERSIONS = "versions"
    HANDED_IN = "handed-in"
    ERRORS = "errors"
    WARNINGS = "warnings"


class AgencyFilter(NamedTuple):
    """Which agencies somebody wants to see: in a state, overdue, late or extended, an agency (by its code or name) with
    all below it, with a text in their name or code. What is None or empty leaves nobody out."""

    state: State | None = None
    timing: Timing | None = None
    under: str = ""
    text: str = ""


class StatusIndex:
    """How everything stands at a moment, which `mark` tells from others, and what is worked out of it once for all who
    look. Agencies are told by their places in the status."""

    def __init__(self, status: CampaignStatus, mark: str) -> None:
        self.status, self.mark = status, mark
        self._orders: dict[tuple[Sorting, bool], Sequence[int]] = {}

    @cached_property
    def counts(self) -> Mapping[State, int]:
        """How many agencies are in which state."""
        found = Counter(self.status.columns.state)
        return {state: found[state] for state in STATE_NAMES}

    @cached_property
    def timings(self) -> Mapping[Timing, Sequence[bool]]:
        """Of each agency, how it stands to its last day."""
        return timings_of(self.status)

    @cached_property
    def timing_counts(self) -> Mapping[Timing, int]:
        """How many are overdue, were late, and have a day of their own."""
        return {timing: sum(those) for timing, those in self.timings.items()}

    @cached_property
    def superiors(self) -> Mapping[str, str]:
        """The names of those that are the superior of any, by their codes."""
        names = self.status.names
        return {code: names.get(code, code) for code in dict.fromkeys(self.status.columns.superior) if code}

    def code_of(self, named: str) -> str | None:
        """The code of an agency, or of a superior outside the roster, that is named by it or by its name; None where
        there is none."""
        known = self.status.names
        return named if named in known or named in self.superiors else self._codes_by_name.get(named)

    def found(
        self, wanted: AgencyFilter, sorting: Sorting = Sorting.ROSTER, *, is_descending: bool = False
    ) -> Sequence[int]:
        """The agencies that somebody wants to see, in order; none where the superior is unknown."""
        columns = self.status.columns
        places = self._order(sorting, is_descending)
        if wanted.state is not None:
            places = [place for place in places if columns.state[place] is wanted.state]
        if wanted.timing is not None:
            places = list(compress(places, map(self.timings[wanted.timing].__getitem__, places)))
        if wanted.under:
            below = self._below(wanted.under)
            places = [place for place in places if columns.code[place] in below]
        text = folded(wanted.text).casefold()
        if text:
            places = [place for place in places if text in self._texts[place]]
        return places

    def part(self, places: Sequence[int]) -> CampaignStatus:
        """How some agencies stand."""
        return self.status.part([self.status.agencies[place] for place in places])

    def last_day_in_words(self, one: AgencyStatus) -> str:
        """Until when an agency may hand in; empty where there is no such day."""
        day = one.until or self.status.deadline
        return day.isoformat() if day else ""

    @cached_property
    def _codes_by_name(self) -> Mapping[str, str]:
        return {name: code for code, name in self.status.names.items()}

    @cached_property
    def _texts(self) -> Sequence[str]:
        columns = self.status.columns
        rows = map(_BETWEEN_TEXTS.join, zip(columns.code, columns.name, columns.short_name, strict=True))
        return folded(_BETWEEN_ROWS.join(rows)).casefold().split(_BETWEEN_ROWS)

    @cached_property
    def _children(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in (*self.status.agencies, *self.status.closed):
            found[one.agency.superior].append(one.agency.code)
        return found

    def _below(self, named: str) -> set[str]:
        """The codes of an agency and all below it."""
        top = self.code_of(named)
        below: set[str] = set()
        waiting = [] if top is None else [top]
        while waiting:
            code = waiting.pop()
            if code not in below:
                below.add(code)
                waiting += self._children.get(code, ())
        return below

    def _order(self, sorting: Sorting, is_descending: bool) -> Sequence[int]:
        every = range(len(self.status.agencies))
        if sorting is Sorting.ROSTER:
            return every[::-1] if is_descending else every
        asked = sorting, is_descending
        if asked not in self._orders:
            key = self._keys(sorting)
            self._orders[asked] = sorted(every, key=key, reverse=is_descending)
        return self._orders[asked]

    def _keys(self, sorting: Sorting) -> Callable[[int], Any]:
        columns = self.status.columns
        by_state = {state: number for number, state in enumerate(STATE_NAMES)}
        keys: Mapping[Sorting, Callable[[], Sequence[Any]]] = {
            Sorting.CODE: lambda: columns.code,
            Sorting.NAME: lambda: _as_in_chinese(columns.name),
            Sorting.SUPERIOR: lambda: columns.superior,
            Sorting.STATE: lambda: [by_state[state] for state in columns.state],
            Sorting.LAST_DAY: lambda: list(map(self.last_day_in_words, self.status.agencies)),
            Sorting.VERSIONS: lambda: columns.versions,
            Sorting.HANDED_IN: lambda: [moment or datetime.min for moment in columns.handed_in],
            Sorting.ERRORS: lambda: columns.errors,
            Sorting.WARNINGS: lambda: columns.warnings,
        }
        return keys[sorting]().__getitem__


def _as_in_chinese(texts: Sequence[str]) -> Sequence[bytes]:
    """Keys by which texts stand in the order of their sounds: GB 18030 has the common characters so."""
    return [text.encode("gb18030", "replace") for text in texts]
