"""What a campaign knows of who may come in, as its ledger keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from reportfill.campaign.access.decisions import KeyDecision, LinkDecision, PasswordDecision, RoleDecision
from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.agencies.agency import Holder
from reportfill.model.labels import folded


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link that was given to an agency, by the SHA-256 of its code."""

    digest: str
    code: str
    name: str
    until: date | None
    by: str
    at: datetime
    is_withdrawn: bool = False

    @classmethod
    def of(cls, said: LinkDecision, *, is_withdrawn: bool = False) -> KeptLink:
        """The link that was given by a decision."""
        return cls(said.digest, *said.holder, said.until, said.by, said.at, is_withdrawn)

    @property
    def holder(self) -> Holder:
        """The agency that has the link."""
        return Holder(self.code, self.name)


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key that was given to a program, by its SHA-256. `folded_name` is what tells names apart."""

    digest: str
    folded_name: str
    name: str
    role: str
    by: str
    at: datetime
    is_withdrawn: bool = False

    @classmethod
    def of(cls, said: KeyDecision, *, is_withdrawn: bool = False) -> KeptKey:
        """The key that was given by a decision."""
        role = said.role or AccessRole.READER
        return cls(said.digest, folded_name(said.name), said.name, role.value, said.by, said.at, is_withdrawn)


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account: what its user may do since when, and the password as Argon2 keeps it, empty where none was set."""

    folded_name: str
    name: str
    role: str
    at: datetime
    password: str = ""


def folded_name(name: str) -> str:
    """What tells the name of an account or a key from others: no two differ in capitals, width and blanks alone."""
    return folded(name).casefold()


def accounts_after(
    accounts: Mapping[str, KeptAccount], said: Iterable[RoleDecision | PasswordDecision]
) -> dict[str, KeptAccount]:
    """Accounts by their folded names, after what was decided by somebody who knew of them."""
    now = dict(accounts)
    for one in said:
        name = folded_name(one.name)
        former = now.get(name)
        if isinstance(one, PasswordDecision):
            if former:
                now[name] = replace(former, password=one.password)
        elif one.role is None:
            now.pop(name, None)
        else:
            password = former.password if former else ""
            now[name] = KeptAccount(name, one.name, one.role.value, one.at, password)
    return now
