"""The report as PDF/A-2b (ISO 19005-2), to be filed: it needs nothing that is not in it, and says of itself what is a
heading and what the head of a table."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.libreoffice.pdf_form import PdfForm
from reportfill.outputs.pages import Pages


def pdfa_files(pages: Pages) -> Mapping[str, bytes]:
    """The PDF."""
    return {"（归档）.pdf": pages.pdf(PdfForm.ARCHIVE)}
