"""What this year's figures must be by last year's, agency by agency: the schema's own balances across the years."""

from __future__ import annotations

from dataclasses import replace

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.comparison.comparison import BrokenCarryOver, Figures
from reportfill.checks.balances import imbalance_findings
from reportfill.decimals import Number
from reportfill.model.submission import Submission
from reportfill.pack.balances import Balance
from reportfill.pack.pack import Pack


class CarryOver:
    """The balances that bind a year to the one before.

    The rules of the relation at_most_times are left out: they ask how large a change may be, which the jumps tell.
    """

    def __init__(self, pack: Pack) -> None:
        self._balances = tuple(
            one for one in pack.rules.balances if one.needs_last and one.relation != "at_most_times"
        )
        self._pack = replace(pack, rules=replace(pack.rules, balances=self._balances))
        self._places = pack.form.first_cells

    def breaks(self, agency: Agency, now: Figures, last: Figures) -> list[BrokenCarryOver]:
        """The balances that an agency's figures do not keep, worded as its own check words them."""
        broken = [one for one in self._balances if (o := one.outcome(now, last)) is not None and not o.holds]
        if not broken:
            return []
        submission = Submission(self._pack, now, self._places)
        findings = imbalance_findings(submission, self._pack, last)
        return [
            BrokenCarryOver(agency, balance, _last_side(balance, last), found)
            for balance, found in zip(broken, findings, strict=True)
        ]


def _last_side(balance: Balance, last: Figures) -> Number:
    return sum(last[term.path] for term in balance.terms if term.last)
