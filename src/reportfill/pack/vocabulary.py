"""The project's own JSON Schema keywords: their meta-schema, and a validator that knows them.

JSON Schema says what a field may hold; `balances`, `mentions`, `rollup` and `unit` say what it cannot.
docs/schema-vocabulary.md explains them for people, vocabulary.schema.json for machines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from reportfill.pack.balances import Balance, PointerError, balances_at
from reportfill.pack.figures import figures_of
from reportfill.pack.problems import PackProblem


@cache
def meta_schema() -> dict[str, Any]:
    """The meta-schema: JSON Schema 2020-12 plus the project's keywords."""
    text = files("reportfill.pack").joinpath("vocabulary.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def schema_problems(schema: object) -> list[PackProblem]:
    """Every place where a schema breaks the rules of its vocabulary; empty for a sound one."""
    errors = sorted(
        Draft202012Validator(meta_schema()).iter_errors(schema), key=lambda error: list(error.path)
    )
    return [PackProblem(place_in_schema(error.absolute_path), error.message) for error in errors]


def place_in_schema(path: Iterable[str | int]) -> str:
    """A path of keys as a place for people: "schema.json#/properties/year"."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return "schema.json#" + "".join(f"/{key}" for key in escaped)


def _balances(
    validator: Any, rules: list[Mapping[str, Any]], instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `balances`, as jsonschema calls it. Rules that need last year's report are skipped."""
    if not validator.is_type(instance, "object"):
        return
    figures = figures_of(instance)
    for balance in _spelled_out(rules, instance):
        outcome = balance.outcome(figures, None)
        if outcome is not None and not outcome.holds:
            yield ValidationError(f"{balance.title}: {outcome.left} is not {outcome.right} ({balance.place})")


def _spelled_out(rules: Iterable[Mapping[str, Any]], instance: Mapping[str, Any]) -> Iterator[Balance]:
    """The balances that an instance has figures for; what it lacks, `required` reports."""
    for rule in rules:
        try:
            yield from list(balances_at((), [rule], instance))
        except PointerError:
            continue


def _annotation(validator: Any, value: Any, instance: Any, schema: Mapping[str, Any]) -> tuple[()]:
    """A keyword that says something without restricting anything."""
    return ()


PackValidator = extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
    Draft202012Validator,
    validators={"balances": _balances, "mentions": _annotation, "rollup": _annotation, "unit": _annotation},
)
"""A jsonschema validator class that also applies `balances` wherever a subschema holds them."""
