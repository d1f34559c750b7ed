"""What the journal tells of who may come in, and what it comes to.

Whoever knew of a former decision has changed it. Of two decisions in ignorance of each other the stricter one holds:
what was withdrawn stays so, and of two roles the lesser one counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from reportfill.campaign.access.decisions import (
    AccessDecision,
    KeyDecision,
    LinkDecision,
    PasswordDecision,
    RoleDecision,
)
from reportfill.campaign.access.kept import KeptAccount, KeptKey, KeptLink, folded_name
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.ancestry import Ancestry

Said = TypeVar("Said")
_Told = list[tuple[str, Said]]


@dataclass(slots=True)
class ToldAccess:
    """What was decided of the link of each agency, and of the keys and accounts of each folded name, each with the
    table that tells of it, in order."""

    links: dict[Holder, _Told[LinkDecision]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[str, _Told[KeyDecision]] = field(default_factory=lambda: defaultdict(list))
    roles: dict[str, _Told[RoleDecision]] = field(default_factory=lambda: defaultdict(list))
    passwords: dict[str, _Told[PasswordDecision]] = field(default_factory=lambda: defaultdict(list))

    def take(self, table: str, said: AccessDecision, holder: Holder) -> None:
        """Take what a table tells; `holder` is whose a link is now."""
        match said:
            case LinkDecision():
                self.links[holder].append((table, replace(said, code=holder.code, name=holder.name)))
            case KeyDecision():
                self.keys[folded_name(said.name)].append((table, said))
            case RoleDecision():
                self.roles[folded_name(said.name)].append((table, said))
            case PasswordDecision():
                self.passwords[folded_name(said.name)].append((table, said))

    def kept_links(self, ancestry: Ancestry, tables: Collection[str]) -> Iterator[KeptLink]:
        """The links of those agencies of which some tables tell."""
        for told in _concerned(self.links.values(), tables):
            in_force = ancestry.in_force(told)
            for _, said in told:
                if not said.is_withdrawal:
                    yield KeptLink.of(said, is_withdrawn=said not in in_force)

    def kept_keys(self, ancestry: Ancestry, tables: Collection[str]) -> Iterator[KeptKey]:
        """The keys of those names of which some tables tell."""
        for told in _concerned(self.keys.values(), tables):
            in_force = ancestry.in_force(told)
            for _, said in told:
                if not said.is_withdrawal:
                    yield KeptKey.of(said, is_withdrawn=said not in in_force)

    def kept_accounts(
        self, ancestry: Ancestry, tables: Collection[str], known: Mapping[str, KeptAccount]
    ) -> dict[str, KeptAccount]:
        """The accounts by their folded names: those that are known, but for those of which some tables tell."""
        now = dict(known)
        for name, roles in self.roles.items():
            passwords = self.passwords.get(name, [])
            if any(table in tables for table, _ in (*roles, *passwords)):
                account = _account(name, ancestry.in_force(roles), ancestry.standing(passwords))
                now.pop(name, None)
                now |= {name: account} if account else {}
        return now


def _concerned(every: Iterable[_Told[Said]], tables: Collection[str]) -> Iterator[_Told[Said]]:
    return (told for told in every if any(table in tables for table, _ in told))


def _account(
    name: str, roles: Sequence[RoleDecision], passwords: Sequence[PasswordDecision]
) -> KeptAccount | None:
    """An account of which so much stands; of passwords that were set at once that of the last table counts."""
    given = [(one.role, one) for one in roles if one.role]
    if not given:
        return None
    role, said = min(given, key=lambda one: one[0].rank)
    return KeptAccount(name, said.name, role.value, said.at, passwords[-1].password if passwords else "")
