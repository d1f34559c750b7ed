"""What is said of several things in English is right for one of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import ROOT

from reportfill.catalogue import CATALOGUE
from reportfill.text import how_many

THINGS = re.compile(
    r" ((?!has|of|on)[a-z]+ )?(agencies|archives|days|decimals|drafts|entries|errors|fields|figures|files|labels|mails|"
    r"mistakes|reminders|reports|rows|tables|versions|workbooks)\b"
)
"""What this program counts, in the plural."""


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_one_thing_is_said_in_the_singular(number: int, said: str) -> None:
    assert how_many(number, "file") == said
    assert how_many(1, "agency", "agencies") == "1 agency"
    assert how_many(2, "agency", "agencies") == "2 agencies"


def plurals_in(path: Path) -> Iterator[str]:
    """Texts of a module in which a plural stands behind what is filled in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, behind in zip(node.values, node.values[1:], strict=False):
            # What is written in capitals is a limit, which is never 1.
            is_limit = isinstance(value, ast.FormattedValue) and ast.unparse(value.value).strip("_").isupper()
            if isinstance(behind, ast.Constant) and THINGS.match(str(behind.value)) and not is_limit:
                yield f"{path.name}:{node.lineno} {behind.value}"


def test_no_plural_stands_behind_a_number_that_may_be_one() -> None:
    modules = sorted((ROOT / "src").rglob("*.py"))
    assert [found for path in modules for found in plurals_in(path)] == []
    of_catalogue = {code: (entry.message["en"], entry.hint["en"]) for code, entry in CATALOGUE.items()}
    assert {
        code: text
        for code, texts in of_catalogue.items()
        for text in texts
        if re.search(r"\{(?!most|expected)[a-z_]+\}" + THINGS.pattern, text)
    } == {}
