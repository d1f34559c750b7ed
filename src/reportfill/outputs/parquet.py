"""A report as a row of columns with types, for programs that reckon."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material
from reportfill.outputs.open_data.data_writer import data_of_one
from reportfill.outputs.open_data.parquet_data import ParquetData


def parquet_files(material: Material) -> Mapping[str, bytes]:
    """The table, a column a field."""
    return {".parquet": data_of_one(ParquetData, material.submission)}
