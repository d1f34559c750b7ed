"""What several rooms of the tests share: the pack, real reports as data, and programs that judge from outside."""

from __future__ import annotations

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import ooxml_judges
import pytest
from browser import Browser, browser
from given_back import give_back_memory
from held import Held
from hypothesis import Phase, settings
from libreoffice import OneShot, Warm, libreoffice
from often import often
from places import DATA, PACK_FOLDER

from reportfill.office.libreoffice.office import Office
from reportfill.pack.pack import Pack, load_pack
from tools.screen import screen

# A shared machine is slow at times; a slow example is no failure.
# Explaining a failure traces every line, which takes gigabytes here.
PHASES = [phase for phase in Phase if phase is not Phase.explain]
settings.register_profile("default", deadline=None, derandomize=True, max_examples=often(50), phases=PHASES)
settings.load_profile("default")


def pytest_collection_finish() -> None:
    """What was collected stays to the end of the run: Python need not look through it for garbage again and again."""
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _memory_given_back() -> Iterator[None]:
    """After each module: the allocator keeps what was freed between what is still used, module upon module, and gives
    it back when asked to."""
    yield
    gc.collect()
    give_back_memory()


@pytest.fixture(scope="session", autouse=True)
def _own_logs(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what watchers keep of themselves out of the home of whoever runs the tests."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


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


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Files that another program holds: none, until the test says which."""
    return Held(monkeypatch)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneShot | Warm]:
    """LibreOffice. On a developer's machine without it such tests are left out; in CI never."""
    if shutil.which("soffice") is None and not os.environ.get("CI"):
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    office = libreoffice(shared / "libreoffice")
    yield office
    office.close()


@pytest.fixture(scope="session")
def convert(office: OneShot | Warm, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function that lets LibreOffice convert a file ("pdf", "xlsx", "ods", "xls", "docx"), its formulas worked out
    anew if wished."""

    def converted(source: Path, suffix: str, *, recalculate: bool = False) -> Path:
        target = tmp_path_factory.mktemp("converted") / f"{source.stem}.{suffix}"
        office.save(source, target, recalculate=recalculate)
        return target

    return converted


@pytest.fixture(scope="session")
def pdf_office(office: OneShot | Warm) -> Iterator[Office]:
    """A LibreOffice that makes PDFs, as the program starts it."""
    with Office(processes=1) as pdf_office:
        yield pdf_office


@pytest.fixture
def stand_ins() -> Path:
    """Where Debian's typefaces lie that stand in for 仿宋 and 楷体. On a developer's machine without them such tests
    are left out; in CI never."""
    folder = Path("/usr/share/fonts/truetype/arphic")
    if not os.path.isdir(folder) and not os.environ.get("CI"):
        pytest.skip("Debian's typefaces are not installed")
    return folder


@pytest.fixture
def no_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer on which no typeface has Chinese characters, as far as fontconfig tells whoever asks."""
    configuration = tmp_path / "fonts.conf"
    configuration.write_text(
        "<fontconfig><dir>/usr/share/fonts/truetype/liberation</dir>"
        f"<cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(configuration))


@pytest.fixture(scope="session")
def ooxml_problems() -> Callable[[Path], list[str]]:
    """A function that lists what the judges of OOXML at hand have against a file."""
    return ooxml_judges.ooxml_problems


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium. On a developer's machine without it such tests are left out; in CI never."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    assert program, "CI needs Chromium"
    with browser(program, tmp_path_factory.mktemp("chromium")) as running:
        yield running


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen for windows. On a developer's machine without Xvfb such tests are left out; in CI never."""
    if shutil.which("Xvfb") is None and not os.environ.get("CI"):
        pytest.skip("Xvfb is not installed")
    with screen() as name:
        yield name
