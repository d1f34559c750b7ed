"""Who keeps to the last day: who still owes a report after it, who handed in after it, who was given another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from reportfill.campaign.status.agency_status import OUTSTANDING, CampaignStatus, State
from reportfill.text import Text


class Timing(StrEnum):
    """How an agency stands to its last day: the campaign's, or one of its own."""

    OVERDUE = "overdue"
    """It owes a report that can be used, and its last day is over."""
    LATE = "late"
    """What it handed in first came after its last day."""
    EXTENDED = "extended"
    """It was given a last day of its own."""


TIMING_NAMES: Mapping[Timing, Text] = {
    Timing.OVERDUE: Text("逾期未完成", "overdue"),
    Timing.LATE: Text("逾期报送", "handed in late"),
    Timing.EXTENDED: Text("已延期", "with more time"),
}
"""What these are called, in the order in which they are listed."""


def timings_of(status: CampaignStatus) -> Mapping[Timing, Sequence[bool]]:
    """Of each agency, whether that is so."""
    known, deadline, today = status.columns, status.deadline, status.today
    owes = {state: state in OUTSTANDING for state in State}
    days = [deadline if own is None else own for own in known.until]
    return {
        Timing.OVERDUE: [
            owes[state] and day is not None and day < today
            for state, day in zip(known.state, days, strict=True)
        ],
        Timing.LATE: [
            first is not None and day is not None and day < first.date()
            for first, day in zip(known.first, days, strict=True)
        ],
        Timing.EXTENDED: [own is not None for own in known.until],
    }


def lateness_in_words(status: CampaignStatus) -> list[str]:
    """Of each agency whether it is overdue, or was late; empty for those that are neither."""
    timings = timings_of(status)
    said = [
        [TIMING_NAMES[timing].zh if so else "" for so in timings[timing]]
        for timing in (Timing.OVERDUE, Timing.LATE)
    ]
    return ["、".join(filter(None, words)) for words in zip(*said, strict=True)]
