"""From the names of files, folders and patterns to what these hold: workbooks and JSON."""

from __future__ import annotations

import glob
import os
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.arrivals import is_junk, seen_in, worked_in
from reportfill.errors import UsageError
from reportfill.finding import Finding, errors_in
from reportfill.intake.source import too_large
from reportfill.outputs.kind import KINDS, suffix_of_ending
from reportfill.plain_files import (
    LARGEST,
    LARGEST_DATA,
    NoPlainFileError,
    TooLargeError,
    megabytes,
    read_file,
    shortened,
)
from reportfill.system_words import reason_of
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.model.submission import Submission
    from reportfill.pack.pack import Pack

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
DATA = ".json"
_LONGEST_TOLD = 200
"""So many characters of a path are told where it names nothing."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is meant in a folder or by a pattern: files of these suffixes; and what is said where there is none."""

    suffixes: Container[str]
    none_there: Text


LARGEST_INPUT = dict.fromkeys(WORKBOOKS, LARGEST) | {DATA: LARGEST_DATA}
"""How many bytes an input may have, by its suffix."""


_MADE = tuple(
    ending for kind in KINDS.values() for ending in kind.endings if suffix_of_ending(ending) in LARGEST_INPUT
)
"""How the names of outputs end that could be taken for inputs."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file to work on, with its content where somebody has read that already: no file is read twice. One that
    `comes_alone`, as over a network, may name no other file."""

    path: Path
    content: bytes | None = None
    comes_alone: bool = False

    @property
    def folder(self) -> Path | None:
        """Where the files are that it may name; None where it may name none."""
        return None if self.comes_alone else self.path.parent

    @property
    def is_data(self) -> bool:
        """Whether it is JSON, by its name."""
        return self.path.suffix.lower() == DATA

    def read(self) -> bytes | Finding:
        """The content, or what is wrong with its size, which is looked at before a byte is read. Raises UsageError
        when the file cannot be opened."""
        if self.content is not None:
            return self.content
        try:
            return content_of_input(self.path)
        except TooLargeError as error:
            return too_large(error)
        except OSError as error:
            raise cannot_open(self.path, error) from error


FILLED_IN = Wanted(frozenset(LARGEST_INPUT), Text("没有可以读取的填报表", "there is no workbook to read"))
DOCUMENTS = Wanted(frozenset({".docx"}), Text("没有可以转换的Word报告", "there is no Word report to convert"))


def input_files(named: Iterable[str], wanted: Wanted = FILLED_IN) -> list[Path]:
    """The files that arguments name: each file once, of a folder those that are meant, of a pattern (Windows leaves it
    to the program) all that match. What cannot be read is among them, to be named without stopping the others.

    Raises UsageError where there is nothing to read.
    """
    found = dict.fromkeys(path for name in named for path in _files(name, wanted))
    if not found:
        raise UsageError(wanted.none_there.en, wanted.none_there.zh)
    return list(found)


def _files(name: str, wanted: Wanted) -> list[Path]:
    if not name.strip():
        raise UsageError(
            "an empty name is no file; this folder is written .", "文件名是空的；当前文件夹请写成 ."
        )
    path = Path(name)
    if os.path.isdir(path):
        return _files_in(path, wanted)
    if glob.has_magic(name) and "\0" not in name and not os.path.lexists(path):
        return [match for match in map(Path, sorted(glob.glob(name))) if is_input(match, wanted)]
    return [path]


def _files_in(folder: Path, wanted: Wanted) -> list[Path]:
    """The inputs in a folder; the folder itself where it cannot be looked into."""
    try:
        files = [folder / name for name in sorted(os.listdir(folder))]
    except OSError:
        return [folder]
    return [file for file in files if is_input(file, wanted)]


def worked_in_now(files: Iterable[Path]) -> list[Path]:
    """Those of the files that somebody has open in Excel, WPS or LibreOffice: what was saved last is read of them."""
    found = []
    for folder, own in groupby(sorted(files), key=lambda file: file.parent):
        with suppress(OSError):
            edited = worked_in(seen_in(folder), datetime.now())
            found += [file for file in own if file.name in edited]
    return found


def is_input(file: Path, wanted: Wanted = FILLED_IN) -> bool:
    """Whether a file in a folder is meant; what systems and office programs leave behind there is not, and what was
    made of an input neither."""
    is_one = not is_junk(file.name) and file.suffix.lower() in wanted.suffixes
    return is_one and not file.name.lower().endswith(_MADE)


def content_of_input(path: Path) -> bytes:
    """The content of an input. Raises OSError as `read_file` does."""
    return read_file(path, LARGEST_INPUT.get(path.suffix.lower(), LARGEST))


def cannot_open(path: Path, error: OSError) -> UsageError:
    """Why a file cannot be opened, in one line."""
    name = shortened(str(path), _LONGEST_TOLD)
    if isinstance(error, FileNotFoundError):
        return UsageError(f"there is no such file: {name}", f"没有这个文件：{name}")
    if isinstance(error, NoPlainFileError):
        return UsageError(f"this is no plain file: {name}", f"这不是普通文件：{name}")
    if isinstance(error, TooLargeError):
        size, most = megabytes(error.size), megabytes(error.most)
        return UsageError(
            f"{name} has {size} MB, more than {most}", f"文件过大（{size}MB，最多{most}MB）：{name}"
        )
    if isinstance(error, IsADirectoryError):
        try:
            os.listdir(path)
        except OSError as refusal:
            error = refusal
        else:
            return UsageError(f"this is a folder, not a file: {name}", f"这是文件夹，不是文件：{name}")
    why = reason_of(error, path)
    return UsageError(
        f"cannot be opened: {name} ({why.en}); check its permissions, or close the program that uses it",
        f"无法打开：{name}（{why.zh}）；请核对权限，或者关闭正在使用它的程序",
    )


def report_at(path: Path, option: str, like: Pack | None = None) -> Submission:
    """A report that an option names, such as last year's. `like` is the pack of the report with which it is to be
    compared, as far as that is known.

    Raises UsageError when it cannot be read: with a part of it missing, every comparison would mislead.
    """
    from reportfill.processing import Job, process  # only where an option names such a file

    given = Input(path)
    job = Job(like=like, makes=frozenset())
    processed = process(given.read(), job, is_data=given.is_data, folder=path.parent)
    # A value that is none, such as a list, reading leaves; no rule would see it.
    of_another_type = [found for found in processed.findings if found.code == "schema.type"]
    errors = errors_in((*processed.submission.findings, *of_another_type))
    if errors:
        raise cannot_use(option, path, errors[0])
    return processed.submission


def cannot_use(option: str, path: Path | None, found: Finding) -> UsageError:
    """Why the file that an option names cannot be used, in one line."""
    return UsageError(
        f"{option}: cannot use {path}: {found.message.en}",
        f"{option}的文件无法使用：{path}：{found.message.zh}",
    )
