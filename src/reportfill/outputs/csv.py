"""The values of a report as one long table in text."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material
from reportfill.outputs.open_data.csv_data import CsvData
from reportfill.outputs.open_data.data_writer import data_of_one


def csv_files(material: Material) -> Mapping[str, bytes]:
    """The table, a row a value."""
    return {".csv": data_of_one(CsvData, material.submission)}
