"""The roster of a campaign: every agency that must report, and what its columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.finding import Finding, has_errors
from reportfill.model.labels import folded
from reportfill.text import Text

CODE, NAME, SHORT_NAME, SUPERIOR, LEVEL, CONTACT, TELEPHONE, EMAIL, COUNTED, CHANGE = COLUMNS = (
    "单位编码",
    "单位名称",
    "简称",
    "上级单位编码",
    "级次",
    "联系人",
    "电话",
    "邮箱",
    "不汇总",
    "变动",
)
"""The headings of a roster, in the order of the blank one."""

SHEET = "名册"
"""The sheet that is looked at first."""

CSV = "roster.csv"
"""What stands for the sheet in the places of a .csv file."""

MOST_AGENCIES = 100_000
"""More rows than this no roster has."""

LONGEST = {CODE: 40, NAME: 60}
"""How many characters a code and a name have at most: a workbook takes no longer ones, and an agency could not mend
what its coordinator wrote into it."""

CLOSED, MERGED, RENAMED = "撤销", "并入", "原名"
"""What stands under 变动 for an agency that was closed, before the code of the one into which it was merged, and before
the name that it had until it was renamed."""

MOST_ROWS = MOST_AGENCIES + 100
"""Rows of a sheet, with what stands above the headings, and rows that were left empty."""


def is_same_number(code: str, other: str) -> bool:
    """Whether two codes are the same number, one of them with more zeros in front."""
    are_numbers = code.isascii() and code.isdecimal() and other.isascii() and other.isdecimal()
    return are_numbers and code.lstrip("0") == other.lstrip("0")


@dataclass(frozen=True)
class Roster:
    """The agencies of a roster in the order of its rows, without those whose row has an error, and all findings.
    `agencies` are those that must report, `closed` those that were closed or merged into another."""

    agencies: tuple[Agency, ...]
    findings: tuple[Finding, ...] = ()
    closed: tuple[Agency, ...] = ()

    @cached_property
    def by_code(self) -> Mapping[str, Agency]:
        """Every agency that must report by its code."""
        return {agency.code: agency for agency in self.agencies}

    @cached_property
    def all_by_code(self) -> Mapping[str, Agency]:
        """Every agency by its code, those that need not report any more behind the others."""
        return {agency.code: agency for agency in (*self.agencies, *self.closed)}

    @cached_property
    def by_holder(self) -> Mapping[Holder, Agency]:
        """Every agency by its code and name together, those that need not report any more behind the others."""
        every = (*self.agencies, *self.closed)
        return dict(zip((Holder(*agency[:2]) for agency in every), every, strict=True))

    def has(self, holder: Holder) -> bool:
        """Whether an agency has that code and that name, both."""
        agency = self.all_by_code.get(holder.code)
        return agency is not None and agency.name == holder.name

    @cached_property
    def by_name(self) -> Mapping[str, Agency]:
        """Every agency by its name, which no two share."""
        return {agency.name: agency for agency in (*self.closed, *self.agencies)}

    @cached_property
    def by_former_name(self) -> Mapping[str, Agency]:
        """The agencies that were renamed by the name that they had, folded."""
        return {folded(agency.former_name): agency for agency in self.agencies if agency.former_name}

    @cached_property
    def _by_folded_name(self) -> Mapping[str, Agency]:
        """The agencies by their names in one width and without blanks, without those of whom several would be alike."""
        keys = [folded(name) for name in self.by_name]
        count = Counter(keys)
        return {key: one for key, one in zip(keys, self.by_name.values(), strict=True) if count[key] == 1}

    def named(self, name: str) -> Agency | None:
        """The agency of a name; one that is written in another width or with blanks where no two are alike then."""
        return self.by_name.get(name) or self._by_folded_name.get(folded(name))

    def has_code(self, agency: Agency, code: str) -> bool:
        """Whether a code is an agency's: as it stands, or without the zeros in front, which Excel takes from what it
        keeps as a number, where it is nobody else's."""
        return code == agency.code or (code not in self.all_by_code and is_same_number(code, agency.code))

    @property
    def has_errors(self) -> bool:
        """Whether any row, or the whole file, could not be used."""
        return has_errors(self.findings)

    def change(self, agency: Agency) -> Text:
        """What became of an agency that does not report any more."""
        successor = self.all_by_code.get(agency.successor)
        if successor is None:
            return Text("已撤销", "it was closed")
        return Text(f"已并入“{successor.name}”", f"it was merged into {successor.name}")

    def is_below(self, agency: Agency, code: str) -> bool:
        """Whether an agency is the one with that code, or below it."""
        return code in (agency.code, *(above.code for above in self.above(agency)))

    def above(self, agency: Agency) -> tuple[Agency, ...]:
        """The agency's superiors from the top down, as far up as the roster knows them."""
        superiors: dict[str, Agency] = {}
        superior = self.all_by_code.get(agency.superior)
        while superior is not None and superior.code not in superiors:
            superiors[superior.code] = superior
            superior = self.all_by_code.get(superior.superior)
        return tuple(reversed(superiors.values()))
