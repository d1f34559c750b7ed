"""Where the files of a campaign lie: a folder on disk, or any place that fsspec reaches (s3://…, memory://…).

Paths are relative to the campaign's folder, with / between their parts. A file is written whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from stat import S_ISREG
from typing import IO, Any, BinaryIO, TypeAlias, cast

from reportfill.campaign.storage.folder_walk import FOLDER_UNREADABLE, files_below
from reportfill.errors import CampaignError, UsageError
from reportfill.extras import install_command
from reportfill.files import (
    confirm_names,
    not_written,
    remove_file,
    write_beside,
    write_file,
    written_whole,
)
from reportfill.finding import Finding
from reportfill.held_files import patiently
from reportfill.plain_files import opened_plain, read_file
from reportfill.system_words import reason_of

_LARGEST_RECORD = 256 << 20
"""More bytes than this no file has that is read as a whole: the list of a closed campaign of 100,000 agencies has a
fifth of it."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is there. `stamp` changes whenever its content does; `modified` is when it was last written.
    `trouble` says why nothing at that path can be read, if nothing can: it is no plain file, or a folder that cannot be
    looked into. `size` is in bytes."""

    path: str
    stamp: str
    modified: datetime
    trouble: Finding | None = None
    size: int = 0


@dataclass(frozen=True)
class FolderStore:
    """A folder on disk. It can be sent to other processes and machines."""

    root: Path

    @property
    def url(self) -> str:
        """Where the campaign is, as a person writes it."""
        return str(self.root)

    def read(self, path: str) -> bytes:
        """A file's content. Raises OSError where it cannot be read."""
        return read_file(self.root / path, _LARGEST_RECORD)

    def open(self, path: str) -> BinaryIO:
        """A file to read from at any place. Raises OSError where it cannot be read."""
        return opened_plain(self.root / path)

    def write(self, path: str, content: bytes) -> None:
        """Write a file whole or not at all, over what stands there. Raises OutputError where it cannot be written."""
        write_file(self.root / path, content, keep=False)

    def writing(self, path: str) -> AbstractContextManager[IO[bytes]]:
        """Write a large file bit by bit; it is at its place only when all of it was written."""
        return written_whole(self.root / path)

    def files(self, folder: str = "", *, unreadable: bool = False) -> list[StoredFile]:
        """The files below a folder, in the order of their paths, and where they are wanted what else is there that
        cannot be read; none where the folder is not there. Raises CampaignError where it is there, or one below it,
        and cannot be read."""
        found = sorted(self._files(folder), key=lambda file: file.path)
        if unreadable:
            return found
        for file in found:
            if file.trouble and file.trouble.code == FOLDER_UNREADABLE:
                place, why = self.place(file.path), file.trouble.message
                raise CampaignError(f"{place}: {why.en}", f"{place}：{why.zh}")
        return [file for file in found if not file.trouble]

    def _files(self, folder: str) -> Iterator[StoredFile]:
        top = self.root / folder

        def refuse(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):
                raise _unreadable_folder(top, error) from error

        place, below = "", ""
        for found_in, name, what in files_below(top, refuse):
            if found_in != place:
                place, below = found_in, Path(found_in).relative_to(self.root).as_posix()
            path = name if below == "." else f"{below}/{name}"
            if isinstance(what, Finding):
                yield StoredFile(path, "", datetime.min, what)
            else:
                yield _stored(path, what)

    def names(self, folder: str) -> list[str]:
        """What is directly in a folder, files and folders; nothing where it is not there. Raises CampaignError where it
        cannot be read."""
        try:
            return os.listdir(self.root / folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _unreadable_folder(self.root / folder, error) from error

    def lay(self, path: str, content: bytes) -> str:
        """Write a file under a name, or a numbered one, that nothing else has, and have the disk confirm it with its
        folders; where it is. Raises OutputError where it cannot be written."""
        there = write_beside(self.root / path, content)
        confirm_names(there, self.root)
        return there.relative_to(self.root).as_posix()

    def stored(self, path: str) -> StoredFile | None:
        """What there is to say of one file; None where there is none."""
        try:
            told = os.stat(self.root / path)
        except OSError:
            return None
        return _stored(path, told) if S_ISREG(told.st_mode) else None

    def exists(self, path: str) -> bool:
        """Whether there is a file."""
        return (self.root / path).is_file()

    def move(self, path: str, target: str) -> None:
        """Move a file to another path. Raises OutputError where it cannot."""
        there = self.root / target
        try:
            there.parent.mkdir(parents=True, exist_ok=True)
            patiently(lambda: os.replace(self.root / path, there), there)
        except OSError as error:
            raise not_written(self.root / path, error) from error  # that is what somebody has open

    def remove(self, path: str) -> None:
        """Remove a file, if it is there. Raises OutputError where it cannot be removed."""
        remove_file(self.root / path)

    def place(self, path: str) -> str:
        """Where a file is, as a person finds it."""
        return str(self.root / path)


def _stored(path: str, told: os.stat_result) -> StoredFile:
    stamp = f"{told.st_size}-{told.st_mtime_ns}-{told.st_ctime_ns}"
    return StoredFile(path, stamp, datetime.fromtimestamp(told.st_mtime), size=told.st_size)


def _unreadable_folder(place: Path, error: OSError) -> CampaignError:
    why = reason_of(error, place)
    return CampaignError(
        f"the folder {place} cannot be read: {why.en}",
        f"文件夹{place}无法读取（{why.zh}），请核对权限，以及是否为文件夹",
    )


@dataclass(frozen=True)
class DistantStore:
    """A folder that fsspec reaches, which does the same. Its settings, such as keys, come from fsspec's own
    configuration."""

    url: str

    @cached_property
    def _system(self) -> Any:
        return _filesystem(self.url)[0]

    @cached_property
    def _root(self) -> str:
        return str(_filesystem(self.url)[1])

    def __getstate__(self) -> Mapping[str, str]:
        return {"url": self.url}

    def read(self, path: str) -> bytes:
        return bytes(self._system.cat_file(self._full(path)))

    def open(self, path: str) -> BinaryIO:
        return cast(BinaryIO, self._system.open(self._full(path), "rb"))

    def write(self, path: str, content: bytes) -> None:
        """Write a file; such a store shows a file only when all of it has come."""
        try:
            self._system.pipe_file(self._full(path), content)
        except OSError as error:
            raise not_written(self.place(path), error) from error

    @contextmanager
    def writing(self, path: str) -> Iterator[IO[bytes]]:
        """Write a large file, from one on this machine."""
        with tempfile.TemporaryFile() as whole:
            yield whole
            whole.seek(0)
            try:
                with self._system.open(self._full(path), "wb") as stream:
                    shutil.copyfileobj(whole, stream)
            except OSError as error:
                raise not_written(self.place(path), error) from error

    def files(self, folder: str = "", *, unreadable: bool = False) -> list[StoredFile]:
        """The files below a folder; such a store holds nothing else."""
        self._system.invalidate_cache()
        try:
            found: Mapping[str, Mapping[str, Any]] = self._system.find(self._full(folder), detail=True)
        except FileNotFoundError:
            return []
        return sorted(map(self._stored, found.values()), key=lambda file: file.path)

    def names(self, folder: str) -> list[str]:
        """What is directly in a folder."""
        paths = (file.path.removeprefix(f"{folder}/") for file in self.files(folder))
        return sorted({path.partition("/")[0] for path in paths})

    def lay(self, path: str, content: bytes) -> str:
        """Write a file whose name says what is in it: what stands under that name is the same."""
        self.write(path, content)
        return path

    def stored(self, path: str) -> StoredFile | None:
        """What there is to say of one file; None where there is none."""
        return next((file for file in self.files(path) if file.path == path), None)

    def _stored(self, told: Mapping[str, Any]) -> StoredFile:
        path = str(told["name"]).removeprefix(self._root).lstrip("/")
        modified = told.get("LastModified") or told.get("mtime") or told.get("created") or datetime.min
        if isinstance(modified, float | int):
            modified = datetime.fromtimestamp(modified)
        mark = told.get("ETag") or told.get("md5Hash") or modified
        size = int(told.get("size") or 0)
        return StoredFile(path, f"{size}-{mark}", modified.replace(tzinfo=None), size=size)

    def exists(self, path: str) -> bool:
        return bool(self._system.isfile(self._full(path)))

    def move(self, path: str, target: str) -> None:
        try:
            self._system.mv(self._full(path), self._full(target))
        except OSError as error:
            raise not_written(self.place(target), error) from error

    def remove(self, path: str) -> None:
        if self.exists(path):
            self._system.rm_file(self._full(path))

    def place(self, path: str) -> str:
        return f"{self.url.rstrip('/')}/{path}"

    def _full(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}".rstrip("/")


Store: TypeAlias = FolderStore | DistantStore
"""The files of one campaign."""


def is_url(place: str | Path) -> bool:
    """Whether a place is named by a URL, and not by a path."""
    return "://" in str(place)


def store_at(place: str | Path) -> Store:
    """The store at a folder's path or at a URL. Raises UsageError where nothing here reaches such a URL."""
    text = str(place)
    if not is_url(place):
        return FolderStore(Path(place))
    if text.startswith("file://"):
        return FolderStore(Path(text.removeprefix("file://")))
    store = DistantStore(text)
    _filesystem(text)
    return store


def _filesystem(url: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        command = install_command("cluster")
        raise UsageError(
            f"{url}: for folders elsewhere, run: {command}",
            f"{url}：文件夹在别处时，请先运行：{command}",
        ) from error
    try:
        system, root = url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{url}: {error}", f"无法使用{url}：{error}") from error
    return system, root


def printable_path(path: str) -> str:
    """A path as it can be written down: Linux has file names that are no UTF-8."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
