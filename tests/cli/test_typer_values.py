"""Texts and what is left out reach a command without pydantic, and just as typer gives them."""

from __future__ import annotations

import subprocess
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
import typer.core
from places import ROOT
from printed import PRINTED

from reportfill.cli.shell_paths import path_named
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
    BLUE = "blue"


def received(taking: Any, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    """What a command gets of these arguments where values are taken so; why it gets nothing."""
    monkeypatch.setattr(typer.core, "build_runtime_param", taking)
    app, got = typer.Typer(add_completion=False), []

    @app.command()
    def command(
        files: Annotated[list[str], typer.Argument()],
        name: Annotated[str | None, typer.Option()] = None,
        path: Annotated[Path | None, typer.Option(parser=path_named)] = None,
        number: Annotated[int, typer.Option(min=0)] = 0,
        year: Annotated[int | None, typer.Option()] = None,
        flag: Annotated[bool, typer.Option("--flag")] = False,
        colour: Annotated[Colour, typer.Option()] = Colour.RED,
    ) -> None:
        got.extend((files, name, path, number, year, flag, colour))

    try:
        typer.main.get_command(app).main(args=arguments, standalone_mode=False)
    except typer.TyperException as error:
        return type(error), error.format_message()
    return [(type(value), value) for value in got]


@pytest.mark.parametrize(
    "said",
    [
        "a.xlsx",
        "a.xlsx 文.xlsx --name 名 --path a/b --number 12 --year 2023 --flag --colour blue",
        "a --number 0 --path .",
        "",
        "a --number -1",
        "a --number many",
        "a --colour green",
        "a --name",
        "a --nothing",
    ],
)
def test_values_are_what_typer_makes_of_them(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = (received(taking, said.split(), monkeypatch) for taking in (_Taking, _of_typer))
    assert ours == theirs


@pytest.mark.parametrize("option", ["--name", "--path", "--number", "--colour"])
def test_an_option_that_is_given_blank_is_refused(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    error, said = received(_Taking, ["a", option, " \u3000"], monkeypatch)
    assert (error, option in said) == (typer.BadParameter, True)


@pytest.mark.parametrize(("more", "loaded"), [((), "False 0"), (("--jobs", "1"), "True 0")])
def test_pydantic_is_loaded_for_numbers_only(more: tuple[str, ...], loaded: str, tmp_path: Path) -> None:
    arguments = ("fill", str(SAMPLE), "-o", str(tmp_path), *more)
    done = subprocess.run(
        [sys.executable, "-c", _LOADED, *arguments], capture_output=True, encoding=PRINTED, check=True
    )
    assert done.stdout.splitlines()[-1] == loaded
