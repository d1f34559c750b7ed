"""The examples of docs/api-http.md, as curl sends them to a server that runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from places import DATA, ROOT, SAMPLES

EXAMPLES = re.findall(r"^    (curl .*)$", (ROOT / "docs/api-http.md").read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where a server without a campaign is reached."""
    command = [sys.executable, "-m", "reportfill", "serve", "--port", "0", "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout is not None
        yield server.stdout.readline().split()[-1].rstrip("/")
        server.terminate()


@pytest.mark.skipif(shutil.which("curl") is None and not os.environ.get("CI"), reason="curl is not installed")
def test_the_examples_do_what_they_say(address: str, tmp_path: Path) -> None:
    shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", tmp_path / "report.xlsx")
    shutil.copy(DATA / "weihui-2023.json", tmp_path / "report.json")
    assert len(EXAMPLES) == 6
    for example in EXAMPLES:
        command = shlex.split(example.replace("http://127.0.0.1:8000", address))
        done = subprocess.run(command, cwd=tmp_path, capture_output=True)
        assert done.returncode == 0, (example, done.stderr)
        assert (tmp_path / command[command.index("-o") + 1]).stat().st_size > 200
    assert (tmp_path / "report.docx").read_bytes().startswith(b"PK")
