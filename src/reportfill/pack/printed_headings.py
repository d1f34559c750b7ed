"""The headings that report.docx prints by itself: what stands before the paragraphs of each part."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from reportfill.model.report_model import PrintedHeadings
from reportfill.office.xml import DamagedXMLError, Element, parsed

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LOOP = re.compile(r"\{%[-+]?\s*p?\s*for\s+\w+\s+in\s+(?P<path>[\w.]+)\s*[-+]?%\}")
_VALUE = "{{"
_LOOP_END = re.compile(r"\{%[-+]?\s*p?\s*endfor\s*[-+]?%\}")
_LONGEST = 60
"""Characters; what is longer is no heading."""


def printed_headings(report: bytes, before_headings: tuple[tuple[str, ...], ...] = ()) -> PrintedHeadings:
    """The headings of a report.docx, before which these words may stand; none of what is no Word file, which is
    refused where it is to be printed."""
    own: dict[str, list[str]] = {}
    everywhere: list[str] = []
    before: list[str] = []
    path = ""
    for text in _lines(report):
        if text is None:
            before = []
            continue
        loop = _LOOP.search(text)
        words = _words(text)
        if loop is not None:
            path = loop["path"]
            own.setdefault(path, []).extend(before)
            before = []
        if path and words and _TAG.search(text):
            own[path].append(words)
        elif words and not _TAG.search(text):
            before.append(words)
        elif _VALUE in text:
            before = []
        everywhere += [words] if words and (path or not _TAG.search(text)) else []
        if _LOOP_END.search(text):
            path, before = "", []
    return PrintedHeadings(
        {path: tuple(found) for path, found in own.items()},
        tuple(dict.fromkeys(everywhere)),
        before_headings,
    )


def _lines(report: bytes) -> Iterator[str | None]:
    """The paragraphs of the document's body in their order; None for each table."""
    try:
        with zipfile.ZipFile(BytesIO(report)) as package:
            root = parsed(package.read(_DOCUMENT))
    except (KeyError, zipfile.BadZipFile, DamagedXMLError):
        return
    tables = set[Element]()
    for paragraph in root.iter(f"{_WORD}p"):
        table = next(paragraph.iterancestors(f"{_WORD}tbl"), None)
        if table is None:
            yield "".join(text.text or "" for text in paragraph.iter(f"{_WORD}t")).strip()
        elif table not in tables:
            tables.add(table)
            yield None


def _words(text: str) -> str:
    """What stands in a paragraph before its first value, apart from tags; empty where that is no heading."""
    words = _TAG.sub("", text.partition(_VALUE)[0]).strip()
    return words if len(words) <= _LONGEST else ""
