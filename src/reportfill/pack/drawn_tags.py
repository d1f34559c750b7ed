"""The tags of a report.docx that stand in the alternative text of what they fill in: charts and pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reportfill.office.word_charts import DRAWING_PROPERTIES
from reportfill.office.xml import Element
from reportfill.pack.report_parts import Piece, report_parts
from reportfill.pack.report_typing import TAG


@dataclass(frozen=True, slots=True)
class DrawnTag:
    """Such a tag, with the part and the piece in which it stands, and how many of its kind stand there."""

    tag: str
    source: str
    piece: Piece
    number: int

    @property
    def properties(self) -> Element | None:
        """The element whose alternative text the piece is; None where it is something else."""
        element = self.piece.elements[0]
        is_one = element.tag == DRAWING_PROPERTIES and element.get("descr") == self.piece.text
        return element if is_one else None


def drawn_tags(docx: bytes, is_meant: Callable[[str], bool]) -> Iterator[DrawnTag]:
    """The tags of a kind in the order of the document, the first of each piece."""
    for part in report_parts(docx):
        for piece in part.pieces:
            tags = [*filter(is_meant, TAG.findall(piece.text))]
            if tags:
                yield DrawnTag(tags[0], part.name, piece, len(tags))


def tags_in(properties: Element, is_meant: Callable[[str], bool]) -> list[str]:
    """The tags of a kind in the alternative text of a drawing."""
    return [*filter(is_meant, TAG.findall(properties.get("descr", "")))]
