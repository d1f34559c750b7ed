"""Addresses of web pages, as `format: uri` asks for them: what a browser opens, and nothing beside it."""

from __future__ import annotations

import re

from reportfill.text import Text

_ADDRESS = re.compile(
    r"https?://[\w-]+(?:\.[\w-]+)+\.?(?::\d{1,5})?(?:[/?#][^\s\x00-\x20\x7f\"<>\\^`{|}，。；、：！？（）《》“”‘’【】]*)?",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"https?://", re.IGNORECASE)


def is_web_address(text: str) -> bool:
    """Whether a text is the address of a web page."""
    return _ADDRESS.fullmatch(text) is not None


def fault_in_address(text: str) -> Text:
    """Why a text is no address of a web page."""
    beginnings = _BEGINNING.findall(text)
    if len(beginnings) > 1:
        return Text("一个单元格只填一个网址", "one cell takes one address")
    if not beginnings or not _BEGINNING.match(text):
        return Text("网址应当以http://或者https://开头", "an address begins with http:// or https://")
    if re.search(r"\s", text):
        return Text("网址中不能有空格", "an address has no blanks")
    return Text(
        "网址不完整，或者含有网址中不能有的符号", "it is incomplete, or has a sign that no address has"
    )
