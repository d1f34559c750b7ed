"""What the routes of the form ask for: the form as it begins, what a file brings into it, and what is made of it.

All of it are functions of plain values that another process can work out; a pack is named by its folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reportfill.checks.check import check
from reportfill.errors import UsageError
from reportfill.finding import Finding, finding, has_errors
from reportfill.handing_out import WorkbookOrder, workbook_for
from reportfill.intake.data import DataError, json_object, read_data
from reportfill.intake.prefill import prefill_of, rows_begun, with_prescribed_rows
from reportfill.intake.read import read_workbook
from reportfill.model.data_values import SCHEMA_OF_DATA
from reportfill.model.figures import value_at, with_values
from reportfill.model.kinds.table import KINDS
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.model.row_paths import field_path
from reportfill.model.submission import Submission
from reportfill.office.calamine_grid import read_grid
from reportfill.outputs.open_data.json_data import as_utf8, json_text, report_object
from reportfill.pack.pack import Pack, pack_in
from reportfill.web.form.inputs import value_as_text
from reportfill.web.form.posted import data_for_reading, holds_nothing, leaves_of, without_blanks_of_form

_OF_BLANKS = frozenset(("schema.needed", *(kind.blank_code for kind in KINDS)))
"""What is said of fields that are still to be filled in."""


class FormFile(NamedTuple):
    """A file that is to be brought into a form: a workbook, or JSON."""

    folder: Path
    content: bytes
    is_data: bool

    @property
    def pack(self) -> Pack:
        """The form's pack."""
        return pack_in(self.folder)


class FormContents(NamedTuple):
    """What a form holds, and what there is to say of it."""

    data: Mapping[str, Any]
    findings: tuple[Finding, ...] = ()


class TypedForm(NamedTuple):
    """What was typed into the form of a pack; `last` is the same agency's report of the year before, if known."""

    folder: Path
    data: Mapping[str, Any]
    last: Submission | None = None

    @property
    def pack(self) -> Pack:
        """The form's pack."""
        return pack_in(self.folder)

    @property
    def as_read(self) -> Mapping[str, Any]:
        """What was typed, without blank rows: findings name rows as they are counted then."""
        return data_for_reading(self.pack, self.data)

    @property
    def submission(self) -> Submission:
        """What it reports."""
        return Submission.from_data(self.pack, self.as_read)


def begun_form(
    pack: Pack, year: int, agency: str = "", code: str = "", last: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The data with which a form begins: as a new workbook does, with what follows from last year's data and with the
    rows that every report has. Raises PackError where the pack does not serve the year."""
    pack.require_year(year)
    given = {path: value for path, value in ((AGENCY, agency), (CODE, code), (YEAR, year)) if value}
    given = {path: value for path, value in given.items() if path in pack.fields}
    data = with_values({}, given)
    typed = prefill_of(pack, data, last).typed
    single = {path: value for path, value in typed.items() if not pack.fields[path].rows}
    rows = rows_begun(pack, data, last)
    return with_values(with_prescribed_rows(pack, {**data, **rows}), single)


def contents_of_file(file: FormFile) -> FormContents:
    """What a file brings into a form, with what there is to say of it; no data where it cannot be read at all."""
    if file.is_data:
        return _contents_of_data(file)
    submission = read_workbook(file.content, file.pack)
    findings = tuple(check(submission))
    if submission.pack is None:
        return FormContents({}, findings)
    return FormContents(with_values(submission.exact_data, _as_they_stand(file, submission)), findings)


def _contents_of_data(file: FormFile) -> FormContents:
    try:
        data = json_object(file.content)
    except DataError as error:
        return FormContents({}, (finding("file.json", problem=error.problem),))
    findings = tuple(check(read_data(file.content, file.pack)))
    return FormContents({key: value for key, value in data.items() if key != SCHEMA_OF_DATA}, findings)


def _as_they_stand(file: FormFile, submission: Submission) -> dict[str, str]:
    """What stands in cells that could not be read, by path."""
    grid = read_grid(file.content)
    found: dict[str, str] = {}
    for path, cell in submission.places.items():
        field = file.pack.fields.get(field_path(path))
        if field is None or field.kind.is_list or path in submission.values or file.pack.is_derived(path):
            continue
        value = grid.value(cell)
        if str(value).strip():
            found[path] = str(value).upper() if isinstance(value, bool) else value_as_text(value)
    return found


class FormDownload(NamedTuple):
    """A file that is made of a form, and what it is called."""

    name: str
    content: bytes


def json_download(typed: TypedForm) -> FormDownload:
    """A form as a .json file."""
    return FormDownload(f"{_name(typed)}.json", json_of_form(typed))


class DataHandedIn(NamedTuple):
    """A .json file that an agency hands in, and whose it is where it does not say so; `last` as in TypedForm."""

    file: FormFile
    identity: Mapping[str, Any]
    last: Submission | None = None


def workbook_of_data(given: DataHandedIn) -> tuple[FormDownload | None, tuple[Finding, ...]]:
    """A .json file as the workbook that holds what it says; none, and what is wrong, where it is no data at all. Raises
    what `workbook_for` raises."""
    data, findings = _contents_of_data(given.file)
    if not data:
        return None, findings
    typed = TypedForm(given.file.folder, with_identity(given.file.pack, data, given.identity), given.last)
    return workbook_download(typed), ()


def with_identity(pack: Pack, data: Mapping[str, Any], identity: Mapping[str, Any]) -> dict[str, Any]:
    """Data that say whose they are: what they leave blank is as given, by path; what they say themselves stays."""
    blank = {
        path: value
        for path, value in identity.items()
        if path in pack.fields and value and holds_nothing(value_at(data, path))
    }
    return with_values(data, blank)


def workbook_download(typed: TypedForm) -> FormDownload:
    """A form as the workbook that holds what was typed. Raises UsageError where no year was typed, and what
    `workbook_for` raises."""
    submission = typed.submission
    if submission.year is None:
        raise UsageError("fill in the reporting year first, like 2025", "请先填写报告年度，如2025")
    data = data_for_workbook(typed)
    order = WorkbookOrder(submission.agency, submission.year, submission.code, typed.last, data)
    made = workbook_for(typed.pack, order)
    return FormDownload(f"{made.name}.xlsx", made.content)


def _name(typed: TypedForm) -> str:
    return typed.pack.workbook_name(typed.submission.exact_data)


def checked_form(typed: TypedForm) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful in a form."""
    return tuple(check(typed.submission, typed.last))


def json_of_form(typed: TypedForm) -> bytes:
    """A form as JSON: a report as `--to json` has it; where something cannot be read, what was typed as it is."""
    submission = typed.submission
    unread = [found for found in submission.findings if found.code not in _OF_BLANKS]
    if not has_errors(unread):
        data = report_object(typed.pack, submission, with_pictures=True)
    else:
        written = without_blanks_of_form(typed.as_read)
        data = {SCHEMA_OF_DATA: typed.pack.schema_id, **written}
    return as_utf8(json_text(data, "\n") + "\n")


def data_for_workbook(typed: TypedForm) -> dict[str, Any]:
    """The data for a workbook that holds what was typed: values as they are read, and what cannot be read as it is."""
    submission = typed.submission
    leaves = leaves_of(typed.pack, typed.as_read)
    unread = {
        path: value
        for path, value in leaves.items()
        if path not in submission.values and not holds_nothing(value)
    }
    return with_values(submission.exact_data, unread)
