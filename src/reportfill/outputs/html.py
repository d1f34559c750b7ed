"""The report as a web page: of its data, by the pack's report.html."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.outputs.material import Material
from reportfill.outputs.web_page.page import page_of_report


def html_files(material: Material) -> Mapping[str, bytes]:
    """The page, one file that asks for nothing else."""
    return {".html": page_of_report(material).encode("utf-8")}
