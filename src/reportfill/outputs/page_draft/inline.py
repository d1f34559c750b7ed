"""The text of a paragraph as HTML: words, tags, breaks, and what is bold or raised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import NamedTuple

from reportfill.office.word_revisions import W
from reportfill.office.word_text import own_runs
from reportfill.office.xml import Element
from reportfill.outputs.page_draft.tag_text import as_jinja, escaped
from reportfill.pack.report_typing import TAG

_MARK = "\x0c"
"""What stands in a text for something that is no text; no Word file can hold it."""

_SIGNS = {f"{W}tab": "\u2003", f"{W}cr": "\x0b", f"{W}noBreakHyphen": "\u2011", f"{W}sym": "□"}
_BREAK = "\x0b"
_WITHOUT_LINE = ("page", "column")
_RAISED = {"superscript": "sup", "subscript": "sub"}
_NONE = ("0", "false", "off")

Shown = Callable[[Element], str]
"""What a page shows of a drawing or a note; nothing of one that it leaves out."""


class _Piece(NamedTuple):
    """A text, the elements that HTML puts around it, and what stands in the place of its marks."""

    text: str
    around: tuple[str, ...]
    shown: tuple[str, ...] = ()


def inline_html(paragraph: Element, shown: Shown, *, is_plain: bool = False) -> str:
    """The text of a paragraph; what is bold counts for nothing where it is plain, as in headings."""
    pieces = [_piece(run, shown, is_plain=is_plain) for run in own_runs(paragraph)]
    text = "".join(piece.text for piece in pieces)
    around = [piece.around for piece in pieces for _ in piece.text]
    marks = iter([mark for piece in pieces for mark in piece.shown])
    html = [_wrapped("".join(words), elements) for elements, words in _grouped(_tokens(text, around))]
    return re.sub(_MARK, lambda _: next(marks), "".join(html)).replace(_BREAK, "<br>").strip(" ")


def plain_words(paragraph: Element) -> str:
    """The text of a paragraph with its tags as they are typed."""
    return "".join(
        text.text or ""
        for run in own_runs(paragraph)
        if not _is_hidden(run)
        for text in run.iterchildren(f"{W}t")
    )


def _piece(run: Element, shown: Shown, *, is_plain: bool) -> _Piece:
    if _is_hidden(run):
        return _Piece("", ())
    texts, marks = [], []
    for element in run:
        if element.tag == f"{W}t":
            texts.append(element.text or "")
        elif element.tag == f"{W}br":
            texts.append("" if element.get(f"{W}type") in _WITHOUT_LINE else _BREAK)
        elif element.tag in _SIGNS:
            texts.append(_SIGNS[str(element.tag)])
        elif words := shown(element):
            texts.append(_MARK)
            marks.append(words)
    return _Piece("".join(texts), _around(run, is_plain=is_plain), tuple(marks))


def _around(run: Element, *, is_plain: bool) -> tuple[str, ...]:
    raised = run.find(f"{W}rPr/{W}vertAlign")
    element = _RAISED.get(raised.get(f"{W}val", ""), "") if raised is not None else ""
    is_bold = not is_plain and _is_on(run, "b")
    return (*(["strong"] if is_bold else []), *([element] if element else []))


def _is_hidden(run: Element) -> bool:
    return _is_on(run, "vanish")


def _is_on(run: Element, name: str) -> bool:
    found = run.find(f"{W}rPr/{W}{name}")
    return found is not None and found.get(f"{W}val", "1") not in _NONE


def _tokens(text: str, around: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...] | None, str]]:
    """The tags of a text and the words between them as HTML, each with what is around it; a statement has nothing
    around it, lest it begins within an element and ends without."""
    position = 0
    for tag in TAG.finditer(text):
        yield from _words(text, around, position, tag.start())
        is_value = tag[0].startswith("{{")
        yield (around[tag.start()] if is_value else None), as_jinja(tag[0])
        position = tag.end()
    yield from _words(text, around, position, len(text))


def _words(
    text: str, around: list[tuple[str, ...]], start: int, end: int
) -> Iterator[tuple[tuple[str, ...], str]]:
    for elements, places in groupby(range(start, end), key=lambda place: around[place]):
        yield elements, escaped("".join(text[place] for place in places))


def _grouped(
    tokens: Iterator[tuple[tuple[str, ...] | None, str]],
) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for elements, group in groupby(tokens, key=lambda token: token[0]):
        yield elements or (), [html for _, html in group]


def _wrapped(html: str, elements: tuple[str, ...]) -> str:
    if not html.strip():
        return html
    return (
        "".join(f"<{name}>" for name in elements)
        + html
        + "".join(f"</{name}>" for name in reversed(elements))
    )
