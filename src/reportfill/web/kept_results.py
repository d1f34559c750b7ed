"""What was made for visitors, kept for an hour at most under addresses that cannot be guessed.

It lies on the disk, so that all processes of a server find it, in folders that are called by the SHA-256 of their
addresses: who sees the folders does not know the addresses.
"""

from __future__ import annotations

import os
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath

LONGEST_KEPT = 3600
"""Seconds for which anything is kept."""

_BYTES_OF_TOKEN = 24
_UNFINISHED = ".new"


class KeptResults:
    """What was made, in a folder of the server's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._make_folder()

    def put(self, files: Mapping[str, bytes]) -> str:
        """Keep files by their names, in which / stands between folders; the token under which they are found. Raises
        OSError where there is no room, and then keeps none of them."""
        token = secrets.token_urlsafe(_BYTES_OF_TOKEN)
        place = self._place(token)
        unfinished = place.with_name(place.name + _UNFINISHED)
        self._make_folder()  # whoever tidies up a system's temporary files may have removed it
        try:
            unfinished.mkdir(mode=0o700)
            for name, content in files.items():
                _write(_within(unfinished, name), content)
            unfinished.rename(place)
        except OSError:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return token

    def add(self, token: str, name: str, content: bytes) -> None:
        """Keep one more file under a token, as long as the others. Raises FileNotFoundError where nothing is kept under
        it, and OSError where there is no room."""
        place = self._place(token)
        status = place.stat()
        ready = _within(place, f"{name}.{secrets.token_hex(8)}")
        try:
            _write(ready, content)
            ready.replace(_within(place, name))
        except OSError:
            ready.unlink(missing_ok=True)
            raise
        os.utime(place, (status.st_atime, status.st_mtime))

    def read(self, token: str, name: str) -> bytes:
        """A file that is kept. Raises FileNotFoundError where it is not there, or not any more."""
        place = self._place(token)
        if time.time() - place.stat().st_mtime > LONGEST_KEPT:
            raise FileNotFoundError(name)
        return _within(place, name).read_bytes()

    def sweep(self) -> None:
        """Remove what has been kept for long enough."""
        now = time.time()
        self._make_folder()
        for place in self._folder.iterdir():
            with suppress(OSError):
                if now - place.stat().st_mtime > LONGEST_KEPT:
                    shutil.rmtree(place)

    def _make_folder(self) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _place(self, token: str) -> Path:
        return self._folder / sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _within(folder: Path, name: str) -> Path:
    """The path of a name, whose parts are this program's own words."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or PurePosixPath(name).is_absolute():
        raise FileNotFoundError(name)
    return folder.joinpath(*parts)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(content)
