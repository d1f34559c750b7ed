"""Whose is what was recorded: agencies are renamed, merged, numbered anew, and codes are given to others, while their
workbooks are out and when their reports are in.

What is recorded bears an agency's code and its name. It is that agency's for as long as the roster has both. Where it
has the name under another code, the name is followed if the code is nobody's any more, or that of an agency which had
another one, or if the agency does not report any more: so codes are corrected, exchanged, and numbered anew. Where
somebody new has the code, it may have been given away, or the agency was renamed and somebody new has its name: that a
person has to say, as where the roster has the code alone. Nothing is guessed, and nothing counts for another agency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.roster import Roster, is_same_number
from reportfill.finding import Finding, finding
from reportfill.model.labels import folded

Value = TypeVar("Value")


@dataclass(frozen=True)
class HolderMatching:
    """What became in the roster of those for whom something is recorded, as far as it does not have them any more as
    they were: `moved` are in it under another code, or under another name beside which it says what they were called;
    `doubtful` ones may be an agency that has their code or their name; and `gone` are nobody's. `unlisted` are those of
    whom nothing is recorded than that they were agencies, and of whom the roster has neither the code nor the name: a
    row was deleted, or only a part of the roster was saved.
    """

    moved: Mapping[Holder, Agency] = field(default_factory=dict)
    doubtful: Mapping[Holder, Agency] = field(default_factory=dict)
    gone: frozenset[Holder] = frozenset()
    unlisted: frozenset[Holder] = frozenset()

    def now(self, by_holder: Mapping[Holder, Value]) -> Mapping[Holder, Value]:
        """What is known by whose it was, by whose it is now."""
        if not self.moved:
            return by_holder
        return {self.holder_now(holder): value for holder, value in by_holder.items()}

    def holder_now(self, holder: Holder) -> Holder:
        """Whose it is now what was that agency's."""
        agency = self.moved.get(holder)
        return agency.holder if agency else holder

    def findings(self) -> list[Finding]:
        """What there is to say of it, in the order of the codes."""
        return [
            *(identity_question(holder, now) for holder, now in sorted(self.doubtful.items())),
            *(_finding(_kind(holder, now), holder, now) for holder, now in sorted(self.moved.items())),
            *(finding("agency.left", value=one.name, former_code=one.code) for one in sorted(self.gone)),
            *(
                finding("agency.unlisted", value=one.name, former_code=one.code)
                for one in sorted(self.unlisted)
            ),
        ]


def match_holders(roster: Roster, recorded: Iterable[Holder], known: Iterable[Holder] = ()) -> HolderMatching:
    """What became of those for whom something is recorded; of the `known` no more is recorded than that they were
    agencies. Nearly all are in the roster as they were, which one look at all of them tells."""
    recorded, known = set(recorded), set(known)
    others = {one for one in recorded if not roster.has(one)}
    unlisted = frozenset(
        one for one in known - recorded if not roster.has(one) and not _is_listed(roster, one)
    )
    if not others:
        return HolderMatching(unlisted=unlisted)
    codes: dict[str, set[str]] = defaultdict(set)
    for holder in recorded.union(known):
        codes[holder.name].add(holder.code)
    moved, doubtful = {}, {}
    for holder in others:
        agency = _surely(roster, holder, codes)
        perhaps = (roster.by_name.get(holder.name), roster.all_by_code.get(holder.code))
        if agency is not None and agency.holder not in recorded:
            moved[holder] = agency
        elif asked := next(
            (one for one in perhaps if one and _is_open(one, recorded, codes[one.name], holder)), None
        ):
            doubtful[holder] = asked
    return HolderMatching(moved, doubtful, frozenset(others.difference(moved, doubtful)), unlisted)


def identity_question(holder: Holder, agency: Agency) -> Finding:
    """What there is to ask where an agency may be what another one was."""
    return _finding(
        "agency.renamed" if holder.name != agency.name else "agency.code_doubtful", holder, agency
    )


def _surely(roster: Roster, holder: Holder, codes: Mapping[str, set[str]]) -> Agency | None:
    """The agency that somebody is now, where nothing speaks against it; `codes` are those that were known, by name."""
    there, name = roster.all_by_code.get(holder.code), folded(holder.name)
    if there is not None and name in (folded(there.name), folded(there.former_name)):
        return there
    named = roster.named(holder.name) or roster.by_former_name.get(name)
    is_given_away = there is not None and not codes.get(there.name, set()) - {holder.code}
    is_doubtful = is_given_away and named is not None and not named.is_closed
    return None if is_doubtful else named


def _is_open(agency: Agency, recorded: set[Holder], codes: set[str], holder: Holder) -> bool:
    """Whether somebody else may have become an agency: nothing is recorded of it, under this code or those that it was
    known by."""
    own = {Holder(code, agency.name) for code in {agency.code, *codes}}
    return not (own - {holder}) & recorded


def _is_listed(roster: Roster, holder: Holder) -> bool:
    """Whether the roster has an agency's code or its name."""
    if holder.code in roster.all_by_code or roster.named(holder.name) is not None:
        return True
    return folded(holder.name) in roster.by_former_name


def _kind(holder: Holder, now: Agency) -> str:
    if folded(holder.name) != folded(now.name):
        return "agency.former_name"
    return "agency.code_without_zeros" if is_same_number(holder.code, now.code) else "agency.code_changed"


def _finding(code: str, holder: Holder, now: Agency) -> Finding:
    return finding(
        code, value=holder.name, expected=now.name, former_code=holder.code, code_of_agency=now.code
    )
