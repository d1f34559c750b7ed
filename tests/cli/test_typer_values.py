"""Texts and what is left out reach a command without pydantic, and just as typer gives them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from places import ROOT
from typer._coercion import resolve_type_descriptor
from typer.models import OptionInfo

from reportfill.cli.options import path_named
from reportfill.cli.typer_values import _of_typer, _Taking

SAMPLE = ROOT / "sample_inputs" / "hongze-2023-corrected.xlsx"
_LOADED = """
import sys
from reportfill.cli.main import status_of
status = status_of(sys.argv[1:])
print("pydantic" in sys.modules, status)
"""


class Colour(StrEnum):
    """A choice."""

    RED = "red"


def option(annotation: Any, default: Any = None, parser: Callable[[str], Any] | None = None) -> Any:
    """What typer knows of an option, and the option as far as the two look at it."""
    descriptor = resolve_type_descriptor(annotation, OptionInfo(default=default, parser=parser))
    many = annotation == list[str]
    return descriptor, SimpleNamespace(multiple=many, nargs=1, default=default)


@pytest.mark.parametrize(
    ("annotation", "default", "parser", "values"),
    [
        (str, None, None, [None, "", "字", " a "]),
        (list[str], None, None, [["a", "字"], ("a",)]),
        (Path, None, path_named, [None, "a/b", "."]),
        (int, 0, None, [0, "0", "12"]),
        (bool, None, None, [None, True]),
        (Colour, Colour.RED, None, [Colour.RED, "red"]),
    ],
)
def test_a_value_is_what_typer_makes_of_it(
    annotation: Any, default: Any, parser: Callable[[str], Any] | None, values: list[Any]
) -> None:
    descriptor, param = option(annotation, default, parser)
    for value in values:
        ours = _Taking(descriptor).coerce(value, param, None)
        theirs = _of_typer(descriptor).coerce(value, param, None)
        assert (type(ours), ours) == (type(theirs), theirs)


@pytest.mark.parametrize(
    ("annotation", "parser", "value"),
    [(Path, path_named, ""), (int, None, "many"), (Colour, None, "blue")],
)
def test_what_typer_refuses_is_refused(
    annotation: Any, parser: Callable[[str], Any] | None, value: str
) -> None:
    descriptor, param = option(annotation, None, parser)
    for taking in (_Taking(descriptor), _of_typer(descriptor)):
        with pytest.raises(typer.BadParameter):
            taking.coerce(value, param, None)


@pytest.mark.parametrize(("more", "loaded"), [((), "False 0"), (("--jobs", "1"), "True 0")])
def test_pydantic_is_loaded_for_numbers_only(more: tuple[str, ...], loaded: str, tmp_path: Path) -> None:
    arguments = ("fill", str(SAMPLE), "-o", str(tmp_path), *more)
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.splitlines()[-1] == loaded
