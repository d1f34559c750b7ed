"""Running the program, as a person would, within the test's process or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reportfill.cli.language import speak
from reportfill.cli.main import status_of


class Run(NamedTuple):
    """What a run printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def reportfill(capsys: pytest.CaptureFixture[str]) -> Callable[..., Run]:
    """A function that runs the program, speaking Chinese unless told otherwise."""

    def run(*arguments: str | Path) -> Run:
        speak("zh")
        status = status_of([str(argument) for argument in arguments])
        return Run(status, *capsys.readouterr())

    return run


@pytest.fixture
def process() -> Callable[..., Run]:
    """A function that runs the program as a process of its own."""

    def run(*arguments: str | Path, language: str = "en") -> Run:
        command = [sys.executable, "-m", "reportfill", *map(str, arguments)]
        environment = {**os.environ, "REPORTFILL_LANG": language}
        done = subprocess.run(command, capture_output=True, env=environment, encoding="utf-8", timeout=60)
        return Run(done.returncode, done.stdout, done.stderr)

    return run
