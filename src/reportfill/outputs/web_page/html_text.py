"""Values as the text that stands in HTML."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from reportfill.report.xml_text import text_in_markup

_NOTHING = "\ufffd"
_NO_CHARACTERS = (
    *range(0x7F, 0xA0),
    *range(0xFDD0, 0xFDF0),
    *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF)),
)
"""What HTML does not allow, beside what no Word file can hold (WHATWG HTML, 13.2.3.5)."""

_ESCAPES = dict.fromkeys(_NO_CHARACTERS, _NOTHING) | {
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
    ord('"'): "&#34;",
    ord("'"): "&#39;",
}

_BREAK = Markup("<br>")


def html_text(value: Any) -> Any:
    """A value as the HTML that shows exactly so. Raises PackError for what is no value."""
    return text_in_markup(value, _ESCAPES, _BREAK)
