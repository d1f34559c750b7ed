"""What a chart shows, by the fields of a pack: where its labels and figures stand in the data of a report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from reportfill.decimals import Number, exact, is_number
from reportfill.model.fields import Field, Group
from reportfill.model.kinds.blank_figure import BlankFigure
from reportfill.model.report_model import LAST_YEAR
from reportfill.office.chart_data import ChartData, ChartSeries
from reportfill.pack.chart_tags import ChartTag, ChartTagError, ChartTerm, TaggedSeries
from reportfill.pack.tag_words import unknown_path
from reportfill.text import how_many

_LAST = f"{LAST_YEAR}."

Parts = Mapping[str, Field | Group]
"""The fields of a pack and the groups of them by path."""


class PlannedSeries(NamedTuple):
    """A series: what it is called, and the paths of its figures; one of rows gives a figure for each row."""

    name: str
    paths: tuple[str, ...]


class ChartPlan(NamedTuple):
    """What a chart shows. A category is words, or the path at which they stand."""

    categories: tuple[ChartTerm, ...]
    series: tuple[PlannedSeries, ...]

    @property
    def paths(self) -> set[str]:
        """The paths of all that the chart shows."""
        return {term.path for term in self.categories if term.path} | {
            p for s in self.series for p in s.paths
        }


def chart_plan(tag: ChartTag, parts: Parts) -> ChartPlan:
    """What a tag asks for. Raises ChartTagError where the fields do not have that."""
    series = [_series(one, parts) for one in tag.series]
    for term in tag.categories:
        if term.path and not isinstance(parts.get(term.path), Field):
            raise ChartTagError(*unknown_path(term.path, parts))
    rows = {_rows_of(path, parts) for one in series for path in one.paths}
    if rows != {""}:
        _refuse_mixed_rows(tag, series, rows, parts)
        return ChartPlan(tag.categories, tuple(series))
    lengths = sorted({len(one.paths) for one in series})
    if len(lengths) > 1:
        raise ChartTagError(
            f"its series are not of one length: one has {how_many(lengths[0], 'field')}, another {lengths[-1]}",
            f"各系列的栏目数不同：{lengths[0]}个和{lengths[-1]}个",
        )
    categories = tag.categories or _titles([one.paths for one in series], parts)
    if len(categories) != lengths[0]:
        raise ChartTagError(
            f"its categories are {len(categories)}, and the figures of a series {lengths[0]}",
            f"有{len(categories)}个类别，而每个系列有{lengths[0]}个栏目",
        )
    return ChartPlan(categories, tuple(series))


def _rows_of(path: str, parts: Parts) -> str:
    """The path of the rows in which a field stands; empty where it stands in none."""
    return parts[_in_any_year(path)].fields[0].rows


def _refuse_mixed_rows(tag: ChartTag, series: Sequence[PlannedSeries], rows: set[str], parts: Parts) -> None:
    """Raise ChartTagError where a series of rows is not one field of the same rows as every other, or where none of
    their fields says what the points are called."""
    if len(rows) > 1 or any(len(one.paths) > 1 for one in series):
        raise ChartTagError(
            "each series of rows is one field, and all of them are of the same rows",
            "按行的图表，每个系列写一个栏目，各系列在同样的行里",
        )
    [path] = rows
    if [_rows_of(term.path, parts) if term.path else "" for term in tag.categories] != [path]:
        raise ChartTagError(
            f"for rows a field of each row says what the points are called: categories = {path}.…",
            f"按行的图表，要用行里的栏目作类别：类别 = {path}.…",
        )


def _series(tagged: TaggedSeries, parts: Parts) -> PlannedSeries:
    paths = [path for term in tagged.terms for path in _figures(term, parts)]
    return PlannedSeries(tagged.name or _name(tagged.terms, parts), tuple(paths))


def _name(terms: Sequence[ChartTerm], parts: Parts) -> str:
    """What a series is called whose tag does not say so: as its field or group, or the group of its fields."""
    path = _in_any_year(terms[0].path)
    part = parts.get(path if len(terms) == 1 else path.rpartition(".")[0])
    if part is None:
        return ""
    return part.title if isinstance(part, Field) else part.label


def _in_any_year(path: str) -> str:
    """A path without what says that the figure of the year before is meant."""
    return path.removeprefix(_LAST)


def _figures(term: ChartTerm, parts: Parts) -> list[str]:
    """The paths of the figures that a term names. Raises ChartTagError where there are none."""
    path = _in_any_year(term.path)
    part = parts.get(path)
    if part is None:
        raise ChartTagError(*unknown_path(path, parts))
    out = tuple(f"{path}.{key}" for key in term.without)
    for left_out in out:
        if left_out not in parts:
            raise ChartTagError(*unknown_path(left_out, parts))
    fields = [
        field
        for field in part.fields
        if field.kind.is_number and not any(f"{field.path}.".startswith(f"{left_out}.") for left_out in out)
    ]
    if not fields:
        raise ChartTagError(
            f"{path} ({part.label}) is no figure, and has none in it",
            f"{path}（{part.label}）不是数据项，也不含数据项",
        )
    if path != term.path and any(field.rows for field in fields):
        raise ChartTagError(
            f"of last year only figures outside of rows are known, and {path} stands in rows",
            f"上年度只有各行之外的数据可用，{path}在行里",
        )
    return [term.path.removesuffix(path) + field.path for field in fields]


def _titles(series: Sequence[tuple[str, ...]], parts: Parts) -> tuple[ChartTerm, ...]:
    """The labels of the fields, which are those of every series. Raises ChartTagError where they differ."""
    labels = [[parts[_in_any_year(path)].fields[0].title for path in paths] for paths in series]
    if any(other != labels[0] for other in labels[1:]):
        raise ChartTagError(
            "the fields of its series have different labels; say what the points are called: categories = …",
            "各系列栏目的名称不同；请写明类别：类别 = …",
        )
    return tuple(ChartTerm(words=label) for label in labels[0])


def chart_data(plan: ChartPlan, context: Mapping[str, Any]) -> ChartData:
    """What a chart shows of a report, given its data as templates see them; nothing is shown of what is blank."""
    labels = [label for term in plan.categories for label in _labels(term, context)]
    series = [
        (name, [_figure(value) for path in paths for value in _values(context, path.split("."))])
        for name, paths in plan.series
    ]
    length = max(len(labels), *(len(figures) for _, figures in series))
    return ChartData(
        [*labels, *[""] * (length - len(labels))],
        [ChartSeries(name, [*figures, *[None] * (length - len(figures))]) for name, figures in series],
    )


def _labels(term: ChartTerm, context: Mapping[str, Any]) -> list[str]:
    if not term.path:
        return [term.words]
    return ["" if value is None else str(value) for value in _values(context, term.path.split("."))]


def _values(data: Any, keys: Sequence[str]) -> Iterator[Any]:
    """What stands at a path: in every row, where rows are on the way; None where there is nothing."""
    if isinstance(data, list) and keys:
        for row in data:
            yield from _values(row, keys)
    elif not keys:
        yield data
    else:
        yield from _values(data.get(keys[0]) if isinstance(data, Mapping) else None, keys[1:])


def _figure(value: Any) -> Number | None:
    return exact(value) if is_number(value) and not isinstance(value, BlankFigure) else None
