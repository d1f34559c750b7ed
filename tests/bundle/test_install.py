"""The script of `make bundle` installs what lies beside it; whatever goes wrong, what was there works on.

What it installs here is small: one module that says its version and puts no icons."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZipFile

import pip
import pytest

from tools.bundle.folder import write_contents

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Environment = Callable[[Path], Mapping[str, str]]

MODULE = """
import sys
from pathlib import Path
if sys.argv[1] == "--version":
    print("reportfill {version}")
elif "--remove" in sys.argv:
    Path.home().joinpath("icon").unlink()
else:
    Path.home().joinpath("icon").write_text(sys.executable)
"""
AT_LOGON = """
from pathlib import Path
def leave_all_off():
    Path.home().joinpath("left off").touch()
"""


@pytest.fixture(scope="module")
def folder_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function that makes a folder with a small program of that version, which may need what is not there."""

    def made(version: str, *, says: str | None = None, needs: str = "") -> Path:
        folder = tmp_path_factory.mktemp("安装 & 100%")
        wheels = folder / "files" / "wheels"
        wheels.mkdir(parents=True)
        told = f"Metadata-Version: 2.1\nName: reportfill\nVersion: {version}\nProvides-Extra: password\n"
        about = f"reportfill-{version}.dist-info"
        with ZipFile(wheels / f"reportfill-{version}-py3-none-any.whl", "w") as wheel:
            wheel.writestr("reportfill/__main__.py", MODULE.format(version=says or version))
            wheel.writestr("reportfill/cli/at_logon.py", AT_LOGON)
            wheel.writestr(f"{about}/METADATA", told + (f"Requires-Dist: {needs}\n" if needs else ""))
            wheel.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{about}/RECORD", "")
        with ZipFile(wheels / "pip-0-py3-none-any.whl", "w") as wheel:
            for path in Path(pip.__file__).parent.rglob("*"):
                wheel.write(path, path.relative_to(Path(pip.__file__).parent.parent))
        python, system = "{}.{}".format(*sys.version_info), sysconfig.get_platform()
        write_contents(folder / "files", {"version": version, "python": python, "system": system})
        return folder

    return made


@pytest.fixture(scope="module")
def home(folder_with: Callable[..., Path], run_script: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of somebody for whom the first version was installed."""
    home = tmp_path_factory.mktemp("王 芳")
    done = run_script(folder_with("1.0"), home)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"安装 reportfill 1.0，位置：{programs(home)}",
        "[1/4] 核对安装文件",
        "[2/4] 建立运行环境",
        "[3/4] 安装软件（不联网）",
        "[4/4] 放置图标",
        "安装完成：reportfill 1.0",
        f"命令：{home}/.local/bin/reportfill",
    ]
    return home


def programs(home: Path) -> Path:
    """Where the program is."""
    return home / ".local" / "lib" / "reportfill"


@pytest.fixture
def works(home: Path, environment_at: Environment) -> Callable[[str], None]:
    """A function that asserts that the installed command is of that version, and that nothing was left behind."""

    def assert_it(version: str) -> None:
        command = [home / ".local" / "bin" / "reportfill", "--version"]
        done = subprocess.run(command, capture_output=True, check=True, text=True, env=environment_at(home))
        assert done.stdout == f"reportfill {version}\n"
        assert len(list(programs(home).iterdir())) == 2

    return assert_it


def test_a_damaged_or_missing_wheel_is_named_and_what_was_there_works_on(
    home: Path, folder_with: Callable[..., Path], run_script: Run, works: Callable[[str], None]
) -> None:
    folder = folder_with("2.0")
    (wheel,) = (folder / "files" / "wheels").glob("reportfill-*.whl")
    wheel.write_bytes(wheel.read_bytes()[:-1])
    done = run_script(folder, home)
    assert done.returncode == 1
    assert f"没有完成：安装文件缺失或者损坏：{wheel.name}。请重新复制整个安装文件夹" in done.stdout
    wheel.unlink()
    assert f"安装文件缺失或者损坏：{wheel.name}" in run_script(folder, home).stdout
    contents = folder / "files" / "bundle.json"
    for content in ("{", "[]", "7", "{}", '{"version": "2.0"}', contents.read_text("utf-8")[:-5], "[" * 9000):
        contents.write_text(content, "utf-8")
        done = run_script(folder, home)
        assert ("没有完成：安装文件夹不完整" in done.stdout, done.stderr) == (True, ""), content
    contents.unlink()
    assert "没有完成：安装文件夹不完整" in run_script(folder, home).stdout
    works("1.0")


@pytest.mark.parametrize(
    ("more", "said"),
    [({"needs": "lxml"}, "安装文件无法使用。"), ({"says": "1.9"}, "安装后无法运行，可能被杀毒软件阻止")],
)
def test_what_cannot_be_installed_or_does_not_run_leaves_what_was_there(
    home: Path,
    folder_with: Callable[..., Path],
    run_script: Run,
    works: Callable[[str], None],
    more: dict[str, str],
    said: str,
) -> None:
    done = run_script(folder_with("2.0", **more), home)
    assert done.returncode == 1
    assert f"没有完成：{said}" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    works("1.0")


@pytest.mark.parametrize(("key", "other"), [("python", "3.10"), ("system", "win-amd64")])
def test_wheels_for_another_python_are_refused_in_words(
    folder_with: Callable[..., Path], run_script: Run, tmp_path: Path, key: str, other: str
) -> None:
    contents = folder_with("2.0") / "files" / "bundle.json"
    contents.write_text(json.dumps(json.loads(contents.read_text("utf-8")) | {key: other}), "utf-8")
    done = run_script(contents.parent.parent, tmp_path)
    assert done.returncode == 1
    assert "没有完成：本安装文件夹用于Python" in done.stdout
    assert other in done.stdout
    assert not (tmp_path / ".local").exists()


def test_a_folder_that_takes_nothing_is_one_line(
    folder_with: Callable[..., Path], run_script: Run, tmp_path: Path
) -> None:
    (tmp_path / ".local").write_text("no folder")
    done = run_script(folder_with("2.0"), tmp_path)
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].startswith("没有完成：")
    assert "Traceback" not in done.stdout + done.stderr


def test_newer_versions_take_over_the_last_one_stays_and_all_of_it_can_be_removed(
    home: Path,
    folder_with: Callable[..., Path],
    run_script: Run,
    environment_at: Environment,
    tmp_path: Path,
) -> None:
    home = Path(shutil.copytree(home, tmp_path / "home", symlinks=True))
    (home / ".local" / "bin" / "reportfill").unlink()  # it leads to the home that was copied
    for version in ("2.0", "3.0"):
        assert run_script(folder_with(version), home).returncode == 0
    names = sorted(path.name.partition("-")[0] for path in programs(home).iterdir())
    assert names == ["2.0", "3.0", "current"]
    assert (home / "icon").read_text() == str(programs(home) / "current" / "bin" / "python")

    done = run_script(folder_with("3.0"), home, "--remove")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("卸载完成。")
    assert (home / "left off").exists()
    assert not (home / "icon").exists()
    assert [path for path in (home / ".local").rglob("*") if not path.is_dir()] == []
    assert "没有完成：没有安装，不用卸载。" in run_script(folder_with("3.0"), home, "--remove").stdout


def test_a_command_of_that_name_that_is_not_ours_is_left_alone(
    folder_with: Callable[..., Path], run_script: Run, tmp_path: Path
) -> None:
    other = tmp_path / ".local" / "bin" / "reportfill"
    other.parent.mkdir(parents=True)
    other.write_text("another's")
    done = run_script(folder_with("1.0"), tmp_path)
    assert f"命令：{programs(tmp_path)}/current/bin/reportfill" in done.stdout
    assert run_script(folder_with("1.0"), tmp_path, "--remove").returncode == 0
    assert other.read_text() == "another's"


def test_an_option_that_there_is_not_is_refused(
    folder_with: Callable[..., Path], run_script: Run, tmp_path: Path
) -> None:
    assert "没有完成：只能不带选项" in run_script(folder_with("1.0"), tmp_path, "--help").stdout
