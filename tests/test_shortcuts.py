"""Shortcuts lead to the program that they name, whatever its folders are called, also for others than their writer."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from LnkParse3.lnk_file import LnkFile
from PIL import Image

from reportfill.errors import UsageError
from reportfill.shortcuts import desktop_entry, windows_link
from tools.screen import wait_until

ARGUMENTS = ["-P", "-m", "reportfill.cli.window"]
NAMES = ["a b", "a & b", "it's", "100% 100%%", "%PATH%", "^1^", "王芳的文件夹", "=a;b,c", "(x)!~#@{}"]
ODDER = ['say "hi"', "$HOME `id`", "a\\b", "*?<>|"]
"""Names that Windows does not allow."""


def read_link(link: bytes) -> dict[str, Any]:
    """What another library finds in a link."""
    read: dict[str, Any] = LnkFile(BytesIO(link)).get_json()
    return read


def target_of(link: dict[str, Any]) -> str:
    """The path that the items of a link come to."""
    root, drive, *items = link["target"]["items"]
    assert root["guid"] == "20D04FE0-3AEA-1069-A2D8-08002B30309D"  # this computer
    assert ["directory" in item["flags"] for item in items] == [True] * (len(items) - 1) + [False]
    return "\\".join([drive["volume_name"].rstrip("\\"), *(item["primary_name"] for item in items)])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("drive", ["C:", "Z:"])
def test_a_link_leads_to_a_program_on_a_drive(drive: str, name: str) -> None:
    program = rf"{drive}\Users\{name}\{name}\pythonw.exe"
    link = read_link(windows_link(program, ARGUMENTS))
    assert target_of(link) == program
    assert link["data"]["command_line_arguments"] == "-P -m reportfill.cli.window"
    paths = [block["target_unicode"] for block in link["extra"].values()]
    assert paths == ([] if "%" in name else [program])  # %words% would be taken for variables


@pytest.mark.parametrize(
    "program",
    [r"\\server\c$\python\pythonw.exe", r"\\服务器\共享 文件\程序\pythonw.exe", "C:\\𬭊\\pythonw.exe"],
)
def test_a_link_has_the_whole_path_of_a_program_on_a_share_and_of_a_rare_character(program: str) -> None:
    link = read_link(windows_link(program, ARGUMENTS))
    (block,) = link["extra"].values()
    assert block["target_unicode"] == program
    assert "HasExpString" in link["header"]["link_flags"]
    assert link["data"]["command_line_arguments"] == "-P -m reportfill.cli.window"


@pytest.mark.parametrize("program", [rf"\\server\{'长' * 250}\pythonw.exe", r"\\server\100%\pythonw.exe"])
def test_a_path_on_a_share_that_no_link_can_hold_is_refused(program: str) -> None:
    with pytest.raises(UsageError) as refused:
        windows_link(program, ARGUMENTS)
    assert "请安装到本机的文件夹" in refused.value.chinese


def test_link_and_entry_have_an_icon_that_is_there() -> None:
    with Image.open(read_link(windows_link(r"C:\a\b.exe", ARGUMENTS))["data"]["icon_location"]) as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= set(icon.info["sizes"])
    (line,) = [line for line in desktop_entry(["b"]).decode().splitlines() if line.startswith("Icon=")]
    with Image.open(line.removeprefix("Icon=")) as icon:
        assert icon.size == (256, 256)


def test_links_to_one_program_are_the_same() -> None:
    assert windows_link(r"C:\a\b.exe", ARGUMENTS) == windows_link(r"C:\a\b.exe", ARGUMENTS)


@pytest.mark.skipif(
    shutil.which("gio") is None and not os.environ.get("CI"), reason="nothing is there that launches an entry"
)
@pytest.mark.parametrize("name", [*NAMES, *ODDER])
def test_an_entry_hands_its_program_what_is_dropped_onto_it(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    program, handed = folder / "program", tmp_path / "handed"
    program.write_text(
        f"#!/bin/sh\nprintf '%s\\0' \"$@\" > {shlex.quote(str(handed))}.new\n"
        f"mv {shlex.quote(str(handed))}.new {shlex.quote(str(handed))}\n"
    )
    program.chmod(0o755)
    dropped = [folder / f"{name} {number}.xlsx" for number in range(2)]
    entry = tmp_path / "reportfill.desktop"
    entry.write_bytes(desktop_entry([str(program), "-m", name]))
    subprocess.run(["desktop-file-validate", "--warn-kde", entry], check=True)
    subprocess.run(["gio", "launch", entry, *dropped], check=True)
    wait_until(handed.exists)
    assert handed.read_text().split("\0")[:-1] == ["-m", name, *map(str, dropped)]
