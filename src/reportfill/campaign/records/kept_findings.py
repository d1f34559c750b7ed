"""Findings as the ledger keeps them: whole, and in every language, for whoever reads them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from reportfill.campaign.records.as_kept import read_as_kept
from reportfill.finding import Finding, Severity

MOST = 200
"""Findings of one version that are kept; the marked workbook has them all."""


def kept_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of a version that a campaign keeps: those that somebody has to look at, without notes."""
    return tuple(found for found in findings if found.severity is not Severity.NOTE)[:MOST]


def as_text(findings: Iterable[Finding]) -> str:
    """Findings as JSON."""
    return json.dumps([found.as_plain() for found in findings], ensure_ascii=False)


@lru_cache(maxsize=1000)
@read_as_kept()
def findings_in(text: str) -> tuple[Finding, ...]:
    """Findings from their JSON; those that many agencies have are read and kept once. A value that was no text, whole
    number or truth value comes back as text. Raises CampaignError where the text is something else."""
    return tuple(map(Finding.from_plain, json.loads(text)))
