"""A workbook that an agency fills in, made for whoever asks, be it a command or a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from reportfill.finding import Finding, errors_in
from reportfill.model.figures import with_values
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.pack.room import require_room

if TYPE_CHECKING:
    from reportfill.model.submission import Submission
    from reportfill.pack.pack import Pack

# What lays out workbooks, and tries the packs of others, is slow to import.


@dataclass(frozen=True, slots=True)
class WorkbookOrder:
    """Whose workbook is wanted, and what is known: the agency's name and code, empty where it types its own, the
    reporting year, last year's report and this year's data so far. `password` is that of the sheets' protection."""

    agency: str
    year: int
    code: str = ""
    last: Submission | None = None
    data: Mapping[str, Any] | None = None
    password: str = ""

    @property
    def identity(self) -> dict[str, Any]:
        """What it says of whose it is, by path."""
        return {AGENCY: self.agency, YEAR: self.year} | ({CODE: self.code} if self.code else {})


class NamedWorkbook(NamedTuple):
    """A workbook, and what it is called without suffix."""

    name: str
    content: bytes


def unclear_in(submission: Submission) -> list[Finding]:
    """What of this year's data so far cannot be told; what is blank is still to be filled in."""
    from reportfill.model.kinds.table import KINDS

    blank = {kind.blank_code for kind in KINDS}
    return [found for found in errors_in(submission.findings) if found.code not in blank]


def workbook_for(pack: Pack, order: WorkbookOrder) -> NamedWorkbook:
    """The workbook that was ordered. Raises PackError where the pack does not serve the year or is unsound, UsageError
    where a name is longer than the workbook takes."""
    from reportfill.intake.author import new_workbook
    from reportfill.pack.check import refuse_unsound
    from reportfill.pack.last_report import last_data
    from reportfill.trials.report_trial import refuse_unworkable

    pack.require_year(order.year)
    refuse_unsound(pack)
    refuse_unworkable(pack)
    require_room(pack, AGENCY, order.agency)
    require_room(pack, CODE, order.code)
    content = new_workbook(
        pack,
        agency=order.agency,
        year=order.year,
        code=order.code,
        last=last_data(pack, order.last) if order.last else None,
        data=order.data or None,
        password=order.password,
    )
    return NamedWorkbook(pack.workbook_name(with_values({}, order.identity)), content)
