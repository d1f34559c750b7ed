"""The recipes by name: how each case's input comes out of a completed workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Change = Callable[[bytes], bytes]
"""From the bytes of a completed workbook to those of the case's input."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a case's input is made. What a program writes is not the same twice: `by_program` says so."""

    make: Change
    suffix: str = "xlsx"
    by_program: bool = False


RECIPES: dict[str, Recipe] = {}


def recipe(name: str, suffix: str = "xlsx", *, by_program: bool = False) -> Callable[[Change], Change]:
    """Make a function the recipe of the case of this name."""

    def register(make: Change) -> Change:
        add(name, Recipe(make, suffix, by_program))
        return make

    return register


def add(name: str, made: Recipe) -> None:
    """Register a recipe. A case has one."""
    if name in RECIPES:
        raise ValueError(f"two recipes for {name}")
    RECIPES[name] = made
