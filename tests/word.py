"""Reading a Word report back, by python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn


def paragraphs_of(report: bytes) -> list[str]:
    """The text of each paragraph, in and out of tables, exactly as the file holds it."""
    body = docx.Document(BytesIO(report)).element.body
    return [_text(paragraph) for paragraph in body.iter(qn("w:p"))]


def lines_of(report: bytes) -> list[str]:
    """The lines of a report without the blank ones: its paragraphs, and the rows of its tables with their cells
    between tabs; what is merged counts once, where it begins."""
    body = docx.Document(BytesIO(report)).element.body
    return [line for line in _lines(body) if line.strip()]


def _lines(body: Any) -> Iterator[str]:
    for block in body.iterchildren():
        if block.tag == qn("w:p"):
            yield _text(block)
        elif block.tag == qn("w:tbl"):
            for row in block.iter(qn("w:tr")):
                yield "\t".join(_cell(cell) for cell in row.iter(qn("w:tc")) if not _continues(cell))


def _cell(cell: Any) -> str:
    return "\n".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _continues(cell: Any) -> bool:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is not None and merge.get(qn("w:val")) != "restart"


def _text(paragraph: Any) -> str:
    return "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
