"""Hidden text of a Word document (ECMA-376-1, 17.3.2.41): there in the file, but neither shown nor printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from reportfill.office.word_revisions import W
from reportfill.office.xml import Element

MAY_BE_HIDDEN = re.compile(rb"<w:(?:vanish|webHidden|specVanish|hidden)\b")
"""What tells, without reading a part as XML, that it, or the styles, may hide something."""

_MATH_RUN = "{http://schemas.openxmlformats.org/officeDocument/2006/math}r"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OFF = ("0", "false", "off")
_PROPERTIES = ("vanish", "webHidden", "specVanish")
_DRAWN = tuple(W + name for name in ("drawing", "pict", "object", "sym"))
_LEFT_OUT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""Statements and remarks, of which nothing is in a report, so that they may be hidden."""


def hiding_styles(styles: Element | None) -> frozenset[str]:
    """The ids of the styles whose text is hidden, by themselves or by those they are based on."""
    if styles is None:
        return frozenset()
    by_id = {style.get(f"{W}styleId", ""): style for style in styles.iter(f"{W}style")}
    return frozenset(name for name in by_id if _style_hides(name, by_id))


def _style_hides(name: str, by_id: Mapping[str, Element]) -> bool:
    seen: set[str] = set()
    while name in by_id and name not in seen:
        seen.add(name)
        said = _said(by_id[name].find(f"{W}rPr"))
        if said is not None:
            return said
        name = _value(by_id[name].find(f"{W}basedOn"))
    return False


def first_hidden(root: Element, styles: frozenset[str]) -> tuple[Element, str] | None:
    """The first element of a part that holds hidden text, with all that is hidden in its paragraph; None where there
    is none. `styles` are those that hide their text."""
    for paragraph in root.iter(f"{W}p"):
        hidden = [run for run in _runs_of(paragraph) if _is_hidden(run, paragraph, styles)]
        words = _LEFT_OUT.sub("", "".join(_text(run) for run in hidden)).strip()
        if words or any(next(run.iter(*_DRAWN), None) is not None for run in hidden):
            return hidden[0], words
    return None


def _runs_of(paragraph: Element) -> Iterator[Element]:
    """The runs of a paragraph, without those of text boxes within it, which are paragraphs of their own."""
    for run in paragraph.iter(f"{W}r", _MATH_RUN):
        if next(run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _is_hidden(run: Element, paragraph: Element, styles: frozenset[str]) -> bool:
    row = next(run.iterancestors(f"{W}tr"), None)
    if row is not None and _is_on(row.find(f"{W}trPr/{W}hidden")):
        return True
    said = _said(run.find(f"{W}rPr"), web=not _is_in_contents(run))
    if said is not None:
        return said
    names = (_value(run.find(f"{W}rPr/{W}rStyle")), _value(paragraph.find(f"{W}pPr/{W}pStyle")))
    return any(name in styles for name in names)


def _is_in_contents(run: Element) -> bool:
    """Whether a run stands in a line of a table of contents, whose page numbers Word itself hides on the web."""
    links = run.iterancestors(f"{W}hyperlink")
    return any(link.get(f"{W}anchor", "").startswith("_Toc") for link in links)


def _said(properties: Element | None, *, web: bool = True) -> bool | None:
    """What the properties of a run or style say of hiding; None where they say nothing."""
    if properties is None:
        return None
    found = [properties.find(W + name) for name in _PROPERTIES if web or name != "webHidden"]
    marks = [mark for mark in found if mark is not None]
    return any(map(_is_on, marks)) if marks else None


def _is_on(mark: Element | None) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in _OFF


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _text(run: Element) -> str:
    return "".join(text.text or "" for text in run.iter(f"{W}t", _MATH_TEXT))
