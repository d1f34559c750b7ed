"""How a picture's tag is written, which stands in the alternative text of a picture in report.docx that keeps its place
and size: {{ picture: seal }}, {{ 图片：公章 }}."""

from __future__ import annotations

import re

from reportfill.errors import PackError
from reportfill.pack.chart_tags import is_chart_tag

_MEANT = re.compile(r"\{\{[-+]?\s*(?:picture|图片)(?:\s*[:：]|\s+\w)", re.IGNORECASE)
_WHOLE = re.compile(r"\{\{\s*(?:picture|图片)\s*[:：]\s*([^\W\d]\w*(?:\.[^\W\d]\w*)*)\s*\}\}", re.IGNORECASE)


def is_picture_tag(tag: str) -> bool:
    """Whether a tag is meant to be a picture's, rightly written or not."""
    return _MEANT.match(tag) is not None


def is_drawn_tag(tag: str) -> bool:
    """Whether a tag is a chart's or a picture's, and none of Jinja's."""
    return is_chart_tag(tag) or is_picture_tag(tag)


def pictured_path(tag: str) -> str:
    """The path that a picture's tag names. Raises PackError where it is not written as such."""
    whole = _WHOLE.fullmatch(tag)
    if whole is None:
        raise PackError("a picture's tag is written {{ picture: path }}", "图片标签写作 {{ 图片：路径 }}")
    return whole[1]
