"""A sound report of every pack, with what its rows, texts, choices, days and pictures hold."""

from __future__ import annotations

import base64
import json
from decimal import Decimal
from functools import cache
from typing import Any

from places import DATA, HONGZE_CORRECTED

from reportfill import Submission, load_pack
from reportfill.model.figures import with_values
from reportfill.model.kinds.picture import PictureKind
from reportfill.outputs.material import Material

REPORTS = {
    "annual-report-2021": "hongze-2023.json",
    "annual-report-2019": "dadukou-2020.json",
    "law-enforcement-statistics": "qinghe-nongye-2023.json",
    "university-disclosure": "university-2021.json",
}


def data_of_pack(pack: str) -> dict[str, Any]:
    """The data of a pack's report, with decimals exact."""
    data: dict[str, Any] = json.loads((DATA / REPORTS[pack]).read_text("utf-8"), parse_float=Decimal)
    return with_values(data, HONGZE_CORRECTED) if pack == "annual-report-2021" else data


@cache
def report_of(pack: str) -> Submission:
    """A pack's report, with a seal where it may have one."""
    data, loaded = data_of_pack(pack), load_pack(pack)
    for field in loaded.fields.values():
        if isinstance(field.kind, PictureKind) and "." not in field.path:
            data[field.path] = base64.b64encode(field.kind.sample(field, long=False).content).decode()
    return Submission.from_data(loaded, data)


def material_of(pack: str) -> Material:
    """What data are made of."""
    return Material(report_of(pack), b"")
