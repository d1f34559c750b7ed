"""Writing files so that nothing is lost: whole or not at all, and never over something else."""

from __future__ import annotations

import errno
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from secrets import token_hex
from stat import S_ISDIR
from typing import IO, BinaryIO

from reportfill.errors import OutputError

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789"
}
TEMPORARY = "~reportfill-*.tmp"
"""The names of files that are being written: what a killed process leaves behind."""

_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "磁盘已满或者文件过大",
    errno.EACCES: "没有写入权限，或者文件正被别的程序打开",
    errno.EPERM: "没有写入权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名过长",
}
"""Why a file cannot be written, in Chinese."""

_LONGEST = 120
"""Characters of a name: 120 Chinese ones are 360 bytes too many for Linux, so bytes are counted as well."""
_LONGEST_BYTES = 220


def safe_name(name: str, ending: str = "") -> str:
    """A file's name without suffix that Windows, macOS and Linux all accept, as near to the given one as can
    be: what they refuse becomes a space or goes. A name that is too long is cut before its ending."""
    plain = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    plain = " ".join(plain.split()).rstrip(". ")[:_LONGEST]
    while plain and len((plain + ending).encode("utf-8", "replace")) > _LONGEST_BYTES:
        plain = plain[:-1]
    plain = plain.encode("utf-8", "ignore").decode("utf-8").strip()
    if not plain or plain.split(".")[0].upper() in _RESERVED:
        return f"_{plain}{ending}"
    return plain + ending


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: where, and where that which stood there before has gone, if it differed."""

    path: Path
    kept_aside: Path | None


def write_file(path: Path, content: bytes, *, keep: bool = True) -> Written:
    """Write a file whole or not at all, making its folder where it lacks.

    What stood there and differs is kept aside under a numbered name, unless `keep` is false. Raises OutputError when
    the file cannot be written; then nothing has changed.
    """
    try:
        known = _status_of(path)
        if known is not None and S_ISDIR(known.st_mode):
            raise OutputError(f"{path} is a folder", f"{path}是文件夹")
        if known is not None and known.st_size == len(content) and path.read_bytes() == content:
            return Written(path, None)
        kept = _moved_aside(path) if keep and known is not None else None
    except OSError as error:
        raise not_written(path, error) from error
    try:
        with written_whole(path) as stream:
            stream.write(content)
    except OutputError:
        if kept is not None:
            kept.rename(path)
        raise
    return Written(path, kept)


def not_written(place: object, error: OSError) -> OutputError:
    """The error that says why a file could not be written."""
    reason = error.strerror or str(error)
    chinese = _REASONS.get(error.errno or 0, reason)
    return OutputError(f"{place}: {reason}", f"无法写入{place}：{chinese}")


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Write a file bit by bit, making its folder where it lacks; it is at its place only when all of it was written.

    Raises OutputError where it cannot be written; then what stood there is unchanged.
    """
    temporary = path.with_name(TEMPORARY.replace("*", token_hex(8)))
    try:
        stream = _new_file(temporary)
    except OSError as error:
        raise not_written(path, error) from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())  # a name must not survive a power cut without its content
        os.replace(temporary, path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise not_written(path, error) from error
        raise


def _status_of(path: Path) -> os.stat_result | None:
    """What the system says of a file or folder; None where there is none."""
    try:
        return os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _new_file(path: Path) -> BinaryIO:
    """A file to write to where there was none, in a folder that is made if need be: it seldom is."""
    try:
        return open(path, "xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return open(path, "xb")


def _moved_aside(path: Path) -> Path:
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(1))
    free = next(candidate for candidate in numbered if not candidate.exists())
    return path.rename(free)
