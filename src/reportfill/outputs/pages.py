"""What outputs are made of that need the pages of a report, as LibreOffice lays them out."""

from __future__ import annotations

from reportfill.office.libreoffice.office import Office
from reportfill.office.libreoffice.pdf_form import PdfForm


class Pages:
    """The pages of a report, a .docx, as PDF: each form is made once, when it is first asked for."""

    def __init__(self, report: bytes, office: Office) -> None:
        self.report = report
        self._office = office
        self._made: dict[PdfForm, bytes] = {}

    def pdf(self, form: PdfForm = PdfForm.PLAIN) -> bytes:
        """The PDF. Raises what `Office.pdf` raises."""
        if form not in self._made:
            self._made[form] = self._office.pdf(self.report, form)
        return self._made[form]
