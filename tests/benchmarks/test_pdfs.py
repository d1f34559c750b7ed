"""PDFs are measured beside ways that make the same of the same report."""

from __future__ import annotations

import pytest

from benchmarks.pdfs import WAYS, taken, words
from benchmarks.places import SAMPLE
from reportfill import read_workbook, render
from reportfill.office.libreoffice.pdf_form import PdfForm

pytestmark = pytest.mark.usefixtures("office")


@pytest.mark.long
def test_every_way_lays_out_the_same_words() -> None:
    report = render(read_workbook(SAMPLE))
    assert len({words(way(report, 2, PdfForm.PLAIN)) for way in WAYS.values()}) == 1


def test_what_a_libreoffice_costs_that_was_killed_is_counted() -> None:
    """It takes half a second of a processor to start."""
    cost = taken(WAYS["one that stays"], render(read_workbook(SAMPLE)), 1, PdfForm.PLAIN)
    assert cost.processor > 0.3
