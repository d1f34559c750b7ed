"""Where everything stands on the page of a picture: words and boxes in points from its upper left corner.

The page is as wide as A4 and as high as it has to be. No words are smaller than 15 points, which can be read where a
telephone shows the page 390 pixels wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, NamedTuple

from reportfill.outputs.infographic.content import Infographic, PanelContent, Point
from reportfill.outputs.infographic.wording import (
    change,
    digits,
    nothing_in_words,
    period_in_words,
    share,
    with_unit,
)
from reportfill.pack.panels import FIGURES, YEARS

PAGE_WIDTH = 595.0

_MARGIN = 36.0
_WIDTH = PAGE_WIDTH - 2 * _MARGIN
_TITLE, _LEAST_TITLE, _HEADING, _LABEL, _SMALL = 27.0, 23.0, 20.0, 17.0, 15.0
_NUMBER, _NUMBER_OF_THREE, _LEAST_NUMBER = 42.0, 30.0, 18.0
_LINE = 1.35
"""How high a line is, in the size of its words."""
_DARK, _GREY, _LIGHT, _WHITE = "#1F2933", "#52606D", "#B8C2CC", "#FFFFFF"
_GAP = 14.0

Measure = Callable[[str, float, bool], float]
"""How wide words are of a size, in points, bold or not."""

_NOT_FIRST = "，。、；：！？）》”’%…·"
"""Signs with which no line begins."""


class PlacedWords(NamedTuple):
    """Words on the page; y is their base line, x where they begin or end."""

    x: float
    y: float
    words: str
    size: float
    colour: str
    bold: bool = False
    side: Literal["left", "right"] = "left"


class Box(NamedTuple):
    """A box of one colour, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    radius: float = 0


@dataclass(frozen=True)
class Page:
    """A page: how high it is, and what stands on it, from behind to the front."""

    height: float
    marks: tuple[PlacedWords | Box, ...]


def infographic_page(shown: Infographic, measure: Measure) -> Page:
    """The page of a picture."""
    setting = _Setting(measure)
    setting.header(shown)
    for panel in shown.panels:
        setting.panel(panel, period_in_words(shown))
    setting.footer(shown)
    return Page(setting.y, tuple(setting.marks))


def tint(colour: str, part: float) -> str:
    """A colour mixed with white, of which it is the part that is left: 0 is the colour itself."""
    channels = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(channel + (255 - channel) * part):02X}" for channel in channels)


@dataclass
class _Setting:
    """A page on which one thing is set below the other, down to `y`."""

    measure: Measure
    y: float = 0
    marks: list[PlacedWords | Box] = field(default_factory=list)

    def header(self, shown: Infographic) -> None:
        """Whose picture it is and of what, on a band in the colour of the first panel."""
        colour = shown.panels[0].colour if shown.panels else _DARK
        band = len(self.marks)
        self.y = 30
        title = shown.title.removeprefix(shown.agency) if shown.agency else shown.title
        if title != shown.title:
            self._lines(shown.agency, _HEADING, tint(colour, 0.85))
            self.y += 4
        size = self._size_on_one_line(f"{title}图解", _TITLE, _LEAST_TITLE, _WIDTH)
        self._lines(f"{title}图解", size, _WHITE, bold=True)
        if shown.is_draft:
            self.y += 6
            self._lines("草稿，数据未经审核", _LABEL, _WHITE, bold=True)
        self.y += 22
        self.marks.insert(band, Box(0, 0, PAGE_WIDTH, self.y, colour))
        self.y += 26

    def footer(self, shown: Infographic) -> None:
        """Where the figures are from."""
        self._lines(f"数据来源：{shown.title}", _SMALL, _GREY)
        self.y += 22

    def panel(self, panel: PanelContent, period: str) -> None:
        """A panel below its heading; `period` is what the time is called that a report tells of."""
        self.marks.append(Box(_MARGIN, self.y + 3, 5, _HEADING, panel.colour))
        right = self._legend_of_years(panel, period) if panel.drawing == YEARS else 0
        self._lines(panel.title, _HEADING, _DARK, bold=True, x=_MARGIN + 15, width=_WIDTH - 15 - right)
        self.y += _GAP
        draw = {FIGURES: self._figures, YEARS: self._years, "bars": self._bars, "share": self._shares}
        if panel.points:
            draw[panel.drawing](panel)
        nothing = nothing_in_words(panel)
        if nothing:
            self._lines(nothing, _LABEL, _GREY)
        self.y += 26

    def _figures(self, panel: PanelContent) -> None:
        """Cards of figures in large type."""
        number = len(panel.points)
        columns = 1 if number == 1 else 2 if number in (2, 4) or self._are_long(panel.points) else 3
        for first in range(0, number, columns):
            self._cards(panel.points[first : first + columns], columns, panel.colour)
            self.y += _GAP
        self.y -= _GAP

    def _cards(self, points: Sequence[Point], columns: int, colour: str) -> None:
        width = _card_width(columns)
        room = width - 28
        labels = [self._wrapped(point.label, _LABEL, room) for point in points]
        height = 14 + _NUMBER + 6 + max(map(len, labels)) * _LABEL * _LINE + 10
        for place, (point, lines) in enumerate(zip(points, labels, strict=True)):
            left = _MARGIN + place * (width + _GAP)
            self.marks.append(Box(left, self.y, width, height, tint(colour, 0.92), 8))
            size = self._fitting(point, room)
            base, figure = self.y + 12 + _NUMBER * 0.85, digits(point.value)
            self.marks.append(PlacedWords(left + 14, base, figure, size, colour, bold=True))
            behind = left + 14 + self.measure(figure, size, True) + 5
            self.marks.append(PlacedWords(behind, base, point.unit, _LABEL, _GREY))
            for line, words in enumerate(lines):
                under = self.y + 14 + _NUMBER + 5 + (line * _LINE + 1) * _LABEL
                self.marks.append(PlacedWords(left + 14, under, words, _LABEL, _DARK))
        self.y += height

    def _are_long(self, points: Sequence[Point]) -> bool:
        """Whether a figure would be small on a card of which three stand beside each other."""
        return any(self._fitting(point, _card_width(3) - 28) < _NUMBER_OF_THREE for point in points)

    def _fitting(self, point: Point, room: float) -> float:
        """The size in which a figure stands on one line with its unit."""
        unit = 5 + self.measure(point.unit, _LABEL, False)
        return self._size_on_one_line(digits(point.value), _NUMBER, _LEAST_NUMBER, room - unit)

    def _size_on_one_line(self, words: str, largest: float, least: float, room: float) -> float:
        """The largest size in which bold words fit on one line, or the least."""
        size = largest
        while size > least and self.measure(words, size, True) > room:
            size -= 1
        return size

    def _bars(self, panel: PanelContent) -> None:
        """A bar for each figure, with the largest over the whole width."""
        values = [with_unit(point) for point in panel.points]
        area = self._bar_area(panel, values)
        largest = max(0, *(point.value for point in panel.points)) or 1
        for point, value in zip(panel.points, values, strict=True):
            below = self._label_beside(point.label, area.left - _MARGIN - 12)
            self._bar(area, self.y, float(max(point.value, 0) / largest), panel.colour, value)
            self.y = max(self.y + 30, below)

    def _bar(self, area: _Area, y: float, part: float, colour: str, value: str) -> None:
        """A bar over a part of its area, and its value behind it."""
        length = max(area.width * part, 2.0) if part else 0
        self.marks += [Box(area.left, y + 3, length, 18, colour, 2)] if length else []
        self.marks.append(
            PlacedWords(area.left + length + (7 if length else 0), y + 18, value, _LABEL, _DARK)
        )

    def _bar_area(self, panel: PanelContent, values: Sequence[str], needed: float = 0) -> _Area:
        """Where the bars of a panel stand: right of the labels, which may have more below them, and with room for the
        longest value behind."""
        labels = max(needed, *(self.measure(point.label, _LABEL, False) for point in panel.points))
        left = _MARGIN + min(labels + 1, _WIDTH * 0.42) + 12
        longest = max(self.measure(value, _LABEL, False) for value in values)
        return _Area(left, _MARGIN + _WIDTH - left - longest - 8)

    def _label_beside(self, label: str, room: float) -> float:
        """Set a label left of its bar; where the next may stand."""
        lines = self._wrapped(label, _LABEL, room)
        for place, words in enumerate(lines):
            self.marks.append(
                PlacedWords(_MARGIN, self.y + 18 + place * _LABEL * _LINE, words, _LABEL, _DARK)
            )
        return self.y + len(lines) * _LABEL * _LINE + 9

    def _shares(self, panel: PanelContent) -> None:
        """One bar of all, divided, and what each part of it is."""
        shades = [
            tint(panel.colour, 0.78 * place / max(len(panel.points) - 1, 1))
            for place in range(len(panel.points))
        ]
        gaps = 2.0 * (len(panel.points) - 1)
        widths = _divided([float(max(point.value, 0)) for point in panel.points], _WIDTH - gaps)
        left = _MARGIN
        for width, shade in zip(widths, shades, strict=True):
            self.marks.append(Box(left, self.y, width, 34, shade))
            left += width + 2
        self.y += 34 + _GAP
        told = [f"{with_unit(point)}　{share(point.value, panel.whole)}" for point in panel.points]
        self._legend(panel.points, told, shades)

    def _legend(self, points: Sequence[Point], told: Sequence[str], shades: Sequence[str]) -> None:
        """What each colour stands for, in two columns where everything is short enough for that."""
        half = (_WIDTH - 28) / 2
        needed = [
            22 + self.measure(point.label, _LABEL, False) + 10 + self.measure(words, _LABEL, False)
            for point, words in zip(points, told, strict=True)
        ]
        columns = 2 if len(points) > 1 and max(needed) <= half else 1
        width = half if columns == 2 else _WIDTH
        for place, (point, words, shade) in enumerate(zip(points, told, shades, strict=True)):
            left = _MARGIN + (place % columns) * (half + 28)
            room = width - 22 - 10 - self.measure(words, _LABEL, False)
            self.marks.append(Box(left, self.y + 5, 14, 14, shade))
            self.marks.append(PlacedWords(left + width, self.y + 18, words, _LABEL, _DARK, side="right"))
            lines = self._wrapped(point.label, _LABEL, room)
            for line, label in enumerate(lines):
                self.marks.append(
                    PlacedWords(left + 22, self.y + 18 + line * _LABEL * _LINE, label, _LABEL, _DARK)
                )
            if place % columns == columns - 1 or place == len(points) - 1:
                self.y += max(30, len(lines) * _LABEL * _LINE + 8)

    def _years(self, panel: PanelContent) -> None:
        """Two bars for each figure, this year's and last year's: what is compared is one figure with itself."""
        values = [text for point in panel.points for text in (with_unit(point), _last(point))]
        changes = max(self.measure(change(point), _SMALL, False) for point in panel.points)
        area = self._bar_area(panel, values, changes)
        for point in panel.points:
            assert point.last is not None
            largest, room = max(point.value, point.last, 0) or 1, area.left - _MARGIN - 12
            self._bar(area, self.y, float(max(point.value, 0) / largest), panel.colour, with_unit(point))
            self._bar(area, self.y + 23, float(max(point.last, 0) / largest), _LIGHT, _last(point))
            bottom = self.y + 23 + 35
            self.y = self._label_beside(point.label, room) - 6
            for words in self._wrapped(change(point), _SMALL, room):
                self.marks.append(PlacedWords(_MARGIN, self.y + 14, words, _SMALL, _GREY))
                self.y += _SMALL * _LINE
            self.y = max(self.y + 12, bottom)

    def _legend_of_years(self, panel: PanelContent, period: str) -> float:
        """Set which bar is of which year, right of the heading; how wide that is."""
        right = _MARGIN + _WIDTH
        for words, colour in ((f"上{period}", _LIGHT), (f"本{period}", panel.colour)):
            width = self.measure(words, _SMALL, False)
            self.marks.append(PlacedWords(right, self.y + 19, words, _SMALL, _GREY, side="right"))
            self.marks.append(Box(right - width - 19, self.y + 7, 13, 13, colour))
            right -= width + 19 + 14
        return _MARGIN + _WIDTH - right

    def _lines(
        self,
        words: str,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        x: float = _MARGIN,
        width: float = _WIDTH,
    ) -> None:
        """Set words over as many lines as they need."""
        for line in self._wrapped(words, size, width, bold):
            self.marks.append(PlacedWords(x, self.y + size, line, size, colour, bold))
            self.y += size * _LINE

    def _wrapped(self, words: str, size: float, width: float, bold: bool = False) -> list[str]:
        """Words in as few lines as they need, of about the same length."""

        def fits(room: float, line: str) -> bool:
            return self.measure(line, size, bold) <= room

        lines = list(_lines_of(words, partial(fits, width)))
        for narrower in range(int(width / size), 0, -1) if len(lines) > 1 else ():
            even = list(_lines_of(words, partial(fits, narrower * size)))
            if len(even) > len(lines):
                break
            lines = even
        return lines


def _card_width(columns: int) -> float:
    return (_WIDTH - _GAP * (columns - 1)) / columns


class _Area(NamedTuple):
    """Where bars begin, and how long the longest may be."""

    left: float
    width: float


def _last(point: Point) -> str:
    assert point.last is not None
    return f"{digits(point.last)}{point.unit}"


def _divided(values: Sequence[float], width: float) -> list[float]:
    """A width divided in proportion, in which nothing is too thin to be seen."""
    whole = sum(values) or 1.0
    widths = [max(value / whole * width, 4.0) for value in values]
    surplus = sum(widths) - width
    widths[0] -= surplus
    return widths


def _lines_of(words: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Words in lines that fit, behind a sign where one is in the second half of a line; none begins with a sign that
    belongs to the end of the line before."""
    line = ""
    for place, character in enumerate(words):
        following = words[place + 1 : place + 2]
        is_full = not fits(line + character + (following if following in _NOT_FIRST else ""))
        if line and is_full and character not in _NOT_FIRST:
            end = max(line.rfind(sign) for sign in "、，；）") + 1
            end = end if end > len(line) / 2 else len(line)
            yield line[:end]
            line = line[end:]
        line += character
    yield line
