"""The returned workbook: the clerk's own, with each wrong cell coloured and commented, and a list of what to fix.

It is corrected and handed in again as it is; whatever the clerk typed is in it, also where it was not understood.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reportfill.errors import SubmissionError
from reportfill.finding import Finding, Severity
from reportfill.intake.returning.finding_list import COLOURS, finding_kind, finding_list
from reportfill.intake.returning.transfer import transferred
from reportfill.intake.returning.untouched import SEAL, contents_digest
from reportfill.intake.tool_sheets import LIST, LISTS
from reportfill.model.submission import Submission
from reportfill.native_messages import native_messages_held
from reportfill.office.edited_package import UnusualPackageError
from reportfill.office.inspection.file_kind import Inspection, inspect_file
from reportfill.office.package import composed, parts_of
from reportfill.office.properties import Properties, property_parts, with_places_for_properties
from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.styles import NO_FILL, Styles, solid
from reportfill.pack.pack import Pack
from reportfill.place import Cell

_AUTHOR = "reportfill"


@native_messages_held()
def returned_workbook(content: bytes, submission: Submission, findings: Iterable[Finding]) -> bytes:
    """A workbook that was handed in, as .xlsx, with its errors and warnings marked; marks of an earlier return go.

    Everything else stays as it came. One that was .xls, .xlsb or .ods is written into the pack's own form. Raises
    SubmissionError where nothing could be read of it.
    """
    pack = submission.pack
    if not isinstance(pack, Pack):
        raise SubmissionError("a file that could not be read cannot be returned with marks")
    shown = [found for found in findings if found.severity in COLOURS]
    inspection = inspect_file(content)
    try:
        parts = _marked(inspection.parts, shown, submission, pack)
    except (UnusualPackageError, ValueError):
        parts = _marked_in_the_form(inspection, shown, submission, pack)
    return composed(_with_properties(parts, pack.workbook_name(submission.exact_data)))


def _with_properties(parts: Mapping[str, bytes], title: str) -> dict[str, bytes]:
    """The parts with what the workbook says of itself, the seal among it."""
    placed = with_places_for_properties(parts)
    placed |= property_parts(Properties(title, _AUTHOR, {}))
    return placed | property_parts(Properties(title, _AUTHOR, {SEAL: contents_digest(placed)}))


def _marked_in_the_form(
    inspection: Inspection, findings: list[Finding], submission: Submission, pack: Pack
) -> dict[str, bytes]:
    """What is no .xlsx or one at fault, written into the pack's form as calamine read it, and marked."""
    parts, places = transferred(inspection, submission, pack)
    moved = [
        replace(found, place=places.get(found.place, found.place)) if found.place else found
        for found in findings
    ]
    return _marked(parts, moved, submission, pack)


def _marked(
    parts: Mapping[str, bytes], findings: list[Finding], submission: Submission, pack: Pack
) -> dict[str, bytes]:
    """The parts of the workbook with its cells marked and the list of findings in front."""
    book = EditedWorkbook(parts)
    _remove_marks(book, pack)
    sheets = book.worksheets
    heading = f"{submission.agency}{submission.year or ''}年填报表"
    listed = finding_list(heading, findings, sheets, book.styles)
    for cell, here in _by_cell(findings, sheets).items():
        _mark(sheets[cell.sheet], cell, here, book.styles)
    book.put_first(LIST, listed)
    return book.parts()


def _remove_marks(book: EditedWorkbook, pack: Pack) -> None:
    """Take away the list, the comments and the colours of an earlier return."""
    for name in LISTS:
        book.remove(name)
    sheets = book.worksheets
    for sheet in sheets.values():
        sheet.comments.take_away(_AUTHOR)
    coloured = book.styles.formats_filled(COLOURS.values())
    if not coloured:
        return
    form = EditedWorkbook(parts_of(pack.intake))
    of_form = form.worksheets
    for name, sheet in sheets.items():
        for cell in sheet.formatted(coloured):
            own = sheet.format_of(cell)
            is_given = book.styles.is_locked(own) and not sheet.has_formula(cell)
            has_own = name in of_form and not is_given
            fill = form.styles.fill_of(of_form[name].format_of(cell)) if has_own else NO_FILL
            sheet.set_format(cell, book.styles.changed(own, fill=fill))


def _by_cell(findings: Iterable[Finding], sheets: Mapping[str, EditedSheet]) -> dict[Cell, list[Finding]]:
    """The findings of each cell that the workbook shows."""
    by_cell: dict[Cell, list[Finding]] = {}
    for found in findings:
        if found.place is not None and found.place.sheet in sheets:
            cell = sheets[found.place.sheet].shown(found.place)
            by_cell.setdefault(cell, []).append(found)
    return by_cell


def _mark(sheet: EditedSheet, cell: Cell, findings: list[Finding], styles: Styles) -> None:
    """Colour and comment a cell; the gravest of its findings gives the colour."""
    gravest = Severity.ERROR if any(f.severity is Severity.ERROR for f in findings) else Severity.WARNING
    sheet.set_format(cell, styles.changed(sheet.format_of(cell), fill=solid(COLOURS[gravest])))
    words = "\n".join(f"{finding_kind(found)}：{found.message.zh}{found.hint.zh}" for found in findings)
    sheet.comments.put(cell, words, _AUTHOR)
