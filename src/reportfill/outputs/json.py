"""A report as JSON, which `reportfill fill` takes as it takes a workbook."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material
from reportfill.outputs.open_data.data_writer import pack_of
from reportfill.outputs.open_data.json_data import as_utf8, json_text, report_object


def json_files(material: Material) -> Mapping[str, bytes]:
    """The whole report as one object."""
    submission = material.submission
    data = report_object(pack_of(submission), submission, with_pictures=True)
    return {"（数据）.json": as_utf8(json_text(data, "\n") + "\n")}
