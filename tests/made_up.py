"""Sound reports of any pack, made up: what the schema allows, with figures that balance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from reportfill import Finding, Pack, Submission, check
from reportfill.finding import errors_in
from reportfill.model.days import bound_in_year
from reportfill.model.figures import with_values
from reportfill.model.report_model import AGENCY, CODE, YEAR
from reportfill.model.row_paths import field_path
from reportfill.model.row_sums import of_all_rows
from reportfill.trials.sample_data import sample_data

Values = dict[str, Any]


def made_up(pack: Pack, year: int, agency: str = "某某局", times: int = 1) -> dict[str, Any]:
    """A sound report, in which as many figures as can be are something else than 0, that many times as much where that
    is sound too; those with which next year's have to agree are 0, so that any report can follow."""
    values = {**_made_up(pack), AGENCY: agency, YEAR: year}
    values |= _days(pack, values, year)
    more = {path: times * one for path, one in values.items() if _is_typed(pack, path)}
    values = values if errors_in(_findings(pack, values | more)) else values | more
    assert errors_in(_findings(pack, values)) == []
    return with_values({}, values)


@lru_cache
def _made_up(pack: Pack) -> Values:
    values = Submission.from_data(pack, sample_data(pack)).values
    values = {path: one for path, one in values.items() if path != CODE and not pack.is_derived(path)}
    typed = [path for path in values if _is_typed(pack, path)]
    values |= _days(pack, values, values[YEAR]) | {path: _least(pack, path) for path in typed}
    followed = {term.path for balance in pack.rules.balances for term in balance.terms if term.last}
    for number, path in enumerate(typed, 1):
        if followed.isdisjoint((path, *_sums_of(pack, path))):
            values |= next(_sound_with(pack, values, path, number), {})
    return values


def _days(pack: Pack, values: Mapping[str, Any], year: int) -> Values:
    """Days that are no earlier than the schema has it."""
    bounded = {path: pack.bounded_days.get(field_path(path)) for path in values}
    return {path: bound_in_year(one.earliest or one.latest, year) for path, one in bounded.items() if one}


def _sums_of(pack: Pack, path: str) -> Iterator[str]:
    """The figures of which one is a part, those of all rows among them."""
    whole = of_all_rows(pack.rows, pack.fields[field_path(path)])
    for derived, balance in pack.rules.derived.items():
        if any(term.path in (field_path(path), whole) for term in balance.right):
            yield derived
            yield from _sums_of(pack, derived)


def _is_typed(pack: Pack, path: str) -> bool:
    field = pack.fields.get(field_path(path))
    is_figure = field is not None and field.kind.is_number and not field.choices and path != YEAR
    return is_figure and not pack.is_derived(path)


def _least(pack: Pack, path: str) -> Any:
    return max(0, pack.fields[field_path(path)].minimum or 0)


def _sound_with(pack: Pack, values: Values, path: str, figure: int) -> Iterator[Values]:
    """Figures with which a report is sound where one is that much: itself alone, or another one of a balance that it
    would break with it."""
    changed = {path: figure}
    broken = errors_in(_findings(pack, values | changed))
    if not broken:
        yield changed
    others = [other for found in broken for other in found.cells if other in values and other not in changed]
    for other in others:
        both = changed | {other: figure}
        if _is_typed(pack, other) and not errors_in(_findings(pack, values | both)):
            yield both


def _findings(pack: Pack, values: Mapping[str, Any]) -> list[Finding]:
    return check(Submission.from_data(pack, with_values({}, values)))
