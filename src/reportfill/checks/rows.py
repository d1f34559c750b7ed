"""Rows among each other: no two of them the same where the schema says so, in the order that it wants, and called as in
the rows that list their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from reportfill.decimals import is_number
from reportfill.finding import Finding, finding
from reportfill.model.chinese.totals import TOTALS
from reportfill.model.fields import Field, RowGroup
from reportfill.model.figures import value_at
from reportfill.model.kinds.chosen import not_listed
from reportfill.model.labels import folded
from reportfill.model.options import Option, option_meant
from reportfill.model.row_paths import is_over_rows, row_around
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.text import cut

_LONGEST = 30
"""Characters of a value that a finding cites."""


def row_findings(submission: Submission, pack: Pack) -> Iterator[Finding]:
    """Every row that is a sum of others, has the same keys as one before it, is out of order, or is called as none of
    the rows that list its name; and every prescribed one that is lacking."""
    sums = [found for group in pack.rows.values() for found in _totals(submission, pack, group)]
    yield from sums
    named = {found.field for found in sums}
    for field in pack.fields.values():
        if field.listed_in:
            unlisted = _unlisted(submission, field, pack.fields[field.listed_in])
            yield from (found for found in unlisted if found.field not in named)
    for group in pack.rows.values():
        # Of joined rows each agency's are in an order of their own, and may be called as another's are.
        is_one_list = group.rollup.keys or not submission.is_rolled_up
        if (group.keys or group.order_by) and is_one_list:
            for rows in _lists(submission.rows.get(group.path, ())):
                yield from _twice(submission, group, rows)
                yield from _out_of_order(submission, group, rows)
        if group.prescribed and group.path in submission.rows:
            yield from _lacking(submission, pack, group, submission.rows[group.path], group.prescribed)


def _unlisted(submission: Submission, field: Field, listing: Field) -> Iterator[Finding]:
    """Every text of a field that is none of those of another one's rows; nothing where these have none."""
    listed = [submission.values.get(one.path) for one in submission.fields_like(listing)]
    options = tuple(Option(one, one) for one in listed if isinstance(one, str) and one)
    for one in submission.fields_like(field) if options else ():
        value = submission.values.get(one.path)
        if isinstance(value, str) and value and option_meant(value, options) is None:
            yield not_listed(one, value, submission.places.get(one.path), options)


def _totals(submission: Submission, pack: Pack, group: RowGroup) -> Iterator[Finding]:
    """A row that is the sum of the others, where the report has sums of its own: it would count twice."""
    naming = group.naming
    has_sums = any(is_over_rows(term.path) for balance in pack.rules.balances for term in balance.terms)
    for row in submission.rows.get(group.path, ()) if naming and has_sums else ():
        path = row + naming.path[len(group.path) :] if naming else row
        if folded(submission.values.get(path) or "") in TOTALS:
            yield finding(
                "rows.total",
                field=path,
                cell=submission.places.get(path),
                value=submission.values[path],
                label=submission.label(path),
            )


def _lacking(
    submission: Submission,
    pack: Pack,
    group: RowGroup,
    rows: Sequence[str],
    prescribed: Iterable[Mapping[str, Any]],
    around: str = "",
) -> Iterator[Finding]:
    """Every prescribed row that is not among these, which stand in the one `around` them, and within each of these."""
    there = {_values(submission, group, row, group.keys): row for row in rows}
    before = ""
    for wanted in prescribed:
        words = [value_at(wanted, path[len(group.path) + 1 :]) for path in group.keys]
        row = there.get(tuple(folded(word) if isinstance(word, str) else word for word in words))
        if row is None:
            yield _said_lacking(submission, group, around, before, "、".join(map(str, words)))
            continue
        before = row
        for inner in (one for one in pack.rows.values() if one.within == group.path):
            within = [one for one in submission.rows.get(inner.path, ()) if row_around(one) == row]
            asked = value_at(wanted, inner.path[len(group.path) + 1 :]) or ()
            yield from _lacking(submission, pack, inner, within, asked, row)


def _lists(rows: Any) -> Iterator[list[str]]:
    """Rows, those of each outer row by themselves."""
    lists: dict[str, list[str]] = {}
    for row in rows:
        lists.setdefault(row_around(row), []).append(row)
    yield from lists.values()


def _twice(submission: Submission, group: RowGroup, rows: list[str]) -> Iterator[Finding]:
    first: dict[tuple[Any, ...], str] = {}
    for row in rows if group.keys else ():
        keys = _values(submission, group, row, group.keys)
        if any(key in (None, "") for key in keys):
            continue
        other = first.setdefault(keys, row)
        if other != row:
            yield _said("rows.twice", submission, group, group.keys, row, other)


def _out_of_order(submission: Submission, group: RowGroup, rows: list[str]) -> Iterator[Finding]:
    """The first row that belongs before the one above it: others would follow from it."""
    for other, row in pairwise(rows) if group.order_by else ():
        before, here = (_values(submission, group, one, group.order_by) for one in (other, row))
        are_known = not any(key in (None, "") for key in (*before, *here))
        if are_known and _are_comparable(before, here) and here < before:
            yield _said("rows.unsorted", submission, group, group.order_by, row, other)
            return


def _are_comparable(before: tuple[Any, ...], here: tuple[Any, ...]) -> bool:
    return all(is_number(one) == is_number(other) for one, other in zip(before, here, strict=True))


def _values(submission: Submission, group: RowGroup, row: str, paths: tuple[str, ...]) -> tuple[Any, ...]:
    """What a row has at paths of its group; of texts their width and blanks do not count."""
    values = (submission.values.get(row + path[len(group.path) :]) for path in paths)
    return tuple(folded(value) if isinstance(value, str) else value for value in values)


def _said(
    code: str, submission: Submission, group: RowGroup, paths: tuple[str, ...], row: str, other: str
) -> Finding:
    here, there = (one + paths[0][len(group.path) :] for one in (row, other))
    values = {path: submission.values.get(row + path[len(group.path) :]) for path in paths}
    fields = {field.path: field for field in group.fields}
    words = [str(fields[path].kind.printed(fields[path], value)) for path, value in values.items()]
    first = submission.places.get(there)
    return finding(
        code,
        field=here,
        cell=submission.places.get(here),
        cells=[first] if first else [],
        value=cut("、".join(words), _LONGEST),
        expected=str(first or there),
        label=submission.label(here),
    )


def _said_lacking(submission: Submission, group: RowGroup, around: str, before: str, words: str) -> Finding:
    """The finding on a prescribed row, at the row before it, else at the one around it."""
    row = before or around
    label = f"{submission.row_words(around)} · {group.label}" if around else group.label
    cell = submission.cell_of_row(row) or submission.places.get(group.path)
    return finding("rows.lacking", field=row or group.path, cell=cell, value=words, label=label)
