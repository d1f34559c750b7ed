"""Where things are."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PACK_FOLDER = ROOT / "templates" / "annual-report-2021"
SAMPLES = ROOT / "sample_inputs"
DATA = ROOT / "tests" / "data"
