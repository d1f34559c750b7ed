"""Running the script of a folder as `make bundle` makes it, for whoever has a home, without a network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

NO_NETWORK = ("unshare", "--net", "--map-root-user")
"""How a program is run in a network of its own, in which there is nothing."""

ASKS = "import socket; socket.create_connection(('192.0.2.1', 443), 5)"
"""Asks an address that is for documents only (RFC 5737)."""


@pytest.fixture(scope="session")
def no_network() -> tuple[str, ...]:
    """What is put before a command so that it has no network."""
    tried = subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False)
    if tried.returncode and not os.environ.get("CI"):
        pytest.skip("no network can be shut here")
    asked = subprocess.run([*NO_NETWORK, sys.executable, "-c", ASKS], capture_output=True, check=False)
    assert b"Network is unreachable" in asked.stderr
    return NO_NETWORK


@pytest.fixture(scope="session")
def environment_at() -> Callable[[Path], Mapping[str, str]]:
    """A function that gives the variables of a process of whoever has this home."""

    def of(home: Path) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        return kept | {"HOME": str(home), "REPORTFILL_LANG": "zh", "PYTHONIOENCODING": "utf-8"}

    return of


@pytest.fixture(scope="session")
def run_script(
    no_network: tuple[str, ...], environment_at: Callable[[Path], Mapping[str, str]]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs the script of a folder for whoever has a home, without a network."""

    def run(folder: Path, home: Path, *options: str) -> subprocess.CompletedProcess[str]:
        script = [sys.executable, str(folder / "files" / "install.py"), *options]
        return subprocess.run(
            [*no_network, *script],
            capture_output=True,
            encoding="utf-8",
            env={**environment_at(home), "PIP_INDEX_URL": "http://127.0.0.1:9/simple"},
            cwd=home,
            timeout=300,
        )

    return run
