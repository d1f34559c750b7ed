"""Files that another program holds, as Windows and network drives have them: what opens, renames, replaces or removes
such a file is refused."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


class Held:
    """Which files are held, by what their paths end in, and how often a call on one is refused before it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._times: dict[str, float] = {}
        self.longest = float("inf")
        """Characters of a path from which on nothing can be made at it, as on Windows from 260 on."""
        for module, name in (
            (os, "replace"),
            (os, "rename"),
            (os, "unlink"),
            (os, "remove"),
            (builtins, "open"),
            (io, "open"),
        ):
            monkeypatch.setattr(module, name, self._watched(getattr(module, name)))

    def hold(self, ending: str, times: float = float("inf")) -> None:
        """Hold the files whose paths end so, for so many calls."""
        self._times[ending] = times

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._times.clear()

    def _watched(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **more: Any) -> Any:
            for path in arguments[:2]:
                if isinstance(path, str | os.PathLike):
                    self._refuse(str(path))
            return call(*arguments, **more)

        return watched

    def _refuse(self, path: str) -> None:
        if len(path) > self.longest:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        for ending, times in self._times.items():
            if path.endswith(ending) and times > 0:
                self._times[ending] = times - 1
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder with what is in them."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
