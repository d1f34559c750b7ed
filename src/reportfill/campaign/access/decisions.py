"""What is decided of who may come in: each a fact of the campaign, which the journal tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.agencies.agency import Holder


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """That an agency has a link: the SHA-256 of its code, and the last day on which it opens, None where there is none;
    it takes the place of any that it had. Without a digest it has none any more. `by` is a person's name."""

    code: str
    name: str
    digest: str
    until: date | None
    by: str
    at: datetime

    @property
    def holder(self) -> Holder:
        """The agency that has the link."""
        return Holder(self.code, self.name)

    @property
    def is_withdrawal(self) -> bool:
        """Whether something is taken back."""
        return not self.digest


@dataclass(frozen=True, slots=True)
class KeyDecision:
    """That a program has a key, by the name of it: the SHA-256 of the key, and what it may do. Without a role it has
    none any more."""

    name: str
    digest: str
    role: AccessRole | None
    by: str
    at: datetime

    @property
    def is_withdrawal(self) -> bool:
        """Whether something is taken back."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class RoleDecision:
    """What somebody may do who has an account; without a role there is no such account any more. It `is_new` where the
    account is."""

    name: str
    role: AccessRole | None
    by: str
    at: datetime
    is_new: bool = False

    @property
    def is_withdrawal(self) -> bool:
        """Whether something is taken back."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class PasswordDecision:
    """The password of an account, as Argon2 keeps it."""

    name: str
    password: str
    by: str
    at: datetime


AccessDecision: TypeAlias = LinkDecision | KeyDecision | RoleDecision | PasswordDecision
"""What may be decided of who may come in."""
