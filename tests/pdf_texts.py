"""What is in a PDF: its words and its fonts."""

from __future__ import annotations

import re
from io import BytesIO

import pdfplumber


def text_of(pdf: bytes) -> str:
    """The words of all pages, without blanks and line breaks."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return re.sub(r"\s", "", "".join(page.extract_text() for page in opened.pages))


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the fonts in which something is set, without the mark of a subset."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return {char["fontname"].partition("+")[2] for page in opened.pages for char in page.chars}


def lines_of(pdf: bytes) -> list[list[str]]:
    """The lines of each page, without blanks."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return [
            [re.sub(r"\s", "", line["text"]) for line in page.extract_text_lines()] for page in opened.pages
        ]
