"""Two years of an office and its agencies, for the tests of comparing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builders import figures_only

from reportfill import Pack, Submission
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.comparison.agency_matching import match_agencies
from reportfill.campaign.comparison.compare import comparison_of
from reportfill.campaign.comparison.comparison import AgencyFigures, Comparison
from reportfill.decimals import Number

RECEIVED, CARRIED_OVER = "requests.received", "requests.carried_over"
FORWARD, GRANTED = "requests.carried_forward", "requests.outcomes.granted"
LICENSING, FEES = "proactive.licensing.decisions", "proactive.fees.amount"
IN_FORCE = "proactive.normative_documents.in_force"
ISSUED = "proactive.normative_documents.issued"
UPHELD = "disputes.reconsideration.upheld"

ARCHIVE, WATER, LETTERS, DATA = (
    Agency("02", "清河县档案馆"),
    Agency("03", "清河县水利局"),
    Agency("04", "清河县信访局"),
    Agency("05", "清河县数据局"),
)

Typed = Mapping[str, Mapping[str, Any] | None]
"""What each agency typed, by its code; None for one without a report."""


def figures(pack: Pack, typed: Mapping[str, Any]) -> dict[str, Number]:
    """The figures of a report, zeros but for those given, totals included."""
    return Submission.from_data(pack, figures_only(pack, typed)).figures


def comparison(
    pack: Pack, agencies: list[Agency], former: list[Agency], now: Typed, last: Typed, **more: Any
) -> Comparison:
    """2023 beside 2022."""

    known: dict[str, dict[str, Number]] = {}

    def of(agency: Agency | None, typed: Typed) -> dict[str, Number] | None:
        given = typed.get(agency.code) if agency else None
        if given is None:
            return None
        said = str(given)
        if said not in known:
            known[said] = figures(pack, given)
        return known[said]

    pairs = (
        AgencyFigures(match, of(match.now, now), of(match.last, last))
        for match in match_agencies(agencies, former)
    )
    return comparison_of(pack, 2023, pairs, **more)
