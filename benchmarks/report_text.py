"""The text of a Word report, by which the outputs of different programs are compared."""

from __future__ import annotations

import zipfile
from io import BytesIO

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def paragraphs_of(report: bytes) -> list[str]:
    """The text of each paragraph that has any, in and out of tables, with line breaks as such."""
    with zipfile.ZipFile(BytesIO(report)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    texts = (_text(paragraph) for paragraph in body.iter(f"{_W}p"))
    return [text for text in texts if text.strip()]


def difference(ours: bytes, theirs: bytes) -> str:
    """The first paragraph in which two reports differ, in words; the empty string where they say the same."""
    one, other = paragraphs_of(ours), paragraphs_of(theirs)
    for number, (expected, found) in enumerate(zip(one, other, strict=False), 1):
        if expected != found:
            return f"paragraph {number} is {found[:60]!r}, ours {expected[:60]!r}"
    return "" if len(one) == len(other) else f"{len(other)} paragraphs, ours {len(one)}"


def _text(paragraph: etree._Element) -> str:
    pieces = paragraph.iter(f"{_W}t", f"{_W}br")
    return "".join("\n" if piece.tag == f"{_W}br" else piece.text or "" for piece in pieces)
