"""The texts of a report.docx, piece by piece, each with its place for people.

Looked at is the text that is printed: tracked changes count as accepted and comments as deleted, as a report has it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache
from typing import cast

from reportfill.office.guard import unpacked
from reportfill.office.word_package import WordPackage, word_package
from reportfill.office.word_revisions import W, accept_all
from reportfill.office.word_structure import cells_by_column, own_rows
from reportfill.office.xml import Element, XPath, parsed
from reportfill.pack.problems import WordPlace

FILE = "report.docx"


class PieceKind(Enum):
    """Where a text stands: among what is read, in the code of a field or a formula, or in an attribute."""

    TEXT = "text"
    CODE = "code"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of a part that may hold tags, with the elements that it is made of and its place."""

    kind: PieceKind
    place: WordPlace
    elements: list[Element]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of the text."""
        return "".join(self.texts)


@dataclass(frozen=True)
class ReportPart:
    """A part in which tags are filled in, as it is printed."""

    name: str
    root: Element
    where: WordPlace

    @cached_property
    def pieces(self) -> list[Piece]:
        """The texts of the part, in the order of the document."""
        return _joined(self._single_pieces())

    def _single_pieces(self) -> Iterator[Piece]:
        places = paragraph_places(self.root, self.where)
        for element in cast("list[Element]", _WITH_TEXT(self.root)):
            holder = element if element.tag == f"{W}p" else next(element.iterancestors(f"{W}p"), None)
            place = places[holder] if holder is not None else self.where
            for value in map(str, element.attrib.values()):
                if any(brace in value for brace in _BRACES):
                    yield Piece(PieceKind.ATTRIBUTE, place, [element], [value])
            if element.tag in _KINDS and element.text:
                yield Piece(_KINDS[element.tag], place, [element], [element.text])


M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BRACES = "{}｛｝"
_WITH_TEXT = XPath(
    "//w:t | //w:instrText | //m:t | //*[@*["
    + " or ".join(f"contains(., '{brace}')" for brace in _BRACES)
    + "]]",
    namespaces={"w": W.strip("{}"), "m": M.strip("{}")},
)
"""The elements that hold a text or a brace in an attribute, in the order of the document."""

_KINDS = {f"{W}t": PieceKind.TEXT, f"{W}instrText": PieceKind.CODE, f"{M}t": PieceKind.CODE}


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """The pieces, those of one kind that follow each other in a paragraph as one: Word splits a text as it likes."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else piece
        is_one_kind = piece.kind is last.kind is not PieceKind.ATTRIBUTE
        if found and is_one_kind and _paragraph_of(piece) is _paragraph_of(last):
            last.elements.extend(piece.elements)
            last.texts.extend(piece.texts)
        else:
            found.append(piece)
    return found


def _paragraph_of(piece: Piece) -> Element | None:
    """The paragraph in which a piece stands; None for one outside of any."""
    return next(piece.elements[0].iterancestors(f"{W}p"), None)


@lru_cache(maxsize=2)
def report_parts(docx: bytes) -> list[ReportPart]:
    """The parts in which tags are filled in, the document itself first.

    Raises PackageError, KeyError or DamagedXMLError where it is no Word file.
    """
    package = word_package(unpacked(docx))
    return [_part(package, name) for name in package.filled]


def _part(package: WordPackage, name: str) -> ReportPart:
    root = parsed(package.parts[name])
    accept_all(root)
    return ReportPart(name, root, place_of_part(package, name))


def place_of_part(package: WordPackage, name: str) -> WordPlace:
    """The place of a part as a whole."""
    return WordPlace("" if name == package.main else posixpath.basename(name).removesuffix(".xml"))


def paragraph_places(root: Element, where: WordPlace) -> dict[Element, WordPlace]:
    """The place of each paragraph of a part."""
    cells = dict(_cells_of_outermost_tables(root, where))
    places: dict[Element, WordPlace] = {}
    number = 0
    for paragraph in root.iter(f"{W}p"):
        around = (cells[cell] for cell in paragraph.iterancestors(f"{W}tc") if cell in cells)
        place = next(around, None)
        if place is None:
            number += 1
            place = where._replace(paragraph=number)
        places[paragraph] = place
    return places


def _cells_of_outermost_tables(root: Element, where: WordPlace) -> Iterator[tuple[Element, WordPlace]]:
    """The cells of tables that stand in no other one, with their places, as Word counts the cells of a row."""
    tables = (t for t in root.iter(f"{W}tbl") if next(t.iterancestors(f"{W}tbl"), None) is None)
    for table_number, table in enumerate(tables, 1):
        for row_number, row in enumerate(own_rows(table), 1):
            for cell_number, (_, cell) in enumerate(cells_by_column(row), 1):
                yield cell, where._replace(table=table_number, row=row_number, column=cell_number)
