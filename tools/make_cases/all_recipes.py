"""Every recipe: importing the modules registers theirs."""

from __future__ import annotations

from tools.make_cases import (
    archives,
    formulas,
    layouts,
    moved,
    numbers,
    other_files,
    packages,
    programs,
    texts,
)
from tools.make_cases.recipes import RECIPES

__all__ = [
    "RECIPES",
    "archives",
    "formulas",
    "layouts",
    "moved",
    "numbers",
    "other_files",
    "packages",
    "programs",
    "texts",
]
