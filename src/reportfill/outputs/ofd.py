"""The report as OFD (GB/T 33190-2016): the pages of its PDF, with texts, lines and pictures; without any signature."""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.word_faces import WordFaces
from reportfill.outputs.ofd_document.document import ofd_document
from reportfill.outputs.pages import Pages


def ofd_files(pages: Pages) -> Mapping[str, bytes]:
    """The report's pages as OFD."""
    return {".ofd": ofd_document(pages.pdf(), WordFaces(pages.report))}
