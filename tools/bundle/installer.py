"""Python's own installer for Windows, as it is handed over: which Python it brings, and whether it is what python.org
has published."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

KNOWN = {
    "python-3.13.14-amd64.exe": "c54d9b9bbb8a36e6489363ddd01139707fd781d72f1f9e90c7ec65d0061368e0",
    "python-3.14.6-amd64.exe": "14b3e9a710a3fcf0bd9b55ab6b60412bd91227563f813fc49040cabc0209e0bd",
}
"""The SHA-256 of installers, as Docker's official images of Python for Windows hold them too (June 2026). Newer ones
are named when the folder is made; add here what you have compared with what python.org publishes."""

_NAME = re.compile(r"python-(?P<version>3\.(?P<minor>\d+)\.\d+)(?P<machine>-amd64|-arm64|)\.exe")
_OLDEST = 11
_MACHINES = {
    "-amd64": ("win-amd64", "AMD64", "", "64位"),
    "-arm64": ("win-arm64", "ARM64", "-arm64", "ARM64"),
    "": ("win32", "x86", "-32", "32位和64位"),
}
"""How sysconfig, the markers of requirements, Python's own names for an installation, and people call a computer."""


class NotUsableError(Exception):
    """Why no folder can be made."""


class Installer(NamedTuple):
    """An installer: its file, the whole version of the Python that it brings and the first two numbers of it, and for
    which computers it is; `tag` is what Windows' registry calls that Python."""

    path: Path
    version: str
    python: str
    system: str
    machine: str
    tag: str
    bits: str


def installer_at(path: Path, digest: str | None) -> Installer:
    """The installer in a file, whose SHA-256 has to be the given one, or else the one that is known by its name. Raises
    NotUsableError."""
    named = _NAME.fullmatch(path.name)
    if named is None:
        raise NotUsableError(
            f"{path.name}: python.org's own installer is needed, under its own name, such as python-3.13.14-amd64.exe; "
            "the embeddable package has neither Tcl/Tk nor pip"
        )
    if int(named["minor"]) < _OLDEST:
        raise NotUsableError(f"{path.name}: Python 3.{_OLDEST} or newer is needed")
    _require(path, digest or KNOWN.get(path.name))
    system, machine, suffix, bits = _MACHINES[named["machine"]]
    python = f"3.{named['minor']}"
    return Installer(path, named["version"], python, system, machine, python + suffix, bits)


def _require(path: Path, wanted: str | None) -> None:
    """Raise NotUsableError where a file has not the SHA-256 that it should have."""
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise NotUsableError(f"{path}: {error.strerror}") from error
    if wanted is None:
        raise NotUsableError(
            f"{path.name}: its SHA-256 is {found}, and what it should be is not known here. Compare it with what "
            f"python.org publishes for this release, then run: make bundle PYTHON_WINDOWS={path} SHA256=…"
        )
    if found != wanted.lower():
        raise NotUsableError(
            f"{path.name}: its SHA-256 is {found} and should be {wanted.lower()}: it is damaged, or not the file that "
            "python.org published; download it again"
        )
