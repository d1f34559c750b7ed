"""A report.html as its elements and tags, each with its line and with what is open around it.

Tags are no HTML, and may hold any of its signs; so they are hidden from the parser, sign for sign.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

from reportfill.pack.report_typing import TAG

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""The elements that have no end (WHATWG HTML, 13.1.2)."""

_HIDDEN = "\ue000"
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_NAME = re.compile(r"<[^\s/>]*")


@dataclass(frozen=True, slots=True)
class PageAttribute:
    """An attribute of an element: where its value begins and ends, that value with its tags, and whether it stands in
    quotation marks."""

    name: str
    value: str
    start: int
    end: int
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class PageElement:
    """An element as it begins: where, its name, its attributes, and the names of those around it, outermost first."""

    start: int
    end: int
    name: str
    attributes: tuple[PageAttribute, ...]
    around: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageTag:
    """A tag: where it begins, what it is, what is open around it, and the element and the attribute in which it stands,
    where it does."""

    start: int
    text: str
    around: tuple[str, ...]
    element: PageElement | None = None
    attribute: PageAttribute | None = None


@dataclass(frozen=True)
class HtmlPage:
    """A page template: its text, elements, tags, the ends that do not belong where they stand, and the comments."""

    text: str
    elements: tuple[PageElement, ...]
    tags: tuple[PageTag, ...]
    misplaced: tuple[tuple[int, str], ...]
    comments: tuple[tuple[int, int], ...]

    def line(self, place: int) -> int:
        """The line of a place in the text, counted from 1."""
        return bisect_right(_line_starts(self.text), place)


@lru_cache(maxsize=4)
def parsed_page(text: str) -> HtmlPage:
    """A page template."""
    reading = _Reading(text)
    return HtmlPage(
        text,
        tuple(reading.elements),
        tuple(map(reading.tag, TAG.finditer(text))),
        tuple(reading.misplaced),
        tuple(reading.comments),
    )


@lru_cache(maxsize=4)
def _line_starts(text: str) -> Sequence[int]:
    return [0, *(found.end() for found in re.finditer("\n", text))]


class _Reading(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.elements: list[PageElement] = []
        self.misplaced: list[tuple[int, str]] = []
        self.comments: list[tuple[int, int]] = []
        self._text = text
        self._starts = _line_starts(text)
        self._open: list[tuple[str, int]] = []
        self._changes: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        """What is open from a place on."""
        self.feed(TAG.sub(_hidden, text))
        self.close()
        self.misplaced += [(start, name) for name, start in self._open]

    def tag(self, found: re.Match[str]) -> PageTag:
        """A tag that was found."""
        element = self._element_at(found.start())
        around = self._changes[bisect_right(self._changes, found.start(), key=lambda one: one[0]) - 1][1]
        if element is None:
            return PageTag(found.start(), found[0], around)
        attribute = next(
            (one for one in element.attributes if one.start <= found.start() < max(one.end, one.start + 1)),
            None,
        )
        return PageTag(found.start(), found[0], (*element.around, element.name), element, attribute)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self._begin(tag)
        if tag not in VOID:
            self._open.append((tag, self._place))
            self._change()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins that ends itself, as those of drawings do."""
        self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
            self._change()
        elif tag not in VOID:
            self._end_misplaced(tag)

    def handle_comment(self, data: str) -> None:
        """A comment."""
        self.comments.append((self._place, self._place + len(data) + len("<!---->")))

    def _end_misplaced(self, tag: str) -> None:
        """An end that is not that of the innermost element: those within it were not ended; or nothing was begun."""
        names = [name for name, _ in self._open]
        if tag not in names:
            self.misplaced.append((self._place, f"/{tag}"))
            return
        while self._open[-1][0] != tag:
            name, start = self._open.pop()
            self.misplaced.append((start, name))
        self._open.pop()
        self._change()

    def _begin(self, tag: str) -> None:
        raw = self.get_starttag_text() or ""
        around = tuple(name for name, _ in self._open)
        attributes = tuple(self._attributes(self._place, raw))
        self.elements.append(PageElement(self._place, self._place + len(raw), tag, attributes, around))

    def _attributes(self, start: int, raw: str) -> Iterator[PageAttribute]:
        name = _NAME.match(raw)
        for found in _ATTRIBUTE.finditer(raw.rstrip(">").rstrip("/"), name.end() if name else 0):
            is_quoted = (found[2] or "")[:1] in ("'", '"')
            begin, end = found.span(2) if found[2] else (found.end(), found.end())
            begin, end = (begin + 1, end - 1) if is_quoted else (begin, end)
            value = unescape(self._text[start + begin : start + end])
            yield PageAttribute(found[1].lower(), value, start + begin, start + end, is_quoted)

    def _change(self) -> None:
        self._changes.append((self._place, tuple(name for name, _ in self._open)))

    def _element_at(self, place: int) -> PageElement | None:
        number = bisect_right(self.elements, place, key=lambda one: one.start) - 1
        found = self.elements[number] if number >= 0 else None
        return found if found is not None and place < found.end else None

    @property
    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


def _hidden(tag: re.Match[str]) -> str:
    """As many signs that mean nothing, in the same lines."""
    return re.sub(r"[^\n]", _HIDDEN, tag[0])
