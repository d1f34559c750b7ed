"""What of many reports is no figure of the form: rows and answers, gathered report by report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportfill.campaign.aggregation.rolled_answers import answered, answers_rolled_up
from reportfill.campaign.aggregation.rolled_rows import Row, RowsOf, RowsRolledUp, rows_at, rows_rolled_up
from reportfill.finding import Finding, finding
from reportfill.intake.room_for_rows import lines_needed, without_room
from reportfill.model.figures import value_at, with_values
from reportfill.pack.pack import Pack


@dataclass(frozen=True, slots=True)
class OthersRolledUp:
    """The rows and answers of a roll-up by path; the rows of each report by the path of their group; and what there is
    to say of those that are left out or blank."""

    values: Mapping[str, Any]
    rows: Mapping[str, Sequence[Sequence[Row]]]
    findings: Sequence[Finding]


def has_others(pack: Pack) -> bool:
    """Whether reports of a pack have rows or answers that are rolled up."""
    return bool(pack.rows or answered(pack))


class OthersBeingRolledUp:
    """Rows and answers of the reports of these agencies, one after the other."""

    def __init__(self, pack: Pack, owners: Sequence[str]) -> None:
        self._pack = pack
        self._owners = owners
        self._answers: dict[str, list[Any]] = {one.path: [] for one in answered(pack)}
        self._rows: dict[str, list[Sequence[Row]]] = {
            path: [] for path, group in pack.rows.items() if not group.within
        }

    def take(self, data: Mapping[str, Any]) -> None:
        """Take in the next report."""
        for path, answers in self._answers.items():
            answer = value_at(data, path)
            answers += [] if answer in (None, "", []) or answer in answers else [answer]
        for path, rows in self._rows.items():
            rows.append(rows_at(data, path))

    def result(self, reported: set[str]) -> OthersRolledUp:
        """What they come to; `reported` are the paths of the fields that have figures in any report."""
        rolled = {
            path: rows_rolled_up(
                self._pack, self._pack.rows[path], map(RowsOf._make, zip(self._owners, rows, strict=True))
            )
            for path, rows in self._rows.items()
            if any(rows)
        }
        values = {path: found.rows for path, found in rolled.items() if self._pack.rows[path].rollup.kept}
        too_long = without_room(self._pack, lines_needed(self._pack, with_values({}, values)))
        answers = answers_rolled_up(self._pack, self._answers, reported | self._fields_reported(rolled))
        findings = (
            *self._about_rows(rolled),
            *(self._about(path, "too_many_rows", len(values[path])) for path in too_long),
            *(one.finding("rollup.answers_differ") for one in answers.differing),
        )
        kept = {path: rows for path, rows in values.items() if path not in too_long}
        return OthersRolledUp(kept | answers.values, self._rows, findings)

    def _fields_reported(self, rows: Collection[str]) -> set[str]:
        """The fields that hold something in some report, beside figures."""
        answers = (path for path, given in self._answers.items() if given)
        in_rows = (path for path in self._pack.fields if any(path.startswith(f"{one}.") for one in rows))
        return {*answers, *in_rows}

    def _about_rows(self, rolled: Mapping[str, RowsRolledUp]) -> Iterator[Finding]:
        for path, found in rolled.items():
            if not self._pack.rows[path].rollup.kept:
                yield self._about(path, "rows_left_out", sum(map(len, self._rows[path])))
            for differing, number in found.differing.items():
                label = " · ".join(self._pack.fields[differing].titles)
                yield finding("rollup.rows_differ", field=differing, label=label, value=number)

    def _about(self, path: str, what: str, number: int) -> Finding:
        """The finding on the rows of a group, of which there are so many."""
        return finding(f"rollup.{what}", field=path, label=self._pack.rows[path].label, value=number)
