"""Write report.docx and intake.xlsx of the pack annual-report-2021.

usage: python -m tools.annual_report_2021 [FOLDER]      (from the project's root; default: the pack itself)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tools.annual_report_2021.intake import intake_xlsx
from tools.annual_report_2021.report import report_docx

PACK = Path(__file__).resolve().parents[2] / "templates" / "annual-report-2021"


def main(arguments: list[str]) -> None:
    """Write both templates into the folder named, or into the pack."""
    folder = Path(arguments[0]) if arguments else PACK
    schema = json.loads((PACK / "schema.json").read_text(encoding="utf-8"))
    for name, make in (("report.docx", report_docx), ("intake.xlsx", intake_xlsx)):
        (folder / name).write_bytes(make(schema))
        print(folder / name)


if __name__ == "__main__":
    main(sys.argv[1:])
