"""A drop folder: which files in it are new and whole, and which have been done, also before the last start."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reportfill.batch.inputs import Input, content_of_input, is_input
from reportfill.files import write_file
from reportfill.plain_files import NoPlainFileError, TooLargeError, read_file

LEDGER = ".reportfill-watch.json"
"""The file in the output folder that says what has been done: outputs by the SHA-256 of the input."""

_LARGEST_LEDGER = 256 << 20

SETTLED = 0.4
"""Seconds that a file must have stayed as it is before it counts as whole."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How a file looked when it was last seen, and since when it has looked so."""

    size: int
    modified: int
    since: float


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is to be done, and what stands for what it holds: the SHA-256 of that."""

    input: Input
    digest: str


@dataclass
class DropFolder:
    """The inputs of a folder that have not been done yet.

    What is half copied, or open in a program that locks it, waits; what has the same contents as something done before,
    under whatever name, is passed over as long as what came of it is still there.
    """

    inbox: Path
    ledger: Path
    clock: Callable[[], float] = time.monotonic
    done: dict[str, list[str]] = field(default_factory=dict)
    _looks: dict[Path, _Look] = field(default_factory=dict)
    _passed: dict[Path, _Look] = field(default_factory=dict)

    def __post_init__(self) -> None:
        try:
            told = json.loads(read_file(self.ledger, _LARGEST_LEDGER))
        except (OSError, ValueError, RecursionError):
            told = {}
        if isinstance(told, dict):
            self.done = {key: list(map(str, value)) for key, value in told.items() if isinstance(value, list)}

    def ready(self) -> Iterator[Arrival]:
        """The files to be done now."""
        for path in self._files():
            if is_input(path) and not path.name.startswith(".") and self._is_settled(path):
                arrival = _arrived(path)
                if arrival is not None and not self._is_done(arrival.digest):
                    yield arrival
                elif arrival is not None:
                    self._passed[path] = self._looks[path]

    def _files(self) -> list[Path]:
        """What is in the inbox; nothing while it cannot be looked into, as a share that is gone for a while."""
        try:
            return [self.inbox / name for name in sorted(os.listdir(self.inbox))]
        except OSError:
            return []

    @property
    def waiting(self) -> int:
        """How many files have changed of late and are not done."""
        return sum(self._passed.get(path) != look for path, look in self._looks.items() if path.exists())

    def finish(self, arrival: Arrival, written: Iterable[Path] = ()) -> None:
        """Remember what was written for a file. The ledger is written whole before anything else is begun."""
        self.done[arrival.digest] = [path.name for path in written]
        path = arrival.input.path
        if path in self._looks:
            self._passed[path] = self._looks[path]
        content = json.dumps(self.done, ensure_ascii=False, indent=0).encode("utf-8")
        write_file(self.ledger, content, keep=False)

    def _is_settled(self, path: Path) -> bool:
        try:
            status = path.stat()
        except OSError:
            return False
        now = self.clock()
        known = self._looks.get(path)
        if known is None or (known.size, known.modified) != (status.st_size, status.st_mtime_ns):
            self._looks[path] = _Look(status.st_size, status.st_mtime_ns, now)
            return False
        return self._passed.get(path) != known and now - known.since >= SETTLED

    def _is_done(self, digest: str) -> bool:
        return digest in self.done and all((self.ledger.parent / name).exists() for name in self.done[digest])


def _arrived(path: Path) -> Arrival | None:
    """A file with what it holds; None while a program keeps it to itself. What is too large, or no plain file, is told
    from others by its looks, for it is not read."""
    try:
        content = content_of_input(path)
    except (TooLargeError, NoPlainFileError, IsADirectoryError):
        looks = f"{path.name}\0{path.stat().st_mtime_ns}".encode("utf-8", "surrogateescape")
        return Arrival(Input(path), hashlib.sha256(looks).hexdigest())
    except OSError:
        return None
    return Arrival(Input(path, content), hashlib.sha256(content).hexdigest())
