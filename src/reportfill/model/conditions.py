"""Parts of a report that are there only where another field says so: 委托 = 是.

A part whose condition does not hold is not asked for, not checked and not printed; what was typed there is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

Schema = Mapping[str, Any]


class FieldCondition(NamedTuple):
    """That the field at a path has one of some values."""

    path: str
    values: tuple[Any, ...]

    def holds(self, value: Any) -> bool:
        """Whether it does with that value; yes and no are no numbers here."""
        return any(value == one and isinstance(value, bool) is isinstance(one, bool) for one in self.values)


def conditions_in(nodes: Sequence[Schema], keys: Sequence[str]) -> tuple[FieldCondition, ...]:
    """All conditions on a part of a schema, outermost first; `nodes` are the schemas from the root to the part, `keys`
    the names that lead there."""
    found: list[FieldCondition] = []
    for depth, node in enumerate(nodes):
        if depth:
            holder = nodes[depth - 1]
            found += _asked_by_then(holder, keys[: depth - 1], keys[depth - 1])
        found += own_conditions(node)
    return tuple(dict.fromkeys(found))


def own_conditions(node: Schema) -> Iterator[FieldCondition]:
    """Those that a part names by `applies_when`."""
    for path, wanted in node.get("applies_when", {}).items():
        yield FieldCondition(path, tuple(wanted) if isinstance(wanted, list) else (wanted,))


def is_asked_for(holder: Schema, name: str) -> bool:
    """Whether a group requires a part, always or under a condition."""
    return name in holder.get("required", ()) or any(_asked_by_then(holder, (), name))


def _asked_by_then(holder: Schema, keys: Sequence[str], name: str) -> Iterator[FieldCondition]:
    """Those under which a group requires a part that it does not require otherwise: `if`, `then`, `required`."""
    if name in holder.get("required", ()):
        return
    for rule in (holder, *holder.get("allOf", ())):
        if "else" not in rule and name in rule.get("then", {}).get("required", ()):
            yield _condition_of(rule["if"], keys)


def _condition_of(asked: Schema, keys: Sequence[str]) -> FieldCondition:
    path = list(keys)
    while "properties" in asked:
        [(name, asked)] = asked["properties"].items()
        path.append(name)
    return FieldCondition(".".join(path), tuple(asked["enum"]) if "enum" in asked else (asked.get("const"),))


def absent_fields(
    conditional: Mapping[str, tuple[FieldCondition, ...]], value_of: Callable[[str], Any]
) -> frozenset[str]:
    """The fields, of those that are there under conditions, that are not; `value_of` gives the value at a path. A field
    that is not there itself has no value that others could ask for."""
    known: dict[str, bool] = {}

    def is_there(path: str) -> bool:
        if path not in known:
            known[path] = False  # a part that asks for itself is never there
            known[path] = all(
                is_there(one.path) and one.holds(value_of(one.path)) for one in conditional.get(path, ())
            )
        return known[path]

    return frozenset(path for path in conditional if not is_there(path))
