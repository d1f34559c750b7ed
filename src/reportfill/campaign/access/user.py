"""Somebody who has an account, and a program that has a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from reportfill.campaign.access.kept import KeptAccount, KeptKey
from reportfill.campaign.access.roles import AccessRole


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who has an account: the name, what may be done, and since when. `stamp` is another one when the password
    or the role changes, or the account is made anew: what was begun under another one has ended."""

    name: str
    role: AccessRole
    since: datetime
    stamp: str

    @classmethod
    def of(cls, kept: KeptAccount) -> User:
        """Whose an account is that is kept."""
        about = "\0".join((kept.folded_name, kept.role, kept.at.isoformat(), kept.password))
        stamp = sha256(about.encode()).hexdigest()[:32]
        return cls(kept.name, AccessRole(kept.role), kept.at, stamp)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a program: its name, what may be done with it, since when, and what tells it from others."""

    name: str
    role: AccessRole
    since: datetime
    digest: str

    @classmethod
    def of(cls, kept: KeptKey) -> Key:
        """A key that is kept."""
        return cls(kept.name, AccessRole(kept.role), kept.at, kept.digest)


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A new key: its name, what may be done with it, and the key itself: a secret, told once."""

    name: str
    role: AccessRole
    text: str
