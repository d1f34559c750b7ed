"""Writing files so that nothing is lost: whole or not at all, and never over something else."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from reportfill.errors import OutputError

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789"
}
TEMPORARY = "~reportfill-*.tmp"
"""The names of files that are being written: what a killed process leaves behind."""

_LONGEST = 120
"""Characters of a name: 120 Chinese ones are 360 bytes too many for Linux, so bytes are counted as well."""
_LONGEST_BYTES = 220


def safe_name(name: str) -> str:
    """A file's name without suffix that Windows, macOS and Linux all accept, as near to the given one as can
    be: what they refuse becomes a space or goes."""
    plain = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name))
    plain = " ".join(plain.split()).rstrip(". ")[:_LONGEST]
    while len(plain.encode("utf-8", "replace")) > _LONGEST_BYTES:
        plain = plain[:-1]
    plain = plain.encode("utf-8", "ignore").decode("utf-8").strip()
    if not plain or plain.split(".")[0].upper() in _RESERVED:
        return f"_{plain}"
    return plain


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
    if path.is_dir():
        raise OutputError(f"{path} is a folder")
    try:
        if path.is_file() and path.read_bytes() == content:
            return Written(path, None)
        path.parent.mkdir(parents=True, exist_ok=True)
        return _replaced(path, content, keep=keep)
    except OSError as error:
        raise OutputError(f"{path}: {error.strerror or error}") from error


def _replaced(path: Path, content: bytes, *, keep: bool) -> Written:
    prefix, _, suffix = TEMPORARY.partition("*")
    handle, name = tempfile.mkstemp(prefix=prefix, suffix=suffix, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        temporary.chmod(0o666 & ~_umask())
        kept = _moved_aside(path) if keep and path.exists() else None
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return Written(path, kept)


def _umask() -> int:
    """The process's mask for new files, which a temporary file's strict mode would otherwise hide."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _moved_aside(path: Path) -> Path:
    numbered = (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(1))
    free = next(candidate for candidate in numbered if not candidate.exists())
    return path.rename(free)
