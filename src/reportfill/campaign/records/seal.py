"""A campaign closed: a list with the SHA-256 of every file, after which nothing changes unless it is opened again on
the record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from reportfill.arrivals import is_junk
from reportfill.campaign.folder.parts import LEDGER, RECEIVED, SEAL
from reportfill.campaign.progress import Progress, steps, unseen
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import (
    FOLDER,
    Event,
    JournalEntry,
    JournalWriter,
    read_journal,
)
from reportfill.campaign.storage.putting_away import digest_of_file
from reportfill.campaign.storage.store import Store
from reportfill.errors import CampaignError, OutputError
from reportfill.system_words import reason_of

SET_ASIDE = f"{LEDGER}.old"
"""How the names of ledgers begin that were put away when one was made anew, which is done in closed campaigns too."""

FORMER_SEALS = "log/启封前的封存清单"
"""Where the list of a seal that was broken on the record goes."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal: when and by whom it was set, the SHA-256 of every file by path, and that of the list itself."""

    at: str
    by: str
    files: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What has become of a closed campaign's files: those that changed, are gone, or came since."""

    seal: Seal
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_intact(self) -> bool:
        """Whether everything is as it was."""
        return not (self.changed or self.gone or self.added)


def set_seal(folder: CampaignFolder, by: str, now: datetime, progress: Progress = unseen) -> Seal:
    """Close a campaign that is held. Raises CampaignError where a file of it cannot be read; it is open as before
    then."""
    now = now.replace(microsecond=0)  # the list has no more of it
    store = folder.store
    table = folder.journal_writer(read_journal(store).seen).next(_closing(now, by))
    files, paths = {}, sealed_paths(store)
    step = steps(progress, len(paths))
    for path in paths:
        files[path] = _digest(store, path)
        step()
    files[table.path] = hashlib.sha256(table.content).hexdigest()
    told = {"封存时间": now.isoformat(sep=" ", timespec="seconds"), "经办人": by, "SHA-256": files}
    content = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    store.write(SEAL, content)  # everything has been read, and from here on the campaign is closed
    seal = _seal(content)
    finish_closing(store, seal)
    return seal


def finish_closing(store: Store, seal: Seal) -> None:
    """Write the table of the journal that tells of the closing, where a run was broken off before: its name and its
    SHA-256 are in the list already."""
    lacking = [path for path in seal.files if path.startswith(f"{FOLDER}/") and not store.exists(path)]
    if not lacking:
        return
    told = _closing(datetime.fromisoformat(seal.at), seal.by)
    # What came after it from another computer its writer had not seen.
    seen = {table.name: table.previous for table in read_journal(store).tables if table.path in seal.files}
    table = JournalWriter(store, seen).next(told).content
    for path in lacking:
        if hashlib.sha256(table).hexdigest() == seal.files[path]:
            store.write(path, table)


def _closing(at: datetime, by: str) -> list[JournalEntry]:
    return [JournalEntry(at, Event.CLOSED, by=by)]


def _digest(store: Store, path: str) -> str:
    """The SHA-256 of a file. Raises CampaignError where it cannot be read."""
    try:
        return digest_of_file(store, path)
    except OSError as error:
        place, why = store.place(path), reason_of(error)
        raise CampaignError(
            f"{place} cannot be read: {why.en}; nothing was changed",
            f"无法读取{place}：{why.zh}；什么也没有改动",
        ) from error


def reopen(folder: CampaignFolder, why: str, by: str, now: datetime) -> None:
    """Open a closed campaign again, on the record. Raises CampaignError where it is not closed, OutputError where that
    cannot be written; it is closed as before then."""
    with folder.held():
        store = folder.store
        seal = read_seal(store)
        finish_closing(store, seal)
        writer = folder.journal_writer(read_journal(store).seen)
        table = writer.next([JournalEntry(now, Event.REOPENED, remark=why, by=by)])
        former = f"{FORMER_SEALS}-{table.name}-{seal.digest[:12]}.json"
        store.move(SEAL, former)
        try:
            writer.write(table)
        except OutputError:
            store.move(former, SEAL)
            raise


def verified(folder: CampaignFolder, progress: Progress = unseen) -> Verification:
    """What has become of a closed campaign's files. Raises CampaignError where it is not closed."""
    store = folder.store
    seal = read_seal(store)
    with suppress(OutputError):  # on a disk that is only read it is gone
        finish_closing(store, seal)
    listed, now = set(filter(is_sealed_path, seal.files)), set(sealed_paths(store))
    both, changed = sorted(now & listed), []
    step = steps(progress, len(both))
    for path in both:
        if _digest(store, path) != seal.files[path]:
            changed.append(path)
        step()
    gone = sorted(listed - now)
    added = sorted(path for path in now - listed if not path.startswith(SET_ASIDE))
    return Verification(seal, tuple(changed), tuple(gone), tuple(added))


def read_seal(store: Store) -> Seal:
    """The seal of a campaign. Raises CampaignError where it is not closed or the list cannot be read."""
    if not store.exists(SEAL):
        raise CampaignError(f"{store.url} is not closed", f"{store.url}没有封存")
    try:
        return _seal(store.read(SEAL))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CampaignError(f"{SEAL} is damaged: {error}", f"{SEAL}已损坏，请从备份中恢复") from error
    except OSError as error:
        why = reason_of(error)
        raise CampaignError(f"{SEAL} cannot be read: {why.en}", f"无法读取{SEAL}：{why.zh}") from error


def sealed_paths(store: Store) -> list[str]:
    """The files that a seal is over: all but the ledger, which can be made anew, what systems, Office and this program
    leave behind, and the list itself. What SQLite keeps beside the ledger is one of them where it holds anything: the
    ledger is not what it seems then."""
    return [
        file.path
        for file in store.files()
        if is_sealed_path(file.path) and not (file.path == f"{LEDGER}-wal" and file.stamp.startswith("0-"))
    ]


def is_sealed_path(path: str) -> bool:
    """Whether a seal is over what is at a path."""
    # A folder that is called by an agency's code is ours, however that begins.
    named = path.split("/", 2)[-1] if path.startswith(f"{RECEIVED}/") else path
    return path not in (SEAL, LEDGER, f"{LEDGER}-shm") and not is_junk(named)


def _seal(content: bytes) -> Seal:
    told = json.loads(content)
    files = {str(path): str(digest) for path, digest in told["SHA-256"].items()}
    return Seal(told["封存时间"], told["经办人"], files, hashlib.sha256(content).hexdigest())
