"""Made-up data that a pack's schema allows, to try the pack with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from reportfill.model.conditions import absent_fields
from reportfill.model.days import bound_in_year
from reportfill.model.due import Due
from reportfill.model.fields import Field, RowGroup
from reportfill.model.figures import with_values
from reportfill.model.report_model import YEAR
from reportfill.pack.pack import Pack

Answers = Mapping[str, Any]
"""Values, by path, of fields that decide which parts of a report are there."""
_ROWS = 2
"""So many rows are made up."""


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
    samples = {
        path: _sample(pack, field, long=long)
        for path, field in pack.fields.items()
        if not field.rows and path not in pack.rules.derived
    }
    values: dict[str, Any] = {YEAR: pack.manifest.first_year, **next(answers_of(pack), {}), **answers}
    due = Due(pack, values)
    wanted = {path: sample for path, sample in samples.items() if not only_required or due.is_due(path)}
    values = wanted | values
    absent = absent_fields(pack.conditional, values.get)
    data = with_values({}, {path: value for path, value in values.items() if path not in absent})
    for group in pack.rows.values():
        is_there = not absent.issuperset(field.path for field in group.fields)
        holder = group.path.rpartition(".")[0]
        is_begun = any(path.startswith(f"{holder}.") for path in values) if holder else False
        if not group.within and is_there and (group.required or is_begun or not only_required):
            rows = _rows(pack, group, only_required=only_required, long=long)
            data = with_values(data, {group.path: rows})
    return data


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


def _rows(pack: Pack, group: RowGroup, *, only_required: bool, long: bool) -> list[dict[str, Any]]:
    """A few rows, no two of which have the same keys."""
    number = max(group.least, 1 if only_required else min(_ROWS, group.most or _ROWS))
    rows = [_row(pack, group, place, only_required=only_required, long=long) for place in range(number)]
    for inner in pack.rows.values():
        if inner.within == group.path and (inner.required or not only_required):
            key = inner.path[len(group.path) + 1 :]
            rows = [
                with_values(row, {key: _rows(pack, inner, only_required=only_required, long=long)})
                for row in rows
            ]
    return rows


def _sample(pack: Pack, field: Field, *, long: bool) -> Any:
    """A value for a field that stands in no row; the first one of those listed where it has to be one of these."""
    listing = pack.fields.get(field.listed_in)
    return (
        _numbered(_of_kind(pack, listing, long=long), 0, listing)
        if listing
        else _of_kind(pack, field, long=long)
    )


def _of_kind(pack: Pack, field: Field, *, long: bool) -> Any:
    """A value of the field's kind; a day within the bounds that it has in the pack's first year."""
    value = field.kind.sample(field, long=long)
    if not field.kind.holds_days:
        return value
    earliest, latest = (
        f"{bound_in_year(bound, pack.manifest.first_year)}-01"[: len(value)] if bound else ""
        for bound in (field.earliest, field.latest)
    )
    return min(max(value, earliest), latest) if latest else max(value, earliest)


def _row(pack: Pack, group: RowGroup, place: int, *, only_required: bool, long: bool) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in group.fields:
        if field.path not in pack.rules.derived and (field.is_due_in_row or not only_required):
            told = pack.fields.get(field.listed_in, field)
            value = _of_kind(pack, told, long=long)
            is_key = told is not field or field in (group.naming, *(pack.fields[path] for path in group.keys))
            is_key = is_key and isinstance(value, str) and not field.choices
            values[field.path[len(group.path) + 1 :]] = _numbered(value, place, told) if is_key else value
    return with_values({}, values)


def _numbered(words: str, place: int, field: Field) -> str:
    """A text that is another one in each row."""
    number = str(place + 1)
    return words[: (field.max_length or len(words) + len(number)) - len(number)] + number
