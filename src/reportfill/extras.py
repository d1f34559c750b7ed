"""The extras of this program: what some runs need and most do without."""

from __future__ import annotations


def install_command(extra: str) -> str:
    """The command that installs an extra. Its quotation marks are the ones that cmd.exe knows too."""
    return f'python -m pip install "reportfill[{extra}]"'
