"""The folder for Windows: what is clicked can be read in every code page, and its wheels are all for that Windows."""

from __future__ import annotations

import codecs
import hashlib
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.tags import compatible_tags, cpython_tags
from packaging.utils import parse_wheel_filename

from tools.bundle.folder import add_windows, make_folder
from tools.bundle.installer import Installer, installer_at
from tools.bundle.wheels import environment_of, lacking_in

ABOUT = {"version": "1.2.3", "python": "3.13", "system": "win-amd64"}


@pytest.fixture
def installer(tmp_path: Path) -> Installer:
    """A file that stands for python.org's installer."""
    path = tmp_path / "python-3.13.2-amd64.exe"
    path.write_bytes(b"MZ")
    return installer_at(path, hashlib.sha256(b"MZ").hexdigest())


@pytest.fixture
def folder(tmp_path: Path, installer: Installer) -> Path:
    """The folder for Windows without its wheels."""
    folder = tmp_path / "folder"
    (folder / "files").mkdir(parents=True)
    add_windows(folder, installer, ABOUT)
    return folder


@pytest.mark.parametrize("name", ["安装.cmd", "卸载.cmd"])
def test_a_batch_file_is_short_and_the_same_in_every_code_page(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    assert content.isascii()
    lines = content.decode("ascii").split("\r\n")
    assert lines.pop() == ""
    assert len(lines) <= 20
    assert not any("\n" in line or "\r" in line for line in lines)
    assert "chcp" not in content.decode()
    assert "$" not in content.decode()
    # What stands outside of quotes holds no path: blanks, & and ^ within one mean nothing else then.
    outside = re.sub(r'"[^"]*"', "", content.decode())
    assert "%~dp0" not in outside
    assert "%PY%" not in outside


def test_every_file_that_a_batch_file_names_is_there(folder: Path) -> None:
    (folder / "files" / "install.py").touch()
    for name in ("安装.cmd", "卸载.cmd"):
        for file in re.findall(r"%~dp0([^\"]+)", (folder / name).read_text("ascii")):
            assert (folder / file.replace("\\", "/")).is_file(), file


def test_python_is_installed_for_this_user_alone_with_what_the_window_needs(folder: Path) -> None:
    words = (folder / "安装.cmd").read_text("ascii")
    assert r"\files\python-3.13.2-amd64.exe" in words.replace("%~dp0", "\\")
    for option in ("/passive", "InstallAllUsers=0", "PrependPath=0", "Include_tcltk=1", "Include_launcher=0"):
        assert f" {option} " in words
    assert r"\Python313\python.exe" in words
    assert r"PythonCore\3.13\InstallPath" in words
    assert "python.exe" not in words.replace(r"\Python313\python.exe", "")  # no other, such as the Store's


@pytest.mark.parametrize(
    ("name", "tag", "system"),
    [
        ("python-3.13.2.exe", "3.13-32", "win32"),
        ("python-3.13.2-arm64.exe", "3.13-arm64", "win-arm64"),
        ("python-3.14.6-amd64.exe", "3.14", "win-amd64"),
    ],
)
def test_other_processors_have_their_own_names(tmp_path: Path, name: str, tag: str, system: str) -> None:
    (tmp_path / name).write_bytes(b"MZ")
    found = installer_at(tmp_path / name, hashlib.sha256(b"MZ").hexdigest().upper())
    assert (found.tag, found.system) == (tag, system)


@pytest.mark.parametrize("name", ["installing.txt", "not-installed.txt", "not-found.txt"])
def test_what_is_said_before_there_is_a_python_is_in_utf_16(folder: Path, name: str) -> None:
    content = (folder / "files" / name).read_bytes()
    assert content.startswith(codecs.BOM_UTF16_LE)
    told = content.decode("utf-16")
    assert "Python" in told
    assert "\r\n" in told
    assert "$" not in told
    told.encode("gbk")


def test_what_to_read_names_the_versions_and_the_installer(folder: Path) -> None:
    told = (folder / "说明.txt").read_bytes().decode("utf-8-sig")
    for word in (
        "reportfill 1.2.3",
        "Python 3.13",
        "python-3.13.2-amd64.exe",
        "64位",
        hashlib.sha256(b"MZ").hexdigest(),
    ):
        assert word in told


def wheel(folder: Path, name: str, *requirements: str) -> None:
    """Write a wheel that says what it needs."""
    with ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as archive:
        needs = "".join(f"Requires-Dist: {one}\n" for one in requirements)
        archive.writestr(f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\n{needs}")


def test_what_only_windows_needs_is_missed_and_what_only_others_need_is_not(
    tmp_path: Path, installer: Installer
) -> None:
    needs = (
        'pylnk3>=0.4; sys_platform == "win32"',
        'uvloop; sys_platform != "win32"',
        'typing-extensions; python_version < "3.12"',
        "A_b[x]>=1",
        'msoffcrypto-tool; extra == "password"',
        'psycopg; extra == "postgresql"',
    )
    wheel(tmp_path, "reportfill", *needs)
    environment = environment_of(installer)
    assert lacking_in(tmp_path, environment) == ["A_b[x]>=1", "msoffcrypto-tool", "pylnk3>=0.4"]
    wheel(tmp_path, "a_b", 'colorama; extra == "x" and platform_system == "Windows"', 'other; extra == "y"')
    wheel(tmp_path, "pylnk3", "reportfill")
    wheel(tmp_path, "msoffcrypto_tool")
    assert lacking_in(tmp_path, environment) == ["colorama"]


@pytest.mark.long
def test_the_wheels_for_windows_are_complete_and_all_for_it(tmp_path: Path, installer: Installer) -> None:
    made = make_folder(tmp_path / "made", installer)
    wheels = made / "files" / "wheels"
    assert lacking_in(wheels, environment_of(installer)) == []
    fits = {
        *cpython_tags((3, 13), platforms=["win_amd64"]),
        *compatible_tags((3, 13), "cp313", ["win_amd64"]),
    }
    names = set()
    longest = 0
    for path in wheels.iterdir():
        name, _, _, tags = parse_wheel_filename(path.name)
        names.add(name)
        assert tags & fits, path.name
        with ZipFile(path) as archive:
            longest = max(longest, *map(len, archive.namelist()))
    assert {"reportfill", "pylnk3", "colorama", "msoffcrypto-tool", "lxml", "pydantic-core"} <= names
    assert "uvloop" not in names
    # C:\Users\ + 20 + \AppData\Local\Programs\reportfill\ + 1.2.3-abcdef + \Lib\site-packages\ come to 98 of 259
    assert longest <= 150
    about = json.loads((made / "files" / "bundle.json").read_text("utf-8"))
    assert set(about["wheels"]) == {path.name for path in wheels.iterdir()}
