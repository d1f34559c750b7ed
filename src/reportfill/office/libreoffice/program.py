"""Where LibreOffice is, where the Python that can talk to it is, and how to get them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from glob import glob
from pathlib import Path

from reportfill.errors import UsageError
from reportfill.office.libreoffice.process import foreign_environment

_ELSEWHERE = (
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
"""Where it is where it is not on the path."""

_OF_ITS_OWN_PACKAGES = "/opt/libreoffice*/program/soffice"
"""Where its own packages for Linux put it, which name it on the path by its version alone."""

_BESIDE = ("python.exe", "python", "../Resources/python")
"""The Python that LibreOffice brings along, seen from its program: on Windows, in its own packages for Linux, on
macOS."""

_SECONDS = 20
"""For so long a Python may take to say whether it can talk to LibreOffice."""


def office_program() -> str | None:
    """The program's path; None where it is not installed."""
    named = (shutil.which(name) for name in ("soffice.com", "soffice", "libreoffice"))
    elsewhere = [*_ELSEWHERE, *sorted(glob(_OF_ITS_OWN_PACKAGES), reverse=True)]
    return next(filter(None, [*named, *filter(os.path.isfile, elsewhere)]), None)


def require_office() -> str:
    """The program's path. Raises UsageError, which says how to get it, where it is not installed."""
    program = office_program()
    if program is None:
        raise UsageError(
            "a PDF is made by LibreOffice, which is not installed here",
            "生成PDF需要LibreOffice，本机没有安装",
            by_command=(
                "on Windows and macOS get it from https://www.libreoffice.org/download/, on Debian and Ubuntu run: "
                "sudo apt install libreoffice-writer python3-uno; on Kylin and UOS "
                "install LibreOffice from the app store, or run the same command",
                "Windows和macOS请从https://www.libreoffice.org/download/下载安装；"
                "Debian、Ubuntu请运行：sudo apt install libreoffice-writer python3-uno；"
                "麒麟、统信请在软件商店（应用商店）中安装LibreOffice，或者运行同一命令",
            ),
        )
    return program


def talking_python(program: str) -> str | None:
    """A Python that can talk to a LibreOffice that runs, which is the one that has its module `uno`; None where there
    is none."""
    return next(filter(_has_uno, _pythons(program)), None)


def _pythons(program: str) -> Iterator[str]:
    """Those that may have it: the one beside LibreOffice, the system's, and our own."""
    folder = Path(program).resolve().parent
    yield from (str(folder / name) for name in _BESIDE if os.path.isfile(folder / name))
    yield from filter(os.path.isfile, ("/usr/bin/python3",))
    yield sys.executable


def _has_uno(python: str) -> bool:
    command = [python, "-c", "import uno"]
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, env=foreign_environment(), check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
