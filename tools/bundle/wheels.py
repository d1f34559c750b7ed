"""The wheels of the program and of all that it needs, for this computer or for a Windows without a network."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from tools.bundle.installer import Installer

ROOT = Path(__file__).resolve().parents[2]
PROGRAM, EXTRAS = "reportfill", frozenset(("ofd", "password", "web"))
"""What is installed: passwords of workbooks and the page in the browser are within the reach of an office without a
network, too."""

INSTALLS = "pip"
"""What installs it: Python's own copy lies in a package of its own on Debian and its kin."""

_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")


def collect_here(into: Path) -> None:
    """Write the wheels for this system and this Python; what has no wheel is built."""
    extras = ",".join(sorted(EXTRAS))
    subprocess.run([*_PIP, "wheel", "--wheel-dir", str(into), f"{ROOT}[{extras}]", INSTALLS], check=True)


def collect_for(installer: Installer, into: Path) -> None:
    """Write the wheels for the Python that an installer brings."""
    subprocess.run([*_PIP, "wheel", "--no-deps", "--wheel-dir", str(into), str(ROOT)], check=True)
    environment = environment_of(installer)
    platform = installer.system.replace("-", "_")
    target = ["--platform", platform, "--python-version", installer.version, "--implementation", "cp"]
    wanted = [INSTALLS]
    # pip looks at the markers of requirements (sys_platform == 'win32') with the Python that it runs on, so what only
    # the other one needs is asked for by name, until nothing lacks.
    while lacking := lacking_in(into, environment):
        wanted += lacking
        command = [*_PIP, "download", "--only-binary=:all:", *target, "--dest", str(into), *wanted]
        subprocess.run(command, check=True)
    needed = {INSTALLS} | {name for name, _ in _reached(_wheels_in(into), environment)}
    for name, wheel in _wheels_in(into).items():
        if name not in needed:
            wheel.unlink()


def environment_of(installer: Installer) -> dict[str, str]:
    """What the markers of requirements are judged by on the computer for which the installer is."""
    return {
        "implementation_name": "cpython",
        "implementation_version": installer.version,
        "os_name": "nt",
        "platform_machine": installer.machine,
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10",
        "python_full_version": installer.version,
        "python_version": installer.python,
        "sys_platform": "win32",
    }


def lacking_in(folder: Path, environment: dict[str, str]) -> Sequence[str]:
    """The requirements, without their markers, for which a folder of wheels holds none."""
    wheels = _wheels_in(folder)
    return sorted({f"{one}" for name, one in _reached(wheels, environment) if name not in wheels})


def _wheels_in(folder: Path) -> dict[str, Path]:
    """The wheels of a folder by the names of their packages."""
    return {parse_wheel_filename(wheel.name)[0]: wheel for wheel in sorted(folder.glob("*.whl"))}


def _reached(wheels: dict[str, Path], environment: dict[str, str]) -> Iterator[tuple[str, Requirement]]:
    """All that the program needs in an environment, by name, as far as wheels are there to tell."""
    queue = [Requirement(f"{PROGRAM}[{','.join(sorted(EXTRAS))}]")]
    seen: set[str] = set()
    while queue:
        one = queue.pop()
        if str(one) in seen:
            continue
        seen.add(str(one))
        name = canonicalize_name(one.name)
        yield name, one
        if name in wheels:
            queue += _requirements_of(wheels[name], environment, one.extras)


def _requirements_of(wheel: Path, environment: dict[str, str], extras: set[str]) -> Iterator[Requirement]:
    """What a wheel needs in an environment with some of its extras, without the markers that say so."""
    with ZipFile(wheel) as archive:
        (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        told = message_from_bytes(archive.read(metadata)).get_all("Requires-Dist") or []
    for one in map(Requirement, told):
        if one.marker is None or any(
            one.marker.evaluate(environment | {"extra": extra}) for extra in ("", *extras)
        ):
            one.marker = None
            yield one
