"""The conditions of a schema in words: what has to be so for a demand to be made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from reportfill.model.requirements import one_of
from reportfill.text import Text

Label = Callable[[str], str]
"""What people call the field at a path."""


def conditions_of(schema: Any, schema_path: Iterable[str | int], label: Label) -> Iterator[Text]:
    """The conditions under which the keyword at a path of a resolved schema asks something, outermost first."""
    node, steps = schema, list(schema_path)
    keys: list[str] = []
    while steps:
        step = steps.pop(0)
        if step in ("then", "else"):
            yield _asked(node["if"], ".".join(keys), label, holds=step == "then")
        node = node[step]
        if step == "properties":
            keys.append(str(steps[0]))
        elif step == "dependentSchemas":
            yield filled_in(".".join((*keys, str(steps[0]))), label)


def filled_in(path: str, label: Label) -> Text:
    """The condition that a part is filled in."""
    return Text(f"填写了“{label(path)}”", f"{label(path)} is filled in")


def _asked(condition: Mapping[str, Any], path: str, label: Label, *, holds: bool) -> Text:
    """The condition that a field has, or has not, one of some values."""
    while "properties" in condition:
        [(name, condition)] = condition["properties"].items()
        path = f"{path}.{name}" if path else name
    values = one_of(condition.get("enum", [condition.get("const")]))
    verb = Text("是", "is") if holds else Text("不是", "is not")
    return Text(f"“{label(path)}”{verb.zh}{values.zh}", f"{label(path)} {verb.en} {values.en}")


def all_of(conditions: Iterable[Text]) -> Text:
    """Several conditions as one."""
    told = list(conditions)
    return Text("，且".join(one.zh for one in told), " and ".join(one.en for one in told))
