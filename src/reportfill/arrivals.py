"""Files as they come into a folder: which have come whole, which somebody still copies or works in, and which are
nobody's work but what systems, office programs and sync clients leave behind."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from reportfill.text import Text

SETTLED = 0.4
"""Seconds that a file must have stayed as it is before it counts as whole."""

_PAUSE, _BYTES_A_SECOND = 10.0, 1_000_000
"""So many seconds, and one more for so many bytes, the copying of a file may pause of which the end is missing."""

_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 30.0
"""Seconds after which a file is tried again that could not be done; each pause is twice the last, up to the second."""

_WORKED_IN = timedelta(days=1)
"""An owner file that is older was left behind by a program that broke off."""

_SEPARATORS = re.compile(r"[/\\]")
_JUNK = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "ntuser.dat"))
_JUNK_FOLDERS = frozenset(("__macosx", "@eadir", "#recycle", "$recycle.bin", "system volume information"))
_UNFINISHED = re.compile(
    r".+\.(?:tmp|temp|part|partial|crdownload|downloading|opdownload|xltd|aria2|baiduyun\.uploading\.cfg)|"
    r"(?=\d*[A-F])[0-9A-F]{8}",  # under such a name Excel saves, before the workbook's own is given to it
    re.IGNORECASE,
)


def is_junk(name: str) -> bool:
    """Whether a file, named with the folders that it is in, is one that systems and programs leave behind: hidden ones,
    those of macOS's archives and of network drives, owner files (~$…), what is not yet downloaded or saved."""
    parts = [part for part in _SEPARATORS.split(name) if part.strip(".")]
    if any(part.startswith((".", "~$")) or part.lower() in _JUNK_FOLDERS for part in parts):
        return True
    file = parts[-1] if parts else ""
    return file.lower() in _JUNK or _UNFINISHED.fullmatch(file) is not None


def owner_files(name: str) -> tuple[str, ...]:
    """The files that Excel, WPS and LibreOffice lay beside a workbook of this name while somebody works in it."""
    return f"~${name}", f".~{name}", f".~lock.{name}#"


class Seen(NamedTuple):
    """A file of a folder at one look: its path, what changes whenever its content does, its bytes, and when it was last
    written, by the clock of the disk that it is on."""

    path: str
    stamp: Hashable
    size: int
    modified: datetime


def seen_in(folder: Path) -> list[Seen]:
    """What is in a folder on disk, by name. Raises OSError where it cannot be looked into."""
    seen = []
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            with suppress(OSError):  # it went meanwhile
                told = entry.stat()
                modified = datetime.fromtimestamp(told.st_mtime)
                seen.append(Seen(entry.name, (told.st_size, told.st_mtime_ns), told.st_size, modified))
    return seen


def worked_in(files: Iterable[Seen], now: datetime) -> frozenset[str]:
    """The paths of those of the files of a folder that somebody has open in Excel, WPS or LibreOffice."""
    by_path = {file.path: file for file in files}

    def is_owned(path: str) -> bool:
        folder, separator, name = path.rpartition("/")
        owners = (by_path.get(f"{folder}{separator}{owner}") for owner in owner_files(name))
        return any(owner is not None and abs(now - owner.modified) < _WORKED_IN for owner in owners)

    return frozenset(filter(is_owned, by_path))


HALF_COPIED = Text("还没有复制完，稍后再处理", "it is not copied yet: it is done when it is whole")
_WORKED_IN_NOW = Text(
    "正被Excel或WPS打开，关闭后再处理", "somebody has it open in Excel or WPS: it is done when that is closed"
)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What a look at a folder found: the files that are quiet and nobody works in, by path with their stamps; those of
    them that are so young that one without its end is still being copied; and what there is to wait for, by path with
    what people are told of it, nothing where it is a matter of moments."""

    settled: Mapping[str, Hashable]
    young: frozenset[str]
    awaited: Mapping[str, Text | None]


class _PutOff(NamedTuple):
    """Until when a file is left alone that could not be done, how long that is, and why."""

    until: float
    pause: float
    why: Text


@dataclass
class Arrivals:
    """A folder that is looked at again and again, until each file in it has come whole."""

    clock: Callable[[], float] = time.monotonic
    _since: dict[tuple[str, Hashable], float] = field(default_factory=dict)
    _put_off: dict[str, _PutOff] = field(default_factory=dict)

    def put_off(self, path: str, why: Text) -> None:
        """Leave a file alone for a while that could not be done; each time it is for longer."""
        known = self._put_off.get(path)
        pause = min(known.pause * 2, _LONGEST_PAUSE) if known else _FIRST_PAUSE
        self._put_off[path] = _PutOff(self.clock() + pause, pause, why)

    def settle(self, path: str) -> None:
        """A file that was put off has been done."""
        self._put_off.pop(path, None)

    def arrived(self, files: Iterable[Seen]) -> Arrived:
        """What has come among all files of a folder."""
        seen, now = list(files), self.clock()
        edited = worked_in(seen, datetime.now())
        self._since = {file[:2]: self._since.get(file[:2], now) for file in seen}
        self._put_off = {file.path: self._put_off[file.path] for file in seen if file.path in self._put_off}
        settled: dict[str, Hashable] = {}
        awaited: dict[str, Text | None] = {}
        young = set()
        for file in seen:
            quiet = now - self._since[file[:2]]
            if is_junk(file.path):
                continue
            if quiet < SETTLED:
                awaited[file.path] = None
            elif file.path in edited:
                awaited[file.path] = _WORKED_IN_NOW
            elif file.path in self._put_off and now < self._put_off[file.path].until:
                awaited[file.path] = self._put_off[file.path].why
            else:
                settled[file.path] = file.stamp
                if quiet < _PAUSE + file.size / _BYTES_A_SECOND:
                    young.add(file.path)
        return Arrived(settled, frozenset(young), awaited)
