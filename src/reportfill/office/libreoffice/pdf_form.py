"""The forms of PDF that LibreOffice makes."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

Choices = Mapping[str, bool | int]
"""What LibreOffice is told of a PDF: its own names (the documentation of its API, PDF export filter data)."""

_READABLE: Choices = {"ExportBookmarks": True, "DisplayPDFDocumentTitle": True, "ExportNotes": False}
_ARCHIVED: Choices = {**_READABLE, "SelectPdfVersion": 2, "UseTaggedPDF": True}


class PdfForm(Enum):
    """A form of PDF, by what LibreOffice is told."""

    PLAIN = _READABLE
    ARCHIVE = _ARCHIVED
    """PDF/A-2b (ISO 19005-2), tagged: it needs nothing that is not in it, and says what is a heading and a table."""
