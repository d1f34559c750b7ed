"""A campaign brought back from a backup: everything in it is checked before anything is written."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from reportfill.campaign.folder.parts import FOLDERS, SEAL, SETTINGS
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.backup_list import (
    BACKUP_LIST,
    BackupList,
    place_in_backup,
    read_backup_list,
)
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.storage.store import FolderStore, Store, store_at
from reportfill.errors import CampaignError, ReportfillError
from reportfill.files import make_folder
from reportfill.plain_files import opened_plain
from reportfill.system_words import reason_of
from reportfill.text import Text
from reportfill.workers import Workers

_BLOCK = 1 << 20
_MOST_OF_LIST = 256 << 20
_MOST_TIMES, _ALWAYS_ALLOWED = 100, 64 << 20
"""A backup holds at most so many times its own size, or so many bytes: the files of offices are compressed already."""

_DAMAGES = (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Restored:
    """A campaign brought back: where, of how many files, when the backup was made, and how many versions its ledger
    holds, made anew; None where the ledger is in a database that has one already, which is left as it is."""

    place: str
    files: int
    made_at: str
    versions: int | None


def restore(
    source: Path, place: str | Path, workers: Workers | None = None, progress: Progress = unseen
) -> Restored:
    """Bring a campaign back into an empty folder, or to an empty place at a URL. Raises CampaignError where that is not
    empty, where the backup is none or damaged, and OutputError where it cannot be written; nothing is there then."""
    store = store_at(place)
    if store.files(unreadable=True):
        raise CampaignError(f"{place} is not empty", f"{place}不是空文件夹，请换一个")
    with ExitStack() as stack:
        with _damages_named(source):
            archive = stack.enter_context(ZipFile(stack.enter_context(opened_plain(source))))
            listed = _checked(archive, source, progress)
        _write(archive, listed, store, progress)
    folder = CampaignFolder(store)
    is_left = folder.is_ledger_elsewhere and folder.has_ledger
    versions = None if is_left else 0 if folder.is_new else rebuild(folder, workers, progress)
    return Restored(store.url, len(listed.files), listed.at, versions)


@contextmanager
def _damages_named(source: Path) -> Iterator[None]:
    """Say what is wrong with a backup that cannot be read."""
    try:
        yield
    except OSError as error:
        raise _refused(source, reason_of(error, source)) from error
    except _DAMAGES as error:
        raise _refused(
            source, Text("文件已损坏，或者不是备份", f"it is damaged or no backup: {error}")
        ) from error


def _refused(source: Path, why: Text) -> CampaignError:
    return CampaignError(
        f"{source}: {why.en}; nothing was written, try an earlier backup",
        f"{source}：{why.zh}；什么也没有写入，请改用其他备份",
    )


def _checked(archive: ZipFile, source: Path, progress: Progress) -> BackupList:
    """What a backup holds, all of which was read and is what was put in."""
    entries = {entry.filename: entry for entry in archive.infolist()}
    if len(entries) != len(archive.infolist()) or BACKUP_LIST not in entries:
        raise _refused(source, Text("不是本程序的备份", "it is no backup of this program"))
    whole = sum(entry.file_size for entry in entries.values())
    if (
        entries[BACKUP_LIST].file_size > _MOST_OF_LIST
        or whole > source.stat().st_size * _MOST_TIMES + _ALWAYS_ALLOWED
    ):
        raise _refused(source, Text("解压后过大，不是正常的备份", "it swells as no backup does"))
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries.values()):
        raise _refused(source, Text("不是本程序的备份", "it is no backup of this program"))
    listed = read_backup_list(archive.read(BACKUP_LIST))
    wanted = {place_in_backup(path) for path in listed.files}
    if wanted != entries.keys() - {BACKUP_LIST} or SETTINGS not in listed.files:
        raise _refused(source, Text("文件与备份清单不符", "its files are not those of its list"))
    step = steps(progress, len(listed.files))
    for path, kept in listed.files.items():
        if not _stays_within(path):
            raise _refused(source, Text(f"文件名{path}越出文件夹", f"{path} would lie outside the folder"))
        if _digest(archive, place_in_backup(path)) != (kept.size, kept.digest):
            raise _refused(source, Text(f"其中的{path}已损坏", f"{path} in it is damaged"))
        step()
    return listed


def _stays_within(path: str) -> bool:
    """Whether a path leads out of no folder, on the system where this runs."""
    is_ours = not (os.name == "nt" and any(sign in path for sign in '\\:*?"<>|'))
    return is_ours and "\0" not in path and all(part not in ("", ".", "..") for part in path.split("/"))


def _blocks(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as stream:
        while block := stream.read(_BLOCK):
            yield block


def _digest(archive: ZipFile, name: str) -> tuple[int, str]:
    digest, size = sha256(), 0
    for block in _blocks(archive, name):
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


def _write(archive: ZipFile, listed: BackupList, store: Store, progress: Progress) -> None:
    """Write all files, that by which a folder is a campaign last; none where not all can be written."""
    last = (SEAL, SETTINGS)
    paths = [path for path in listed.files if path not in last]
    paths += [path for path in last if path in listed.files]
    if isinstance(store, FolderStore):
        for name in FOLDERS:
            make_folder(store.root / name)
    step = steps(progress, len(paths))
    try:
        for path in paths:
            with store.writing(path) as stream:
                for block in _blocks(archive, place_in_backup(path)):
                    stream.write(block)
            if isinstance(store, FolderStore):
                _date(store.root / path, archive.getinfo(place_in_backup(path)).date_time)
            step()
    except BaseException:
        for path in paths:
            with suppress(ReportfillError, OSError):
                store.remove(path)
        raise


def _date(path: Path, moment: tuple[int, int, int, int, int, int]) -> None:
    """Let a file be as old as it was, for those who look at the folder."""
    with suppress(OSError, ValueError):
        seconds = datetime(*moment).timestamp()
        os.utime(path, (seconds, seconds))
