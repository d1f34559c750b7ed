"""All rules of a pack's schema, spelled out once: what must balance, what is derived, what is mentioned."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportfill.decimals import Number
from reportfill.model.fields import Fields, RowGroup, Schema, is_rows, schema_of_parts, subschemas
from reportfill.model.row_paths import Rows, all_like, field_path, is_over_rows
from reportfill.model.row_sums import row_sums
from reportfill.pack.balances import Balance, PointerError, balances_at, figure_outline
from reportfill.pack.problems import BrokenPackError, PackProblem, place_in_schema
from reportfill.pack.wordings import Mention, Wordings, mention_of, without_effect, wordings_of

NO_ROWS: Mapping[str, Any] = {}

IsDue = Callable[[str], bool]
"""Whether a report has to have the figure at a path."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a schema says about figures beyond JSON Schema.

    `derived` maps a figure that need not be typed to the balance that gives it, `prefilled` one that follows
    from last year's report, each by the path of the balance's first left term.
    """

    balances: tuple[Balance, ...]
    mentions: tuple[Mention, ...]
    wordings: Wordings
    derived: Mapping[str, Balance]
    prefilled: Mapping[str, Balance]
    optional: frozenset[str]
    """Figures that a report, or the row in which they stand, may lack."""
    of_rows: tuple[Balance, ...] = ()
    """The balances of each row."""

    def derive(
        self,
        figures: Mapping[str, Number],
        groups: Mapping[str, RowGroup] = NO_ROWS,
        rows: Rows = NO_ROWS,
        is_due: IsDue | None = None,
    ) -> dict[str, Number]:
        """The derived figures that are missing and that the others give. A blank one that is not due counts as 0; a sum
        of nothing but such ones, or of no rows, is worked out only where it `is_due` itself. In rows they come first,
        innermost ones before all others: what all rows have together may be part of another."""
        deriving = _Deriving(dict(figures), is_due or self._is_always_due)
        for path in reversed(list(groups)):
            for balance in self.derived.values():
                for row in rows.get(path, ()) if balance.rows == path else ():
                    deriving.derive(balance, row)
            deriving.add_up(groups[path], rows)
        for balance in self.derived.values():
            if not balance.rows:
                deriving.derive(balance)
        return deriving.found

    def _is_always_due(self, path: str) -> bool:
        return field_path(path) not in self.optional


class _Deriving:
    """Figures while those that follow from them are worked out, each of which is known to the next."""

    def __init__(self, known: dict[str, Number], is_due: IsDue) -> None:
        self._known = known
        self._is_due = is_due
        self._groups: set[str] = set()
        self._rows: set[str] = set()
        self.found: dict[str, Number] = {}

    def add_up(self, group: RowGroup, rows: Rows) -> None:
        """Work out what all rows of a group have together."""
        self._known |= row_sums(group, self._known, rows)
        self._groups.add(group.path)
        self._rows |= {one for row in rows.get(group.path, ()) for one in all_like(row)}

    def derive(self, balance: Balance, row: str = "") -> None:
        """Work out what a balance gives, in one row where it is one of each row."""
        before = len(balance.rows)
        path = row + balance.place[before:]
        if path in self._known:
            return
        terms = [row + term.path[before:] for term in balance.right]
        parts = [self._known[term] for term in terms if term in self._known]
        of_nothing = [term for term in terms if term not in self._known or self._is_of_none(term)]
        is_due = len(of_nothing) < len(terms) or self._is_due(path)
        if is_due and not any(self._is_due(term) for term in of_nothing if not self._is_of_none(term)):
            self.found[path] = self._known[path] = sum(parts)

    def _is_of_none(self, path: str) -> bool:
        """Whether a path stands for what all rows have together, and there are none."""
        of_all = path[: path.rfind("[*]") + len("[*]")] if is_over_rows(path) else ""
        return field_path(of_all) in self._groups and of_all not in self._rows


def rules_of(schema: Schema, fields: Fields) -> Rules:
    """The rules of a resolved schema. Raises PackError with every rule that does not fit the schema."""
    balances, mentions, problems = _read(schema, fields)
    try:
        wordings = wordings_of(schema, fields)
    except PointerError as error:
        wordings = Wordings()
        problems.append(PackProblem(place_in_schema(["wordings"]), str(error), error.chinese))
    in_rows, balances = [b for b in balances if b.rows], [b for b in balances if not b.rows]
    derived = _derived([*balances, *in_rows])
    ordered = _in_order(derived)
    circular = (
        (rule.id, f"{path} would be derived from itself", f"{path}由自己算出来")
        for path, rule in derived.items()
        if path not in ordered
    )
    problems += [
        PackProblem("schema.json", f"rule {id_}: {fault}", f"规则{id_}：{chinese}")
        for id_, fault, chinese in (*without_effect(mentions), *circular)
    ]
    if problems:
        raise BrokenPackError(problems)
    optional = frozenset(
        path
        for path, field in fields.items()
        if not field.is_due_in_row and (field.conditions or not field.required)
    )
    prefilled = _prefilled(balances)
    return Rules(tuple(balances), tuple(mentions), wordings, ordered, prefilled, optional, tuple(in_rows))


def _read(schema: Schema, fields: Fields) -> tuple[list[Balance], list[Mention], list[PackProblem]]:
    balances: list[Balance] = []
    mentions: list[Mention] = []
    problems: list[PackProblem] = []
    groups: set[tuple[str, ...]] = set()
    for keys, part in subschemas(schema):
        node = schema_of_parts(part)
        if is_rows(part):
            groups.add(keys)
        for keyword in ("balances", "mentions"):
            for index, rule in enumerate(node.get(keyword, [])):
                try:
                    if keyword == "balances":
                        rows = max(
                            (known for known in groups if keys[: len(known)] == known), default=(), key=len
                        )
                        balances += balances_at(keys, rule, figure_outline(node), ".".join(rows))
                    else:
                        mentions.append(mention_of(keys, rule, schema, fields))
                except PointerError as error:
                    problems.append(_problem(_steps(schema, keys), keyword, index, rule, error))
    return balances, mentions, problems


def _problem(
    keys: Sequence[str], keyword: str, index: int, rule: Mapping[str, Any], error: PointerError
) -> PackProblem:
    """The fault of a rule with its place: the way to its subschema, then the rule."""
    return PackProblem(
        place_in_schema([*keys, keyword, index]),
        f"rule {rule['id']}: {error}",
        f"规则{rule['id']}：{error.chinese}",
    )


def _steps(schema: Schema, keys: Sequence[str]) -> list[str]:
    """How a schema leads to that of a part, or to that of each row where it is one of rows."""
    steps, node = [], schema
    for key in keys:
        node = schema_of_parts(node)["properties"][key]
        steps += ["properties", key, *(["items"] if is_rows(node) else [])]
    return steps


def _derived(balances: Sequence[Balance]) -> dict[str, Balance]:
    """Figures that stand alone on the left of a rule about this year; the first such rule counts."""
    found: dict[str, Balance] = {}
    for balance in balances:
        is_figure = len(balance.left) == 1 and not is_over_rows(balance.place)
        alone = is_figure and balance.relation == "equal" and not balance.needs_last
        if alone and balance.severity == "error":
            found.setdefault(balance.place, balance)
    return found


def _in_order(derived: Mapping[str, Balance]) -> dict[str, Balance]:
    """The derived figures so ordered that each comes after those that it is the sum of."""
    ordered: dict[str, Balance] = {}
    while True:
        waiting = {path: rule for path, rule in derived.items() if path not in ordered}
        ready = {
            path: rule for path, rule in waiting.items() if not any(t.path in waiting for t in rule.right)
        }
        if not ready:
            return ordered
        ordered |= ready


def _prefilled(balances: Sequence[Balance]) -> dict[str, Balance]:
    """Figures that follow from last year's report: the first on the left of an equality that names it."""
    found: dict[str, Balance] = {}
    for balance in balances:
        from_last = balance.needs_last and not any(term.last for term in balance.left)
        if balance.relation == "equal" and from_last and not is_over_rows(balance.place):
            found.setdefault(balance.place, balance)
    return found
