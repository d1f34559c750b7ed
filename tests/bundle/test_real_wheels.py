"""The wheels that `make bundle` collects for this system install the whole program without a network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from places import ROOT, SAMPLES

from reportfill.version import __version__
from tools.bundle.folder import make_folder, write_contents
from tools.screen import wait_until

Run = Callable[..., "subprocess.CompletedProcess[str]"]
REPORT = "卫辉市信访局2023年政府信息公开工作年度报告.docx"


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for this system. On a developer's machine without a network such tests are left out; in CI never."""
    try:
        return make_folder(tmp_path_factory.mktemp("安装 & 100%"), None)
    except subprocess.CalledProcessError:
        if os.environ.get("CI"):
            raise
        pytest.skip("wheels cannot be collected")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The home of somebody."""
    home = tmp_path / "王 芳"
    home.mkdir()
    return home


@pytest.fixture
def program(
    home: Path, environment_at: Callable[[Path], Mapping[str, str]]
) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A function that runs the installed command."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [str(home / ".local" / "bin" / "reportfill"), *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, check=True, encoding="utf-8", env=environment_at(home), cwd=home
        )

    return run


def test_the_command_and_the_icon_are_there_and_fill_reports(
    bundle: Path, run_script: Run, home: Path, program: Run, tmp_path: Path
) -> None:
    done = run_script(bundle, home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert program("--version").stdout == f"reportfill {__version__}\n"
    assert "msoffcrypto-tool -" not in program("doctor").stdout
    program("fill", SAMPLES / "weihui-xinfang-2023.xlsx", "-o", tmp_path)
    assert (tmp_path / REPORT).is_file()
    if "图标没有放置" not in done.stdout:  # this Python may have no tkinter
        icon = home / ".local" / "share" / "applications" / "reportfill.desktop"
        placed = icon.read_bytes()
        assert f'Exec="{programs(home)}/current/bin/python"' in placed.decode()
        icon.unlink()
        program("desktop")
        assert icon.read_bytes() == placed  # what the command puts outlives a version too


def programs(home: Path) -> Path:
    """Where the program is."""
    return home / ".local" / "lib" / "reportfill"


def newer(bundle: Path, folder: Path) -> Path:
    """A folder that holds a newer version."""
    tree = folder / "tree"
    for part in ("src", "templates"):
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    for part in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / part, tree)
    module = tree / "src" / "reportfill" / "version.py"
    module.write_text(module.read_text("utf-8").replace(__version__, "99.1.0"), "utf-8")
    made = Path(shutil.copytree(bundle, folder / "新版"))
    wheels = made / "files" / "wheels"
    next(wheels.glob("reportfill-*.whl")).unlink()
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--wheel-dir",
        str(wheels),
        str(tree),
    ]
    subprocess.run(build, check=True)
    about = json.loads((made / "files" / "bundle.json").read_text("utf-8"))
    write_contents(
        made / "files", {"version": "99.1.0", "python": about["python"], "system": about["system"]}
    )
    return made


@pytest.mark.long
def test_a_newer_version_takes_over_what_starts_at_a_logon_too_and_all_of_it_can_be_removed(
    bundle: Path, run_script: Run, home: Path, program: Run, tmp_path: Path
) -> None:
    assert run_script(bundle, home).returncode == 0
    inbox, out = home / "收件", home / "报告"
    inbox.mkdir()
    program("watch", inbox, "-o", out, "--at-logon")
    (entry,) = (home / ".config" / "autostart").iterdir()
    assert f'"{programs(home)}/current/bin/python"' in entry.read_text("utf-8")

    assert run_script(newer(bundle, tmp_path), home).returncode == 0
    assert program("--version").stdout == "reportfill 99.1.0\n"
    shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", inbox)
    wait_until((out / REPORT).exists)  # the one that runs is of the version before

    done = run_script(bundle, home, "--remove")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not programs(home).exists()
    assert not (home / ".local" / "bin" / "reportfill").exists()
    assert not entry.exists()
    assert list(home.rglob("reportfill.desktop")) == []
    (log,) = (home / ".local" / "state" / "reportfill" / "log").glob("*.log")
    wait_until(lambda: "已停止" in log.read_text("utf-8"))
