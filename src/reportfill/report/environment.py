"""The Jinja environment in which templates are rendered: sandboxed, escaping, strict about names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import StrictUndefined
from jinja2.runtime import Undefined
from jinja2.sandbox import SandboxedEnvironment
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

    Raises TypeError for a function, whose text differs from one process to the next.
    """
    if isinstance(value, int | Undefined | Markup):
        return value
    if isinstance(value, Decimal):
        return Markup(plain(value))
    if isinstance(value, str):
        return Markup(value.translate(_ESCAPES))
    if callable(value):
        raise TypeError("it names a function, not a value")
    return value


class _Environment(SandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of the data before a method of the dictionary that holds it: a field may be called items."""
        if type(obj) is dict or isinstance(
            obj, Mapping
        ):  # the first is most of them, and far quicker to tell
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same for a field that is named in brackets."""
        if isinstance(obj, Mapping) and isinstance(argument, str):
            return self.getattr(obj, argument)
        return super().getitem(obj, argument)


@cache
def environment() -> SandboxedEnvironment:
    """The one environment of the process."""
    return _Environment(autoescape=True, undefined=StrictUndefined, finalize=word_text)
