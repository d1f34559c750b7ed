"""What several rooms of the tests share: the pack, real reports as data, and programs that judge from outside."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import ooxml_judges
import pytest
from hypothesis import Phase, settings
from often import often
from places import DATA, PACK_FOLDER

from reportfill.pack.pack import Pack, load_pack

# A shared machine is slow at times; a slow example is no failure.
# Explaining a failure traces every line, which takes gigabytes here.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile("default", deadline=None, derandomize=True, max_examples=often(50), phases=PHASES)
settings.load_profile("default")


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The pack of the annual report."""
    return load_pack(PACK_FOLDER)


def report_data(name: str) -> dict[str, Any]:
    """The data of a report under tests/data, with its decimals exact."""
    data: dict[str, Any] = json.loads((DATA / name).read_text("utf-8"), parse_float=Decimal)
    return data


@pytest.fixture
def weihui() -> dict[str, Any]:
    """The Weihui petition office's report for 2023: no requests at all, a full narrative."""
    return report_data("weihui-2023.json")


@pytest.fixture
def hongze() -> dict[str, Any]:
    """A report with figures in every table and two totals as they were wrongly published."""
    return report_data("hongze-2023.json")


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice's program. On a developer's machine without it such tests are left out; in CI never."""
    program = shutil.which("soffice")
    if program is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")
    assert program, "CI needs LibreOffice"
    return program


@pytest.fixture(scope="session")
def convert(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """A function that lets LibreOffice convert a file ("pdf", "xlsx", "ods", "xls", "docx") beside it."""
    profile = tmp_path_factory.mktemp("libreoffice")

    def converted(source: Path, suffix: str) -> Path:
        target = tmp_path_factory.mktemp("converted")
        command = [soffice, f"-env:UserInstallation={profile.as_uri()}", "--headless"]
        command += ["--convert-to", suffix, "--outdir", str(target), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return target / f"{source.stem}.{suffix.partition(':')[0]}"

    return converted


@pytest.fixture(scope="session")
def ooxml_problems() -> Callable[[Path], list[str]]:
    """A function that lists what the judges of OOXML at hand have against a file."""
    return ooxml_judges.ooxml_problems
