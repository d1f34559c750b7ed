"""A workbook that was made when its pack looked otherwise: what differs is not what somebody did who filled it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reportfill.finding import Finding, finding
from reportfill.text import Text

LAYOUT = frozenset(("workbook.moved", "workbook.label_missing", "workbook.sheet_missing"))
"""What is said of labels and sheets that are not as the pack has them."""

_NAMED = 5
"""So many of the labels are named."""


def with_changed_form(
    findings: Iterable[Finding], is_of_the_pack: Callable[[Finding], bool] = lambda found: True
) -> list[Finding]:
    """The findings, those of labels and sheets as one where it is the pack that changed."""
    every = list(findings)
    changed = [found for found in every if is_of_layout(found) and is_of_the_pack(found)]
    if not changed:
        return every
    labels = list(dict.fromkeys(str(found.expected or found.value) for found in changed))
    told = finding(
        "workbook.other_form",
        value=len(labels),
        cells=[found.cell for found in changed if found.cell],
        labels=Text("".join(f"“{label}”" for label in labels[:_NAMED]), ", ".join(labels[:_NAMED])),
    )
    return [told, *(found for found in every if found not in changed)]


def is_of_form(findings: Iterable[Finding]) -> Callable[[Finding], bool]:
    """Whether a finding is among what is said of the labels and sheets of a workbook as it was handed out."""
    known = frozenset(map(_what_is_said, filter(is_of_layout, findings)))
    return lambda found: _what_is_said(found) in known


def is_of_layout(found: Finding) -> bool:
    """Whether a finding says that labels or sheets are not as the pack has them."""
    return found.code in LAYOUT


def _what_is_said(found: Finding) -> tuple[str, str, str]:
    return found.code, found.cell, str(found.value)
