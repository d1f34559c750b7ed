"""Reading a page back, by lxml, and a Word report beside it."""

from __future__ import annotations

import re
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml import html

NO_REPORT = ("figure", "style", "sup", "ol")
"""What of a page no body of a Word report says in words: charts, notes and their numbers, as that it is a draft."""

PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
NO_CHARACTERS = re.compile(f"[\x7f-\x9f\ufdd0-\ufdef{PLANE_ENDS}]")
"""What HTML has no place for."""


def body_of(page: bytes) -> html.HtmlElement:
    """What a page shows, or a fragment of one."""
    root = html.document_fromstring(page.decode("utf-8-sig"))
    main = root.find(".//main")
    return root.find("body") if main is None else main


def words_of(page: bytes) -> str:
    """All that a page says in the order of the report, without blanks."""
    body = body_of(page)
    for element in [*body.iter(*NO_REPORT), *body.xpath("//p[@class='draft']")]:
        element.drop_tree()
    return without_blanks(body.text_content())


def words_of_word(report: bytes) -> str:
    """All that the body of a Word report says, without blanks."""
    body = docx.Document(BytesIO(report)).element.body
    return without_blanks("".join(text.text or "" for text in body.iter(qn("w:t"))))


def without_blanks(text: str) -> str:
    """A text without blanks of any kind."""
    return re.sub(r"\s+", "", text)


def tags_of(page: bytes) -> dict[str, str]:
    """The tags in the head of a page by name, in their order."""
    root = html.document_fromstring(page.decode("utf-8"))
    return {tag.get("name", ""): tag.get("content", "") for tag in root.iterfind("head/meta[@name]")}
