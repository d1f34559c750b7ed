"""A Word file as a page needs it: its blocks, styles and notes, and what its parts lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from reportfill.office.package import parts_of
from reportfill.office.relationships import parts_related_by, related_part
from reportfill.office.word_package import word_package
from reportfill.office.word_revisions import W
from reportfill.office.xml import ELEMENT, Element, parsed

_AROUND = tuple(W + name for name in ("sdt", "sdtContent", "customXml", "smartTag"))
"""What may stand around paragraphs and tables and shows nothing."""


def own_blocks(holder: Element) -> list[Element]:
    """The paragraphs and tables of a body, a cell or a text box, not of those within it."""
    return list(_blocks(holder))


def _blocks(holder: Element) -> Iterator[Element]:
    for element in holder.iterchildren(ELEMENT):
        if element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag in _AROUND:
            yield from _blocks(element)


@dataclass(frozen=True)
class WordDocument:
    """A Word file: its parts by name, the name of the main one."""

    parts: Mapping[str, bytes]
    main: str

    @classmethod
    def of(cls, content: bytes) -> WordDocument:
        """The one that some bytes hold."""
        parts = parts_of(content)
        return cls(parts, word_package(parts).main)

    @cached_property
    def blocks(self) -> list[Element]:
        """The paragraphs and tables of its body."""
        body = parsed(self.parts[self.main]).find(f"{W}body")
        return [] if body is None else own_blocks(body)

    @cached_property
    def styles(self) -> Element | None:
        """The part with its styles."""
        return self._related("styles")

    def notes(self, kind: str) -> Mapping[str, Element]:
        """Its footnotes or endnotes by their ids."""
        root = self._related(f"{kind}s")
        found = [] if root is None else root.iterchildren(f"{W}{kind}")
        return {note.get(f"{W}id", ""): note for note in found}

    def picture(self, relationship: str) -> bytes:
        """The content of a picture of the body; nothing where it lies elsewhere."""
        return self.parts.get(related_part(self.main, relationship, self.parts), b"")

    def _related(self, kind: str) -> Element | None:
        names = parts_related_by(self.main, kind, self.parts)
        return parsed(self.parts[names[0]]) if names else None
