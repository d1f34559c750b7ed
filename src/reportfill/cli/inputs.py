"""From what was typed after a command to submissions: files, folders and patterns, workbooks and JSON."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.cli.choosing import pack_for
from reportfill.cli.console import print_error
from reportfill.cli.language import language, say
from reportfill.errors import UsageError
from reportfill.finding import Finding, errors_in
from reportfill.intake.source import too_large
from reportfill.plain_files import (
    LARGEST,
    LARGEST_DATA,
    NoPlainFileError,
    TooLargeError,
    megabytes,
    read_file,
    shortened,
)
from reportfill.system_words import reason_in_chinese

if TYPE_CHECKING:
    from reportfill.model.submission import Submission
    from reportfill.pack.pack import Pack

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
DATA = ".json"
_LONGEST_TOLD = 200
"""So many characters of a path are told where it names nothing."""


LARGEST_INPUT = dict.fromkeys(WORKBOOKS, LARGEST) | {DATA: LARGEST_DATA}
"""How many bytes an input may have, by its suffix."""


def input_files(named: Iterable[str]) -> list[Path]:
    """The files that arguments name: each file once, of a folder those that are meant, of a pattern (Windows leaves it
    to the program) all that match. What cannot be read is among them, to be named without stopping the others.

    Raises UsageError where there is nothing to read.
    """
    found = dict.fromkeys(path for name in named for path in _files(name))
    if not found:
        raise UsageError(say("没有可以读取的填报表", "there is no workbook to read"))
    return list(found)


def _files(name: str) -> list[Path]:
    if not name.strip():
        raise UsageError(
            say("文件名是空的；当前文件夹请写成 .", "an empty name is no file; this folder is written .")
        )
    path = Path(name)
    if os.path.isdir(path):
        return _files_in(path)
    if glob.has_magic(name) and "\0" not in name and not os.path.lexists(path):
        return [match for match in map(Path, sorted(glob.glob(name))) if is_input(match)]
    return [path]


def _files_in(folder: Path) -> list[Path]:
    """The inputs in a folder; the folder itself where it cannot be looked into."""
    try:
        files = [folder / name for name in sorted(os.listdir(folder))]
    except OSError:
        return [folder]
    return [file for file in files if is_input(file)]


def is_input(file: Path) -> bool:
    """Whether a file in a folder is meant; Excel's own lock files (~$…) and what macOS lays beside files (._…) are
    not."""
    return not file.name.startswith(("~$", "._")) and file.suffix.lower() in LARGEST_INPUT


def read_input(path: Path) -> bytes | Finding:
    """The content of an input, or what is wrong with its size, which is looked at before a byte is read. Raises
    UsageError when the file cannot be opened."""
    try:
        return read_file(path, LARGEST_INPUT.get(path.suffix.lower(), LARGEST))
    except TooLargeError as error:
        return too_large(error)
    except OSError as error:
        raise UsageError(cannot_open(path, error)) from error


def submission_of(
    path: Path,
    content: bytes | Finding,
    pack: Pack | None,
    *,
    blank_as_zero: bool = False,
    like: Pack | None = None,
) -> Submission:
    """The submission that the content of a file makes, which its name says how to read. `like` is the pack of the
    report with which it is to be compared."""
    from reportfill.model.submission import Submission

    if not isinstance(content, bytes):
        return Submission(None, {}, {}, (content,))
    if path.suffix.lower() == DATA:
        from reportfill.intake.data import read_data

        return read_data(content, pack, like=like)
    from reportfill.intake.read import read_workbook

    return read_workbook(content, pack, blank_as_zero=blank_as_zero)


def cannot_open(path: Path, error: OSError) -> str:
    """Why a file cannot be opened, in one line."""
    name = shortened(str(path), _LONGEST_TOLD)
    if isinstance(error, FileNotFoundError):
        return say(f"没有这个文件：{name}", f"there is no such file: {name}")
    if isinstance(error, NoPlainFileError):
        return say(f"这不是普通文件：{name}", f"this is no plain file: {name}")
    if isinstance(error, TooLargeError):
        size, most = megabytes(error.size), megabytes(error.most)
        return say(f"文件过大（{size} MB，最多{most} MB）：{name}", f"{name} has {size} MB, more than {most}")
    if isinstance(error, IsADirectoryError):
        return _cannot_look_into(path, name)
    return _cannot_open(name, error)


def _cannot_open(name: str, error: OSError) -> str:
    return say(
        f"无法打开：{name}（{reason_in_chinese(error)}）；请检查权限，或者关闭正在使用它的程序",
        f"cannot be opened: {name} ({error.strerror}); check its permissions, or close the program that uses it",
    )


def _cannot_look_into(folder: Path, name: str) -> str:
    try:
        os.listdir(folder)
    except OSError as error:
        return _cannot_open(name, error)
    return say(f"这是文件夹，不是文件：{name}", f"this is a folder, not a file: {name}")


def known_report(path: Path | None, option: str, like: Pack | None = None) -> Submission | None:
    """A report that an option names, such as last year's; None where it was not given. `like` is the pack of the report
    with which it is to be compared, as far as that is known.

    Raises UsageError when it cannot be read: with a part of it missing, every comparison would mislead.
    """
    if path is None:
        return None
    submission = submission_of(path, read_input(path), None, like=like)
    for said in (found for found in submission.findings if found.code == "schema.pack_chosen"):
        print_error(f"{option}: {said.message.in_language(language())}")
    errors = errors_in((*submission.findings, *_of_another_type(submission)))
    if errors:
        raise UsageError(cannot_use(option, path, errors[0]))
    return submission


def _of_another_type(submission: Submission) -> list[Finding]:
    """What data have in a value's place that is none, such as a list: reading leaves it, and no rule would see it."""
    from reportfill.checks.check import check  # only where an option names such a file

    return [found for found in check(submission) if found.code == "schema.type"]


def cannot_use(option: str, path: Path | None, found: Finding) -> str:
    """Why the file that an option names cannot be used, in one line."""
    why = found.message.in_language(language())
    return say(f"{option} 的文件无法使用：{path}：{why}", f"{option}: cannot use {path}: {why}")


def wanted_pack(name: str | None) -> Pack | None:
    """The pack that --pack names. Raises PackError when there is none."""
    return pack_for(name, 0) if name is not None else None
