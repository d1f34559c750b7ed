"""Write the workbooks of sample_inputs/ for the form of 2019: a sound one, and one full of what clerks get wrong there.

usage: python -m tools.make_samples [FOLDER]      (from the project's root; default: sample_inputs)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from reportfill import Pack, load_pack, new_workbook
from reportfill.model.figures import value_at, with_values
from tools.make_cases.surgery import with_texts

ROOT = Path(__file__).resolve().parents[1]
FOLDER, DATA = ROOT / "sample_inputs", ROOT / "tests" / "data"

DEADLINE = "1月31日"
"""The last day of the office that the samples are for."""

AS_PUBLISHED = {"proactive.procurement.amount": "17.27万元"}
"""What was published of Dadukou's figures with its unit."""

MISTAKES: dict[str, Any] = {
    "agency.name": "某区工业和信息化局",
    "overview.proactive_disclosure": [
        "全年主动公开政府信息2942条，规范性文件均通过政府门户网站公开并同步解读。"
    ],
    "proactive.normative_documents": {"made": 2, "disclosed": 12, "total_disclosed": 9},
    "proactive.licensing": {"last_year": 4, "change": -9, "decisions": 93},
    "proactive.procurement.projects": 0,
    "requests.received.natural_person": 3,
    "requests.outcomes.other.natural_person": 2,
}

AS_CLERKS_TYPE = {
    "proactive.rules.made": "-",
    "proactive.other_services.last_year": "2项",
    "proactive.other_services.change": "+2",
    "proactive.penalties.change": "减少1",
    "proactive.penalties.last_year": "-25",
    "proactive.compulsory_measures.change": "0.5",
    "proactive.fees.change": "无",
    "proactive.procurement.amount": "251000元",
}


def sample_workbooks() -> dict[str, bytes]:
    """The workbooks by file name."""
    pack = load_pack(ROOT / "templates" / "annual-report-2019")
    dadukou = json.loads((DATA / "dadukou-2020.json").read_text("utf-8"), parse_float=Decimal)
    return {
        "dadukou-keji-2020.xlsx": _typed(pack, dadukou, AS_PUBLISHED),
        "typical-mistakes-2020.xlsx": _typed(pack, with_values(dadukou, MISTAKES), AS_CLERKS_TYPE),
    }


def _typed(pack: Pack, data: Mapping[str, Any], texts: Mapping[str, str]) -> bytes:
    """The workbook with these data, and with texts where figures are due."""
    agency = value_at(data, "agency.name")
    workbook = new_workbook(pack, agency=agency, year=data["year"], data=data, deadline=DEADLINE)
    return with_texts(workbook, {str(pack.form.inputs[path][0]): text for path, text in texts.items()})


def main(arguments: list[str]) -> None:
    """Write both samples into the folder named, or into sample_inputs/."""
    folder = Path(arguments[0]) if arguments else FOLDER
    for name, content in sample_workbooks().items():
        (folder / name).write_bytes(content)
        print(folder / name)


if __name__ == "__main__":
    main(sys.argv[1:])
