"""The pictures of a comparison: the main sums of both years, and each agency's figure beside last year's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import groupby
from math import log10

from markupsafe import Markup

from reportfill.campaign.comparison.comparison import Comparison, FigureChange, main_paths
from reportfill.campaign.comparison.figure_words import in_digits, percent_in_words, short_label
from reportfill.campaign.comparison.jumps import jump_size
from reportfill.campaign.svg import (
    BLUE,
    FAINT,
    GREY,
    INK,
    LINE,
    RED,
    bar,
    dot,
    line,
    picture,
    rotated_words,
    width_of_words,
    words,
    words_within,
)
from reportfill.decimals import Number

_WIDTH = 560
"""How wide a picture is; the browser scales it."""

_FIGURES_IN_CHART = 30
_JUMPS_NAMED = 12
_DOTS_ONE_BY_ONE = 2_000
"""With more agencies than these, dots that lie close together become one."""

_LARGEST_PERCENT = 9_999


@dataclass(frozen=True, slots=True)
class Scatter:
    """The picture of one figure: `label` is what it is called, `agencies` how many dots it has, `jumps` how many of
    them are jumps, `named` how many of those bear their names."""

    label: str
    agencies: int
    jumps: int
    named: int
    drawing: Markup


# The sums.

_BAR_LEFT, _BAR_WIDTH, _NUMBER_END = 230, 174, 486
_ROW, _SECTION = 36, 26


def sums_chart(comparison: Comparison) -> Markup:
    """Two bars for each main figure that is not zero in both years, over the agencies that are added up in both; empty
    where there are none. The bars of a figure are drawn against its larger year."""
    if not comparison.added_in_both:
        return Markup("")
    main = set(main_paths(comparison.pack))
    changes = [one for one in comparison.in_both if one.path in main and None not in (one.last, one.now)]
    shown = [one for one in changes if one.last or one.now][:_FIGURES_IN_CHART]
    parts = [*_years_in_colours(comparison)]
    y = 30.0
    for section, members in groupby(shown, key=lambda one: comparison.pack.fields[one.path].section):
        parts.append(words(2, y + 16, words_within(section, 40), bold=True, colour=BLUE, whole=section))
        y += _SECTION
        for change in members:
            parts.extend(_pair_of_bars(comparison, change, y))
            y += _ROW
    years = f"{comparison.last_year}年与{comparison.year}年"
    told = f"{comparison.added_in_both}个单位{years}主要数据对比，共{len(shown)}项。"
    return picture(_WIDTH, y + 4, told, parts)


def _years_in_colours(comparison: Comparison) -> Iterator[Markup]:
    for x, year, colour in ((_BAR_LEFT, comparison.last_year, GREY), (_BAR_LEFT + 92, comparison.year, BLUE)):
        yield bar(x, 6, 12, 12, colour)
        yield words(x + 17, 17, f"{year}年", colour=FAINT)
    yield words(_WIDTH - 2, 17, "增减", anchor="end", colour=FAINT)


def _pair_of_bars(comparison: Comparison, change: FigureChange, y: float) -> Iterator[Markup]:
    label = short_label(comparison.pack, change.path)
    last, now = change.last or 0, change.now or 0
    most = max(abs(float(last)), abs(float(now)))
    yield words(2, y + 18, words_within(label, 18.8), whole=label)
    for top, figure, colour, year in (
        (y + 2, last, GREY, comparison.last_year),
        (y + 16, now, BLUE, comparison.year),
    ):
        width = max(1.0, _BAR_WIDTH * abs(float(figure)) / most) if figure else 0.0
        yield bar(_BAR_LEFT, top, width, 12, colour, f"{label}：{year}年{in_digits(figure)}")
        yield words(
            _NUMBER_END, top + 10, in_digits(figure), anchor="end", colour=INK if colour == BLUE else FAINT
        )
    yield words(_WIDTH - 2, y + 20, _percent(change), anchor="end", bold=True)


def _percent(change: FigureChange) -> str:
    """The change as far as there is room for it."""
    if change.percent is not None and change.percent > _LARGEST_PERCENT:
        return f">{_LARGEST_PERCENT:,}%"
    return percent_in_words(change.percent)


# The agencies.

_LEFT, _RIGHT, _TOP, _BOTTOM = 74, 538, 16, 416
_SIZE = 12
_NAME_WIDTH, _NAME_END = 14.0, 7
_PLACES = (
    (9, 4, "start"),
    (-9, 4, "end"),
    (7, -7, "start"),
    (7, 16, "start"),
    (-7, -7, "end"),
    (-7, 16, "end"),
)
"""Where a name may stand beside its dot, the best first."""

_Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Dot:
    name: str
    short_name: str
    last: Number
    now: Number


def scatter_charts(comparison: Comparison) -> list[Scatter]:
    """A picture for each section of the report: each agency as a dot, last year across and this year up. In a section
    with totals it is the first of them, else the figure that most agencies have; none where all are zero."""
    paths = main_paths(comparison.pack)
    charts = []
    for _, members in groupby(
        range(len(paths)), key=lambda column: comparison.pack.fields[paths[column]].section
    ):
        column = _most_telling(comparison, paths, list(members))
        dots = _dots(comparison, column)
        if any(one.last or one.now for one in dots):
            charts.append(_scatter(comparison, short_label(comparison.pack, paths[column]), dots))
    return charts


def _most_telling(comparison: Comparison, paths: Sequence[str], columns: Sequence[int]) -> int:
    total = next((column for column in columns if paths[column] in comparison.pack.rules.derived), None)
    if total is not None:
        return total
    return max(
        columns, key=lambda column: sum(bool(one.last or one.now) for one in _dots(comparison, column))
    )


def _dots(comparison: Comparison, column: int) -> list[_Dot]:
    """The agencies that have the figure in both years; what lies below zero has no place on the scale."""
    dots = []
    for one in comparison.agencies:
        last, now = one.last[column] if one.last else None, one.now[column] if one.now else None
        if last is not None and now is not None and last >= 0 and now >= 0:
            agency = one.match.agency
            dots.append(_Dot(agency.name, agency.short_name or agency.name, last, now))
    return dots


def _scatter(comparison: Comparison, label: str, dots: Sequence[_Dot]) -> Scatter:
    scale = _Scale(float(max(max(one.last, one.now) for one in dots)))
    jumps = [one for one in dots if jump_size(one.last, one.now)]
    largest = nlargest(_JUMPS_NAMED, jumps, key=lambda one: jump_size(one.last, one.now))
    names = list(_names(largest, dots[:_DOTS_ONE_BY_ONE], scale))
    parts = [
        *_grid(scale, comparison),
        *_circles([one for one in dots if not jump_size(one.last, one.now)], len(dots), scale, BLUE),
        *_circles(jumps, len(dots), scale, RED),
        *names,
    ]
    axes = f"横轴{comparison.last_year}年，纵轴{comparison.year}年"
    told = f"{len(dots)}个单位的{label}，{axes}；变动较大的{len(jumps)}个。"
    return Scatter(label, len(dots), len(jumps), len(names), picture(_WIDTH, _BOTTOM + 50, told, parts))


class _Scale:
    """Figures on a logarithmic scale that begins at zero: each step is ten times the one before."""

    def __init__(self, most: float) -> None:
        self._end = log10(1 + max(most, 9) * 1.2)
        self.steps = [0, *(10**power for power in range(16) if 10**power <= max(most, 10))]

    def across(self, figure: Number) -> float:
        return _LEFT + (_RIGHT - _LEFT) * self._share(figure)

    def up(self, figure: Number) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * self._share(figure)

    def _share(self, figure: Number) -> float:
        return log10(1 + float(figure)) / self._end


def _grid(scale: _Scale, comparison: Comparison) -> Iterator[Markup]:
    for step in scale.steps:
        x, y = scale.across(step), scale.up(step)
        yield line(x, _TOP, x, _BOTTOM, LINE)
        yield line(_LEFT, y, _RIGHT, y, LINE)
        yield words(x, _BOTTOM + 22, f"{step:,}", anchor="middle", colour=FAINT)
        yield words(_LEFT - 12, y + 4, f"{step:,}", anchor="end", colour=FAINT)
    yield line(_LEFT, _BOTTOM, _RIGHT, _TOP, GREY, dashes="5 4")
    yield words(
        (_LEFT + _RIGHT) / 2, _BOTTOM + 42, f"{comparison.last_year}年", anchor="middle", colour=FAINT
    )
    yield rotated_words(14, (_TOP + _BOTTOM) / 2, f"{comparison.year}年")


def _circles(dots: Sequence[_Dot], of: int, scale: _Scale, colour: str) -> Iterator[Markup]:
    """A circle for each dot, and one, larger, for several in the same place."""
    step = 1 if of <= _DOTS_ONE_BY_ONE else 3
    together: dict[tuple[float, float], list[_Dot]] = {}
    for one in dots:
        place = (round(scale.across(one.last) / step) * step, round(scale.up(one.now) / step) * step)
        together.setdefault(place, []).append(one)
    for (x, y), members in together.items():
        yield dot(x, y, min(9.0, 3.2 + log10(len(members)) * 2), colour, opacity=0.55, whole=_told(members))


def _told(members: Sequence[_Dot]) -> str:
    first = f"{members[0].name}：{in_digits(members[0].last)}→{in_digits(members[0].now)}"
    return first if len(members) == 1 else f"{first}等{len(members)}个单位"


def _names(jumps: Sequence[_Dot], dots: Sequence[_Dot], scale: _Scale) -> Iterator[Markup]:
    """The names of jumps beside their dots, the largest first: where they cover no dot if there is such a place, never
    over another name or jump. Those for which there is no room are left out."""
    names_and_jumps = [_around(one, scale) for one in jumps]
    others = [_around(one, scale) for one in dots]
    for one in jumps:
        name = words_within(one.short_name, _NAME_WIDTH, end=_NAME_END)
        places = [
            place
            for place in _places(one, scale, width_of_words(name) * _SIZE)
            if not _is_over(place.box, names_and_jumps)
        ]
        place = next((free for free in places if not _is_over(free.box, others)), next(iter(places), None))
        if place is not None:
            names_and_jumps.append(place.box)
            yield words(
                place.x, place.y, name, anchor=place.anchor, size=_SIZE, clear=True, whole=_told([one])
            )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a name may stand, and the room that it takes there."""

    x: float
    y: float
    anchor: str
    box: _Box


def _places(one: _Dot, scale: _Scale, width: float) -> Iterator[_Place]:
    """The places beside a dot that lie within the picture."""
    for right, down, anchor in _PLACES:
        x, y = scale.across(one.last) + right, scale.up(one.now) + down
        box = _box(x, y, anchor, width)
        if _is_inside(box):
            yield _Place(x, y, anchor, box)


def _around(one: _Dot, scale: _Scale) -> _Box:
    x, y = scale.across(one.last), scale.up(one.now)
    return x - 4, y - 4, x + 4, y + 4


def _box(x: float, y: float, anchor: str, width: float) -> _Box:
    left = x if anchor == "start" else x - width
    return left, y - _SIZE, left + width, y + 3


def _is_inside(box: _Box) -> bool:
    return box[0] >= _LEFT and box[2] <= _WIDTH and box[1] >= 0 and box[3] <= _BOTTOM


def _is_over(box: _Box, others: Sequence[_Box]) -> bool:
    left, top, right, bottom = box
    return any(
        left < other[2] and other[0] < right and top < other[3] and other[1] < bottom for other in others
    )
