"""The tags of a report.docx as they stand in a page template, and words as HTML has them."""

from __future__ import annotations

import re
from html import escape

from reportfill.pack.report_typing import TAG
from reportfill.pack.tag_words import STRAIGHT

_HOLDER = re.compile(r"(\{%-?)(?:p|tr|tc|r)\s")
_APART = {"{_{": "&#123;{", "{_%": "&#123;%", "}_}": "}&#125;", "%_}": "%&#125;"}
"""Braces that docxtpl keeps apart, since they are no tag."""

_APART_PATTERN = re.compile("|".join(map(re.escape, _APART)))
_KEYWORD = re.compile(r"\{%[-+]?\s*(\w+)")


def as_jinja(tag: str) -> str:
    """A tag without what says which paragraph, row or cell it takes the place of; nothing of a remark."""
    return "" if tag.startswith("{#") else _HOLDER.sub(r"\1 ", tag.translate(STRAIGHT))


def statement_keyword(tag: str) -> str:
    """What a statement does: for, endfor …; empty for a tag that is none."""
    found = _KEYWORD.match(tag)
    return found[1] if found else ""


def holder_statements(text: str, holder: str) -> list[str]:
    """The statements in a text that take the place of what holds it: of its paragraph (p), row (tr) or cell (tc)."""
    return [tag for tag in TAG.findall(text) if re.match(rf"\{{[%#]-?{holder}\s", tag)]


def html_with_tags(text: str) -> str:
    """A text as HTML has it, with its tags."""
    words = TAG.split(text)
    tags = [*map(as_jinja, TAG.findall(text)), ""]
    return "".join(escaped(word) + tag for word, tag in zip(words, tags, strict=True))


def escaped(words: str) -> str:
    """Words that hold no tag as HTML has them."""
    return _APART_PATTERN.sub(lambda found: _APART[found[0]], escape(words, quote=False))
