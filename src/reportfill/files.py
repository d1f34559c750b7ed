"""Writing files so that nothing is lost: whole or not at all, and never over something else."""

from __future__ import annotations

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock
from typing import IO

from reportfill.errors import OutputError

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789"
}
TEMPORARY = "~reportfill-*.tmp"
"""The names of files that are being written: what a killed process leaves behind."""

_ONE_AT_A_TIME = Lock()

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
        if path.is_dir():
            raise OutputError(f"{path} is a folder", f"{path}是文件夹")
        if path.is_file() and path.read_bytes() == content:
            return Written(path, None)
        kept = _moved_aside(path) if keep and path.exists() else None
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
    prefix, _, suffix = TEMPORARY.partition("*")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())  # a name must not survive a power cut without its content
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except BaseException as error:
        temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise not_written(path, error) from error
        raise


def _umask() -> int:
    """The process's mask for new files, which a temporary file's strict mode would otherwise hide."""
    with _ONE_AT_A_TIME:  # it can only be read by setting another for a moment, and threads share it
        mask = os.umask(0o077)
        os.umask(mask)
    return mask


def _moved_aside(path: Path) -> Path:
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(1))
    free = next(candidate for candidate in numbered if not candidate.exists())
    return path.rename(free)
