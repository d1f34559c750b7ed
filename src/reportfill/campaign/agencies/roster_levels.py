"""Each agency's level in the hierarchy, from its superiors, and which of these lead nowhere or in a ring."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportfill.campaign.agencies.roster import LEVEL, SUPERIOR
from reportfill.campaign.agencies.roster_rows import Notes, RosterRow

_LEVEL = re.compile(r"0*([1-9][0-9]{0,3})")


class Levels:
    """The levels of agencies, from those above them. Superiors that lead nowhere or in a ring are noted."""

    def __init__(self, by_code: Mapping[str, RosterRow], notes: Notes) -> None:
        self.levels: dict[str, int] = {}
        self._by_code = by_code
        self._notes = notes

    def worked_out(self) -> Mapping[str, int]:
        """The level of each agency by its code."""
        for start in self._by_code.values():
            if start.superior in self.levels and start.code not in self.levels:
                above = self.levels[start.superior]
                self.levels[start.code] = self._level_of(start, above) if start.level else above + 1
                continue
            way: dict[str, RosterRow] = {}
            row: RosterRow | None = start
            while row is not None and row.code not in self.levels and row.code not in way:
                way[row.code] = row
                row = self._superior_of(row)
            if row is not None and row.code in way:
                rows = list(way.values())
                self._note_ring(rows[rows.index(row) :])
            for below in reversed(way.values()):
                if below.code not in self.levels:
                    self.levels[below.code] = self._level_of(below, self.levels.get(below.superior, 0))
        return self.levels

    def _superior_of(self, row: RosterRow) -> RosterRow | None:
        if row.superior and row.superior not in self._by_code:
            self._notes.note("roster.superior_unknown", row.number, SUPERIOR, value=row.superior)
        return self._by_code.get(row.superior)

    def _note_ring(self, rows: Sequence[RosterRow]) -> None:
        """Note a ring at its topmost row; none of its rows can be used."""
        first = min(range(len(rows)), key=lambda place: rows[place].number)
        ring = (*rows[first:], *rows[:first])
        codes = [row.code for row in ring]
        shown = " → ".join([*codes[:10], *(["…"] if len(codes) > 10 else []), codes[0]])
        cells = [self._notes.cell(row, SUPERIOR) for row in ring]
        self._notes.note(
            "roster.ring", ring[0].number, SUPERIOR, value=ring[0].superior, cells=cells, ring=shown
        )
        self._notes.faulty.update(row.number for row in ring)
        self.levels.update(dict.fromkeys(codes, 1))

    def _level_of(self, row: RosterRow, above: int) -> int:
        """The level that a row states, which must be below that of its superior, or else the next one."""
        if not row.level:
            return above + 1
        match = _LEVEL.fullmatch(row.level)
        if match and int(match[1]) > above:
            return int(match[1])
        self._notes.note("roster.level", row.number, LEVEL, value=row.level, expected=above + 1)
        return above + 1
