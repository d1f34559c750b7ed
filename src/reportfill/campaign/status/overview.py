"""What there is to say of a whole campaign: how many agencies are in which state, by superior and by day, which
findings are frequent, and what all of it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from reportfill.campaign.status.agency_status import OUTSTANDING, AgencyStatus, CampaignStatus, State
from reportfill.finding import Finding

NO_SUPERIOR = "无上级单位"
"""What stands for the superior of those that have none."""


class StateCounts(NamedTuple):
    """How many agencies are in which state; `sound` holds the accepted ones."""

    due: int
    sound: int
    accepted: int
    sent_back: int
    faulty: int
    missing: int
    disputed: int

    @property
    def handed_in(self) -> int:
        """How many handed in anything."""
        return self.due - self.missing

    @property
    def outstanding(self) -> int:
        """How many still owe a report that can be used."""
        return self.due - self.sound


@dataclass(frozen=True, slots=True)
class SuperiorGroup:
    """The agencies below one superior."""

    code: str
    name: str
    figures: StateCounts


@dataclass(frozen=True, slots=True)
class FrequentFinding:
    """A finding by its code: an example, how often it occurs and in how many agencies."""

    code: str
    example: str
    count: int
    agencies: int


def state_counts(states: Iterable[State]) -> StateCounts:
    """How many agencies are in which state, by the state of each."""
    return _figures(Counter(states))


def _figures(count: Counter[State]) -> StateCounts:
    return StateCounts(
        due=count.total(),
        sound=count[State.SOUND] + count[State.ACCEPTED],
        accepted=count[State.ACCEPTED],
        faulty=count[State.FAULTY],
        sent_back=count[State.SENT_BACK],
        missing=count[State.MISSING],
        disputed=count[State.DISPUTED],
    )


def superior_names(status: CampaignStatus) -> dict[str, str]:
    """The superiors' names by code, in the order of the roster. A superior outside the roster goes by its code."""
    codes = dict.fromkeys(status.columns.superior)
    return agency_names(codes, status) | ({"": NO_SUPERIOR} if "" in codes else {})


def agency_names(codes: Iterable[str], status: CampaignStatus) -> dict[str, str]:
    """The names of agencies by their codes; one outside the roster goes by its code."""
    return {code: status.names.get(code, code) for code in codes}


def groups_by_superior(status: CampaignStatus, names: Mapping[str, str]) -> list[SuperiorGroup]:
    """The agencies by superior, in the order of the roster; `names` are the superiors' by code."""
    columns = status.columns
    counts: dict[str, Counter[State]] = {code: Counter() for code in names}
    for (code, state), number in Counter(zip(columns.superior, columns.state, strict=True)).items():
        counts[code][state] = number
    return [SuperiorGroup(code, names[code], _figures(count)) for code, count in counts.items()]


def frequent_findings(of_agencies: Iterable[Sequence[Finding]]) -> list[FrequentFinding]:
    """All findings by code, the most frequent first, by the mistakes of each agency."""
    counts: Counter[str] = Counter()
    concerned: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for findings, number in Counter(map(tuple, filter(None, of_agencies))).items():
        for found in findings:
            counts[found.code] += number
            examples.setdefault(found.code, found.message.zh)
        for code in {found.code for found in findings}:
            concerned[code] += number
    ordered = sorted(counts, key=lambda code: (-counts[code], code))
    return [FrequentFinding(code, examples[code], counts[code], concerned[code]) for code in ordered]


def handed_in_by_day(status: CampaignStatus) -> list[tuple[date, int]]:
    """How many agencies had handed in something by the end of each day, from the first day to today."""
    firsts = Counter(first.date() for first in status.columns.first if first)
    if not firsts:
        return []
    first, last = min(firsts), max(status.today, max(firsts))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return list(zip(days, accumulate(firsts[day] for day in days), strict=True))


def date_in_words(day: date) -> str:
    """A date as an official text has it."""
    return f"{day.year}年{day.month}月{day.day}日"


def deadline_in_words(status: CampaignStatus) -> str:
    """The deadline and how far away it is."""
    left = status.days_left
    if status.deadline is None or left is None:
        return "未设报送截止日期"
    return f"报送截止日期：{date_in_words(status.deadline)}（{_distance(left)}）"


def extensions_in_words(status: CampaignStatus) -> list[str]:
    """Until when each agency has time that was given more, and how far away that is while it owes a report; empty for
    the others."""
    if not any(status.columns.until):
        return [""] * len(status.agencies)
    return [f"{one.until}{_distance_of(one, status)}" if one.until else "" for one in status.agencies]


def _distance_of(one: AgencyStatus, status: CampaignStatus) -> str:
    left = status.days_to(one.until)
    return "" if left is None or one.state not in OUTSTANDING else f"（{_distance(left)}）"


def _distance(left: int) -> str:
    """How far away a last day is."""
    if left < 0:
        return f"已逾期{-left}天"
    return f"还剩{left}天" if left else "即今天"


@lru_cache(maxsize=10_000)  # what one run took in came at the same moment
def minute_in_words(moment: datetime | None) -> str:
    """A moment to the minute; empty where there is none."""
    return moment.isoformat(" ", "minutes") if moment else ""


def changes_in_words(status: CampaignStatus) -> list[str]:
    """What became of each agency that does not report any more."""
    successors = agency_names((one.agency.successor for one in status.closed), status)
    return [
        f"并入{successors[one.agency.successor]}" if one.agency.successor else "已撤销"
        for one in status.closed
    ]
