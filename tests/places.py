"""Where things are."""

from __future__ import annotations

from pathlib import Path

from reportfill.system_words import path_length

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


def deep(folder: Path, length: int) -> Path:
    """A place whose path has so many characters."""
    missing = length - path_length(folder) - 1
    return folder / "/".join("深" * min(50, missing - start) for start in range(0, missing, 51))
