"""What the picture of a report shows: the figures of its panels with their labels, as values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from reportfill.decimals import Number
from reportfill.model.submission import Submission
from reportfill.pack.last_report import last_figures
from reportfill.pack.manifest import Panel
from reportfill.pack.pack import Pack
from reportfill.pack.panels import FIGURES, YEARS, PanelPoint, panel_points, usual_panels

USUAL_COLOUR = "#1F4E79"
"""That of panels of which pack.toml names none."""

_MOST_BARS = 10
"""Bars of a panel; what is smaller is one bar of its own."""


class Point(NamedTuple):
    """A figure with its label and unit, and last year's where that is known."""

    label: str
    value: Number
    unit: str
    last: Number | None = None


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What a panel shows. Where points are compared, those of 0 are among `nothing`, and the others stand by size."""

    title: str
    drawing: str
    colour: str
    points: tuple[Point, ...]
    nothing: tuple[Point, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of the points, which is the same where they are compared."""
        return next((point.unit for point in (*self.points, *self.nothing)), "")

    @property
    def whole(self) -> Number:
        """What the points come to."""
        return sum(point.value for point in self.points)


@dataclass(frozen=True, slots=True)
class Infographic:
    """What the picture of a report shows: whose it is, of which report and year, and its panels."""

    agency: str
    title: str
    year: int | None
    panels: tuple[PanelContent, ...]
    is_draft: bool = False


def infographic(
    pack: Pack,
    submission: Submission,
    last: Submission | Mapping[str, Any] | None = None,
    *,
    is_draft: bool = False,
) -> Infographic:
    """What is shown of a report, be it an agency's or the sums of many. A panel for which it has no figures is left
    out. Raises PackError where the pack names what its schema has not."""
    before = last_figures(pack, last) or {}
    colour, panels = USUAL_COLOUR, []
    for panel, points in _panels_of(pack):
        colour = panel.colour or colour
        found = [one for point in points for one in _shown(submission, before, point)]
        content = _arranged(panel, colour, found)
        panels += [content] if content.points or content.nothing else []
    report_name = pack.report_name(submission.exact_data)
    return Infographic(submission.agency, report_name, submission.year, tuple(panels), is_draft)


@lru_cache(maxsize=16)
def _panels_of(pack: Pack) -> tuple[tuple[Panel, tuple[PanelPoint, ...]], ...]:
    balances = pack.rules.balances
    panels = pack.manifest.panels or usual_panels(pack.fields, balances)
    return tuple((panel, panel_points(panel, pack.fields, balances)) for panel in panels)


def _shown(submission: Submission, before: Mapping[str, Number], point: PanelPoint) -> Iterator[Point]:
    """The figures of a point: one, or one for each row; none where the report has none."""
    figures = submission.figures
    if point.rows:
        [path] = point.paths
        for row in submission.rows.get(point.rows, ()):
            value = figures.get(row + path[len(point.rows) :])
            if value is not None:
                yield Point(submission.row_words(row), value, point.unit)
        return
    known = [figures[path] for path in point.paths if path in figures]
    if known:
        last = [before[path] for path in point.paths if path in before]
        yield Point(point.label, sum(known), point.unit, sum(last) if last else None)


def _arranged(panel: Panel, colour: str, points: list[Point]) -> PanelContent:
    if panel.drawing == FIGURES:
        return PanelContent(panel.title, panel.drawing, colour, tuple(points))
    if panel.drawing == YEARS:
        known = tuple(point for point in points if point.last is not None)
        return PanelContent(panel.title, panel.drawing, colour, known)
    largest = sorted((point for point in points if point.value), key=lambda point: -point.value)
    rest = largest[_MOST_BARS:] if len(largest) > _MOST_BARS + 1 else []
    if rest:
        largest = largest[:_MOST_BARS]
        largest.append(Point(f"其余{len(rest)}项", sum(point.value for point in rest), rest[0].unit))
    nothing = tuple(point for point in points if not point.value)
    return PanelContent(panel.title, panel.drawing, colour, tuple(largest), nothing)
