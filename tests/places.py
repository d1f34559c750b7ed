"""Where things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PACK_FOLDER = ROOT / "templates" / "annual-report-2021"
SAMPLES = ROOT / "sample_inputs"
DATA = ROOT / "tests" / "data"

HONGZE_CORRECTED = {
    "disputes.reconsideration.total": 11,
    "disputes.litigation_after_reconsideration.total": 5,
}
"""The two totals of Hongze's published report that were left 0, as they have to be."""
