"""What differs between two versions that an agency handed in, value by value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from reportfill.decimals import exact, is_number, plain
from reportfill.intake.read import read_workbook
from reportfill.model.submission import Submission
from reportfill.office.encryption import unlocked_with
from reportfill.outputs.open_data.reported_values import ReportedValue, reported_values
from reportfill.outputs.open_data.row_sheets import shown_value
from reportfill.pack.pack import load_pack


class TwoVersions(NamedTuple):
    """Two workbooks as they were handed in, the earlier one first, with the pack by which they are read and the
    passwords that may open them: what another process needs."""

    pack: str
    passwords: tuple[str, ...]
    first: bytes
    second: bytes


class ChangedValue(NamedTuple):
    """A value that is another one, or in one of the versions alone: its labels, the cell where it stands now, or stood,
    and both in words, empty where there is none."""

    titles: tuple[str, ...]
    cell: str
    before: str
    now: str


def changed_values(versions: TwoVersions) -> tuple[ChangedValue, ...]:
    """What differs between two versions, in the order of the form, what is not there any more
    behind the rest; pictures, and what cannot be read, are left out."""
    first, second = (_read(versions, content) for content in (versions.first, versions.second))
    return tuple(_changes(first, second))


def _read(versions: TwoVersions, content: bytes) -> Submission:
    return read_workbook(unlocked_with(versions.passwords, content), load_pack(versions.pack))


def _changes(first: Submission, second: Submission) -> Iterator[ChangedValue]:
    before, now = ({one.path: one for one in reported_values(submission)} for submission in (first, second))
    for path in dict.fromkeys([*now, *before]):
        old, new = _in_words(before.get(path)), _in_words(now.get(path))
        if old != new:
            one = now.get(path) or before[path]
            yield ChangedValue(one.titles, second.cell(path) or first.cell(path), old, new)


def _in_words(reported: ReportedValue | None) -> str:
    if reported is None:
        return ""
    if reported.field.kind.is_list:
        return str(reported.value)  # an entry of the list
    value = shown_value(reported.field, reported.value)
    return plain(exact(value)) if is_number(value) else str(value)
