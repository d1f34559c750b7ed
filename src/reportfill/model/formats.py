"""The values of `format` that a schema may ask for."""

from __future__ import annotations

from reportfill.model.days import is_dated

PICTURE = "picture"


def is_of_format(value: str, name: str) -> bool:
    """Whether a text is what a format asks for; of a picture reading says more."""
    return name == PICTURE or is_dated(value, name)
