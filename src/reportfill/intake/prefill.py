"""What a new workbook holds before anybody types: known values, what follows from last year, and the sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import zip_longest
from typing import Any

from reportfill.decimals import Number, exact, is_number
from reportfill.intake.row_columns import columns_of_rows, row_chains
from reportfill.model.conditions import absent_fields
from reportfill.model.data_values import read_values
from reportfill.model.fields import RowGroup
from reportfill.model.figures import figures_of, value_at, with_values
from reportfill.model.row_paths import Rows, field_path, is_over_rows, rows_in
from reportfill.model.row_sums import all_row_sums
from reportfill.pack.balances import Balance
from reportfill.pack.pack import Pack

_BLANK: tuple[object, ...] = (None, "", [])
"""What a cell holds of which nothing is known."""


@dataclass(frozen=True)
class Prefill:
    """The values of a new workbook by path.

    `typed` are those that are written into input cells, paragraphs as a list of texts. `followed` are the figures
    that a formula works out from last year's and this year's together, each with its balance. `last` are last
    year's figures.
    """

    pack: Pack
    typed: Mapping[str, Any]
    followed: Mapping[str, Balance]
    last: Mapping[str, Number]
    in_rows: Mapping[str, Number] = field(default_factory=dict)
    """The figures in rows, and what all rows have together."""
    _figures: dict[str, Number] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What `figure` has worked out: a sum takes part in many others."""

    def figure(self, path: str) -> Number:
        """What a cell's sum sees: the figure there, derived or typed, and 0 where it is blank."""
        if "[" in path:
            return self.in_rows.get(path, 0)
        if path not in self._figures:
            self._figures[path] = self._figure(path)
        return self._figures[path]

    def _figure(self, path: str) -> Number:
        if not self.given_sums and self.known.isdisjoint(inputs_of(self.pack, path)):
            return 0
        derived = self.pack.rules.derived.get(path)
        if derived is not None and path not in self.given_sums:
            return sum(self.figure(term.path) for term in derived.right)
        if path in self.followed:
            return self._followed(self.followed[path])
        value = self.typed.get(path, 0)
        return exact(value) if is_number(value) else 0

    def _followed(self, balance: Balance) -> Number:
        this_year = sum(self.figure(term.path) for term in balance.right if not term.last)
        return self.constant(balance) + this_year - sum(self.figure(term.path) for term in balance.left[1:])

    def constant(self, balance: Balance) -> Number:
        """The sum of last year's figures on the right of a balance."""
        return sum(self.last[term.path] for term in balance.right if term.last)

    @cached_property
    def known(self) -> frozenset[str]:
        """The fields whose cells do not stay empty, to be filled in."""
        return frozenset((*self.typed, *self.followed))

    @cached_property
    def given_sums(self) -> frozenset[str]:
        """What rows come to that are not known themselves: it stands where a formula would be that adds them up."""
        derived = self.pack.rules.derived
        return frozenset(path for path in self.typed if path in derived and not self.pack.fields[path].rows)

    @cached_property
    def absent(self) -> frozenset[str]:
        """The fields that are not asked for, because their conditions do not hold by what is known."""
        return absent_fields(self.pack.conditional, self.typed.get)

    @cached_property
    def open_in_rows(self) -> frozenset[tuple[str, int]]:
        """The cells, by path and number of the row, that are due in rows of which something is known, and blank."""
        return frozenset(
            (field.path, number)
            for group in self.pack.rows.values()
            for number, is_begun in enumerate(self._begun(group))
            for field in group.fields
            if is_begun and field.is_due_in_row and self._is_blank(field.path, number)
        )

    def _begun(self, group: RowGroup) -> list[bool]:
        """Whether something is known of a row, for each row of the workbook."""
        columns = [self.typed[field.path] for field in group.fields if field.path in self.typed]
        return [any(value not in _BLANK for value in row) for row in zip_longest(*columns)]

    def _is_blank(self, path: str, number: int) -> bool:
        column = self.typed.get(path, ())
        return path not in self.pack.rules.derived and (number >= len(column) or column[number] in _BLANK)

    def knows(self, balance: Balance) -> bool:
        """Whether every figure of last year's that a balance names is known."""
        return all(term.path in self.last for term in balance.terms if term.last)


def prefill_of(pack: Pack, data: Mapping[str, Any], last: Mapping[str, Any] | None) -> Prefill:
    """The contents of a workbook for which these data of this year and of last year are known.

    Data win over what follows from last year and over prescribed rows, and no derived figure is typed: its formula
    stands, unless it would add up rows that are not known.
    """
    derived = pack.rules.derived
    given_sums = dict(_sums_of_unknown_rows(pack, data))
    data = with_prescribed_rows(pack, {**data, **rows_begun(pack, data, last)})
    values = {
        path: field.kind.given(value_at(data, path))
        for path, field in pack.fields.items()
        if not field.rows and path.partition(".")[0] in data and path not in derived
    }
    typed = {path: value for path, value in values.items() if value not in _BLANK}
    typed |= given_sums
    before = figures_of(last or {})
    before |= pack.rules.derive(before)
    if pack.rows:
        before |= all_row_sums(_present(pack.rows, rows_in(before)), before, rows_in(before))
        typed |= {
            path: column
            for path, column in columns_of_rows(pack, data).items()
            if path not in derived
            and (any(value not in _BLANK for value in column) or _begins_otherwise(pack, path, data))
        }
    followed: dict[str, Balance] = {}
    for path, balance in pack.rules.prefilled.items():
        if path in typed or path in derived or not all(t.path in before for t in balance.right if t.last):
            continue
        if len(balance.left) == 1 and all(term.last for term in balance.right):
            typed[path] = sum(before[term.path] for term in balance.right)
        else:
            followed[path] = balance
    return Prefill(pack, typed, followed, before, _figures_in_rows(pack, data) if pack.rows else {})


def with_prescribed_rows(pack: Pack, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Data with the rows that every report has, where they have none."""
    return with_values(
        data,
        {
            path: list(group.prescribed)
            for path, group in pack.rows.items()
            if group.prescribed and not value_at(data, path)
        },
    )


def _begins_otherwise(pack: Pack, path: str, data: Mapping[str, Any]) -> bool:
    """Whether the blank workbook holds prescribed rows where the data have others: their columns are written, blank
    ones too."""
    outermost = next(one for one in pack.rows.values() if f"{path}.".startswith(f"{one.path}."))
    return bool(outermost.prescribed) and value_at(data, outermost.path) != list(outermost.prescribed)


def rows_begun(pack: Pack, data: Mapping[str, Any], last: Mapping[str, Any] | None) -> dict[str, Any]:
    """The rows with which a workbook begins that are not among the data: the fields of last year's rows that the
    schema wants to be prefilled."""
    begun: dict[str, Any] = {}
    for chain in row_chains(pack) if last else ():
        path = chain[0].path
        rows = list(_rows_begun(chain, value_at(last or {}, path)))
        if rows and value_at(data, path) is None:
            key = path.partition(".")[0]
            begun |= with_values({key: begun.get(key, data.get(key, {}))}, {path: rows})
    return begun


def _rows_begun(chain: Sequence[RowGroup], rows: Any) -> Iterator[dict[str, Any]]:
    group, *inner = chain
    cut = len(group.path) + 1
    for row in rows if isinstance(rows, list) else ():
        kept = {path[cut:]: value_at(row, path[cut:]) for path in group.prefilled}
        if inner:
            key = inner[0].path[cut:]
            kept[key] = list(_rows_begun(inner, value_at(row, key))) or None
        kept = {key: value for key, value in kept.items() if value is not None}
        if kept:
            yield with_values({}, kept)


def _sums_of_unknown_rows(pack: Pack, data: Mapping[str, Any]) -> Iterator[tuple[str, Number]]:
    """What data say that rows come to of which they say nothing, by path."""
    for path, balance in pack.rules.derived.items():
        rows = [term.path.partition("[")[0] for term in balance.terms if is_over_rows(term.path)]
        given = None if balance.rows or not rows else value_at(data, path)
        if given is not None and all(value_at(data, one) is None for one in rows):
            yield path, given


def _present(groups: Mapping[str, RowGroup], rows: Rows) -> dict[str, RowGroup]:
    return {path: group for path, group in groups.items() if path in rows}


def _figures_in_rows(pack: Pack, data: Mapping[str, Any]) -> dict[str, Number]:
    """The figures in rows by path, with their numbers and with what all rows have together, to which a blank adds
    nothing."""
    values = {path: value for path, value in read_values(pack, data, {})[0].items() if "]." in path}
    rows, figures = rows_in(values), {path: exact(v) for path, v in values.items() if is_number(v)}
    figures |= pack.derive(figures, rows)
    blanks = {
        row + field.path[len(group.path) :]: 0
        for group in pack.rows.values()
        for field in group.fields
        for row in rows.get(group.path, ())
        if field.kind.is_number
    }
    return figures | all_row_sums(pack.rows, {**blanks, **figures}, rows)


@lru_cache(maxsize=4096)
def inputs_of(pack: Pack, *paths: str) -> tuple[str, ...]:
    """The figures to be typed that figures come from: each itself, or all those that it is the sum of."""
    return tuple(dict.fromkeys(found for path in paths for found in _terms(pack, path)))


def _terms(pack: Pack, path: str) -> Iterator[str]:
    path = field_path(path)
    derived = pack.rules.derived.get(path)
    if derived is None:
        yield path
    else:
        for term in derived.right:
            yield from _terms(pack, term.path)
