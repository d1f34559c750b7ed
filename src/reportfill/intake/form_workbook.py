"""A pack's intake.xlsx as the workbook to be written into: who it is for, its cells named, styled and guarded."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.protection import WorkbookProtection

from reportfill.errors import PackError
from reportfill.intake.check_sheet import style_balances
from reportfill.intake.identity import Identity, identity_rows
from reportfill.intake.notes import write_notes
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.office.workbook.cell_writer import CellWriter
from reportfill.office.workbook.formulas import absolute, defined_name
from reportfill.pack.pack import Pack

_NO_AUTHOR = "模板"
"""Who a comment of the form is said to be by: the template."""

_CONVERSATION = "tc="
"""How the author begins of a comment that stands in for a conversation (MS-XLSX, 2.6.205)."""


def form_workbook(
    pack: Pack,
    identity: Identity,
    given: frozenset[str],
    password: str,
    *,
    deadline: str = "",
    contact: str = "",
) -> Workbook:
    """The form as openpyxl has it, its tags still in place. What is `given` need not be typed, so only the other
    inputs can be; with a `password`, if one is set, the protection can be taken off. `deadline` and `contact` are what
    its texts say of the campaign."""
    try:
        workbook = load_workbook(BytesIO(pack.intake))
    except Exception as error:  # openpyxl raises whatever its readers do
        raise PackError(
            "intake.xlsx: openpyxl cannot open it; open it in Excel or WPS, delete chart sheets, and save it anew",
            "intake.xlsx：无法打开；请用Excel或WPS打开，删去图表工作表，重新保存",
        ) from error
    _take_authors_away(workbook)
    write_notes(workbook, pack, deadline, contact)
    _style(CellWriter(workbook), pack, given)
    _add_identity(workbook, identity)
    _add_names(workbook, pack)
    _protect(workbook, password)
    return workbook


def _take_authors_away(workbook: Workbook) -> None:
    """Leave of the keeper's comments what they say, without the name, which Excel puts above the words, too. What
    stands in for a conversation of newer Excel goes whole: it is no note to a clerk."""
    for sheet in workbook.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if cell.comment is not None:
                cell.comment = _without_author(cell.comment)


def _without_author(comment: Comment) -> Comment | None:
    author = comment.author or ""
    if author.startswith(_CONVERSATION):
        return None
    words = re.sub(rf"^{re.escape(author)}\s*[:：]\s*", "", comment.text) if author else comment.text
    return Comment(words, _NO_AUTHOR, comment.height, comment.width)


def _style(writer: CellWriter, pack: Pack, given: frozenset[str]) -> None:
    """Unlock the cells to be typed into and no others, and show which these are."""
    writer.lock_all()
    for path, cells in pack.form.inputs.items():
        if path not in pack.fields or path in pack.rules.derived:
            continue
        if path in given:
            writer.show_as_given(cells[0])
        else:
            for cell in cells:
                writer.unlock(cell)
    style_balances(writer, pack)


def _add_identity(workbook: Workbook, identity: Identity) -> None:
    sheet = workbook.create_sheet(IDENTITY)
    sheet.sheet_state = "veryHidden"
    for row, (key, value) in enumerate(identity_rows(identity), 1):
        sheet.cell(row, 1, key)
        sheet.cell(row, 2).value = value or None
        sheet.cell(row, 2).data_type = "s" if value else "n"


def _add_names(workbook: Workbook, pack: Pack) -> None:
    """A defined name for each field: its dotted path, for its cell or its block of rows."""
    for path in pack.fields:
        name = defined_name(path)
        workbook.defined_names[name] = DefinedName(name, attr_text=absolute(pack.form.inputs[path]))


def _protect(workbook: Workbook, password: str) -> None:
    """Guard the form against slips: only inputs can be typed into, rows and columns can still be made larger."""
    for sheet in workbook.worksheets:
        protection = sheet.protection
        protection.sheet = True
        protection.formatRows = protection.formatColumns = False
        if password:
            protection.password = password
    workbook.security = WorkbookProtection(lockStructure=True)
    if password:
        workbook.security.workbookPassword = password
