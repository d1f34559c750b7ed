"""What somebody may do in a campaign from a browser, or a program with its key."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from reportfill.errors import UsageError
from reportfill.text import Text


class AccessRole(StrEnum):
    """What somebody may do, each all that those before it may."""

    READER = "reader"
    REVIEWER = "reviewer"
    COORDINATOR = "coordinator"

    @property
    def rank(self) -> int:
        """How much it may do beside the others."""
        return list(AccessRole).index(self)

    def may(self, needed: AccessRole) -> bool:
        """Whether it may do what that role may."""
        return self.rank >= needed.rank


ROLE_NAMES: Mapping[AccessRole, Text] = {
    AccessRole.READER: Text("查阅员", "reader"),
    AccessRole.REVIEWER: Text("审核员", "reviewer"),
    AccessRole.COORDINATOR: Text("管理员", "coordinator"),
}
"""What a person calls a role; the Chinese names stand in the journal."""


def role_named(said: str | AccessRole) -> AccessRole:
    """The role of a name, in either language. Raises UsageError where there is none."""
    for role, name in ROLE_NAMES.items():
        if said in (role, name.zh):
            return role
    known = ", ".join(AccessRole)
    raise UsageError(f"there is no role {said}; there are {known}", f"没有“{said}”这种角色；可用的：{known}")
