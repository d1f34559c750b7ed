"""A validator of the jsonschema library that knows the project's own keywords."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from reportfill.pack.balances import Balance, PointerError, balances_at
from reportfill.pack.figures import figures_of


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
