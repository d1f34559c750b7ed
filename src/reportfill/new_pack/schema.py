"""The schema.json of a draft: its groups and fields in reading order, with the sums that it proposes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from reportfill.new_pack.draft import Blank, Draft, Sum
from reportfill.new_pack.naming import Branch
from reportfill.pack.keywords import DIALECT
from reportfill.text import cut

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_LONGEST_TITLE = 60


def schema_json(draft: Draft, tree: Branch) -> bytes:
    """The bytes of schema.json."""
    schema: dict[str, Any] = {"$schema": DIALECT, "title": draft.title} | _group(tree)
    own = {
        "agency": {
            "title": "单位",
            "type": "object",
            "additionalProperties": False,
            "required": ["name"],
            "properties": {
                "name": {"title": "单位名称", "type": "string", "minLength": 2, "maxLength": 60},
                "code": {"title": "单位编码", "type": "string", "maxLength": 40},
            },
        },
        "year": {
            "title": "年度",
            "type": "integer",
            "minimum": _FIRST_YEAR,
            "maximum": _LAST_YEAR,
            "rollup": "none",
            "unit": "年",
        },
    }
    parts = {name: part for name, part in schema["properties"].items() if name not in own}
    schema["properties"] = {**own, **parts}
    schema["required"] = [*own, *(name for name in schema["required"] if name not in own)]
    _add_balances(schema, [rule for section in draft.sections for rule in section.sums])
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _group(branch: Branch) -> dict[str, Any]:
    parts = {name: _part(child) for name, child in branch.children.items()}
    required = [name for name, child in branch.children.items() if _is_required(child)]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": parts,
    }


def _part(branch: Branch) -> dict[str, Any]:
    title = {"title": cut(branch.title, _LONGEST_TITLE)}
    if branch.records:
        return title | {"type": "array", "items": _group(branch)}
    if branch.blank is None:
        return title | _group(branch)
    asked = branch.blank.asked
    hint = {"description": asked.description} if asked.description else {}
    return title | hint | dict(asked.schema)


def _is_required(branch: Branch) -> bool:
    """Whether something in it has to be filled in: no rows, of which there may be none."""
    if branch.records or branch.blank is not None:
        return branch.blank is not None and branch.blank.asked.is_required
    return any(map(_is_required, branch.children.values()))


def _add_balances(schema: dict[str, Any], sums: Sequence[Sum]) -> None:
    """Put each rule at the innermost group around all of its figures."""
    for number, rule in enumerate(sums, 1):
        paths = [blank.path.split(".") for blank in (rule.whole, *rule.parts)]
        steps = takewhile(
            lambda names: len(set(names)) == 1, zip(*(path[:-1] for path in paths), strict=False)
        )
        around = [names[0] for names in steps]
        node = schema
        for name in around:
            node = node["properties"][name]
            node = node.get("items", node)
        node.setdefault("balances", []).append(_balance(rule, len(around), number))


def _balance(rule: Sum, depth: int, number: int) -> dict[str, Any]:
    """A rule whose pointers begin so many groups down."""

    whole, *parts = (_pointer(blank, depth) for blank in (rule.whole, *rule.parts))
    if not rule.is_part:
        return {
            "id": f"sum.{number}",
            "title": f"“{rule.whole.label}”等于各项之和",
            "left": [whole],
            "right": parts,
        }
    return {
        "id": f"part.{number}",
        "title": f"“{rule.parts[0].label}”不大于“{rule.whole.label}”",
        "left": parts,
        "right": [whole],
        "relation": "at_most_times",
        "factor": 1,
        "severity": "warning",
    }


def _pointer(blank: Blank, depth: int) -> str:
    """The pointer to a figure from so many groups down; to that of all rows from outside of them."""
    names = blank.path.split(".")
    rows = len(blank.records.path.split(".")) if blank.records else 0
    if depth < rows:
        names.insert(rows, "*")
    return "".join(f"/{name}" for name in names[depth:])
