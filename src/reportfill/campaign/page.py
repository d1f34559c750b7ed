"""A page in one file, which any browser opens without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined


def page_of(module: str, filters: Mapping[str, Callable[..., Any]], **values: Any) -> bytes:
    """The page, as UTF-8, that values make of the template that lies beside a module and is called as it is."""
    package, _, name = module.rpartition(".")
    template = files(package).joinpath(f"{name}.html.jinja").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= filters
    return environment.from_string(template).render(values).encode("utf-8", "replace")
