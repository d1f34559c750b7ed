"""Write report.docx and intake.xlsx of the packs of the annual report.

usage: python -m tools.annual_report [FOLDER]      (from the project's root; default: templates)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tools.annual_report.forms import FORMS
from tools.annual_report.intake import intake_xlsx
from tools.annual_report.report import report_docx

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def main(arguments: list[str]) -> None:
    """Write both templates of each pack into its folder within the folder named, or into the pack."""
    target = Path(arguments[0]) if arguments else TEMPLATES
    for form in FORMS:
        schema = json.loads((TEMPLATES / form.pack / "schema.json").read_text(encoding="utf-8"))
        (target / form.pack).mkdir(parents=True, exist_ok=True)
        for name, make in (("report.docx", report_docx), ("intake.xlsx", intake_xlsx)):
            (target / form.pack / name).write_bytes(make(schema, form))
            print(target / form.pack / name)


if __name__ == "__main__":
    main(sys.argv[1:])
