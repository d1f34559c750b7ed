"""The folder that is handed on: what a clerk clicks, what to read, and in `files` all that is installed."""

from __future__ import annotations

import codecs
import hashlib
import json
import shutil
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from string import Template

from tools.bundle.installer import Installer
from tools.bundle.wheels import PROGRAM, collect_for, collect_here

FILES = Path(__file__).parent / "files"


def make_folder(into: Path, installer: Installer | None) -> Path:
    """Make the folder for the Python that an installer brings, or else for this system and this Python; where it is."""
    building = into / "building"
    shutil.rmtree(building, ignore_errors=True)
    wheels = building / "files" / "wheels"
    wheels.mkdir(parents=True)
    if installer is None:
        collect_here(wheels)
        python, system = "{}.{}".format(*sys.version_info), sysconfig.get_platform()
    else:
        collect_for(installer, wheels)
        python, system = installer.python, installer.system
    about = {"version": version_in(wheels), "python": python, "system": system}
    write_contents(building / "files", about)
    if installer is None:
        write_text(building / "说明.txt", filled("here.txt", about), "utf-8")
    else:
        add_windows(building, installer, about)
    made = into / "-".join((PROGRAM, about["version"], about["system"], f"python{about['python']}"))
    shutil.rmtree(made, ignore_errors=True)
    return building.rename(made)


def version_in(wheels: Path) -> str:
    """The version of the program that a folder of wheels holds."""
    (own,) = wheels.glob(f"{PROGRAM}-*.whl")
    return own.name.split("-")[1]


def write_contents(files: Path, about: Mapping[str, str]) -> None:
    """Write the script that installs, and what it goes by: for what the folder is, and the SHA-256 of every wheel."""
    digests = {
        wheel.name: hashlib.sha256(wheel.read_bytes()).hexdigest()
        for wheel in sorted((files / "wheels").iterdir())
    }
    (files / "bundle.json").write_text(json.dumps({**about, "wheels": digests}, indent=1), "utf-8")
    shutil.copy(FILES / "install.py", files)


def add_windows(folder: Path, installer: Installer, about: Mapping[str, str]) -> None:
    """Add what Windows needs: the installer of Python, what is clicked, and what that says while there is no Python.

    A batch file is plain ASCII, which is the same in every code page; what it says lies in files of UTF-16, which
    `type` shows in every one.
    """
    shutil.copy(installer.path, folder / "files")
    words = {
        **about,
        "tag": installer.tag,
        "folder": f"Python{installer.tag.replace('.', '')}",
        "bits": installer.bits,
        "installer": installer.path.name,
        "digest": hashlib.sha256(installer.path.read_bytes()).hexdigest(),
    }
    for name, template in (("安装.cmd", "install.cmd"), ("卸载.cmd", "remove.cmd")):
        write_text(folder / name, filled(template, words), "ascii")
    for name in ("installing.txt", "not-installed.txt", "not-found.txt"):
        write_text(folder / "files" / name, filled(name, words), "utf-16-le", codecs.BOM_UTF16_LE)
    write_text(folder / "说明.txt", filled("windows.txt", words), "utf-8", codecs.BOM_UTF8)


def filled(name: str, words: Mapping[str, str]) -> str:
    """A template of the folder with its words."""
    return Template((FILES / name).read_text("utf-8")).substitute(words)


def write_text(path: Path, text: str, encoding: str, mark: bytes = b"") -> None:
    """Write a text with the ends of lines that Windows knows, behind the mark of its encoding."""
    path.write_bytes(mark + text.replace("\n", "\r\n").encode(encoding))
