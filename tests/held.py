"""Files that another program holds, as Windows and network drives have them: what opens, renames, replaces or removes
such a file is refused."""

from __future__ import annotations

import builtins
import errno
import io
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

CALLS = {
    "open": ((builtins, "open"), (io, "open")),
    "rename": ((os, "rename"),),
    "replace": ((os, "replace"),),
    "unlink": ((os, "unlink"), (os, "remove")),
}
"""The calls that are refused, and where the program finds them."""


class Asked(NamedTuple):
    """A call on a file, or on two where one is to be called as the other was, whether it was refused or not."""

    call: str
    paths: tuple[str, ...]


class Held:
    """Which files are held, by what their paths end in, and how often a call on one is refused before it is let go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._times: dict[tuple[str, frozenset[str]], float] = {}
        self.longest = float("inf")
        """Characters of a path from which on nothing can be made at it, as on Windows from 260 on."""
        self.asked: set[Asked] = set()
        """The calls that there were."""
        for name, places in CALLS.items():
            for module, function in places:
                monkeypatch.setattr(module, function, self._watched(name, getattr(module, function)))

    def hold(self, ending: str, times: float = float("inf"), calls: Iterable[str] = CALLS) -> None:
        """Hold the files whose paths end so, for so many of these calls."""
        self._times[ending, frozenset(calls)] = times

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._times.clear()

    def _watched(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*arguments: Any, **more: Any) -> Any:
            some = arguments[: 1 if name in ("open", "unlink") else 2]
            paths = tuple(str(path) for path in some if isinstance(path, str | os.PathLike))
            self.asked.add(Asked(name, paths))
            for path in paths:
                self._refuse(name, path)
            return call(*arguments, **more)

        return watched

    def _refuse(self, call: str, path: str) -> None:
        if not os.path.isdir(os.path.dirname(path) or "."):  # which the system says first
            return
        if len(path) > self.longest:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        for (ending, calls), times in self._times.items():
            if call in calls and path.endswith(ending) and times > 0:
                self._times[ending, calls] = times - 1
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder with what is in them."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
