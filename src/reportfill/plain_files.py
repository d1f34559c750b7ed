"""Reading plain files within limits: no file from outside is read before its kind and its size were looked at."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO

from reportfill.held_files import patiently
from reportfill.text import Text, cut

LARGEST = 20 << 20
"""More bytes than this no workbook and no template has."""

LARGEST_DATA = 4 << 20
"""More bytes than this no report has as JSON, with its longest texts."""

LARGEST_TEXT = 1 << 20
"""More bytes than this no settings have that are typed by hand."""


class UnreadableError(OSError):
    """What is not read although the system would; `reason` says why."""

    def __init__(self, number: int, reason: Text, path: Path | str) -> None:
        super().__init__(number, reason.en, str(path))
        self.reason = reason


class NoPlainFileError(UnreadableError):
    """What is to be read is no plain file: a device, a pipe."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EINVAL, Text("不是普通文件", "it is no plain file"), path)


class TooLargeError(UnreadableError):
    """What is to be read is larger than anything of its kind; `size` and `most` are in bytes."""

    def __init__(self, path: Path | str, size: int, most: int) -> None:
        self.size, self.most = size, most
        has, may = megabytes(size), megabytes(most)
        reason = Text(f"文件过大（{has} MB，最多{may} MB）", f"it has {has} MB, more than {may}")
        super().__init__(errno.EFBIG, reason, path)


def megabytes(size: int) -> int:
    """So many bytes in megabytes, for people: what is begun of one counts."""
    return -(-size >> 20)


def shortened(said: str, most: int = 60) -> str:
    """What a file or a person said, in one line of at most so many characters, so that it can be told."""
    return cut(" ".join(said.replace("\0", " ").split()), most)


def read_file(path: Path, most: int = LARGEST) -> bytes:
    """The content of a plain file, of which nothing is read where it has more than so many bytes.

    Raises OSError where it cannot be read, and at once: NoPlainFileError for a device or a pipe, also behind a link,
    and TooLargeError.
    """
    with opened_plain(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > most:
            raise TooLargeError(path, size, most)
        content = stream.read(size + 1)
        if len(content) > size:  # it grows all the while
            content += stream.read(max(most - size, 0))
    if len(content) > most:
        raise TooLargeError(path, len(content), most)
    return content


def opened_plain(path: Path) -> BinaryIO:
    """A plain file to read from. Anything else is not even opened, for that alone may do something, or wait for ever.
    Raises OSError, as `read_file` does."""
    try:
        return patiently(lambda: open(path, "rb", opener=_descriptor), path, reads=True)
    except ValueError as error:  # a NUL in it, or characters that the system cannot write
        reason = Text("不能用作文件名", "no file can have such a name")
        raise UnreadableError(errno.EINVAL, reason, repr(str(path))) from error


def _descriptor(path: str, flags: int) -> int:
    """A plain file, open; what comes in its place between the look and the opening is not waited for."""
    _require_plain(path, os.stat(path))
    descriptor = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    try:
        _require_plain(path, os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _require_plain(path: str, status: os.stat_result) -> None:
    if S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    if not S_ISREG(status.st_mode):
        raise NoPlainFileError(path)
