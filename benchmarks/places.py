"""Where the benchmarks find what they measure with, and where they leave what they found."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "sample_inputs" / "hongze-2023-corrected.xlsx"
LONG_LIST = ROOT / "sample_inputs" / "university-2021.xlsx"
PACK = "annual-report-2021"
TEMPLATE = ROOT / "templates" / PACK / "report.docx"
SCHEMA = ROOT / "templates" / PACK / "schema.json"
NODE_SOURCES = ROOT / "benchmarks" / "node"
NODE_MODULES = ROOT / "build" / "bench-node"
"""Where npm installs what the contenders of Node need; git passes over it."""

AGAINST = ROOT / "benchmarks" / "against.json"
CAMPAIGN_AGAINST = ROOT / "benchmarks" / "campaign_against.json"
RESULTS = ROOT / "benchmarks" / "results.json"
DOCUMENT = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "pictures"
