"""A page in one file, which any browser opens without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template


def page_of(module: str, filters: Mapping[str, Callable[..., Any]], **values: Any) -> bytes:
    """The page, as UTF-8, that values make of the template that lies beside a module and is called as it is."""
    return _template(module, tuple(filters.items())).render(values).encode("utf-8", "replace")


@cache
def _template(module: str, filters: tuple[tuple[str, Callable[..., Any]], ...]) -> Template:
    package, _, name = module.rpartition(".")
    environment = Environment(
        loader=PackageLoader(package, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= dict(filters)
    return environment.get_template(f"{name}.html.jinja")
