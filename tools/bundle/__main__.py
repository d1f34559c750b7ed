"""Make one folder that installs the program where there is neither a network nor, on Windows, Python.

usage: python -m tools.bundle [--python-windows FILE [--sha256 HEX]] [--into FOLDER]

Without an installer of Python it is for this system and this Python.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tools.bundle.folder import make_folder
from tools.bundle.installer import NotUsableError, installer_at


def main() -> int:
    """Make the folder, and say where it is."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--python-windows", type=Path, metavar="FILE", help="python.org's installer for Windows"
    )
    parser.add_argument("--sha256", metavar="HEX", help="what its SHA-256 has to be")
    parser.add_argument("--into", type=Path, default=Path("build/bundle"), metavar="FOLDER")
    asked = parser.parse_args()
    try:
        installer = asked.python_windows and installer_at(asked.python_windows, asked.sha256)
        made = make_folder(asked.into, installer)
    except NotUsableError as error:
        print(f"bundle: {error}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError:  # pip has said why
        print("bundle: the wheels could not be collected", file=sys.stderr)
        return 2
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file())
    print(f"{made}: {size / 1e6:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
