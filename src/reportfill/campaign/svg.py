"""Shapes and words of a picture, as SVG that stands in a page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

INK, FAINT, LINE = "#1a202c", "#4a5568", "#e2e8f0"
BLUE, GREY, RED = "#1f4e79", "#a0aec0", "#c53030"
"""The colours of the campaign's pages."""

_WIDTH_OF_OTHERS = 0.58
"""How wide a letter or a digit is beside a Chinese character."""


def picture(width: float, height: float, told: str, parts: Iterable[Markup]) -> Markup:
    """A picture that the browser scales to its place; `told` says in words what it shows."""
    return Markup('<svg role="img" aria-label="{}" viewBox="0 0 {:.0f} {:.0f}" width="100%">{}</svg>').format(
        told, width, height, Markup("").join(parts)
    )


def words(
    x: float,
    y: float,
    said: str,
    *,
    anchor: str = "start",
    size: int = 12,
    colour: str = INK,
    bold: bool = False,
    clear: bool = False,
    whole: str = "",
) -> Markup:
    """Words whose start, middle or end stands at a place. `clear` lays white around them; `whole` appears when the
    mouse rests on them."""
    around = Markup(' stroke="#fff" stroke-width="3" paint-order="stroke"') if clear else Markup("")
    return Markup(
        '<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" font-weight="{}" fill="{}"{}>{}{}</text>'
    ).format(x, y, anchor, size, "bold" if bold else "normal", colour, around, _tooltip(whole), said)


def bar(x: float, y: float, width: float, height: float, colour: str, whole: str = "") -> Markup:
    """A filled rectangle."""
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}">{}</rect>').format(
        x, y, width, height, colour, _tooltip(whole)
    )


def dot(x: float, y: float, radius: float, colour: str, *, opacity: float = 1.0, whole: str = "") -> Markup:
    """A filled circle."""
    return Markup('<circle cx="{:g}" cy="{:g}" r="{:.1f}" fill="{}" fill-opacity="{:g}">{}</circle>').format(
        x, y, radius, colour, opacity, _tooltip(whole)
    )


def line(x: float, y: float, to_x: float, to_y: float, colour: str, *, dashes: str = "none") -> Markup:
    """A straight line."""
    return Markup(
        '<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-dasharray="{}"/>'
    ).format(x, y, to_x, to_y, colour, dashes)


def rotated_words(x: float, y: float, said: str, *, size: int = 12, colour: str = FAINT) -> Markup:
    """Words that run upwards, their middle at a place."""
    return Markup(
        '<text transform="translate({:.1f} {:.1f}) rotate(-90)" text-anchor="middle" font-size="{}" fill="{}">{}</text>'
    ).format(x, y, size, colour, said)


def width_of_words(said: str) -> float:
    """About how wide words are, in Chinese characters."""
    return sum(1 if ord(character) >= 0x2000 else _WIDTH_OF_OTHERS for character in said)


def words_within(said: str, at_most: float, *, end: int = 0) -> str:
    """Words that are no wider than so many Chinese characters, with an ellipsis where something is left out: before the
    last `end` characters, which are kept."""
    if width_of_words(said) <= at_most:
        return said
    kept, last = said[: len(said) - end], said[len(said) - end :]
    while kept and width_of_words(kept + last) > at_most - 1:
        kept = kept[:-1]
    return f"{kept}…{last}"


def _tooltip(said: str) -> Markup:
    return Markup("<title>{}</title>").format(said) if said else Markup("")
