"""What there is to read: the files of the inbox, and the workbooks within its archives and mails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from reportfill.arrivals import is_junk
from reportfill.campaign.folder.parts import HANDED_IN, INBOX
from reportfill.campaign.inbox.container import ContainerError, unreadable
from reportfill.campaign.inbox.containers import OpenContainer
from reportfill.campaign.inbox.file_type import WORKBOOKS
from reportfill.campaign.records.handover_list import HandoverList
from reportfill.campaign.storage.store import Store, StoredFile, printable_path
from reportfill.finding import Finding

_WITHIN = "→"
"""What stands between an archive and a file in it."""


def outermost(name: str) -> str:
    """The file of the inbox that a source is, or is within, by the source's name."""
    return name.partition(_WITHIN)[0]


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a file of the campaign's folder, or one within it.

    `inner` are the names that lead to it within archives and mails; `trouble` says why it cannot be read, if it cannot;
    `code` is the agency's where that is known; `is_last` says that nothing more comes of this file; `handover` is the
    list of the hand-over whose report it is.
    """

    path: str
    stamp: str = ""
    inner: tuple[str, ...] = ()
    trouble: Finding | None = None
    code: str = ""
    is_last: bool = True
    handover: HandoverList | None = None

    @property
    def name(self) -> str:
        """What it is called, with the archive that it is in."""
        return printable_path(_WITHIN.join((self.path, *self.inner)))

    @property
    def handed_in(self) -> str:
        """The name of the agency's own folder in which it lies, where an agency handed it in itself; else nothing."""
        return handed_in_folder(self.path)


def handed_in_folder(path: str) -> str:
    """The name of the agency's own folder in which a file of the inbox lies that it handed in itself; else nothing."""
    folder, slash, _ = path.removeprefix(f"{HANDED_IN}/").partition("/")
    return folder if slash and path.startswith(f"{HANDED_IN}/") else ""


def inbox_sources(store: Store, wanted: Callable[[StoredFile], bool]) -> list[Source]:
    """What there is to read of those files of the inbox that are wanted, in the order of their paths."""
    every = store.files(INBOX, unreadable=True)
    files = (file for file in every if not is_junk(file.path))
    return [source for file in files if wanted(file) for source in _sources(store, file)]


def sources_in(store: Store, file: StoredFile) -> list[Source]:
    """What there is to read of one file."""
    return list(_sources(store, file))


def content_of_source(store: Store, source: Source) -> bytes | Finding:
    """The bytes of a source, or why they cannot be had."""
    try:
        if source.inner:
            return _CONTAINER.of(store, source).content_of(source.inner)
        with store.open(source.path) as stream:
            return OpenContainer(source.path, stream).content_of(())
    except ContainerError as error:
        return error.reason
    except OSError as error:
        return unreadable(error)


def close_container() -> None:
    """Close what is still open of the archive or mail that was read last."""
    _CONTAINER.close()


def suffix_of(name: str) -> str:
    """How the copy of a source ends: as the file does where that is a workbook's suffix."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix if suffix in WORKBOOKS else ".xlsx"


def _sources(store: Store, file: StoredFile) -> Iterator[Source]:
    if file.trouble:
        yield Source(file.path, file.stamp, trouble=file.trouble)
        return
    if PurePosixPath(file.path).suffix.lower() in WORKBOOKS:
        yield Source(file.path, file.stamp)
        return
    try:
        found = _CONTAINER.of(store, Source(file.path, file.stamp)).members()
    except OSError as error:
        yield Source(file.path, file.stamp, trouble=unreadable(error))
        return
    for number, member in enumerate(found, 1):
        yield Source(
            file.path,
            file.stamp,
            member.inner,
            member.trouble,
            is_last=number == len(found),
            handover=member.handover,
        )


class _LastContainer:
    """The archive or mail that this process read from last: its directory is read once for all that is in it."""

    def __init__(self) -> None:
        self._last: tuple[tuple[Store, str, str], BinaryIO, OpenContainer] | None = None

    def of(self, store: Store, source: Source) -> OpenContainer:
        """The container that a source is in. Raises OSError where it cannot be opened."""
        key = (store, source.path, source.stamp)
        if self._last is None or self._last[0] != key:
            self.close()
            stream = store.open(source.path)
            self._last = key, stream, OpenContainer(PurePosixPath(source.path).name, stream)
        return self._last[2]

    def close(self) -> None:
        """Let go of the file."""
        if self._last is not None:
            self._last[1].close()
        self._last = None


_CONTAINER = _LastContainer()
