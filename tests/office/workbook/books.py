"""Workbooks of one's own making, to be changed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from openpyxl import Workbook, load_workbook

from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.edited_workbook import EditedWorkbook


def book_of(change: Callable[[Workbook], object]) -> EditedWorkbook:
    """The workbook that openpyxl saves after a change to its new one, whose only sheet is 表."""
    book = Workbook()
    book.worksheets[0].title = "表"
    change(book)
    saved = BytesIO()
    book.save(saved)
    return EditedWorkbook(parts_of(saved.getvalue()))


def reopened(book: EditedWorkbook) -> Workbook:
    """The same workbook as openpyxl opens it."""
    return load_workbook(BytesIO(composed(book.parts())))
