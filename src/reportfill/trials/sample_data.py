"""Made-up data that a pack's schema allows, to try the pack with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from reportfill.model.conditions import absent_fields
from reportfill.model.fields import Field
from reportfill.model.figures import with_values
from reportfill.model.report_model import YEAR
from reportfill.pack.pack import Pack

Answers = Mapping[str, Any]
"""Values, by path, of fields that decide which parts of a report are there."""


def sample_data(
    pack: Pack,
    *,
    only_required: bool = False,
    long: bool = False,
    answers: Answers = MappingProxyType({}),
) -> dict[str, Any]:
    """Nested data with a value for each field, or for each one that is required; derived figures are left to be worked
    out, and so is what is not there with these `answers`. With `long`, texts are as long as the schema lets them be, up
    to a few pages."""
    values = {
        path: field.kind.sample(field, long=long)
        for path, field in pack.fields.items()
        if path not in pack.rules.derived and (field.required or not only_required)
    }
    values |= {YEAR: pack.manifest.first_year, **next(answers_of(pack), {}), **answers}
    absent = absent_fields(pack.conditional, values.get)
    return with_values({}, {path: value for path, value in values.items() if path not in absent})


def answers_of(pack: Pack) -> Iterator[Answers]:
    """Answers with which most parts of a report are there, then one at a time every other answer."""
    wanted: dict[str, list[Any]] = {}
    for conditions in pack.conditional.values():
        for condition in conditions:
            values = wanted.setdefault(condition.path, [])
            values += [value for value in condition.values if value not in values]
    if wanted:
        yield {path: values[0] for path, values in wanted.items()}
    for path, values in wanted.items():
        for value in (*values[1:], *_others(pack.fields[path], values)):
            yield {path: value}


def _others(field: Field, values: list[Any]) -> list[Any]:
    """The answers that nothing asks for, of a field that has a list of them."""
    possible = [option.value for option in field.choices] or [True, False] * isinstance(values[0], bool)
    return [value for value in possible if value not in values]
