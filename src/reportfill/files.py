"""Writing files so that nothing is lost: whole or not at all, and never over something else.

How a file takes its name, so that of any number of processes with one target none loses anything:

1. It is written whole under a name of its own and confirmed by the disk.
2. It takes its name in one step that fails where anything has it: by a hard link, on Windows by renaming. On a disk
   without links, such as exFAT and many shares, the name is taken by exclusive creation and the content written there,
   its first byte last: what a power cut leaves begins like no document and is never taken for whole.
3. Where something has the name, it is left alone if it is the same; else it is moved aside, and all begins anew at 2.
   Moving aside is one step too: whatever has the name at that moment gets a number that nobody else draws, and from
   there the lowest one that is free, as in 2. Killed in between, or without links, it keeps the number it drew.

No step looks first and acts afterwards, so there is no moment in which another process could come between.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from secrets import randbelow, token_hex
from stat import S_ISDIR, S_ISREG
from typing import IO, BinaryIO

from reportfill.errors import OneFileError, OutputError
from reportfill.held_files import patiently, removed
from reportfill.plain_files import read_file
from reportfill.system_words import in_one_line, is_of_one_file, reason_of
from reportfill.text import Text

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_CUT_BRACKETS = re.compile(r"(?<=.)[（(\[【《“][^）)\]】》”]*$")
"""Brackets that the end of a name cuts, with what is in them."""

_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{digit}" for port in ("COM", "LPT") for digit in "123456789"
}
TEMPORARY = "~reportfill-*.tmp"
"""The names of files that are being written: what a killed process leaves behind."""

_LONGEST = 120
"""Characters of a name: 120 Chinese ones are 360 bytes too many for Linux, so bytes are counted as well."""
_LONGEST_BYTES = 220


def safe_name(name: str, ending: str = "") -> str:
    """A file's name without suffix that Windows, macOS and Linux all accept, as near to the given one as can
    be: what they refuse becomes a space or goes. A name that is too long is cut before its ending, and not within
    brackets."""
    whole = plain_name(name)
    plain = whole[:_LONGEST]
    while plain and not is_short(plain + ending):
        plain = plain[:-1]
    plain = plain.encode("utf-8", "ignore").decode("utf-8").strip()
    if plain != whole:
        plain = _CUT_BRACKETS.sub("", plain).rstrip()
    if not plain or plain.split(".")[0].upper() in _RESERVED:
        return f"_{plain}{ending}"
    return plain + ending


def plain_name(name: str) -> str:
    """A name without what Windows, macOS or Linux refuse in it, however long it is."""
    return " ".join(_NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", name)).split()).rstrip(". ")


def is_short(name: str) -> bool:
    """Whether a name is one that no system finds too long, with a suffix and what tells versions apart."""
    return len(name) <= _LONGEST and len(name.encode("utf-8", "replace")) <= _LONGEST_BYTES


@dataclass(frozen=True, slots=True)
class Written:
    """A file that was written: where, and where that which stood there before has gone, if it differed."""

    path: Path
    kept_aside: Path | None


def write_file(path: Path, content: bytes, *, keep: bool = True) -> Written:
    """Write a file whole or not at all, making its folder where it lacks. Nothing is written where the same stands.

    What stood there and differs is kept aside under a numbered name, unless `keep` is false. Raises OutputError when
    the file cannot be written; then nothing has changed.
    """
    if _holds(path, content):
        return Written(path, None)
    with _ready(path, content) as ready:
        if not keep:
            patiently(lambda: os.replace(ready, path), path)
            return Written(path, None)
        return _put(ready, path, content)


def write_beside(path: Path, content: bytes) -> Path:
    """Write a file under the first of this name and the numbered ones that nothing else has, or find it there; where
    it is. Nothing is moved. Raises OutputError when it cannot be written."""
    if _holds(path, content):
        return path
    with _ready(path, content) as ready:
        for free in chain([path], _numbered(path)):
            try:
                _take(ready, free, content)
            except FileExistsError:
                if not _holds(free, content):
                    continue
            return free
    raise AssertionError("numbers never end")


def confirm_names(path: Path, top: Path) -> None:
    """Have the disk confirm that a file is where it is, with its folders up to one of them, as far as the system can:
    Windows has no such call, and does so by itself."""
    for folder in (one for one in path.parents if one.is_relative_to(top)):
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def remove_file(path: Path) -> None:
    """Remove a file, where it is there. Raises OutputError where it cannot be removed."""
    try:
        patiently(lambda: path.unlink(missing_ok=True), path)
    except OSError as error:
        raise not_written(path, error) from error


def make_folder(path: Path) -> None:
    """Make a folder, and those that it is in, where they lack. Raises OutputError where that cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(path, error) from error
    except ValueError as error:
        raise _no_name(path) from error


def not_written(place: object, error: OSError) -> OutputError:
    """The error that says why a file could not be written."""
    path = Path(str(place))
    reason = reason_of(error, path, writing=True)
    kind = OneFileError if is_of_one_file(error, path) else OutputError
    return kind(f"{place}: {reason.en}", f"无法写入{place}：{reason.zh}")


def not_opened(place: object, error: OSError) -> OutputError:
    """The error that says why a file cannot be written for which another must be read."""
    path = Path(str(place))
    reason = reason_of(error, path)
    kind = OneFileError if is_of_one_file(error, path, reads=True) else OutputError
    return kind(f"{place} cannot be read: {reason.en}", f"无法读取{place}：{reason.zh}")


@contextmanager
def noting(held: list[Text]) -> Iterator[None]:
    """Note what cannot be done for a reason of one file's own, as another program has it open, and let the rest go
    on."""
    try:
        yield
    except OneFileError as error:
        held.append(in_one_line(error))
    except OSError as error:  # what is to be read
        if error.filename is None or not is_of_one_file(error, Path(error.filename), reads=True):
            raise
        held.append(in_one_line(error))


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Write a file bit by bit, making its folder where it lacks; it is at its place only when all of it was written.

    Raises OutputError where it cannot be written; then what stood there is unchanged.
    """
    with _temporary(path) as (temporary, stream):
        yield stream
        _confirm(stream)
        stream.close()
        try:
            patiently(lambda: os.replace(temporary, path), path)
        except ValueError as error:
            raise _no_name(path) from error


def _put(ready: Path, path: Path, content: bytes) -> Written:
    """A file that is whole, under its name; what had the name and differs is moved aside."""
    kept = None
    while True:
        try:
            _take(ready, path, content)
            return Written(path, kept)
        except FileExistsError:
            if _holds(path, content):
                return Written(path, kept)
            kept = _moved_aside(path) or kept
        except OSError:
            if kept is not None:
                with suppress(OSError):
                    _take(kept, path)
            raise


def _take(source: Path, target: Path, content: bytes | None = None) -> None:
    """Give a file that is ours alone a name that nobody has. Raises FileExistsError where somebody has it.

    Where the disk has no links and the content is known, that is written under the name instead.
    """
    if os.name == "nt":
        patiently(lambda: os.rename(source, target), source)
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        if content is None:
            raise
        _write_in_place(target, content)
    removed(source)


def _write_in_place(path: Path, content: bytes) -> None:
    """Write a file where there is none, its first byte last. Whoever moves it aside meanwhile moves all of it."""
    with patiently(lambda: open(path, "xb", buffering=0), path) as stream:
        try:
            stream.seek(1)
            _write_all(stream, content[1:])
            os.fsync(stream.fileno())
            stream.seek(0)
            _write_all(stream, content[:1])
            os.fsync(stream.fileno())
        except OSError:
            stream.truncate(0)
            if os.path.samestat(os.fstat(stream.fileno()), os.stat(path)):
                removed(path)
            raise


def _write_all(stream: IO[bytes], content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[stream.write(rest) :]


def _moved_aside(path: Path) -> Path | None:
    """Where that is now which had a name a moment ago; None where nothing had it any more."""
    drawn = path.with_name(f"{path.stem} ({randbelow(10**12):012}){path.suffix}")
    try:
        patiently(lambda: os.rename(path, drawn), path)
    except FileNotFoundError:
        return None
    for free in _numbered(path):
        try:
            _take(drawn, free)
            return free
        except FileExistsError:
            continue
        except OSError:
            break
    return drawn


def _numbered(path: Path) -> Iterator[Path]:
    return (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(1))


def _no_name(path: Path) -> OutputError:
    """The error for a path with a NUL in it, or with characters that the system cannot write."""
    return OutputError(f"{str(path)!r}: no file can have such a name", f"{str(path)!r}：不能用作文件名")


def _holds(path: Path, content: bytes) -> bool:
    """Whether a plain file of this content is there. Raises OutputError for a folder, or what cannot be looked at."""
    try:
        status = os.stat(path)
        if S_ISDIR(status.st_mode):
            raise OutputError(f"{path} is a folder", f"{path}是文件夹")
        return (
            S_ISREG(status.st_mode)
            and status.st_size == len(content)
            and _content_of(path, len(content)) == content
        )
    except (FileNotFoundError, NotADirectoryError):
        return False
    except ValueError as error:
        raise _no_name(path) from error
    except OSError as error:
        raise not_written(path, error) from error


def _content_of(path: Path, most: int) -> bytes | None:
    """What is in a file of at most so many bytes; None where it cannot be read, as while a program keeps it."""
    try:
        return read_file(path, most)
    except OSError:
        return None


@contextmanager
def _ready(path: Path, content: bytes) -> Iterator[Path]:
    """A file of this content beside its place, whole; it goes where it was not moved away."""
    with _temporary(path) as (temporary, stream):
        stream.write(content)
        _confirm(stream)
        stream.close()
        yield temporary


@contextmanager
def _temporary(path: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A file to write to, under a name of its own beside a place, in a folder that is made where it lacks. It goes at
    the end where it was not moved. What the system refuses all the while is raised as OutputError."""
    temporary = path.with_name(TEMPORARY.replace("*", token_hex(8)))
    try:
        with _new_file(temporary) as stream:
            yield temporary, stream
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        removed(temporary)


def _confirm(stream: IO[bytes]) -> None:
    stream.flush()
    os.fsync(stream.fileno())  # a name must not survive a power cut without its content


def _new_file(path: Path) -> BinaryIO:
    """A file to write to where there was none, in a folder that is made if need be: it seldom is."""
    try:
        return patiently(lambda: open(path, "xb"), path)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return patiently(lambda: open(path, "xb"), path)
