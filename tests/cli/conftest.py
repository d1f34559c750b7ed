"""Running the program, as a person would, within the test's process or as one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from printed import PRINTED

from reportfill import logon, shortcuts
from reportfill.cli.language import speak
from reportfill.cli.main import status_of
from reportfill.windows import DESKTOP, SEND_TO, STARTUP


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
        encoding = "utf-8" if "json" in command else PRINTED
        done = subprocess.run(command, capture_output=True, env=environment, encoding=encoding, timeout=60)
        return Run(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody whose desktop is called 桌面 and lies elsewhere."""
    home = tmp_path / "家 & 园"
    (home / ".config").mkdir(parents=True)
    (home / "数据" / "桌面").mkdir(parents=True)
    (home / ".config" / "user-dirs.dirs").write_text('XDG_DESKTOP_DIR="$HOME/数据/桌面"\n', "utf-8")
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    return home


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds what Windows knows as desktop, moved into OneDrive, as SendTo and as Startup."""
    folders = {
        DESKTOP: tmp_path / "OneDrive - 县政府" / "桌面",
        SEND_TO: tmp_path / "SendTo",
        STARTUP: tmp_path / "Startup",
    }
    for folder in folders.values():
        folder.mkdir(parents=True)
    for module in (shortcuts, logon):
        monkeypatch.setattr(module, "known_folder", folders.__getitem__)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(
        sys, "executable", r"C:\Users\王 芳\AppData\Local\Programs\Python\Python312\python.exe"
    )
    return tmp_path
