"""A pack's workbook, made blank and filled in, read back, and marked as one that comes back with mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportfill.checks.check import check
from reportfill.errors import ReportfillError
from reportfill.finding import Severity
from reportfill.intake.author import new_workbook
from reportfill.intake.read import read_workbook
from reportfill.intake.returning.returned import returned_workbook
from reportfill.intake.tool_sheets import TOOL_SHEETS
from reportfill.model.figures import value_at
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.model.submission import Submission
from reportfill.pack.pack import INTAKE, Pack
from reportfill.pack.problems import PackProblem
from reportfill.place import Cell
from reportfill.trials.sample_data import sample_data

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def workbook_faults(pack: Pack) -> list[PackProblem]:
    """What is wrong with the workbooks that come of a pack."""
    used = [_taken(sheet) for sheet in sorted(TOOL_SHEETS & set(pack.form.sheets))]
    unmade = used or list(_faults_of_blank(pack))
    return unmade or [*_unseen_inputs(pack), *_faults_of_filled(pack)]


def _taken(sheet: str) -> PackProblem:
    return PackProblem(
        f"{INTAKE} {sheet}",
        "the tool adds a sheet of this name itself; begin with the pack's own intake.xlsx, not with a workbook that"
        " was handed out",
        "这个工作表名由软件使用；请修改模板包中的intake.xlsx，不要用下发的填报表",
    )


def _faults_of_blank(pack: Pack) -> Iterator[PackProblem]:
    """What is wrong with a blank workbook, and with the same one as it goes back to the clerk with marks."""
    data = sample_data(pack)
    who: dict[str, Any] = {"agency": value_at(data, AGENCY), "code": value_at(data, CODE) or ""}
    try:
        content = new_workbook(pack, year=value_at(data, YEAR), **who)
        yield from _unopened("the blank workbook", "空白填报表", content)
        submission = read_workbook(content, pack)
        yield from _misread(submission)
        marked = returned_workbook(content, submission, check(submission))
        yield from _unopened("the marked workbook", "退回的填报表", marked)
    except ReportfillError as error:
        yield PackProblem(INTAKE, f"no workbook can be made: {error}", f"不能生成填报表：{error.chinese}")


def _unseen_inputs(pack: Pack) -> Iterator[PackProblem]:
    """Fields that have to be typed where nobody sees them. What the tool fills in may well be hidden."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(pack.intake))
    given = {AGENCY, CODE, YEAR, *pack.rules.derived, *pack.rules.prefilled}
    for path, cells in pack.form.inputs.items():
        if path not in given and all(_is_unseen(book[cell.sheet], cell) for cell in cells):
            yield PackProblem(
                f"{INTAKE} {cells[0]}",
                f"{path} is to be filled in on a hidden sheet or in a hidden row or column",
                f"{path}的填写处在隐藏的工作表、行或者列中",
            )


def _is_unseen(sheet: Worksheet, cell: Cell) -> bool:
    columns = [c for c in sheet.column_dimensions.values() if (c.min or 0) <= cell.column + 1 <= (c.max or 0)]
    return (
        sheet.sheet_state != "visible"
        or sheet.row_dimensions[cell.row + 1].hidden
        or any(column.hidden for column in columns)
    )


def _faults_of_filled(pack: Pack) -> Iterator[PackProblem]:
    """Values that are read otherwise than they were written."""
    data = sample_data(pack)
    try:
        content = new_workbook(pack, year=value_at(data, YEAR), data=data)
    except ReportfillError as error:
        yield PackProblem(INTAKE, f"no workbook can be filled in: {error}", f"不能预填：{error.chinese}")
        return
    submission = read_workbook(content, pack)
    for path, field in pack.fields.items():
        if field.kind.is_laid:
            continue  # no workbook is made with what lies on its cells
        written, read = value_at(data, path), value_at(submission.exact_data, path)
        if _is_given(written) and written != read:
            cell = str(pack.form.first_cells.get(path, ""))
            against = next((found.message for found in submission.findings if found.cell == cell), None)
            yield PackProblem(
                f"{INTAKE} {cell}",
                f"{_said(written)}, filled in for {path}, is read as {_said(read) or 'nothing'}"
                + (f": {against.en}" if against else ""),
                f"{path}填的是{_said(written)}，读出来是{_said(read) or '空白'}"
                + (f"：{against.zh}" if against else ""),
            )


def _is_given(value: Any) -> bool:
    """Whether there is a value, or one in some row."""
    return any(map(_is_given, value)) if isinstance(value, list) else value is not None


def _said(value: Any) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str("" if value is None else value)


def _misread(submission: Submission) -> Iterator[PackProblem]:
    """What reading has against a workbook as such, of which nothing was typed yet."""
    for found in submission.findings:
        if found.severity is Severity.ERROR and found.code.startswith(("file.", "workbook.")):
            place = f"{INTAKE} {found.cell}".strip()
            yield PackProblem(place, f"{found.code}: {found.message.en}", found.message.zh)


def _unopened(english: str, chinese: str, content: bytes) -> Iterator[PackProblem]:
    """Why programs would refuse a workbook: openpyxl cannot open it, or a cell has two rules."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content))
    except Exception as error:  # openpyxl raises whatever its readers do
        yield PackProblem(INTAKE, f"{english} cannot be opened: {error}", f"{chinese}无法打开：{error}")
        return
    for sheet in book.worksheets:
        rules = sheet.data_validations.dataValidation
        areas = [area for rule in rules for area in rule.sqref.ranges]
        cells = Counter(place for area in areas for place in area.cells)
        twice = [place for place, times in cells.items() if times > 1]
        if twice:
            row, column = min(twice)
            where = f"{INTAKE} {sheet.title}!{sheet.cell(row, column).coordinate}"
            yield PackProblem(
                where,
                "there are two data validations for this cell, and Excel takes one",
                "这个单元格有两条数据有效性规则，Excel只认一条",
            )
