"""Findings as the ledger keeps them: whole, and in every language, for whoever reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from reportfill.campaign.records.as_kept import read_as_kept
from reportfill.finding import Finding, Severity
from reportfill.place import Cell
from reportfill.text import Text

MOST = 200
"""Findings of one version that are kept; the marked workbook has them all."""


def kept_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of a version that a campaign keeps: those that somebody has to look at, without notes."""
    return tuple(found for found in findings if found.severity is not Severity.NOTE)[:MOST]


def as_text(findings: Iterable[Finding]) -> str:
    """Findings as JSON."""
    return json.dumps(list(map(_plain, findings)), ensure_ascii=False)


@lru_cache(maxsize=1000)
@read_as_kept()
def findings_in(text: str) -> tuple[Finding, ...]:
    """Findings from their JSON; those that many agencies have are read and kept once. A value that was no text, whole
    number or truth value comes back as text. Raises CampaignError where the text is something else."""
    return tuple(map(_finding, json.loads(text)))


def _plain(found: Finding) -> dict[str, Any]:
    return found.as_dict() | {
        "cell": found.place,
        "message": [found.message.zh, found.message.en],
        "hint": [found.hint.zh, found.hint.en],
    }


def _finding(told: Mapping[str, Any]) -> Finding:
    return Finding(
        told["code"],
        Severity(told["severity"]),
        told["field"],
        Cell(*told["cell"]) if told["cell"] else None,
        told["value"],
        told["expected"],
        Text(*told["message"]),
        Text(*told["hint"]),
        tuple(told["cells"]),
    )
