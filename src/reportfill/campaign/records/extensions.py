"""Which agencies have more time than the others, as the roster has them now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from reportfill.campaign.agencies.agency import Agency, Holder
from reportfill.campaign.agencies.holder_matching import match_holders
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.records.ledger import Ledger
from reportfill.finding import Finding, finding


class Extensions(NamedTuple):
    """Until when agencies may hand in who were given more time, by whose it is now; and what there is to ask of those
    that may be others than those to whom it was given."""

    days: Mapping[Holder, date]
    findings: list[Finding]

    def after(self, deadline: date | None) -> dict[Holder, date]:
        """The days that are later than a campaign's last one; none of a campaign that has no last day."""
        return {holder: day for holder, day in self.days.items() if deadline and day > deadline}


def extensions_now(roster: Roster, ledger: Ledger) -> Extensions:
    """The extensions that a ledger knows. One goes with an agency that has another code or name as all that it handed
    in does."""
    days = {holder: one.until for holder, one in ledger.extensions().items() if one.until}
    if not days:
        return Extensions({}, [])
    matching = match_holders(roster, days, ledger.holders(with_workbooks=True))
    doubts = [_question(holder, now) for holder, now in sorted(matching.doubtful.items())]
    return Extensions(matching.now(days), doubts)


def _question(holder: Holder, now: Agency) -> Finding:
    return finding(
        "agency.extension_doubtful",
        value=holder.name,
        expected=now.name,
        former_code=holder.code,
        code_of_agency=now.code,
    )
