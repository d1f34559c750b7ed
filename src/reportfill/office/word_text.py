"""The text of a paragraph of Word as one string, of which parts can be replaced, whatever runs they are split over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reportfill.office.word_revisions import W
from reportfill.office.xml import Element, child

_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}sym": "□"}
"""What elements of a run stand for that hold no text; a symbol of a form is a box to tick nearly always."""

_NOT_UNDERLINED = ("none", "0", "false")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(slots=True)
class _Piece:
    """An element with a text of its own, and where that begins and ends."""

    element: Element
    start: int
    end: int


class ParagraphText:
    """The text of a paragraph, without that of text boxes within it."""

    def __init__(self, paragraph: Element) -> None:
        self._paragraph = paragraph
        self._pieces: list[_Piece] = []
        texts: list[str] = []
        length = 0
        for run in own_runs(paragraph):
            for element in run:
                text = (element.text or "") if element.tag == f"{W}t" else _SIGNS.get(str(element.tag), "")
                if text:
                    self._pieces.append(_Piece(element, length, length + len(text)))
                    texts.append(text)
                    length += len(text)
        self.text = "".join(texts)

    @cached_property
    def lined(self) -> str:
        """The text with low lines in the place of blanks that are underlined."""
        return "".join(
            "".join("_" if sign.isspace() else sign for sign in part) if _is_underlined(piece) else part
            for piece in self._pieces
            for part in (self.text[piece.start : piece.end],)
        )

    def replace(self, start: int, end: int, words: str) -> None:
        """Put words in the place of what stands from `start` to `end`, looking as that did. Several places of one
        paragraph are replaced from the last to the first."""
        touched = [piece for piece in self._pieces if piece.start < end and piece.end > start]
        if not touched:
            touched = [piece for piece in self._pieces if piece.start <= start <= piece.end][:1]
        if not touched:
            self._append(words)
        for number, piece in enumerate(touched):
            _cut(piece, start, end, "" if number else words)

    def _append(self, words: str) -> None:
        """Add a run of the words, which looks as the mark of the paragraph does."""
        run = child(self._paragraph, f"{W}r")
        mark = self._paragraph.find(f"{W}pPr/{W}rPr")
        if mark is not None:
            run.append(_copied_format(mark, run))
        _set_text(child(run, f"{W}t"), words)


def own_runs(paragraph: Element) -> list[Element]:
    """The runs of a paragraph itself, not those of text boxes within it."""
    return [run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is paragraph]


def own_paragraphs(holder: Element) -> list[Element]:
    """The paragraphs of a cell or a body itself, not those of tables and text boxes within it."""
    return list(holder.iterchildren(f"{W}p"))


def _is_underlined(piece: _Piece) -> bool:
    run = piece.element.getparent()
    line = run.find(f"{W}rPr/{W}u") if run is not None else None
    return line is not None and line.get(f"{W}val", "single") not in _NOT_UNDERLINED


def _cut(piece: _Piece, start: int, end: int, words: str) -> None:
    element = piece.element
    if element.tag != f"{W}t":
        text = element.makeelement(f"{W}t")
        element.addprevious(text)
        _remove(element)
        piece.element = element = text
        before, behind = "", ""
    else:
        said = element.text or ""
        before, behind = said[: max(start - piece.start, 0)], said[max(end - piece.start, 0) :]
    _set_text(element, before + words + behind)


def _set_text(element: Element, words: str) -> None:
    element.text = words
    if words != words.strip():
        element.set(_SPACE, "preserve")


def _copied_format(mark: Element, run: Element) -> Element:
    """The format of a paragraph's mark as that of a run."""
    from copy import deepcopy

    copied = deepcopy(mark)
    for revision in list(
        copied.iterchildren(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo", f"{W}rPrChange")
    ):
        copied.remove(revision)
    return copied


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
