"""Write report.docx and intake.xlsx of the pack of the universities' report.

usage: python -m tools.university_disclosure      (from the project's root)
"""

from __future__ import annotations

import json
from pathlib import Path

from tools.university_disclosure.intake import intake_xlsx
from tools.university_disclosure.report import report_docx

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "university-disclosure"

if __name__ == "__main__":
    schema = json.loads((FOLDER / "schema.json").read_text(encoding="utf-8"))
    for name, make in (("report.docx", report_docx), ("intake.xlsx", intake_xlsx)):
        (FOLDER / name).write_bytes(make(schema))
        print(FOLDER / name)
