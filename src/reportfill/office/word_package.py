"""The parts of a Word file by what they are, as its content types say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportfill.office.package import CONTENT_TYPES, ROOT_RELATIONSHIPS, target_of
from reportfill.office.xml import ELEMENT, parsed

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_NOTES_OF_EDITORS = re.compile(re.escape(_WORD) + r"(?:comments\w*|people)\+xml")
"""The content types of comments, of what is said of them elsewhere, and of who made them."""

MAIN = f"{_WORD}document.main+xml"
CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_FILLED = frozenset(f"{_WORD}{kind}+xml" for kind in ("header", "footer", "footnotes"))
_OFFICE_DOCUMENT = "/relationships/officeDocument"
STRICT = "http://purl.oclc.org/ooxml/"
"""How the relationship types and namespaces of Strict Open XML begin (ISO/IEC 29500-1)."""


@dataclass(frozen=True)
class WordPackage:
    """A Word file: its parts by name, the content type of each, and the name of the main one."""

    parts: Mapping[str, bytes]
    types: Mapping[str, str]
    main: str
    is_strict: bool

    @property
    def kind(self) -> str:
        """The content type of the main part: a document's, a template's, one with macros."""
        return self.types.get(self.main, "")

    @property
    def filled(self) -> list[str]:
        """The names of the parts in which the tags of a template are filled in, the main one first."""
        return [self.main, *sorted(name for name, kind in self.types.items() if kind in _FILLED)]

    @property
    def texts(self) -> list[str]:
        """The names of the parts in WordprocessingML, wherever they lie, sorted."""
        found = {name for name, kind in self.types.items() if kind.startswith(_WORD) and name in self.parts}
        return sorted({self.main} | found)

    @property
    def comments(self) -> list[str]:
        """The names of the parts with comments and their authors, sorted."""
        return sorted(name for name, kind in self.types.items() if _NOTES_OF_EDITORS.fullmatch(kind))


def word_package(parts: Mapping[str, bytes]) -> WordPackage:
    """The Word file that these parts make. Raises KeyError where it lacks what every package has, and
    DamagedXMLError where that is no XML."""
    types = _content_types(parts)
    for relationship in parsed(parts[ROOT_RELATIONSHIPS]).iterchildren(ELEMENT):
        kind = relationship.get("Type", "")
        if kind.endswith(_OFFICE_DOCUMENT):
            main = target_of("", relationship.get("Target", ""))
            return WordPackage(parts, types, main, kind.startswith(STRICT))
    raise KeyError("officeDocument")


def _content_types(parts: Mapping[str, bytes]) -> dict[str, str]:
    declared = list(parsed(parts[CONTENT_TYPES]).iterchildren(ELEMENT))
    by_suffix = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in declared}
    by_name = {e.get("PartName", "").lstrip("/").lower(): e.get("ContentType", "") for e in declared}
    return {
        name: by_name.get(name.lower()) or by_suffix.get(name.rpartition(".")[2].lower(), "")
        for name in parts
        if name != CONTENT_TYPES
    }
