"""The values of `format` that a schema may ask for."""

from __future__ import annotations

from reportfill.model.days import is_dated
from reportfill.model.web_addresses import is_web_address

PICTURE, ADDRESS = "picture", "uri"


def is_of_format(value: str, name: str) -> bool:
    """Whether a text is what a format asks for; of a picture reading says more."""
    if name == ADDRESS:
        return is_web_address(value)
    return name == PICTURE or is_dated(value, name)
