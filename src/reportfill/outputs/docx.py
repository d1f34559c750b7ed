"""The Word report itself."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material


def docx_files(material: Material) -> Mapping[str, bytes]:
    """The report as it was printed."""
    return {".docx": material.report}
