"""Validators of the jsonschema library that know the project's own keywords, and judge exactly and in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from reportfill.decimals import Number, exact, is_finite, is_number, is_whole
from reportfill.model.figures import figures_of
from reportfill.model.formats import is_of_format
from reportfill.model.row_paths import all_like, row_around
from reportfill.pack.balances import ALL, Balance, PointerError, balances_at
from reportfill.pack.patterns import PatternGivenUp, compiled_pattern


def _balances(
    validator: Any, rules: list[Mapping[str, Any]], instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `balances`, as jsonschema calls it. Rules that need last year's report are skipped."""
    if not validator.is_type(instance, "object"):
        return
    figures = figures_of(instance)
    figures |= _sums_over_rows(figures)
    for balance in _spelled_out(rules, _outline_of(instance)):
        outcome = balance.outcome(figures, None)
        if outcome is not None and not outcome.holds:
            yield ValidationError(f"{balance.title}: {outcome.left} is not {outcome.right} ({balance.place})")


def _sums_over_rows(figures: Mapping[str, Number]) -> dict[str, Number]:
    """What the figures of rows come to, by paths with * for each number."""
    sums: dict[str, Number] = {}
    for path, figure in figures.items():
        for one in all_like(row_around(path)) if row_around(path) else ():
            sums[one + path[len(row_around(path)) :]] = (
                sums.get(one + path[len(row_around(path)) :], 0) + figure
            )
    return sums


def _outline_of(instance: Any) -> Any:
    """An instance with its rows as one, under the key that stands for all of them."""
    if isinstance(instance, Mapping):
        return {key: _outline_of(value) for key, value in instance.items()}
    if isinstance(instance, list) and any(isinstance(row, Mapping) for row in instance):
        together: dict[str, Any] = {}
        for row in instance:
            together |= _outline_of(row) if isinstance(row, Mapping) else {}
        return {ALL: together}
    return instance


def _spelled_out(rules: Iterable[Mapping[str, Any]], instance: Mapping[str, Any]) -> Iterator[Balance]:
    """The balances that an instance has figures for; what it lacks, `required` reports."""
    for rule in rules:
        try:
            yield from list(balances_at((), rule, instance))
        except PointerError:
            continue


def _multiple_of(
    validator: Any, step: Any, instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `multipleOf`, exactly: 0.3 is a multiple of 0.1. jsonschema itself reckons in binary fractions."""
    if not is_number(instance) or not is_finite(instance):
        return
    if Fraction(exact(instance)) % Fraction(exact(step)):
        yield ValidationError(f"{instance} is not a multiple of {step}")


def _pattern(
    validator: Any, pattern: str, instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """The keyword `pattern`, as ECMA-262 means it. A pattern that has to be given up is not said to fit."""
    try:
        if isinstance(instance, str) and not compiled_pattern(pattern).search(instance):
            yield ValidationError(f"{instance} does not match {pattern}")
    except PatternGivenUp:
        yield ValidationError(f"{pattern} was given up")


def _format(validator: Any, name: str, instance: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    """The keyword `format`, which jsonschema itself asserts nothing by: a day or month that a calendar has."""
    if isinstance(instance, str) and not is_of_format(instance, name):
        yield ValidationError(f"{instance} is no {name}")


def _is_number(checker: object, value: object) -> bool:
    """What JSON calls a number; it has none that is infinite or NaN."""
    return is_number(value) and is_finite(value)


def _is_integer(checker: object, value: object) -> bool:
    """A number without a fraction, however it is written. To jsonschema itself, Decimal("5.0") is none."""
    return is_number(value) and is_whole(value)


_EXACT = Draft202012Validator.TYPE_CHECKER.redefine_many({"number": _is_number, "integer": _is_integer})

PackValidator = extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
    Draft202012Validator,
    validators={"balances": _balances, "multipleOf": _multiple_of, "pattern": _pattern, "format": _format},
    type_checker=_EXACT,
)
"""A jsonschema validator class that also applies `balances` wherever a subschema holds them."""
