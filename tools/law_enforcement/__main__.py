"""Write report.docx and intake.xlsx of the pack of the statistics of law enforcement.

usage: python -m tools.law_enforcement      (from the project's root)
"""

from __future__ import annotations

import json
from pathlib import Path

from tools.law_enforcement.form import PACK
from tools.law_enforcement.intake import intake_xlsx
from tools.law_enforcement.report import report_docx

FOLDER = Path(__file__).resolve().parents[2] / "templates" / PACK

if __name__ == "__main__":
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    for name, make in (("report.docx", report_docx), ("intake.xlsx", intake_xlsx)):
        (FOLDER / name).write_bytes(make(schema))
        print(FOLDER / name)
