"""The data of a submission as a template sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.errors import SubmissionError
from reportfill.model.due import Due
from reportfill.model.fields import Field, RowGroup
from reportfill.model.figures import with_values
from reportfill.model.last_year import YearBefore
from reportfill.model.report_model import LAST_YEAR
from reportfill.model.submission import Submission
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.pack.last_report import last_figures
from reportfill.pack.pack import Pack


def context_of(
    submission: Submission,
    pack: Pack,
    last: Submission | Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
) -> dict[str, Any]:
    """The data as a template sees them: every field there, optional ones that nobody filled in blank, and under `last`
    the figures of the year before that it prints. Raises SubmissionError for what is missing, unless it is for a draft,
    and for a text that no Word file can hold."""
    blanks: dict[str, Any] = {}
    due = Due(pack, submission.values)
    for path, field in pack.fields.items():
        if field.rows:
            continue
        value = submission.values.get(path)
        if value is None:
            if due.is_due(path) and not draft:
                raise _missing(field)
            is_open = field.required and path not in submission.absent
            blanks[path] = field.kind.open if is_open else field.kind.blank
        elif field.required and draft and value == []:
            blanks[path] = field.kind.open
        _refuse_unprintable(field, value)
    shown = {
        field.path: field.kind.printed(field, submission.values[field.path])
        for field in pack.printed_otherwise
        if not field.rows and submission.values.get(field.path) is not None
    }
    context = with_values(submission.exact_data, blanks | shown)
    for group in pack.rows.values():
        if not group.within:
            _PrintedRows(submission, pack, draft=draft).put_into(context, group, group.path, "")
    if pack.last_printed:
        context[LAST_YEAR] = YearBefore(pack.last_printed, last_figures(pack, last))
    return context


def _missing(field: Field) -> SubmissionError:
    return SubmissionError(f"{field.label} ({field.path}) is missing; only a draft can be printed without it")


def _refuse_unprintable(field: Field, value: Any) -> None:
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and FORBIDDEN_IN_XML.search(text) for text in texts):
        raise SubmissionError(f"{field.label} ({field.path}) holds a control character that no Word file can")


class _PrintedRows:
    """The rows of a submission as templates see them: in each every field, blank where nobody filled it in."""

    def __init__(self, submission: Submission, pack: Pack, *, draft: bool) -> None:
        self._submission = submission
        self._pack = pack
        self._draft = draft

    def put_into(self, data: dict[str, Any], group: RowGroup, key: str, row: str) -> None:
        """Put the rows of a group into data that hold them at a dotted key, or lack them; `row` is the one in which
        they stand. A draft has one row that is open where there must be one."""
        *around, last = key.split(".")
        for name in around:
            data = data.setdefault(name, {})
        rows = data.get(last)
        if not isinstance(rows, list) or not rows:
            is_absent = all(field.path in self._submission.absent for field in group.fields)
            rows = data[last] = [{}] if self._draft and group.required and not is_absent else []
        beginning = f"{row}.{key}" if row else key
        inner = [one for one in self._pack.rows.values() if one.within == group.path]
        for number, own in enumerate(rows):
            here = f"{beginning}[{number}]"
            self._complete(own, group, here)
            for one in inner:
                self.put_into(own, one, one.path[len(group.path) + 1 :], here)

    def _complete(self, row: dict[str, Any], group: RowGroup, path: str) -> None:
        for field in group.fields:
            holder = row
            *around, key = field.path[len(group.path) + 1 :].split(".")
            for one in around:
                holder = holder.setdefault(one, {})
            value = holder.get(key)
            if value is None:
                if field.is_due_in_row and not self._draft:
                    raise _missing(field.in_row(path, self._submission.row_words(path)))
                holder[key] = field.kind.open if field.is_due_in_row else field.kind.blank
                continue
            if type(value) is not int:
                _refuse_unprintable(field, value)
            if field.kind.is_printed_otherwise:
                holder[key] = field.kind.printed(field, value)
