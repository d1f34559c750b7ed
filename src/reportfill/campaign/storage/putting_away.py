"""What stands at a path is kept elsewhere before something else is written there, so that nothing is lost."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count

from reportfill.campaign.storage.store import FolderStore, Store
from reportfill.errors import OneFileError


@dataclass(slots=True)
class Kept:
    """Where that is kept which stood where something else was written; empty where there was nothing else."""

    path: str = ""


def digest_of_file(store: Store, path: str) -> str:
    """The SHA-256 of a file's content, in hexadecimal digits. Raises OSError where it cannot be read."""
    digest = hashlib.sha256()
    with store.open(path) as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def keeping(store: Store, path: str, target: str) -> Iterator[Kept]:
    """Keep what stands at a path at another one, with a number where something stands there, while something else is
    written. It goes where that turns out to be the same, as far as both can be read, and comes back where not all could
    be written; nothing stands there then where nothing stood before."""
    kept = Kept(put_away(store, path, target))
    try:
        yield kept
    except BaseException:
        if kept.path:
            store.move(kept.path, path)
        elif store.exists(path):
            store.remove(path)
        raise
    with suppress(OSError, OneFileError):  # it stays then, twice
        if (
            kept.path
            and store.exists(path)
            and digest_of_file(store, path) == digest_of_file(store, kept.path)
        ):
            store.remove(kept.path)
            kept.path = ""


def is_taken(store: Store, path: str) -> bool:
    """Whether anything stands at a path, a file or, on a disk, a folder."""
    return store.exists(path) or (isinstance(store, FolderStore) and os.path.lexists(store.root / path))


def put_away(store: Store, path: str, target: str) -> str:
    """Move a file to another path, or to one with a number where something else stands there; where it is now. Nothing
    happens, and '' is returned, where there is no such file."""
    if not store.exists(path):
        return ""
    if store.exists(target):
        target = free_path(store, target)
    store.move(path, target)
    return target


def free_path(store: Store, path: str) -> str:
    """A path that no file has: the one given with a number."""
    stem, dot, suffix = path.rpartition(".")
    numbered = (f"{stem} ({number}){dot}{suffix}" for number in count(1))
    return next(candidate for candidate in numbered if not store.exists(candidate))


def free_folder(store: Store, path: str) -> str:
    """A folder that has no files: the one given, or one with a number."""
    numbered = (path if number == 1 else f"{path}-{number}" for number in count(1))
    return next(candidate for candidate in numbered if not store.files(candidate))
