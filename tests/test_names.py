"""One word means one thing: names of the code, the glossary, and the map of rooms agree."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest
from places import ROOT

SOURCE = ROOT / "src" / "reportfill"
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
WORDS = re.findall(r"^\| ([a-z][^|]*?) \|", GLOSSARY, re.MULTILINE)
ABANDONED = (
    *("mould", "standing", "standings", "handout", "culprit", "culprits", "belonging", "told_by", "tearing"),
    *("mending", "look", "looked_at", "own_places", "whose", "facts", "judging", "open_cells", "examined"),
)
"""Words that the glossary has others for; none comes back as the name of a module, a class or a function."""


def _is_public(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")


@cache
def defined() -> dict[str, list[str]]:
    """Every public class and function of a module by name, with the modules that define it."""
    found = defaultdict(list)
    for path in SOURCE.rglob("*.py"):
        for node in filter(_is_public, ast.parse(path.read_text("utf-8")).body):
            assert isinstance(node, ast.FunctionDef | ast.ClassDef)
            found[node.name].append(str(path.relative_to(SOURCE)))
    return found


@cache
def named() -> set[str]:
    """What anything in the code is called, in one spelling: rollup for Rollup, roll_up and rollup.py."""
    names = {part for path in SOURCE.rglob("*.py") for part in path.relative_to(SOURCE).with_suffix("").parts}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Name):
                names.add(node.id)
    return {name.replace("_", "").lower() for name in names}


def test_no_two_public_names_are_one_and_mean_different_things() -> None:
    """A command may have the name of the operation that it calls: they mean the same."""
    shared = {
        name: homes
        for name, modules in defined().items()
        if len(homes := [module for module in modules if not module.startswith("cli/campaign/")]) > 1
    }
    assert shared == {}


@pytest.mark.parametrize("word", sorted(set(WORDS) - {"word"}))
def test_a_word_of_the_glossary_is_a_name_in_the_code(word: str) -> None:
    names = named()
    for term in word.split(", "):
        spelled = term.replace("-", "").replace(" ", "").lower()
        assert any(spelled in name for name in names), f"docs/glossary.md: nothing is called {term}"


def test_no_abandoned_word_comes_back_as_a_name() -> None:
    modules = {path.stem: path for path in SOURCE.rglob("*.py")}
    names = {name.lower() for name in [*defined(), *modules]}
    assert names.isdisjoint(ABANDONED)


@pytest.mark.parametrize(
    "room", sorted(path.parent.relative_to(SOURCE) for path in SOURCE.rglob("__init__.py")), ids=str
)
def test_every_room_is_on_the_map(room: Path) -> None:
    if room.parts:
        assert f"{room.name}/" in (ROOT / "docs/architecture.md").read_text("utf-8"), room
