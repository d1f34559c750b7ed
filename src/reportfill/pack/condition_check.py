"""Whether the conditions under which parts of a report are there can be asked: of fields that there are, by values that
they can have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportfill.decimals import is_number
from reportfill.model.conditions import FieldCondition, own_conditions
from reportfill.model.fields import Field, Fields, Schema, subschemas
from reportfill.pack.problems import PackProblem, problem_in_schema
from reportfill.pack.tag_words import unknown_path

Said = tuple[str, str]
"""What is wrong, in English and in Chinese."""


def condition_problems(schema: Schema, fields: Fields, derived: Mapping[str, Any]) -> Iterator[PackProblem]:
    """Every condition of a resolved schema that cannot be asked."""
    for keys, node in subschemas(schema):
        for condition in own_conditions(node):
            wrong = _wrong(condition, ".".join(keys), fields, derived)
            if wrong:
                holder = [part for key in keys for part in ("properties", key)]
                yield problem_in_schema([*holder, "applies_when", condition.path], *wrong)


def _wrong(condition: FieldCondition, part: str, fields: Fields, derived: Mapping[str, Any]) -> Said | None:
    field = fields.get(condition.path)
    if field is None:
        return unknown_path(condition.path, fields)
    if f"{condition.path}.".startswith(f"{part}.") or _depends_on(field, part, fields):
        return f"{part} would ask for itself", f"{part}的条件是它自己"
    if condition.path in derived:
        return f"{condition.path} is worked out and not answered", f"{condition.path}是算出来的，不能作条件"
    if field.rows:
        return (
            f"{condition.path} has a value in each row, and a condition asks for one value",
            f"{condition.path}每行各有一个值，不能作条件",
        )
    if field.kind.is_list or field.kind.holds_days:
        return (
            f"{condition.path} is no choice, number, text, or yes or no",
            f"{condition.path}不是单选、是否、数字或者文字，不能作条件",
        )
    if not all(_can_be(field, value) for value in condition.values):
        return f"{condition.path} never has this value", f"{condition.path}不会是这个值"
    return None


def _depends_on(field: Field, part: str, fields: Fields) -> bool:
    """Whether a field is there only where something within a part says so."""
    pending, seen = [field], set()
    while pending:
        for condition in pending.pop().conditions:
            if f"{condition.path}.".startswith(f"{part}."):
                return True
            if condition.path in fields and condition.path not in seen:
                seen.add(condition.path)
                pending.append(fields[condition.path])
    return False


def _can_be(field: Field, value: Any) -> bool:
    """Whether a field can have a value."""
    if field.choices:
        return any(value == option.value for option in field.choices)
    if field.kind.is_number:
        return is_number(value)
    return field.kind.judge(field, value) is None and isinstance(value, str | bool)
