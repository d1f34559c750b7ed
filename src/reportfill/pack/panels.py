"""The panels of the picture that is drawn of a report: which figures each shows, by the names that pack.toml has.

A name is that of a figure, which in rows stands for that of each row, or of a group, which stands for its sum: the
figure that a balance or its label says is the sum of the others, else what they come to. Its label is that of the
schema, unless words stand before it: 新收申请 = requests.received.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from reportfill.errors import PackError
from reportfill.model.chinese.numbering import numbering_of
from reportfill.model.chinese.totals import TOTALS
from reportfill.model.fields import Field, Fields, Group, tree_of
from reportfill.model.report_model import YEAR
from reportfill.pack.balances import Balance
from reportfill.pack.discovery import MANIFEST
from reportfill.pack.manifest import Manifest, Panel
from reportfill.pack.problems import PackProblem
from reportfill.pack.tag_words import unknown_path
from reportfill.text import how_many

FIGURES, YEARS = "figures", "years"
"""The drawings that show figures as such, and this year's beside last year's; the others compare points."""

_APART = (FIGURES, YEARS)
"""The drawings in which no point is compared with another one."""

_MOST_FIGURES, _MOST_BARS = 6, 3
"""Figures and panels of bars where a pack says of none."""

_LEAST_CONTRAST = 4.5
"""What WCAG 2.2 (1.4.3) asks for between words and what is behind them."""

_LONGEST_LABEL = 16
_EXPLANATION = re.compile(r"（[^（）]*）$")


class PanelPoint(NamedTuple):
    """What a panel shows in one place: its label, the paths of the figures that it is the sum of, their unit, and the
    path of the rows of which each is a point of its own, empty where there are none."""

    label: str
    paths: tuple[str, ...]
    unit: str
    rows: str = ""


def panel_points(panel: Panel, fields: Fields, balances: Sequence[Balance]) -> tuple[PanelPoint, ...]:
    """The points of a panel. Raises PackError where the schema lacks what it names, or where that cannot be drawn."""
    naming = _Naming(fields, balances)
    names = naming.parts_of(panel.parts_of) if panel.parts_of else panel.of
    points = [naming.point(name) for name in names]
    _refuse_undrawable(panel, points)
    twice = Counter(point.label for point in points)
    return tuple(
        point._replace(label=naming.label(name)) if twice[point.label] > 1 else point
        for name, point in zip(names, points, strict=True)
    )


def usual_panels(fields: Fields, balances: Sequence[Balance]) -> tuple[Panel, ...]:
    """The panels of a pack that names none: its first sums in large type and what they are made of, or where nothing
    is added up its first figures; none where it has no figures."""
    naming = _Naming(fields, balances)
    groups = naming.groups_with_sums()
    singles = [path for path, field in fields.items() if _is_single_figure(field) and path != YEAR]
    shown = (groups or singles)[:_MOST_FIGURES]
    bars = (Panel(naming.point(name).label, "bars", parts_of=name) for name in groups[:_MOST_BARS])
    return (Panel("主要数据", FIGURES, tuple(shown)), *bars) if shown else ()


def panel_problems(manifest: Manifest, fields: Fields, balances: Sequence[Balance]) -> Iterator[PackProblem]:
    """What is wrong with the panels of a pack."""
    for number, panel in enumerate(manifest.panels, 1):
        try:
            panel_points(panel, fields, balances)
        except PackError as error:
            yield PackProblem(f"{MANIFEST} picture {number}", error.english, error.chinese)


def _refuse_undrawable(panel: Panel, points: Sequence[PanelPoint]) -> None:
    if bool(panel.of) is bool(panel.parts_of):
        raise PackError("it needs either of or parts_of", "of和parts_of应当写一个，也只能写一个")
    if not points:
        raise PackError(f"{panel.parts_of} has no parts", f"{panel.parts_of}没有下级栏目")
    if panel.colour and _contrast_with_white(panel.colour) < _LEAST_CONTRAST:
        raise PackError(
            f"the colour {panel.colour} is too light: white words on it could not be read",
            f"颜色{panel.colour}太浅，上面的白字看不清",
        )
    units = sorted({point.unit for point in points})
    if panel.drawing not in _APART and len(units) > 1:
        raise PackError(
            f"its figures are of {how_many(len(units), 'unit')} and cannot be compared: {', '.join(units)}",
            f"计量单位不同，不能放在一起比较：{'、'.join(units)}",
        )
    in_rows = next((point for point in points if point.rows), None)
    if in_rows and panel.drawing in _APART:
        raise PackError(
            f"{in_rows.paths[0]} stands in rows, of which only bars and shares are drawn",
            f"{in_rows.paths[0]}在按行填写的表里，只能画成bars或者share",
        )


def _contrast_with_white(colour: str) -> float:
    """How much a colour and white differ, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


class _Naming:
    """What names stand for in the fields of a pack."""

    def __init__(self, fields: Fields, balances: Sequence[Balance]) -> None:
        self._parts: Mapping[str, Field | Group] = tree_of(fields.values())
        self._sums: list[tuple[str, tuple[str, ...]]] = [
            (one.place, tuple(term.path for term in one.right))
            for one in balances
            if len(one.left) == 1 and one.relation == "equal" and one.factor == 1 and not one.needs_last
        ]

    def point(self, name: str) -> PanelPoint:
        """The point of a figure or a group, with the words that stand before it."""
        words, name = _divided(name)
        part = self._parts.get(name)
        if part is None:
            raise PackError(*unknown_path(name, self._parts))
        paths = self._total(name)
        fields = [field for path in paths for field in self._parts[path].fields]
        if not fields or not all(field.kind.is_number for field in fields):
            raise PackError(
                f"{name} ({part.label}) is no figure, and has none in it",
                f"{name}（{part.label}）不是数据项，也不含数据项",
            )
        units = {field.unit for field in fields}
        if len(units) > 1:
            raise PackError(
                f"the figures of {name} ({part.label}) have several units and no sum",
                f"{name}（{part.label}）各数据项计量单位不同，不能合计",
            )
        around = self._parts.get(name.rpartition(".")[0])
        label = words or _label(around if around and _label(part) in TOTALS else part)
        return PanelPoint(label, paths, units.pop(), fields[0].rows)

    def parts_of(self, group: str) -> tuple[str, ...]:
        """The names of the parts of a group but for their sum."""
        if group not in self._parts:
            raise PackError(*unknown_path(group, self._parts))
        return tuple(part for part in self._within(group) if not self._is_sum(part, group))

    def label(self, name: str) -> str:
        """A label that says of which group a figure is, unless words stand before it."""
        words, name = _divided(name)
        if words:
            return words
        around = self._parts.get(name.rpartition(".")[0])
        return " · ".join(_label(part) for part in (around, self._parts[name]) if part is not None)

    def groups_with_sums(self) -> list[str]:
        """The names of the outermost groups that have a sum, and several parts of one unit."""
        found: list[str] = []
        for name, part in self._parts.items():
            parts = self._within(name)
            is_one = len(parts) > 2 and len({field.unit for field in part.fields}) == 1
            if is_one and any(self._is_sum(one, name) for one in parts) and not _is_below(name, found):
                found.append(name)
        return found

    def _within(self, group: str) -> list[str]:
        """The names of the parts of a group that are figures outside of rows, or have such within them."""
        return [
            name
            for name, part in self._parts.items()
            if name.rpartition(".")[0] == group and any(_is_single_figure(field) for field in part.fields)
        ]

    def _total(self, name: str) -> tuple[str, ...]:
        """The paths of the figures that a name stands for the sum of."""
        if isinstance(self._parts[name], Field):
            return (name,)
        parts = self._within(name)
        whole = next((part for part in parts if self._is_sum(part, name)), "")
        return self._total(whole) if whole else tuple(path for part in parts for path in self._total(part))

    def _is_sum(self, part: str, group: str) -> bool:
        """Whether a part of a group is the sum of others of it."""
        paths = self._total(part)
        if _label(self._parts[part]) in TOTALS:
            return True
        return len(paths) == 1 and any(
            place == paths[0] and _are_within(terms, group) and not _are_within(terms[:1], part)
            for place, terms in self._sums
        )


def _divided(name: str) -> tuple[str, str]:
    """The words before a name, empty where there are none, and the name."""
    words, _, path = name.replace("＝", "=").rpartition("=")
    return words.strip(), path.strip()


def _is_single_figure(field: Field) -> bool:
    return field.kind.is_number and not field.rows


def _is_below(name: str, groups: Iterable[str]) -> bool:
    return any(name.startswith(f"{group}.") for group in groups)


def _are_within(paths: Iterable[str], group: str) -> bool:
    return all(f"{path}.".startswith(f"{group}.") for path in paths)


def _label(part: Field | Group) -> str:
    """What a part is called without its number, its unit, and the explanation at its end where it is long."""
    title = part.title if isinstance(part, Field) else part.label
    numbering = numbering_of(title)
    words = (title[numbering.end :] if numbering else title).removesuffix(f"（{part.fields[0].unit}）")
    return words if len(words) <= _LONGEST_LABEL else _EXPLANATION.sub("", words) or words
