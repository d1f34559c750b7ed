"""Balances: figures that must agree, as the keyword `balances` writes them.

A rule is written once, in a subschema, with pointers relative to the instance there. `balances_at` spells it
out into one `Balance` for each set of figures that it speaks of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

from reportfill.decimals import Number, is_number
from reportfill.errors import ReportfillError
from reportfill.model.fields import is_rows
from reportfill.model.kinds.table import kind_of_field
from reportfill.model.row_paths import is_over_rows

LAST, ALL = "last:", "*"


class Term(NamedTuple):
    """A figure that takes part in a balance: of this year's report, or of last year's."""

    path: str
    last: bool


class BalanceOutcome(NamedTuple):
    """What a balance gave: its two sums, and whether they are as they should be."""

    left: Number
    right: Number
    holds: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """One relation between figures, with dotted paths from the root of the report.

    A path with [*] stands for what all rows have together. A balance of each row has in `rows` the path of these, and
    those of its figures have no number there."""

    id: str
    title: str
    relation: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    severity: str
    factor: Number
    needs_last: bool
    """Whether it speaks of last year's report."""
    rows: str = ""

    @property
    def place(self) -> str:
        """The path of the figure for which the balance stands: the first one on its left side."""
        return self.left[0].path

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every figure that takes part."""
        return self.left + self.right

    @property
    def is_over_rows(self) -> bool:
        """Whether sums over rows take part in it."""
        return any(is_over_rows(path) for path, _ in self.terms)

    def in_row(self, row: str) -> Balance:
        """The balance of one row."""
        left, right = (
            tuple(Term(row + path[len(self.rows) :], last) for path, last in side)
            for side in (self.left, self.right)
        )
        return replace(self, left=left, right=right, rows="")

    def outcome(
        self, figures: Mapping[str, Number], last: Mapping[str, Number] | None, row: str = ""
    ) -> BalanceOutcome | None:
        """The two sums and whether they agree, in one row where it is a balance of each row; None where a figure that
        takes part is not known."""
        if row:
            cut = len(self.rows)
            left, right = (
                _known([figures.get(row + p[cut:]) for p, _ in s]) for s in (self.left, self.right)
            )
        else:
            left, right = _values(self.left, figures, last), _values(self.right, figures, last)
        if left is None or right is None:
            return None
        return BalanceOutcome(sum(left), sum(right), RELATIONS[self.relation](left, right, self.factor))


def _values(
    terms: Sequence[Term], figures: Mapping[str, Number], last: Mapping[str, Number] | None
) -> list[Number] | None:
    sources = figures, last or {}
    return _known([sources[from_last].get(path) for path, from_last in terms])


def _known(figures: list[Number | None]) -> list[Number] | None:
    return None if None in figures else cast("list[Number]", figures)


RELATIONS: Mapping[str, Callable[[list[Number], list[Number], Number], bool]] = {
    "equal": lambda left, right, factor: sum(left) == sum(right),
    "only_where": lambda left, right, factor: sum(left) == 0 or sum(right) != 0,
    "at_least": lambda left, right, factor: sum(left) >= sum(right),
    "at_most_times": lambda left, right, factor: sum(right) == 0 or sum(left) <= factor * sum(right),
    "not_all_equal": lambda left, right, factor: left != right or not any(left),
}
"""What each relation of the vocabulary asks of the figures on its two sides.

equal: the sums are the same. only_where: the left sum is other than zero only where the right one is.
at_least: the left sum is no less than the right one, which is zero where nothing stands there. at_most_times: the
left sum is no more than `factor` times a right one that is not zero. not_all_equal: not every figure on the left is
the same as its counterpart, unless all are zero.
"""


class PointerError(ReportfillError):
    """A rule that does not fit its schema: a pointer of it leads to no figure, or to no text."""


def balances_at(
    location: Sequence[str], rule: Mapping[str, Any], shape: Mapping[str, Any], rows: str = ""
) -> Iterator[Balance]:
    """The balances that a rule of a subschema spells out.

    `location` are the keys from the root to the subschema, `shape` the nested objects there, with a number
    wherever a figure stands; `rows` is the path of the rows of which it is a part, if it is. Raises PointerError for a
    pointer to nowhere, and for one to last year's row: nobody could tell which that was.
    """
    for sides in _sides(rule, shape):
        left, right = (tuple(_term(location, pointer) for pointer in side) for side in sides)
        if rows and any(term.last for term in left + right):
            raise PointerError(
                "rows of last year cannot be told apart; speak of all of them at once, outside of the rows",
                "上年的各行无法逐一对应；请在各行之外写，用“*”表示所有行之和",
            )
        yield Balance(
            id=rule["id"],
            title=rule["title"],
            relation=rule.get("relation", "equal"),
            left=left,
            right=right,
            severity=rule.get("severity", "error"),
            factor=rule.get("factor", 1),
            needs_last=any(term.last for term in left + right),
            rows=rows,
        )


Sides = tuple[list[str], list[str]]


def _sides(rule: Mapping[str, Any], shape: Mapping[str, Any]) -> Iterator[Sides]:
    """The pointers to figures on both sides, once for each balance that a rule spells out."""
    relation, left, right = rule.get("relation", "equal"), rule["left"], rule["right"]
    if relation in ("equal", "only_where", "at_least"):
        yield from _key_by_key(left, right, shape)
        return
    if len(left) != len(right):
        raise PointerError(
            f"the relation {relation} needs as many pointers left as right",
            f"relation为{relation}时，left和right的项数须相同",
        )
    pairs = [
        pair for one, other in zip(left, right, strict=True) for pair in _key_by_key([one], [other], shape)
    ]
    if relation == "at_most_times":
        yield from pairs
    else:
        yield [side for pair in pairs for side in pair[0]], [side for pair in pairs for side in pair[1]]


def _key_by_key(left: Sequence[str], right: Sequence[str], shape: Mapping[str, Any]) -> Iterator[Sides]:
    nodes = [_node(pointer, shape) for pointer in (*left, *right)]
    if all(map(is_number, nodes)):
        yield list(left), list(right)
        return
    for key in _common_keys((*left, *right), nodes):
        yield from _key_by_key([f"{p}/{key}" for p in left], [f"{p}/{key}" for p in right], shape)


def _common_keys(pointers: Sequence[str], nodes: Sequence[Any]) -> list[str]:
    """The keys below which figures stand, which must be the same for every pointer of a rule."""
    found = [_number_keys(node) for node in nodes]
    for pointer, node, keys in zip(pointers, nodes, found, strict=True):
        if not keys and not is_number(node):
            raise PointerError(
                f"{pointer} is neither a number nor an object of numbers",
                f"{pointer}既不是数字，也不是一组数字",
            )
    for pointer, keys in zip(pointers, found, strict=True):
        if keys != found[0]:
            raise PointerError(
                f"{pointer} does not hold the same figures as {pointers[0]}",
                f"{pointer}和{pointers[0]}的栏目不一样",
            )
    return found[0]


def _number_keys(node: Any) -> list[str]:
    if not isinstance(node, Mapping):
        return []
    return [key for key, value in node.items() if is_number(value) or _number_keys(value)]


def _node(pointer: str, shape: Mapping[str, Any]) -> Any:
    node: Any = shape
    for key in _keys(pointer):
        if isinstance(node, Mapping) and ALL in node and key != ALL:
            raise PointerError(
                f"{pointer} has no * for all rows before {key}", f"{pointer}里{key}的前面要写*，代表所有的行"
            )
        if not isinstance(node, Mapping) or key not in node:
            raise PointerError(f"{pointer} points to nowhere", f"找不到{pointer}")
        node = node[key]
    return node


def _keys(pointer: str) -> list[str]:
    keys = pointer.removeprefix(LAST).split("/")[1:]
    return [key.replace("~1", "/").replace("~0", "~") for key in keys]


def _term(location: Sequence[str], pointer: str) -> Term:
    path = ".".join((*location, *_keys(pointer))).replace(f".{ALL}", f"[{ALL}]")
    return Term(path, pointer.startswith(LAST))


def figure_outline(schema: Mapping[str, Any]) -> Any:
    """The nested objects that a resolved schema describes, with 0 for each number and None for any text; rows as an
    object with one key for all of them."""
    if is_rows(schema):
        return {ALL: figure_outline(schema["items"])}
    if schema.get("type") == "object":
        return {key: figure_outline(child) for key, child in schema.get("properties", {}).items()}
    found = kind_of_field(schema)
    return 0 if found is not None and found.is_number else None
