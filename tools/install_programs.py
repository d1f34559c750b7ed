"""Install the programs that some tests need (LibreOffice, fonts, Chromium, PostgreSQL, proxies, a screen) where apt
may, else say what is left out.

usage: python tools/install_programs.py      (needs nothing but Python; exits 0 on a machine without apt)
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PACKAGES = {
    "soffice": ("libreoffice-writer", "libreoffice-calc"),
    "uno": ("python3-uno",),
    "fc-list": (
        "fontconfig",
        "fonts-noto-cjk",
        "fonts-arphic-ukai",
        "fonts-arphic-uming",
        "fonts-liberation",
    ),
    "chromium": ("chromium",),
    "java": ("default-jre-headless",),
    "preflight.jar": (
        "libpdfbox2-java",
        "libcommons-logging-java",
        "libcommons-io-java",
        "libactivation-java",
        "libjaxb-api-java",
    ),
    "initdb": ("postgresql",),
    "curl": ("curl",),
    "nginx": ("nginx-light",),
    "caddy": ("caddy",),
    "systemd-analyze": ("systemd",),
    "Xvfb": ("xvfb", "python3-tk"),
    "gio": ("libglib2.0-bin",),
    "desktop-file-validate": ("desktop-file-utils",),
}
"""Debian's packages by the program that tells whether they are there, or the module of Python or Java."""

FONTS = ("Noto Sans CJK", "Liberation Serif")
"""Without these the layout tests would measure another font's widths."""


def missing_packages() -> list[str]:
    """The packages that have to be installed."""
    wanted = [name for program, names in PACKAGES.items() if not _is_there(program) for name in names]
    if "fonts-liberation" not in wanted and not _has_fonts():
        wanted += PACKAGES["fc-list"]
    return wanted


def _is_there(program: str) -> bool:
    """Whether a program is there; Debian keeps servers, and the modules of Python and Java, off the path."""
    elsewhere = (
        f"sbin/{program}",
        f"lib/postgresql/*/bin/{program}",
        f"lib/python3/dist-packages/{program}.py",
        f"share/java/{program}",
    )
    return shutil.which(program) is not None or any(any(Path("/usr").glob(path)) for path in elsewhere)


def _has_fonts() -> bool:
    listed = subprocess.run(["fc-list"], capture_output=True, encoding="utf-8", check=True).stdout
    return all(font in listed for font in FONTS)


def install(packages: list[str]) -> bool:
    """Install packages through apt; whether that was possible."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    for command in ([*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", *packages]):
        if subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
            return False
    return True


def main() -> None:
    """Install what is missing, or say which tests are left out."""
    packages = missing_packages()
    if packages and not install(packages):
        print(f"Not installed: {', '.join(packages)}.")
        print(
            "The tests are left out that render with LibreOffice or Chromium, keep a ledger on PostgreSQL, "
            "stand behind nginx or Caddy, or open windows and launch icons."
        )


if __name__ == "__main__":
    main()
