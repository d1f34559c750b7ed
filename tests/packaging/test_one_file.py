"""The whole command line in one file, which any Python of the system runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import SAMPLES

from reportfill.version import __version__
from tools.one_file import make_one_file

MANY = 20


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file. On a developer's machine without a network such tests are left out; in CI never."""
    try:
        return make_one_file(tmp_path_factory.mktemp("one") / "reportfill.pyz")
    except subprocess.CalledProcessError:
        if os.environ.get("CI"):
            raise
        pytest.skip("wheels cannot be collected")


def _run(one_file: Path, home: Path, *arguments: object) -> str:
    environment = {**os.environ, "SHIV_ROOT": str(home / "shiv"), "HOME": str(home), "REPORTFILL_LANG": "en"}
    environment.pop("PYTHONPATH", None)
    run = [sys.executable, "-I", str(one_file), *map(str, arguments)]
    return subprocess.run(run, check=True, capture_output=True, text=True, env=environment).stdout


def test_it_does_the_main_job_and_shares_the_work_among_processes(one_file: Path, tmp_path: Path) -> None:
    assert _run(one_file, tmp_path, "--version").strip() == f"reportfill {__version__}"
    folder = tmp_path / "收件"
    folder.mkdir()
    for number in range(MANY):
        shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", folder / f"{number}.xlsx")
    said = _run(one_file, tmp_path, "fill", folder, "-o", tmp_path / "报告", "--jobs", 2)
    assert f"{MANY} reports written" in said
    assert "annual-report-2021" in _run(one_file, tmp_path, "pack", "list")
