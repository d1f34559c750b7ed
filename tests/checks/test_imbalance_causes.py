"""Where one cell explains an imbalance, the hint names that cell and the value that would balance."""

from __future__ import annotations

from typing import Any

import pytest

from reportfill import Submission, check
from reportfill.checks.imbalance_causes import explanations
from reportfill.model.figures import value_at, with_values
from reportfill.pack.pack import Pack
from reportfill.place import Cell

R, OUT = "requests", "requests.outcomes"
N, B, T = "natural_person", "business", "total"

# Sound figures with which the planted mistakes are made; sums are worked out.
SOUND = {
    f"{R}.received.{N}": 122,
    f"{R}.received.{B}": 34,
    f"{R}.carried_over.{N}": 5,
    f"{OUT}.granted.{N}": 60,
    f"{OUT}.granted.{B}": 31,
    f"{OUT}.partly_granted.{N}": 17,
    f"{OUT}.denied.internal_affairs.{N}": 8,
    f"{OUT}.unavailable.not_held.{N}": 29,
    f"{OUT}.not_processed.repeated.{B}": 1,
    f"{R}.carried_forward.{N}": 13,
    f"{R}.carried_forward.{B}": 2,
    "disputes.reconsideration.upheld": 10,
    "disputes.reconsideration.corrected": 1,
    "disputes.litigation_direct.upheld": 4,
    "disputes.litigation_direct.pending": 7,
}


@pytest.fixture
def sound(pack: Pack, weihui: dict[str, Any]) -> dict[str, Any]:
    """A report that balances, all its sums there."""
    data = with_values(weihui, dict.fromkeys(pack.rules.derived))
    text = "2023年，市信访局共收到政府信息公开申请156件，均按时办理。"
    data = with_values(data, SOUND | {"overview.disclosure_on_request": [text]})
    complete = Submission.from_data(pack, _without_sums(pack, data))
    assert not [found for found in check(complete) if found.code == "balance.unequal"]
    return dict(complete.exact_data)


def _without_sums(pack: Pack, data: dict[str, Any]) -> dict[str, Any]:
    """The data with every derived figure taken away."""
    result = with_values(data, {})
    for path in pack.rules.derived:
        *parents, key = path.split(".")
        holder = result
        for parent in parents:
            holder = holder[parent]
        holder.pop(key, None)
    return result


# A total typed by hand.
TYPED_TOTALS = {
    "disputes.reconsideration": 0,
    "disputes.litigation_direct": 12,
    "disputes.litigation_after_reconsideration": 3,
    f"{R}.received": 155,
    f"{R}.carried_over": 0,
    f"{R}.carried_forward": 51,
    f"{OUT}.granted": 19,
    f"{OUT}.partly_granted": 0,
    f"{OUT}.denied.internal_affairs": 88,
    f"{OUT}.unavailable.not_held": 92,
    f"{OUT}.not_processed.repeated": 0,
}
# One figure wrong while every sum was typed from the right ones.
TYPED = {
    f"{OUT}.total.{B}": 31,
    f"{OUT}.total.{N}": 141,
    f"{OUT}.granted.{N}": 6,
    f"{OUT}.granted.{B}": 13,
    f"{OUT}.partly_granted.{N}": 71,
    f"{OUT}.denied.internal_affairs.{N}": 0,
    f"{OUT}.unavailable.not_held.{N}": 92,
    f"{OUT}.not_processed.repeated.{B}": 11,
    f"{R}.received.{N}": 12,
    f"{R}.received.{B}": 43,
    f"{R}.carried_forward.{N}": 31,
    f"{R}.carried_over.{N}": 55,
}
# A digit doubled or two exchanged, or a number other than the narrative's; the sums follow by formula.
BY_FORMULA = {
    f"{OUT}.granted.{N}": 600,
    f"{OUT}.unavailable.not_held.{N}": 299,
    f"{R}.carried_forward.{N}": 133,
    f"{OUT}.partly_granted.{N}": 71,
    f"{R}.received.{N}": 120,
    f"{R}.received.{B}": 30,
}
# Last year's figure left in.
LAST_YEARS = {f"{OUT}.denied.internal_affairs.{N}": 3}

PLANTED = [
    *[("typed", f"{row}.{T}", value) for row, value in TYPED_TOTALS.items()],
    *[("typed", path, value) for path, value in TYPED.items()],
    *[("formulas", path, value) for path, value in BY_FORMULA.items()],
    *[("last", path, value) for path, value in LAST_YEARS.items()],
]


def named(pack: Pack, sound: dict[str, Any], kind: str, wrong: dict[str, int]) -> tuple[set[str], set[str]]:
    """The figures named for a planted mistake, and those named as certain."""
    data = with_values(sound, wrong)
    if kind != "typed":
        data = _without_sums(pack, data)
    submission = Submission.from_data(pack, data)
    last = submission.figures if kind == "last" else None
    before = {path: value + (0 if path in wrong else 1) for path, value in last.items()} if last else None
    found = explanations(pack.rules, submission.figures, before, {f"{R}.received.{T}": 156})
    reasons = {"several"}
    singled = [e for e in found.values() if e.reason not in reasons]
    certain = {path for e in singled for path, value in e.changes if value == value_at(sound, path)}
    everything = {path for e in singled for path, _ in e.changes}
    return certain, everything


def test_of_thirty_planted_mistakes_at_least_25_are_named_and_no_wrong_cell_is_certain(
    pack: Pack, sound: dict[str, Any]
) -> None:
    assert len(PLANTED) == 30
    right, wrong = 0, []
    for kind, culprit, value in PLANTED:
        certain, everything = named(pack, sound, kind, {culprit: value})
        right += culprit in certain
        wrong += [(culprit, path) for path in everything - {culprit}]
    assert right >= 25
    assert wrong == []


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({f"{OUT}.granted.{N}": 31, f"{OUT}.granted.{B}": 60}, "swapped"),
        ({f"{OUT}.partly_granted.{N}": 0, f"{OUT}.partly_granted.other": 17}, "shifted"),
    ],
)
def test_two_figures_swapped_or_one_place_off_are_named(
    pack: Pack, sound: dict[str, Any], wrong: dict[str, int], reason: str
) -> None:
    submission = Submission.from_data(pack, _without_sums(pack, with_values(sound, wrong)))
    found = set(explanations(pack.rules, submission.figures).values())
    assert {explanation.reason for explanation in found} == {reason}
    assert {path for explanation in found for path, _ in explanation.changes} == set(wrong)


def test_where_several_would_do_it_says_so(pack: Pack, sound: dict[str, Any]) -> None:
    submission = Submission.from_data(
        pack, _without_sums(pack, with_values(sound, {f"{R}.carried_over.{N}": 9}))
    )
    hints = {found.hint.zh for found in check(submission) if found.code == "balance.unequal"}
    assert hints
    assert all("可能是下列数据之一填错" in hint and "改为" not in hint for hint in hints)


def test_the_hint_names_the_cell_and_the_value(pack: Pack, hongze: dict[str, Any]) -> None:
    places = {"disputes.reconsideration.total": Cell("表四", 5, 4)}
    found = next(
        f for f in check(Submission.from_data(pack, hongze, places=places)) if f.code == "balance.unequal"
    )
    assert "核对无误后，将表四!E6改为11。" in found.hint.zh
    assert "表四!E6 = 11" in found.hint.en
