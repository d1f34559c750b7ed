"""One word means one thing: the names of the code and the glossary agree."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache

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
def words_of_names() -> frozenset[str]:
    """The words of which modules, classes, functions, arguments and variables are named: figure for FigureChange."""
    names = {part for path in SOURCE.rglob("*.py") for part in path.relative_to(SOURCE).with_suffix("").parts}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                names.add(node.name)
            elif isinstance(node, ast.arg):
                names.add(node.arg)
            elif isinstance(node, ast.Name):
                names.add(node.id)
    return frozenset(
        word.lower() for name in names for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name.replace("_", " "))
    )


def test_no_two_public_names_are_one_and_mean_different_things() -> None:
    """A command may have the name of the operation that it calls: they mean the same."""
    shared = {
        name: homes
        for name, modules in defined().items()
        if len(homes := [module for module in modules if not module.startswith("cli/campaign/")]) > 1
    }
    assert shared == {}


@pytest.mark.parametrize("word", sorted(set(WORDS) - {"word"}))
def test_a_word_of_the_glossary_is_one_of_the_code(word: str) -> None:
    for part in re.split(r", | ", word.replace("-", "").lower()):
        forms = {part, f"{part}s", f"{part.removesuffix('y')}ies"}
        assert forms & words_of_names(), f"docs/glossary.md: nothing is called {part}"


def test_no_abandoned_word_comes_back_as_a_name() -> None:
    modules = {path.stem: path for path in SOURCE.rglob("*.py")}
    names = {name.lower() for name in [*defined(), *modules]}
    assert names.isdisjoint(ABANDONED)
