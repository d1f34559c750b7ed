"""What is to be taken in of a file of the inbox: itself, if it is a workbook, or those in it, if it is an archive or a
mail, however they are nested.

Nothing is written. One file at a time is unpacked, and never more than a limit; what an archive or a mail of whatever
content can cost is some seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from io import BytesIO
from typing import BinaryIO

from reportfill.arrivals import is_junk
from reportfill.campaign.inbox.archive import Archive
from reportfill.campaign.inbox.container import (
    LARGEST_INNER,
    LARGEST_MEMBER,
    MOST_FILES,
    MOST_LEVELS,
    ContainerError,
    container_error,
    too_deep,
    unreadable,
)
from reportfill.campaign.inbox.file_type import (
    FileType,
    Handling,
    type_by_beginning,
    type_by_name,
    type_of_compound_file,
    type_of_package,
)
from reportfill.campaign.inbox.handover import handovers_in
from reportfill.campaign.inbox.mail_message import Mail
from reportfill.campaign.records.handover_list import HandoverList
from reportfill.finding import Finding, finding

_MOST_UNPACKED = 2 << 30
"""Bytes of all that one file of the inbox holds when unpacked: 5,000 workbooks have a fifth of it."""

_FILES_OF_REFUSED = 500
"""As how many files an archive or a mail counts that is refused: finding that out takes time too."""

_BEGINNING = 512


@dataclass(frozen=True, slots=True)
class Member:
    """A file to be taken in: the names that lead to it, none where it is the file itself. `trouble` says why it cannot
    be, where it cannot; `handover` is the list of the hand-over whose report it is."""

    inner: tuple[str, ...]
    trouble: Finding | None = None
    handover: HandoverList | None = None


class OpenContainer:
    """A file of the inbox, looked into once for any number of its members.

    The file stays the caller's and must stay open; all is read from it again, but an archive's directory, a mail, and
    the container within it that was used last.
    """

    def __init__(self, name: str, file: BinaryIO) -> None:
        self._name = name
        self._file = file
        self._inner: tuple[str, OpenContainer] | None = None

    def members(self) -> list[Member]:
        """What is to be taken in, in order; where that is nothing, one that says why. Never raises, whatever the
        content."""
        found = []
        try:
            for member in self._found(_Allowance(), 1):
                found.append(member)  # noqa: PERF402  # what was found until it is refused is kept
        except ContainerError as error:
            found.append(Member((), error.reason))
        return found or [Member((), self._why_nothing)]

    def content_of(self, inner: tuple[str, ...]) -> bytes:
        """The bytes of a member. Raises ContainerError where it cannot be had or is larger than a workbook can be."""
        if not inner:
            content = self._start(LARGEST_MEMBER + 1)
            if len(content) > LARGEST_MEMBER:
                raise container_error("stray.too_large", most=LARGEST_MEMBER >> 20)
            return content
        name, *below = inner
        container = self._container
        if name not in container.names or len(below) >= MOST_LEVELS:
            raise container_error("container.file_gone")
        if below:
            return self._opened(name).content_of(tuple(below))
        return container.content(name, LARGEST_MEMBER)

    def _found(self, allowance: _Allowance, level: int) -> Iterator[Member]:
        """What is to be taken in; nothing where there is no workbook. Raises ContainerError where it cannot be read."""
        with allowance.counting_refusals():
            sign = self._sign
        if sign.kind is Handling.WORKBOOK:
            yield Member(())
        if sign.kind in (Handling.WORKBOOK, Handling.OTHER):
            return
        if sign.kind is Handling.UNREADABLE:
            raise ContainerError(sign.why_not)
        if level > MOST_LEVELS:
            raise ContainerError(too_deep())
        with allowance.counting_refusals():
            container = self._container
        allowance.go_through(len(container.names), container.effort)
        going_through = partial(allowance.go_through, 0)
        handovers = handovers_in(container, going_through) if isinstance(container, Archive) else []
        for one in handovers:
            altered = one.why_altered(self._archive, going_through)
            yield Member((one.report,), altered, one.listed)
        folders = tuple(one.folder for one in handovers)
        for name in container.names:
            if name.startswith(folders):
                continue
            try:
                yield from self._found_in(name, allowance, level)
            except _SpentError:
                raise
            except ContainerError as error:
                yield Member((name,), error.reason)

    def _found_in(self, name: str, allowance: _Allowance, level: int) -> Iterator[Member]:
        """What one file in it comes to. Raises ContainerError where it cannot be had."""
        if is_junk(name):
            return
        sign = type_by_name(name) or type_by_beginning(name, self._container.beginning(name))
        if sign.kind is Handling.OTHER:
            return
        if sign.kind is Handling.UNREADABLE:
            raise ContainerError(sign.why_not)
        is_workbook = sign.kind is Handling.WORKBOOK
        trouble = self._container.trouble(name, LARGEST_MEMBER if is_workbook else LARGEST_INNER)
        if trouble:
            raise ContainerError(trouble)
        allowance.go_through(0, self._container.size(name))
        if is_workbook:
            yield Member((name,))
            return
        for member in self._opened(name)._found(allowance, level + 1):
            yield Member((name, *member.inner), member.trouble, member.handover)

    def _opened(self, name: str) -> OpenContainer:
        """A file in it as a container; the last one is kept. Raises ContainerError."""
        if self._inner is None or self._inner[0] != name:
            self._inner = None  # two of them at once would be too much to hold
            content = self._container.content(name, LARGEST_INNER)
            self._inner = (name, OpenContainer(name, BytesIO(content)))
        return self._inner[1]

    @cached_property
    def _sign(self) -> FileType:
        """What the file is. Raises ContainerError where it cannot be opened."""
        sign = type_by_name(self._name)
        if sign is not None and sign.kind is not Handling.TO_OPEN:
            return sign
        sign = type_by_beginning(self._name, self._start(_BEGINNING))
        if sign.kind is Handling.COMPOUND:
            return type_of_compound_file(self._start(LARGEST_MEMBER))
        if sign.kind is Handling.ARCHIVE:
            archive = self._archive
            mimetype = archive.beginning("mimetype") if "mimetype" in archive.names else b""
            return type_of_package(archive.names, mimetype) or sign
        return sign

    @cached_property
    def _container(self) -> Archive | Mail:
        """The file opened. Raises ContainerError where it is neither an archive nor a mail."""
        if self._sign.kind is Handling.ARCHIVE:
            return self._archive
        if self._sign.kind is Handling.MAIL:
            return Mail(self._file)
        raise container_error("container.file_gone")

    @cached_property
    def _archive(self) -> Archive:
        return Archive(self._file)

    @property
    def _why_nothing(self) -> Finding:
        if self._sign.kind is Handling.MAIL:
            return finding("container.mail_without_workbook")
        is_archive = self._sign.kind is Handling.ARCHIVE
        return finding("container.without_workbook") if is_archive else self._sign.why_not

    def _start(self, size: int) -> bytes:
        """The first bytes of the file. Raises ContainerError where it cannot be read."""
        try:
            self._file.seek(0)
            return self._file.read(size)
        except OSError as error:
            raise ContainerError(unreadable(error)) from error


class _SpentError(ContainerError):
    """More in one file of the inbox than is gone through: what was found until then is all."""


class _Allowance:
    """What may still be gone through of one file of the inbox, however it is nested."""

    def __init__(self) -> None:
        self._files = MOST_FILES
        self._bytes = _MOST_UNPACKED

    @contextmanager
    def counting_refusals(self) -> Iterator[None]:
        """Open an archive or a mail; one that is refused is counted."""
        try:
            yield
        except ContainerError:
            self.go_through(_FILES_OF_REFUSED, 0)
            raise

    def go_through(self, files: int, size: int) -> None:
        """Go through so many more files, unpack so many more bytes. Raises ContainerError where that is too much."""
        self._files -= files
        self._bytes -= size
        if self._files < 0:
            raise _SpentError(finding("container.too_many_in_all", most=MOST_FILES))
        if self._bytes < 0:
            raise _SpentError(finding("container.too_much_in_all", most=_MOST_UNPACKED >> 30))
