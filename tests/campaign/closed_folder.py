"""A folder into which nobody may look; root may, so the system is made to refuse it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def closed_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new folder below another one, which the system refuses to list."""
    closed, scan = folder / "甲局", os.scandir
    closed.mkdir()

    def scandir(path: str) -> object:
        if Path(path) == closed:
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return closed
