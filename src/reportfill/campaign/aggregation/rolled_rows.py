"""The rows of many reports as those of one, by the word of the pack: all of them, those with the same keys as one, or
none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from reportfill.decimals import is_number
from reportfill.model.fields import ADDED, Field, RowGroup
from reportfill.model.figures import value_at, with_values
from reportfill.model.labels import folded
from reportfill.pack.pack import Pack

Row = Mapping[str, Any]


class RowsOf(NamedTuple):
    """The rows that somebody reported."""

    owner: str
    rows: Sequence[Row]


class RowsRolledUp(NamedTuple):
    """The rows of a roll-up, and by the path of a field in how many of them it is left blank, as it is not the same in
    all rows of which one was made."""

    rows: list[dict[str, Any]]
    differing: Counter[str]


def rows_rolled_up(pack: Pack, group: RowGroup, reported: Iterable[RowsOf]) -> RowsRolledUp:
    """The rows of a group in all reports as those of one report."""
    rolling = _Rolling(pack)
    rows = rolling.rows(group, reported)
    return RowsRolledUp(rows, rolling.differing)


class _Rolling:
    """Rows being rolled up."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._inner = {group.within: group for group in pack.rows.values() if group.within}
        self.differing: Counter[str] = Counter()

    def rows(self, group: RowGroup, reported: Iterable[RowsOf]) -> list[dict[str, Any]]:
        if not group.rollup.kept:
            return []
        if group.rollup.keys:
            return _in_order(group, [self._as_one(group, alike) for alike in _alike(group, reported)])
        return [self._owned(group, one.owner, row) for one in reported for row in one.rows]

    def _owned(self, group: RowGroup, owner: str, row: Row) -> dict[str, Any]:
        """A row as it was reported, with whose it is unless it says so itself, and what becomes of those within it."""
        changed: dict[str, Any] = {}
        if group.rollup.owner:
            key = _key(group, group.rollup.owner)
            changed[key] = value_at(row, key) or owner
        return with_values(row, changed | self._within(group, [RowsOf(owner, [row])]))

    def _as_one(self, group: RowGroup, alike: Sequence[RowsOf]) -> dict[str, Any]:
        """The one row that several are: figures added, and what is the same in all of them."""
        values: dict[str, Any] = {}
        for field in group.fields:
            key = _key(group, field.path)
            given = [value for one in alike for row in one.rows if _is_there(value := value_at(row, key))]
            if given and not self._pack.is_derived(field.path):
                values[key] = self._together(group, field, given)
        return with_values({}, values | self._within(group, alike))

    def _together(self, group: RowGroup, field: Field, given: Sequence[Any]) -> Any:
        """What several values are together; a number by which rows are told apart or in order is no figure."""
        is_figure = field.kind.is_number and field.path not in (*group.rollup.keys, *group.order_by)
        if is_figure and field.rollup == ADDED:
            return sum(value for value in given if is_number(value))
        if field.path in group.rollup.keys or all(value == given[0] for value in given[1:]):
            return given[0]
        self.differing[field.path] += 1
        return None

    def _within(self, group: RowGroup, alike: Sequence[RowsOf]) -> dict[str, Any]:
        """What becomes of the rows within some rows, by their key there."""
        inner = self._inner.get(group.path)
        if inner is None:
            return {}
        key = _key(group, inner.path)
        return {
            key: self.rows(inner, [RowsOf(one.owner, rows_at(row, key)) for one in alike for row in one.rows])
        }


def rows_at(data: Row, path: str) -> Sequence[Row]:
    """The rows that data have at a path."""
    rows = value_at(data, path)
    return rows if isinstance(rows, list) else ()


def _key(group: RowGroup, path: str) -> str:
    return path[len(group.path) + 1 :]


def _is_there(value: Any) -> bool:
    return value not in (None, "", [])


def _alike(group: RowGroup, reported: Iterable[RowsOf]) -> Iterable[list[RowsOf]]:
    """The rows that become one, those that come first first; one without keys is like no other."""
    found: defaultdict[Any, list[RowsOf]] = defaultdict(list)
    for one in reported:
        for row in one.rows:
            keys = tuple(_compared(value_at(row, _key(group, path))) for path in group.rollup.keys)
            found[keys if all(map(_is_there, keys)) else len(found)].append(RowsOf(one.owner, [row]))
    return found.values()


def _in_order(group: RowGroup, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows as the schema wants them sorted, where all of them have what they are sorted by."""
    by = [tuple(_compared(value_at(row, _key(group, path))) for path in group.order_by) for row in rows]
    if not all(_is_there(value) for values in by for value in values):
        return rows
    return [rows[place] for place in sorted(range(len(rows)), key=by.__getitem__)]


def _compared(value: Any) -> Any:
    """A key as keys are compared: of texts their width and blanks do not count."""
    return folded(value) if isinstance(value, str) else value
