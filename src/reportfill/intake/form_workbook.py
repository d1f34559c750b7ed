"""A pack's intake.xlsx as the workbook to be written into: its cells named, styled and guarded."""

from __future__ import annotations

from reportfill.intake.check_sheet import style_balances
from reportfill.intake.conditions_live import grey_out
from reportfill.intake.notes import write_notes
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.office.edited_package import UnusualPackageError
from reportfill.office.package import parts_of
from reportfill.office.workbook.bare_workbook import bare
from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.formulas import absolute, defined_name
from reportfill.office.workbook.new_parts import BLANK_SHEET
from reportfill.office.workbook.styles import NO_FILL
from reportfill.pack.pack import Pack
from reportfill.pack.problems import broken
from reportfill.place import Cell

_NO_AUTHOR = "模板"
"""Who a comment of the form is said to be by: the template."""

_OWN_PASSWORD = ("algorithmName", "hashValue", "saltValue", "spinCount")
"""How a form says a password of its designer's that newer Excel has set."""


def form_workbook(
    pack: Pack, given: frozenset[str], password: str, *, deadline: str = "", contact: str = ""
) -> EditedWorkbook:
    """The form as a workbook, its tags still in place. What is `given` need not be typed, so only the other inputs can
    be; with a `password`, if one is set, the protection can be taken off. `deadline` and `contact` are what its texts
    say of the campaign."""
    try:
        book = EditedWorkbook(bare(parts_of(pack.intake)))
        sheets = book.worksheets
        if len(sheets) < len(book.names):
            raise UnusualPackageError("xl/chartsheets")
        for sheet in sheets.values():
            sheet.comments.take_names_away(_NO_AUTHOR)
        write_notes(sheets, pack, deadline, contact)
        _style(book, pack, given)
        book.add(IDENTITY, BLANK_SHEET, state="veryHidden")
        for path in pack.fields:
            book.define(defined_name(path), absolute(pack.form.inputs[path]))
        grey_out(book, pack)
        rows = (pack.form.inputs[field.path][0].sheet for field in pack.fields.values() if field.rows)
        _protect(book, password, frozenset(rows))
    except (UnusualPackageError, ValueError) as error:
        raise broken(
            "intake.xlsx",
            f"its part {error} is not one that can be filled in; open it in Excel or WPS, delete chart sheets,"
            " and save it anew",
            f"部件{error}不能填写；请用Excel或WPS打开，删去图表工作表，重新保存",
        ) from error
    return book


def _style(book: EditedWorkbook, pack: Pack, given: frozenset[str]) -> None:
    """Unlock the cells to be typed into and no others, show which these are, and let days look like days."""
    sheets = book.worksheets
    for sheet in sheets.values():
        for cell in list(sheet.cells()):
            number = sheet.format_of(cell)
            if not book.styles.is_locked(number):
                sheet.set_format(cell, book.styles.changed(number, locked=True))
    for path, cells in pack.form.inputs.items():
        if path not in pack.fields or path in pack.rules.derived:
            continue
        for cell in cells[:1] if path in given else cells:
            sheet = sheets[cell.sheet]
            if path in given:  # which need not be typed into, and so has no input's colour
                sheet.set_format(cell, book.styles.changed(sheet.format_of(cell), fill=NO_FILL))
            else:
                _unlock(book, sheet, cell)
            wanted = pack.fields[path].kind.number_format
            if wanted and not book.styles.has_number_format(sheet.format_of(cell)):
                sheet.set_format(cell, book.styles.changed(sheet.format_of(cell), number_format=wanted))
    style_balances(sheets, pack)


def _unlock(book: EditedWorkbook, sheet: EditedSheet, cell: Cell) -> None:
    """Let a cell be typed into although its sheet is protected, with all that it is merged with: Excel refuses to empty
    merged cells of which one is locked."""
    for place in sheet.merged_with(cell):
        sheet.set_format(place, book.styles.changed(sheet.format_of(place), locked=False))


def _protect(book: EditedWorkbook, password: str, with_rows: frozenset[str]) -> None:
    """Guard the form against slips: only inputs can be typed into, rows and columns can still be made larger, and more
    rows put in on the sheets with tables of rows."""
    hashed = _hashed(password)
    for name, sheet in book.worksheets.items():
        protection = sheet.element("sheetProtection")
        allowed = {"sheet": "1", "formatRows": "0", "formatColumns": "0"}
        if name in with_rows:
            allowed["insertRows"] = "0"
        for attribute, value in allowed.items():
            protection.set(attribute, value)
        if password:
            for name in _OWN_PASSWORD:
                protection.attrib.pop(name, "")
            protection.set("password", hashed)
    book.element("workbookProtection").set("lockStructure", "1")
    if password:
        book.element("workbookProtection").set("workbookPassword", hashed)
    book.element("calcPr").set("fullCalcOnLoad", "1")


def _hashed(password: str) -> str:
    """The sixteen bits by which sheets and workbooks of every version know a password (ECMA-376-4, 14.7.1)."""
    hashed = 0
    for place, character in enumerate(password, 1):
        shifted = ord(character) << place
        hashed ^= (shifted & 0x7FFF) | (shifted >> 15)
    return f"{hashed ^ len(password) ^ 0xCE4B:X}"
