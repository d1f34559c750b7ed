"""A campaign put by: one archive that holds all of it but the ledger, which is made anew from the rest.

Nobody waits while files are copied: what lies in received/ and log/ never changes, and any file is replaced as a whole.
Only while it is listed which files there are, the campaign is held, for what was recorded to have its files beside it.
What agencies hand in themselves meanwhile is laid down without asking: receipts are listed before what they are for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from reportfill.campaign.folder.parts import LEDGER, RECEIVED, SEAL
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.backup_list import BACKUP_LIST, BackupList, KeptFile, place_in_backup
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import FOLDER
from reportfill.campaign.records.open_ledger import SIDE
from reportfill.campaign.records.seal import is_sealed_path
from reportfill.campaign.storage.store import FolderStore, Store, StoredFile, printable_path
from reportfill.errors import CampaignError
from reportfill.files import written_whole
from reportfill.system_words import reason_of

_PACKED = frozenset((".xlsx", ".xlsm", ".docx", ".zip", ".pdf", ".png", ".jpg", ".jpeg", ".parquet", ".ofd"))
"""What is compressed already."""

_BLOCK = 1 << 20
_LARGE = 1 << 31
_OF_LEDGER = (f"{LEDGER}-", f"{LEDGER}.{SIDE}")
"""What SQLite keeps beside a ledger, and one that is being made."""

_NEVER_CHANGED = (f"{RECEIVED}/", f"{FOLDER}/")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: where, of how many files, its size in bytes and its SHA-256."""

    path: Path
    files: int
    size: int
    digest: str


def backup(folder: CampaignFolder, target: Path, now: datetime, progress: Progress = unseen) -> Backup:
    """Write a campaign, closed or not, into one file that is not there yet. Raises CampaignError where it is, or lies
    within the campaign, or where a file of the campaign cannot be read, and OutputError where it cannot be written;
    then nothing is there."""
    _require_free(folder.store, target)
    with folder.held():
        files = _files_of(folder.store)
    with written_whole(target) as stream:
        if os.name == "posix":
            os.chmod(stream.name, 0o600)  # while nothing is in it: links, accounts and contacts are
        whole = _Digested(stream)
        with ZipFile(cast("IO[bytes]", whole), "w", strict_timestamps=False) as archive:
            step = steps(progress, len(files))
            kept = {}
            for name, file in _named(files):
                if copied := _copied(folder.store, file, archive, name):
                    kept[name] = copied
                step()
            at = now.isoformat(sep=" ", timespec="seconds")
            listed = ZipInfo(BACKUP_LIST, now.timetuple()[:6])
            archive.writestr(listed, BackupList(at, folder.title, kept).content, ZIP_DEFLATED)
    return Backup(target, len(kept), whole.size, whole.digest.hexdigest())


class _Digested:
    """What writes into a stream, one piece after the other, and knows the size and the SHA-256 of all of it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.digest, self.size = sha256(), 0

    def write(self, block: bytes) -> int:
        """Write a piece."""
        self.digest.update(block)
        self.size += len(block)
        return self._stream.write(block)

    def flush(self) -> None:
        """Let all of it be written."""
        self._stream.flush()


def _require_free(store: Store, target: Path) -> None:
    if os.path.lexists(target):
        raise CampaignError(
            f"{target} is there already; name another file", f"{target}已经存在，请换一个文件名"
        )
    if isinstance(store, FolderStore) and target.resolve().is_relative_to(store.root.resolve()):
        raise CampaignError(
            f"{target} is within the campaign; keep backups elsewhere, at best on another disk",
            f"{target}在年度报告工作的文件夹中；备份请放在别处，最好是另一个磁盘",
        )


def _files_of(store: Store) -> list[StoredFile]:
    """The files of a campaign that is held; those of the journal as they were before the others."""
    records = {file.path for file in store.files(FOLDER)}
    return [
        file
        for file in store.files()
        if (is_sealed_path(file.path) or file.path == SEAL)
        and not file.path.startswith(_OF_LEDGER)
        and (file.path in records or not file.path.startswith(f"{FOLDER}/"))
    ]


def _named(files: list[StoredFile]) -> Iterator[tuple[str, StoredFile]]:
    """The files with what each is called in a backup: names that are no text are written as they can be."""
    taken: set[str] = set()
    for file in files:
        name = printable_path(file.path)
        while name in taken:
            name += "_"
        taken.add(name)
        yield name, file


def _copied(store: Store, file: StoredFile, archive: ZipFile, name: str) -> KeptFile | None:
    """What a backup holds of a file now; None where it went meanwhile, as reports do that something newer replaces."""
    try:
        source = store.open(file.path)
    except FileNotFoundError as error:
        if file.path.startswith(_NEVER_CHANGED):
            raise _unreadable(store, file.path, error) from error
        return None
    except OSError as error:
        raise _unreadable(store, file.path, error) from error
    digest, size = sha256(), 0
    with source, archive.open(_entry(file, name), "w", force_zip64=file.size > _LARGE) as sink:
        while block := _read(store, file.path, source):
            digest.update(block)
            sink.write(block)
            size += len(block)
    return KeptFile(size, digest.hexdigest())


def _read(store: Store, path: str, source: BinaryIO) -> bytes:
    try:
        return source.read(_BLOCK)
    except OSError as error:
        raise _unreadable(store, path, error) from error


def _entry(file: StoredFile, name: str) -> ZipInfo:
    entry = ZipInfo(place_in_backup(name), max(file.modified, datetime(1980, 1, 1)).timetuple()[:6])
    is_packed = PurePosixPath(name).suffix.lower() in _PACKED
    entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry


def _unreadable(store: Store, path: str, error: OSError) -> CampaignError:
    place, why = store.place(path), reason_of(error)
    return CampaignError(
        f"{place} cannot be read: {why.en}; no backup was made", f"无法读取{place}：{why.zh}；没有生成备份"
    )
