"""What Word keeps of how a text came about: tracked changes and comments, and the text without them."""

from __future__ import annotations

import re

from reportfill.office.xml import Element
from reportfill.text import word_list

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_GONE = ("del", "moveFrom", "delText", "delInstrText")
"""What somebody deleted or moved away."""

_ADDED = ("ins", "moveTo")
"""What somebody typed or moved here."""

_MARKS = (
    *word_list("cellIns cellDel cellMerge numberingChange rPrChange pPrChange sectPrChange tblPrChange"),
    *word_list("tblPrExChange trPrChange tcPrChange tblGridChange"),
    *(
        f"{what}Range{end}"
        for what in word_list("moveFrom moveTo customXmlIns customXmlDel customXmlMoveFrom customXmlMoveTo")
        for end in ("Start", "End")
    ),
)
"""What only says that something was changed."""

_COMMENTS = ("commentRangeStart", "commentRangeEnd", "commentReference")

_KEPT = "|".join((*_GONE, *_ADDED, *_MARKS, *_COMMENTS))
MAY_BE_KEPT = re.compile(rf"<(?:[\w.-]+:)?(?:{_KEPT})\b".encode())
"""What tells, without reading a part as XML, that it may hold changes or comments."""

_TRACKED = tuple(W + name for name in (*_GONE, *_ADDED, *_MARKS))


def first_tracked(root: Element) -> Element | None:
    """The first element of a part that records a change; None where none does."""
    return next(root.iter(*_TRACKED), None)


def first_commented(root: Element) -> Element | None:
    """The first place of a part to which a comment belongs; None where none does."""
    return next(root.iter(f"{W}commentReference", f"{W}commentRangeStart"), None)


def accept_all(root: Element) -> None:
    """Make a part what it is once every tracked change is accepted and no comment is left: without any author."""
    if first_tracked(root) is not None:
        for paragraph in _paragraphs_joined_to_the_next(root):
            _join_to_the_next(paragraph)
        for row in [row for row in root.iter(f"{W}tr") if row.find(f"{W}trPr/{W}del") is not None]:
            _remove(row)
        for element in list(root.iter(*(W + name for name in (*_GONE, *_MARKS)))):
            _remove(element)
        for element in list(root.iter(*(W + name for name in _ADDED))):
            _unwrap(element)
    for element in list(root.iter(*(W + name for name in _COMMENTS))):
        _remove(element)


def _paragraphs_joined_to_the_next(root: Element) -> list[Element]:
    """The paragraphs whose mark, which parts them from the next one, somebody deleted or moved away."""
    kinds = (f"{W}pPr/{W}rPr/{W}del", f"{W}pPr/{W}rPr/{W}moveFrom")
    return [p for p in root.iter(f"{W}p") if any(p.find(kind) is not None for kind in kinds)]


def _join_to_the_next(paragraph: Element) -> None:
    following = paragraph.getnext()
    if following is None or following.tag != f"{W}p":
        return
    place = 1 if len(following) and following[0].tag == f"{W}pPr" else 0
    following[place:place] = [child for child in paragraph if child.tag != f"{W}pPr"]
    _remove(paragraph)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Put what an element holds in its place. A mark of a paragraph or row holds nothing, and just goes."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)
