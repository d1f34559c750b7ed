"""The figures of a report as a workbook for people: a sheet a part, with the labels of the form."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material
from reportfill.outputs.open_data.data_writer import pack_of
from reportfill.outputs.open_data.figure_workbook import workbook_of_figures


def xlsx_files(material: Material) -> Mapping[str, bytes]:
    """The workbook."""
    return {"（数据）.xlsx": workbook_of_figures(pack_of(material.submission), material.submission)}
