"""The Jinja environment in which templates are rendered: sandboxed, escaping, strict about names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from reportfill.report.title_lines import title_lines
from reportfill.report.xml_text import word_text


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
    made = _Environment(autoescape=True, undefined=StrictUndefined, finalize=word_text)
    made.filters["title_lines"] = title_lines
    return made
