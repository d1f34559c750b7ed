"""A drop folder: which files in it are new and whole, and which have been done, also before the last start."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from reportfill.arrivals import HALF_COPIED, Arrivals, seen_in
from reportfill.batch.inputs import Input, content_of_input, is_input
from reportfill.errors import OutputError
from reportfill.files import write_file
from reportfill.office.last_bytes import has_its_end
from reportfill.plain_files import NoPlainFileError, TooLargeError, read_file
from reportfill.system_words import reason_of
from reportfill.text import Text

LEDGER = ".reportfill-watch.json"
"""The file in the output folder that says what has been done: outputs by the SHA-256 of the input."""

_LARGEST_LEDGER = 256 << 20


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that is to be done, and what stands for what it holds: the SHA-256 of that."""

    input: Input
    digest: str


@dataclass
class DropFolder:
    """The inputs of a folder that have not been done yet.

    What is half copied, or open in Excel, waits; what has the same contents as something done before, under whatever
    name, is passed over as long as what came of it is still there; what could not be done, as its report is open in
    Word, is tried again. `awaited` is what there is to wait for since the last look, with what people are told of it.
    """

    inbox: Path
    ledger: Path
    arrivals: Arrivals = field(default_factory=Arrivals)
    done: dict[str, list[str]] = field(default_factory=dict)
    awaited: dict[Path, Text | None] = field(default_factory=dict)
    _passed: dict[str, tuple[object, str]] = field(default_factory=dict)
    _is_kept: bool = True
    _is_remembered: bool = False

    def __post_init__(self) -> None:
        with suppress(OSError):
            self._remember()

    def _remember(self) -> None:
        """Learn what was done before the last start. Raises OSError where that cannot be read now."""
        try:
            told = json.loads(read_file(self.ledger, _LARGEST_LEDGER))
        except (FileNotFoundError, TooLargeError, NoPlainFileError, ValueError, RecursionError):
            told = {}
        if isinstance(told, dict):
            self.done = {key: list(map(str, value)) for key, value in told.items() if isinstance(value, list)}
        self._is_remembered = True

    def ready(self) -> Iterator[Arrival]:
        """The files to be done now; none as long as nobody knows what was done before, or what is there."""
        needed = self.inbox if self._is_remembered else self.ledger
        try:
            if not self._is_remembered:
                self._remember()
            seen = seen_in(self.inbox)
        except OSError as error:  # a share that is gone for a while
            self.awaited = {needed: reason_of(error, needed)}
            return
        if not self._is_kept:
            self._keep()
        arrived = self.arrivals.arrived(seen)
        self.awaited = {
            self.inbox / name: why for name, why in arrived.awaited.items() if is_input(Path(name))
        }
        for name, stamp in arrived.settled.items():
            path = self.inbox / name
            passed = self._passed.get(name)
            if not is_input(path) or (passed and passed[0] == stamp and self._is_done(passed[1])):
                continue
            arrival = _arrived(path, stamp)
            if isinstance(arrival, OSError):
                self.put_off(path, reason_of(arrival, path))
                continue
            content = arrival.input.content
            if name in arrived.young and content is not None and not has_its_end(BytesIO(content)):
                self.awaited[path] = HALF_COPIED
                continue
            if not self._is_done(arrival.digest):
                yield arrival
            if self._is_done(arrival.digest):
                self._passed[name] = stamp, arrival.digest

    def finish(self, arrival: Arrival, written: Iterable[Path] = ()) -> None:
        """Remember what was written for a file, before anything else is begun."""
        self.arrivals.settle(arrival.input.path.name)
        self.awaited.pop(arrival.input.path, None)
        self.done[arrival.digest] = [path.name for path in written]
        self._keep()

    def put_off(self, path: Path, why: Text) -> None:
        """Try a file again later that could not be read, or of which what came could not be written."""
        self.arrivals.put_off(path.name, why)
        self.awaited[path] = why

    def _keep(self) -> None:
        """Write down for the next start what was done; where that cannot be now, at the next look."""
        # Half a character, as names have that are no UTF-8, is written as JSON escapes it.
        content = json.dumps(self.done, ensure_ascii=False, indent=0).encode("utf-8", "backslashreplace")
        try:
            write_file(self.ledger, content, keep=False)
        except OutputError:
            self._is_kept = False
        else:
            self._is_kept = True

    def _is_done(self, digest: str) -> bool:
        return digest in self.done and all(
            os.path.exists(self.ledger.parent / name) for name in self.done[digest]
        )


def _arrived(path: Path, stamp: object) -> Arrival | OSError:
    """A file with what it holds, or why it cannot be read now. What is too large, or no plain file, is told from others
    by its stamp, for it is not read."""
    try:
        content = content_of_input(path)
    except (TooLargeError, NoPlainFileError, IsADirectoryError):
        looks = f"{path.name}\0{stamp}".encode("utf-8", "surrogateescape")
        return Arrival(Input(path), hashlib.sha256(looks).hexdigest())
    except OSError as error:
        return error
    return Arrival(Input(path, content), hashlib.sha256(content).hexdigest())
