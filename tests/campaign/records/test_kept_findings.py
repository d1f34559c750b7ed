"""Findings come out of the ledger as they went in, in both languages."""

from __future__ import annotations

import pytest
from places import SAMPLES

from reportfill import check, read_workbook
from reportfill.campaign.records.kept_findings import MOST, as_text, findings_in, kept_findings
from reportfill.errors import CampaignError
from reportfill.finding import Severity, finding

FOUND = check(read_workbook(SAMPLES / "typical-mistakes-2023.xlsx"))


def test_findings_come_back_whole() -> None:
    assert [found.place for found in findings_in(as_text(FOUND))] == [found.place for found in FOUND]
    told = [found.as_dict(language) for found in findings_in(as_text(FOUND)) for language in ("zh", "en")]
    assert told == [found.as_dict(language) for found in FOUND for language in ("zh", "en")]


def test_notes_are_not_kept_and_not_more_than_somebody_reads() -> None:
    assert {found.severity for found in kept_findings(FOUND)} == {Severity.ERROR, Severity.WARNING}
    assert len(kept_findings([finding("file.damaged")] * (MOST + 5))) == MOST


@pytest.mark.parametrize(
    "text", ["", "[", "7", "null", '{"a": 1}', "[1]", '[{"code": "x"}]', "[" * 100_000, '[{"severity": []}]']
)
def test_what_somebody_wrote_by_hand_is_said_in_one_line(text: str) -> None:
    with pytest.raises(CampaignError, match="campaign rebuild") as refused:
        findings_in(text)
    assert "reportfill campaign rebuild" in refused.value.chinese
