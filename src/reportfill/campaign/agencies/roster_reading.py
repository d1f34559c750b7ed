"""The agencies of one table, each row looked at by itself and all of them together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import (
    CHANGE,
    CLOSED,
    CODE,
    COUNTED,
    EMAIL,
    LONGEST,
    MERGED,
    NAME,
    RENAMED,
    SUPERIOR,
    Roster,
)
from reportfill.campaign.agencies.roster_levels import Levels
from reportfill.campaign.agencies.roster_rows import HeadingRow, Notes, RosterRow, RosterTable, RowReading
from reportfill.campaign.agencies.roster_values import (
    name_key,
    name_keys,
)
from reportfill.model.chinese.yes_no import says_no, says_yes
from reportfill.text import Text

_ADDRESS = r"[^@\s,;、]+@[^@\s,;、.]+(?:\.[^@\s,;、.]+)+"
_ADDRESSES = re.compile(rf"{_ADDRESS}(?:[,;、\s]+{_ADDRESS})*")


def roster_in(table: RosterTable, heading: HeadingRow) -> Roster:
    """The agencies of a table whose heading row is known, those of its sound rows, and all findings in the order of the
    cells."""
    notes = Notes(table, heading)
    for label, columns in heading.columns.items():
        for column in columns[1:]:
            notes.note("roster.heading_twice", heading.row, label, column=column, value=label)
    rows = RowReading(notes).rows()
    agencies = _Looking(rows, notes).agencies() if rows else []
    return Roster(
        tuple(agency for agency in agencies if not agency.is_closed),
        notes.findings(),
        tuple(agency for agency in agencies if agency.is_closed),
    )


class _Looking:
    """Looks at the rows of a table, and notes what is wrong with them."""

    def __init__(self, rows: Sequence[RosterRow], notes: Notes) -> None:
        self._rows = rows
        self._notes = notes
        self._by_code: dict[str, RosterRow] = {}
        self._levels: Mapping[str, int] = {}

    def agencies(self) -> list[Agency]:
        """The agencies of the sound rows."""
        self._look_at_merged()
        self._look_at_lengths()
        self._look_at_codes()
        for row in self._rows:
            if row.counted or row.email or row.change or not row.name:
                self._look_at(row)
        self._look_at_names()
        self._levels = Levels(self._by_code, self._notes).worked_out()
        if any(row.change for row in self._rows):
            self._look_at_successors()
            if all(row.is_closed for row in self._rows):
                self._notes.note("roster.nobody", self._notes.heading.row, CHANGE)
        return [self._agency(row) for row in self._rows if row.number not in self._notes.faulty]

    def _look_at_merged(self) -> None:
        """Only the first row of merged cells has their value: the others' is not known."""
        known, last = {column: label for label, column in self._notes.columns.items()}, self._rows[-1].number
        for (top, left), (bottom, right) in self._notes.table.merged:
            labels = [known[column] for column in known if left <= column <= right]
            if labels and bottom > top > self._notes.heading.row:
                self._notes.note("roster.merged", top, labels[0], value=bottom - top + 1)
                self._notes.faulty.update(range(top, min(bottom, last) + 1))

    def _look_at_lengths(self) -> None:
        """Codes and names that are too long for any workbook."""
        columns = {CODE: [row.code for row in self._rows], NAME: [row.name for row in self._rows]}
        for label, texts in columns.items():
            most = LONGEST[label]
            if max(map(len, texts)) <= most:
                continue
            for row, text in zip(self._rows, texts, strict=True):
                if len(text) > most:
                    self._notes.note(
                        "roster.too_long", row.number, label, value=text, expected=most, length=len(text)
                    )

    def _look_at_codes(self) -> None:
        """Codes that are missing, or were there before."""
        self._by_code = {row.code: row for row in self._rows}
        if len(self._by_code) == len(self._rows) and "" not in self._by_code:
            return
        self._by_code = {}
        for row in self._rows:
            if not row.code:
                self._notes.note("roster.code_missing", row.number, CODE, value="", name=row.name)
            elif self._by_code.setdefault(row.code, row) is not row:
                self._notes.note_twice("roster.code_twice", CODE, row.code, self._by_code[row.code], row)

    def _look_at(self, row: RosterRow) -> None:
        """What a row says wrong by itself, apart from its code."""
        if not row.name:
            self._notes.note("roster.name_missing", row.number, NAME, value="", code_of_agency=row.code)
        if row.counted and not (says_yes(row.counted) or says_no(row.counted)):
            self._notes.note("roster.flag", row.number, COUNTED, value=row.counted, expected="是/否")
        if row.email and not _ADDRESSES.fullmatch(row.email):
            self._notes.note("roster.email", row.number, EMAIL, value=row.email)
        if not row.is_change_understood:
            self._notes.note(
                "roster.change",
                row.number,
                CHANGE,
                value=row.change,
                expected=f"{CLOSED}/{MERGED}…/{RENAMED}…",
            )

    def _look_at_names(self) -> None:
        """Names that are there twice, or nearly. A row whose code is there twice is no other agency."""
        names = [row.name for row in self._rows]
        if all(names) and len(set(name_keys(names))) == len(names):
            return
        by_name: dict[str, RosterRow] = {}
        by_key: dict[str, RosterRow] = {}
        for row in self._rows:
            if not row.name or self._by_code.get(row.code, row) is not row:
                continue
            if by_name.setdefault(row.name, row) is not row:
                self._notes.note_twice("roster.name_twice", NAME, row.name, by_name[row.name], row)
                continue
            if row.is_closed:
                continue
            alike = by_key.setdefault(name_key(row.name), row)
            if alike is not row:
                cells = (self._notes.cell(alike, NAME), self._notes.cell(row, NAME))
                self._notes.note(
                    "roster.similar_name",
                    row.number,
                    NAME,
                    value=row.name,
                    cells=cells,
                    first=cells[0],
                    other=alike.name,
                )

    def _look_at_successors(self) -> None:
        """Note successors that cannot take over, and superiors that do not report any more."""
        for row in self._rows:
            above = self._by_code.get(row.superior)
            problem = self._problem_of(row.successor, row) if row.successor else None
            if problem:
                self._notes.note("roster.successor", row.number, CHANGE, value=row.successor, problem=problem)
            elif above is not None and above.is_closed and not row.is_closed:
                self._notes.note(
                    "roster.superior_closed",
                    row.number,
                    SUPERIOR,
                    value=row.superior,
                    superior=above.name,
                    change=above.change,
                )

    def _problem_of(self, successor: str, row: RosterRow) -> Text | None:
        """Why the agency of a code cannot be a row's successor; None where it can."""
        if successor == row.code:
            return Text("就是本单位自己的编码", "is the agency itself")
        found = self._by_code.get(successor)
        if found is None:
            return Text("不在名册中", "is not in the roster")
        if found.is_closed:
            return Text(f"本身也已{found.change}", f"does not report any more itself ({found.change})")
        return None

    def _agency(self, row: RosterRow) -> Agency:
        return Agency(
            row.code,
            row.name,
            row.short_name,
            row.superior,
            self._levels[row.code],
            row.contact,
            row.telephone,
            row.email,
            says_yes(row.counted),
            row.is_closed,
            row.successor,
            row.former_name,
        )
