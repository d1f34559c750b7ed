"""A page of a picture drawn, as PNG and as SVG, with what it shows in words: the same bytes for the same page."""

from __future__ import annotations

import warnings
from functools import lru_cache
from html import escape
from io import BytesIO
from threading import Lock
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch
from matplotlib.transforms import Affine2D, Transform

from reportfill.outputs.infographic.layout import PAGE_WIDTH, Box, Page, PlacedWords
from reportfill.outputs.infographic.typeface import typeface

_POINTS = 72
_DOTS = 150
"""Dots an inch: 1,240 pixels, which is A4 in print and three times the width of a telephone."""

_SVG: Any = {"svg.hashsalt": "reportfill", "svg.fonttype": "path"}
"""Letters are drawn, so that the picture looks the same where the typeface is not installed."""

_SETTINGS = Lock()
"""matplotlib has its settings for all threads in one place."""


@lru_cache(maxsize=4096)
def drawn_width(words: str, size: float, bold: bool) -> float:
    """How wide words are, in points."""
    with warnings.catch_warnings(action="ignore"):  # of rare characters that no typeface has
        box = _measuring().get_text_width_height_descent(  # type: ignore[no-untyped-call]  # typed in part
            words, _sized(size, bold=bold), ismath=False
        )
    return float(box[0]) * _POINTS / _DOTS


@lru_cache(maxsize=1)
def _measuring() -> RendererAgg:
    return RendererAgg(1, 1, _DOTS)  # type: ignore[no-untyped-call]  # typed in part


@lru_cache(maxsize=64)
def _sized(size: float, *, bold: bool) -> FontProperties:
    face = typeface(bold=bold).copy()
    face.set_size(size)
    return face


class DrawnPage:
    """A page ready to be saved. `title` and `description` say in words what it shows."""

    def __init__(self, page: Page, title: str, description: str, author: str) -> None:
        self._figure = _drawn(page)
        self._title, self._description, self._author = title, description, author

    def png(self) -> bytes:
        """As PNG, with the words in its texts (W3C PNG, 11.3.3)."""
        said = {"Title": self._title, "Author": self._author, "Description": self._description}
        known = {"Software": None} | {name: words for name, words in said.items() if words}
        target = BytesIO()
        with warnings.catch_warnings(action="ignore"):
            FigureCanvasAgg(self._figure).print_png(target, metadata=known)  # type: ignore[no-untyped-call]
        return target.getvalue()

    def svg(self) -> bytes:
        """As SVG, which says of itself what it is (SVG 2, 5.7)."""
        target = BytesIO()
        with warnings.catch_warnings(action="ignore"), _SETTINGS, rc_context(_SVG):
            FigureCanvasSVG(self._figure).print_svg(target, metadata=_UNSAID)  # type: ignore[no-untyped-call]
        before, start, behind = target.getvalue().decode().partition("<svg ")
        attributes, end, content = behind.partition(">")
        said = f'<title id="title">{escape(self._title)}</title><desc id="desc">{escape(self._description)}</desc>'
        how = 'role="img" aria-labelledby="title" aria-describedby="desc" xml:lang="zh-CN" '
        return f"{before}{start}{how}{attributes}{end}\n {said}{content}".encode()


_UNSAID = {"Date": None, "Creator": None, "Format": None, "Type": None}


def _drawn(page: Page) -> Figure:
    figure = Figure(
        figsize=(PAGE_WIDTH / _POINTS, page.height / _POINTS), dpi=_DOTS, facecolor="white", edgecolor="none"
    )
    place = Affine2D().scale(1 / _POINTS, -1 / _POINTS).translate(0, page.height / _POINTS)
    transform = place + figure.dpi_scale_trans
    for mark in page.marks:
        if isinstance(mark, Box):
            figure.add_artist(_box(mark, transform))
        else:
            _write(figure, mark, transform)
    return figure


def _box(box: Box, transform: Transform) -> FancyBboxPatch:
    x, y, width, height, colour, radius = box
    shape = f"round,pad=0,rounding_size={min(radius, width / 2, height / 2)}" if radius else "square,pad=0"
    return FancyBboxPatch(
        (x, y), width, height, boxstyle=shape, facecolor=colour, edgecolor="none", transform=transform
    )


def _write(figure: Figure, words: PlacedWords, transform: Transform) -> None:
    figure.text(
        words.x,
        words.y,
        words.words,
        fontproperties=_sized(words.size, bold=words.bold),
        color=words.colour,
        horizontalalignment=words.side,
        verticalalignment="baseline",
        transform=transform,
        parse_math=False,
    )
