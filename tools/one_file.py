"""The command line as one file: everything that it needs, run by any Python of this system and version.

usage: python -m tools.one_file [FILE]      (build/reportfill.pyz; by shiv, from the project's root)
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.bundle.wheels import EXTRAS, PROGRAM

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "build" / f"{PROGRAM}.pyz"


def make_one_file(target: Path) -> Path:
    """Write the file; where it is. Raises CalledProcessError where what it needs cannot be had."""
    target.parent.mkdir(parents=True, exist_ok=True)
    needed = f"{ROOT}[{','.join(sorted(EXTRAS))}]"
    command = [sys.executable, "-m", "shiv", "--console-script", PROGRAM, "--output-file", str(target)]
    subprocess.run([*command, "--quiet", "--disable-pip-version-check", needed], check=True)
    return target


if __name__ == "__main__":
    print(make_one_file(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET))
