"""The report as PDF/A-2b (ISO 19005-2), to be filed: it needs nothing that is not in it, and says of itself what is a
heading and what the head of a table.

LibreOffice says of digits and Latin letters in which language their style has them. In Chinese documents that is
English, as Word and our templates have it for the sake of lines
(findings/libreoffice-breaks-numbers-of-chinese-text.sh), and a screen reader would change its voice at every number; so
it is said that they are Chinese, as all around them.
"""

from __future__ import annotations

from collections.abc import Mapping

from reportfill.office.libreoffice.pdf_form import PdfForm
from reportfill.outputs.pages import Pages

_CHINESE, _ENGLISH = b"/Lang(zh-CN)", b"/Lang(en-US)"
"""What a PDF and its elements say of their language: both as long, so that nothing moves."""


def pdfa_files(pages: Pages) -> Mapping[str, bytes]:
    """The PDF."""
    made = pages.pdf(PdfForm.ARCHIVE)
    return {"（归档）.pdf": made.replace(_ENGLISH, _CHINESE) if _CHINESE in made else made}
