"""Values as the text that stands in Word's XML."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jinja2.runtime import Undefined
from markupsafe import Markup

from reportfill.decimals import plain
from reportfill.model.kinds.printed_words import PrintedList
from reportfill.report.tag_values import Lines, no_value, printed_value

_ESCAPES = {ord(character): f"&#{ord(character)};" for character in "{}%\t\n\r\a\f"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&#34;",
}
"""What may not stand as it is in XML, and what docxtpl would take for a tag, a tab or a line break of its own."""


_AS_THEY_ARE = (int, Undefined, Markup)
_TEXTS = (str, PrintedList)

_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')


def word_text(value: Any) -> Any:
    """A value as the XML text that Word shows exactly so. Numbers are written out, never as 1E+3.

    Raises PackError for what is no value: a comparison, nothing, a list, or a function.
    """
    return text_in_markup(value, _ESCAPES, _BREAK)


def text_in_markup(value: Any, escapes: Mapping[int, str], line_break: Markup) -> Any:
    """A value as the text of a markup language, given what may not stand in that as it is, and what breaks a line.
    Raises PackError as `word_text` does."""
    if value is None or value is True or value is False:
        raise no_value(value)
    if isinstance(value, _AS_THEY_ARE):
        return value
    if isinstance(value, Decimal):
        return Markup(plain(value))
    if isinstance(value, _TEXTS):
        return Markup(str(value).translate(escapes))
    if isinstance(value, Lines):
        return line_break.join(Markup(line.translate(escapes)) for line in value.texts)
    return value if hasattr(value, "__html__") else Markup(printed_value(value))
