"""From what was typed after a command to submissions: files, folders and patterns, workbooks and JSON."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reportfill.checks.findings import errors_in
from reportfill.cli.language import language, say
from reportfill.errors import UsageError

if TYPE_CHECKING:
    from reportfill.checks.findings import Finding
    from reportfill.checks.submission import Submission
    from reportfill.pack.pack import Pack

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
DATA = ".json"


def input_files(named: Iterable[str]) -> list[Path]:
    """The files that arguments name: each file once, of a folder those that can be read, of a pattern
    (Windows leaves it to the program) all that match.

    Raises UsageError where there is nothing to read.
    """
    found = dict.fromkeys(path for name in named for path in _files(name))
    if not found:
        raise UsageError(say("没有可以读取的填报表", "there is no workbook to read"))
    return list(found)


def _files(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from sorted(file for file in path.iterdir() if is_input(file))
    elif not path.exists() and glob.has_magic(name):
        yield from sorted(Path(match) for match in glob.glob(name) if is_input(Path(match)))
    else:
        yield path


def is_input(file: Path) -> bool:
    """Whether a file in a folder is meant; Excel's own lock files (~$…) are not."""
    return file.is_file() and not file.name.startswith("~$") and file.suffix.lower() in (*WORKBOOKS, DATA)


def read_submission(path: Path, pack: Pack | None, *, blank_as_zero: bool = False) -> Submission:
    """The submission in a file. Raises UsageError when the file cannot be opened."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(cannot_open(path, error)) from error
    if path.suffix.lower() == DATA:
        from reportfill.intake.data import read_data

        return read_data(content, pack)
    from reportfill.intake.read import read_workbook

    return read_workbook(content, pack, blank_as_zero=blank_as_zero)


def cannot_open(path: Path, error: OSError) -> str:
    """Why a file cannot be opened, in one line."""
    if isinstance(error, FileNotFoundError):
        return say(f"没有这个文件：{path}", f"there is no such file: {path}")
    if isinstance(error, IsADirectoryError):
        return say(f"这是文件夹，不是文件：{path}", f"this is a folder, not a file: {path}")
    return say(
        f"无法打开：{path}（{error.strerror}）；请检查权限，或者关闭正在使用它的程序",
        f"cannot be opened: {path} ({error.strerror}); check its permissions, or close the program that uses it",
    )


def known_report(path: Path | None, option: str) -> Submission | None:
    """A report that an option names, such as last year's; None where it was not given.

    Raises UsageError when it cannot be read: with a part of it missing, every comparison would mislead.
    """
    if path is None:
        return None
    submission = read_submission(path, None)
    errors = errors_in(submission.findings)
    if errors:
        raise UsageError(cannot_use(option, path, errors[0]))
    return submission


def cannot_use(option: str, path: Path | None, found: Finding) -> str:
    """Why the file that an option names cannot be used, in one line."""
    why = found.message.in_language(language())
    return say(f"{option} 的文件无法使用：{path}：{why}", f"{option}: cannot use {path}: {why}")


def wanted_pack(name: str | None) -> Pack | None:
    """The pack that --pack names. Raises PackError when there is none."""
    from reportfill.pack.pack import load_pack  # slow to import, as is all that reads workbooks

    return load_pack(name) if name else None
