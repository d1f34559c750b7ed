"""Braces that look like a tag's and are none: of another width, or without their counterpart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator

from reportfill.office.xml import ELEMENT, Element
from reportfill.pack.tags import PATH

_MARKS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_BRACE, _OPENING = re.compile("[{}｛｝﹛﹜]"), re.compile("[{｛﹛]")
_SINGLE = re.compile(rf"\{{\s*({PATH})\s*\}}")
_SHOWS_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def folded_braces(text: str) -> str:
    """A text with its full-width braces, percent signs and letters as plain ones, and without what shows nothing."""
    return unicodedata.normalize("NFKC", text).translate(_SHOWS_NOTHING)


def loose_brace(text: str) -> str:
    """The first mark of a tag in what is left of a text beside its tags, in whatever width; empty where none is."""
    if not _BRACE.search(text):
        return ""
    found = _MARKS.search(folded_braces(text))
    return found.group() if found else ""


def braced_texts(root: Element) -> Iterator[str]:
    """The texts of an element that hold a mark of a tag: as a whole, since words may be split, and in attributes."""
    attributes = (str(value) for element in root.iter(ELEMENT) for value in element.attrib.values())
    return filter(loose_brace, ("".join(map(str, root.itertext())), *attributes))


def meant_path(text: str, paths: Collection[str]) -> str:
    """The first path that stands in a text between single braces; empty where none does."""
    if not _OPENING.search(text):
        return ""
    found = (match.group(1) for match in _SINGLE.finditer(folded_braces(text)))
    return next((path for path in found if path in paths), "")
