"""How the paragraphs of a Word file look, as far as a page shows it: which are headings, how they are aligned."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportfill.office.word_revisions import W
from reportfill.office.xml import Element

_TITLE = "title"
_OF_HEADINGS = {"黑体": 1, "楷体": 2}
"""The faces of headings of the first and second level (GB/T 9704-2012, 7.3.3), by the level."""

_FAR_IN = 3000
"""Twentieths of a point: a paragraph that begins so far to the right is a signature or a date."""

_NONE = ("0", "false", "off")


class ParagraphFormat(NamedTuple):
    """How a paragraph looks: whether it is the title, whether Word numbers it, its level as a heading (0 for none),
    whether it is centred, on the right or else ("centre", "right", "left"), whether its first line is indented, and
    whether it is kept with the next one."""

    is_title: bool
    is_numbered: bool
    level: int
    align: str
    is_indented: bool
    is_kept: bool


class ParagraphStyles:
    """The styles of a Word file."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else list(root.iter(f"{W}style"))
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}
        self._usual = next(
            (
                style
                for style in found
                if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true", "on")
            ),
            None,
        )
        self._defaults = None if root is None else root.find(f"{W}docDefaults")
        self._format = lru_cache(maxsize=None)(self._format_of)

    def format(self, paragraph: Element) -> ParagraphFormat:
        """How a paragraph looks."""
        return self._format(paragraph)

    def _format_of(self, paragraph: Element) -> ParagraphFormat:
        chain = list(self._chain(paragraph))
        names = [name.get(f"{W}val", "").lower() for one in chain for name in one.iterfind(f"{W}name")]
        align = _value(chain, "jc")
        indent = _attributes(chain, "ind")
        is_far_in = _number(indent.get("left") or indent.get("start")) >= _FAR_IN
        first_line = _number(indent.get("firstLineChars")) or _number(indent.get("firstLine"))
        is_kept = _is_on(chain, "keepNext")
        return ParagraphFormat(
            _TITLE in names,
            _is_numbered(chain),
            self._level(paragraph, chain, is_kept=is_kept),
            "right" if is_far_in or align in ("right", "end") else {"center": "centre"}.get(align, "left"),
            first_line > 0,
            is_kept,
        )

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        """What says how a paragraph looks, the nearest first: itself, its style, those on which that is based."""
        yield paragraph
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        style = self._styles.get(named.get(f"{W}val", "")) if named is not None else self._usual
        seen: set[Element] = set()
        while style is not None and style not in seen:
            seen.add(style)
            yield style
            base = style.find(f"{W}basedOn")
            style = None if base is None else self._styles.get(base.get(f"{W}val", ""))

    def _level(self, paragraph: Element, chain: list[Element], *, is_kept: bool) -> int:
        """The level of a heading as its outline says, or the face that is prescribed for it."""
        outline = _value(chain, "outlineLvl")
        if outline.isdigit():
            return int(outline) + 1 if int(outline) < 6 else 0
        fonts = next(
            (fonts for one in _of_runs(paragraph, chain) if (fonts := one.find(f"{W}rFonts")) is not None),
            None,
        )
        face = "" if fonts is None else fonts.get(f"{W}eastAsia", "")
        return next((level for name, level in _OF_HEADINGS.items() if is_kept and face.startswith(name)), 0)


def _is_numbered(chain: list[Element]) -> bool:
    """Whether Word itself puts a number or sign before a paragraph."""
    said = (
        number.get(f"{W}val", "0")
        for one in _properties(chain, "numPr")
        for number in one.iterfind(f"{W}numId")
    )
    return next(said, "0") != "0"


def _of_runs(paragraph: Element, chain: list[Element]) -> Iterator[Element]:
    """What says how the letters of a paragraph look, the nearest first."""
    run = paragraph.find(f"{W}r/{W}rPr")
    if run is not None:
        yield run
    yield from (properties for style in chain[1:] for properties in style.iterfind(f"{W}rPr"))


def _properties(chain: list[Element], name: str) -> Iterator[Element]:
    for one in chain:
        yield from one.iterfind(f"{W}pPr/{W}{name}")


def _value(chain: list[Element], name: str) -> str:
    return next((one.get(f"{W}val", "") for one in _properties(chain, name)), "")


def _is_on(chain: list[Element], name: str) -> bool:
    return next((one.get(f"{W}val", "1") not in _NONE for one in _properties(chain, name)), False)


def _attributes(chain: list[Element], name: str) -> dict[str, str]:
    """The attributes of a property, each as the nearest one says that has it."""
    found: dict[str, str] = {}
    for one in _properties(chain, name):
        for key, value in one.attrib.items():
            found.setdefault(str(key).removeprefix(W), str(value))
    return found


def _number(value: str | None) -> int:
    return int(value) if value and value.lstrip("-").isdigit() else 0
