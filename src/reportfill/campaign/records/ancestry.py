"""Who decided in knowledge of what, by the tables of the journal that each table names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from reportfill.campaign.access.decisions import KeyDecision, LinkDecision, PasswordDecision, RoleDecision
from reportfill.campaign.records.history import Extension, Review
from reportfill.campaign.records.journal import table_place

Said = TypeVar("Said", Review, Extension, PasswordDecision)
Given = TypeVar("Given", LinkDecision, KeyDecision, RoleDecision)


@dataclass(frozen=True, slots=True)
class Ancestry:
    """The tables of a journal by name, with those that each of them names: the last ones that its writer had seen."""

    seen: Mapping[str, Sequence[str]]

    def had_seen(self, later: str, earlier: str) -> bool:
        """Whether the writer of one table had seen another one, or it is the same. Where one between them is lost, or
        has not come yet, it is taken for one that had."""
        found, waiting = {later}, [later]
        while waiting:
            name = waiting.pop()
            if name == earlier or name not in self.seen:
                return True
            behind = {one for one in self.seen.get(name, ()) if table_place(one) >= table_place(earlier)}
            waiting += behind - found
            found |= behind
        return False

    def standing(self, told: Sequence[tuple[str, Said]]) -> list[Said]:
        """What was said of one thing, each with the table that tells of it, in order, as far as nobody who knew of it
        said anything later."""
        return [
            said
            for place, (table, said) in enumerate(told, 1)
            if not any(self.had_seen(later, table) for later, _ in told[place:])
        ]

    def in_force(self, told: Sequence[tuple[str, Given]]) -> list[Given]:
        """What holds of what was given and withdrawn of one thing, each with the table that tells of it, in order:
        whatever nobody has replaced or withdrawn who knew of it, unless it was given in ignorance of a withdrawal."""

        def knew(one: int, other: int) -> bool:
            return other < one and self.had_seen(told[one][0], told[other][0])

        def ends(one: int, other: int) -> bool:
            return one != other and (
                knew(one, other) or (told[one][1].is_withdrawal and not knew(other, one))
            )

        places = range(len(told))
        return [
            said
            for place, (_, said) in enumerate(told)
            if not said.is_withdrawal and not any(ends(one, place) for one in places)
        ]

    def settled(self, told: Sequence[tuple[str, Review]]) -> list[Review]:
        """What was said of an agency's versions, each with the table that tells of it, in order: as disputed where two
        opposite words on a version stand that nobody has answered who knew of them."""
        by_version: dict[int, list[tuple[str, Review]]] = {}
        for table, review in told:
            by_version.setdefault(review.number, []).append((table, review))
        disputed = {
            number
            for number, said in by_version.items()
            if len({review.is_accepted for review in self.standing(said)}) > 1
        }
        return [replace(review, is_disputed=review.number in disputed) for _, review in told]

    def extension(self, told: Sequence[tuple[str, Extension]]) -> Extension:
        """Until when an agency may hand in, of which so much was said, each with the table that tells of it, in order:
        what was said last, or of what was said at once the latest day."""
        return max(self.standing(told), key=lambda one: one.until or date.min)
