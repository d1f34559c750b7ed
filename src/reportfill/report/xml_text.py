"""Values as the text that stands in Word's XML."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from jinja2.runtime import Undefined
from markupsafe import Markup

from reportfill.pack.figures import plain

_ESCAPES = {ord(character): f"&#{ord(character)};" for character in "{}%\t\n\r\a\f"} | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&#34;",
}
"""What may not stand as it is in XML, and what docxtpl would take for a tag, a tab or a line break of its own."""


def word_text(value: Any) -> Any:
    """A value as the XML text that Word shows exactly so. Numbers are written out, never as 1E+3.

    Raises TypeError for what is no value: a comparison, nothing, or a function, whose text differs from one process to
    the next.
    """
    if value is None or value is True or value is False:
        raise TypeError("it is a comparison or nothing, and has no value to print")
    if isinstance(value, int | Undefined | Markup):
        return value
    if isinstance(value, Decimal):
        return Markup(plain(value))
    if isinstance(value, str):
        return Markup(value.translate(_ESCAPES))
    if callable(value):
        raise TypeError("it names a function, not a value")
    return value
