"""An agency of a campaign: one row of its roster."""

from __future__ import annotations

from typing import NamedTuple


class Holder(NamedTuple):
    """Whose something is: the code and the name of an agency, both, for each alone may come to be another's."""

    code: str
    name: str


class Agency(NamedTuple):
    """One row of the roster (单位编码, 单位名称, 简称, 上级单位编码, 级次, 联系人, 电话, 邮箱, 不汇总, 变动).

    `code` and `name` are never empty; `superior` is the code of the agency above it or empty, `level` counts from 1 at
    the top. `is_counted_by_superior` says that its figures are in its superior's report (不汇总) and not added again.
    `is_closed` says that it does not report any more (变动): it was closed, or merged into the agency whose code is
    `successor`. `former_name` is what it was called before it was renamed, where that is told there.
    """

    code: str
    name: str
    short_name: str = ""
    superior: str = ""
    level: int = 1
    contact: str = ""
    telephone: str = ""
    email: str = ""
    is_counted_by_superior: bool = False
    is_closed: bool = False
    successor: str = ""
    former_name: str = ""

    @property
    def holder(self) -> Holder:
        """The agency as what was handed in names it."""
        return Holder(self.code, self.name)
