"""Who decided in knowledge of what is told by the tables that each table names."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from reportfill.campaign.access.decisions import LinkDecision
from reportfill.campaign.records.ancestry import Ancestry
from reportfill.campaign.records.history import Extension, Review

AT = datetime(2024, 1, 20)
ANCESTRY = Ancestry(
    {
        "000001-a": (),
        "000002-a": ("000001-a",),
        "000002-b": ("000001-a",),
        "000003-a": ("000002-a", "000002-b"),
        "000003-b": ("000002-b",),
    }
)


def word(*, is_accepted: bool, number: int = 1) -> Review:
    """A word on a version."""
    return Review("02", "清河县档案馆", number, is_accepted, "", "", "", AT)


def until(day: int | None) -> Extension:
    """Time until a day of February; None where it was taken back."""
    return Extension("02", "清河县档案馆", date(2024, 2, day) if day else None, "", "", AT)


def test_a_table_had_seen_those_that_it_names_and_all_that_they_name() -> None:
    assert ANCESTRY.had_seen("000003-a", "000001-a")
    assert ANCESTRY.had_seen("000003-b", "000002-b")
    assert not ANCESTRY.had_seen("000003-b", "000002-a")
    assert not ANCESTRY.had_seen("000001-a", "000002-a")


def test_opposite_words_on_one_version_are_disputed_until_somebody_knew_of_both() -> None:
    apart = [("000002-a", word(is_accepted=True)), ("000002-b", word(is_accepted=False))]
    assert [one.is_disputed for one in ANCESTRY.settled(apart)] == [True, True]
    answered = [*apart, ("000003-a", word(is_accepted=True))]
    assert not any(one.is_disputed for one in ANCESTRY.settled(answered))
    answered_by_half = [*apart, ("000003-b", word(is_accepted=False))]
    assert all(one.is_disputed for one in ANCESTRY.settled(answered_by_half))


def test_words_on_different_versions_are_no_dispute() -> None:
    told = [("000002-a", word(is_accepted=True)), ("000002-b", word(is_accepted=False, number=2))]
    assert not any(one.is_disputed for one in ANCESTRY.settled(told))


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ([("000001-a", 20), ("000002-a", 10)], 10),
        ([("000002-a", 20), ("000002-b", 10)], 20),
        ([("000002-a", None), ("000002-b", 10)], 10),
        ([("000002-a", 20), ("000002-b", 25), ("000003-a", None)], None),
        ([("000002-a", 20), ("000002-b", 25), ("000003-b", 5)], 20),
    ],
)
def test_of_days_the_last_one_said_counts_and_of_two_at_once_the_later_one(
    told: list[tuple[str, int | None]], day: int | None
) -> None:
    said = [(table, until(one)) for table, one in told]
    assert ANCESTRY.extension(said) == until(day)


def link(digest: str) -> LinkDecision:
    """A link with a code of that digest; that there is none any more, where it is empty."""
    return LinkDecision("02", "清河县档案馆", digest, None, "", AT)


@pytest.mark.parametrize(
    ("told", "in_force"),
    [
        ([("000001-a", "one")], ["one"]),
        ([("000001-a", "one"), ("000002-a", "two")], ["two"]),
        ([("000001-a", "one"), ("000002-a", "two"), ("000002-b", "three")], ["two", "three"]),
        ([("000001-a", "one"), ("000002-a", "")], []),
        ([("000001-a", "one"), ("000002-a", ""), ("000002-b", "two")], []),
        ([("000001-a", "one"), ("000002-a", "two"), ("000002-b", "")], []),
        ([("000001-a", ""), ("000002-a", "two")], ["two"]),
        ([("000002-a", ""), ("000002-b", "one"), ("000003-a", "two")], ["two"]),
        ([("000002-a", ""), ("000003-b", "one")], []),
        ([("000001-a", "one"), ("000001-a", "two")], ["two"]),
    ],
)
def test_what_was_given_holds_until_who_knew_of_it_ends_it_or_a_withdrawal_that_it_did_not_know_of(
    told: list[tuple[str, str]], in_force: list[str]
) -> None:
    said = [(table, link(digest)) for table, digest in told]
    assert ANCESTRY.in_force(said) == [link(digest) for digest in in_force]
