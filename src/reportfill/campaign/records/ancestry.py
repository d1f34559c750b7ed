"""Who decided in knowledge of what, by the tables of the journal that each table names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reportfill.campaign.records.history import Review
from reportfill.campaign.records.journal import table_place


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The tables of a journal by name, with those that each of them names: the last ones that its writer had seen."""

    seen: Mapping[str, Sequence[str]]

    def had_seen(self, later: str, earlier: str) -> bool:
        """Whether the writer of one table had seen another one, or it is the same."""
        found, waiting = {later}, [later]
        while waiting:
            name = waiting.pop()
            if name == earlier:
                return True
            behind = {one for one in self.seen.get(name, ()) if table_place(one) >= table_place(earlier)}
            waiting += behind - found
            found |= behind
        return False

    def settled(self, told: Sequence[tuple[str, Review]]) -> list[Review]:
        """What was said of an agency, each with the table that tells of it, in order: as disputed where two opposite
        words on a version stand that nobody has answered who knew of them."""
        unanswered = {
            (review.number, review.is_accepted)
            for place, (table, review) in enumerate(told)
            if not self._is_answered(table, review, told[place + 1 :])
        }
        return [
            replace(review, is_disputed={(review.number, True), (review.number, False)} <= unanswered)
            for _, review in told
        ]

    def _is_answered(self, table: str, review: Review, later: Sequence[tuple[str, Review]]) -> bool:
        """Whether somebody who knew of a review said something of the same version later."""
        return any(other.number == review.number and self.had_seen(place, table) for place, other in later)
