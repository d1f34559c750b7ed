"""Passwords that somebody types, or that another program hands over."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path

from reportfill.cli.language import say
from reportfill.errors import UsageError
from reportfill.plain_files import LARGEST_TEXT, read_file
from reportfill.system_words import reason_of


def typed_password(chinese: str, english: str) -> str:
    """The password that somebody types unseen, twice, or that comes through a pipe; the words say which. Raises
    UsageError where both differ."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass(say(f"{chinese}：", f"{english}: "))
    if password != getpass(say("再输入一次：", "Once more: ")):
        raise UsageError("the two are not the same", f"两次输入的{chinese}不一致")
    return password


def password_in(file: Path) -> str:
    """The password in the first line of a file. Raises UsageError where it cannot be read."""
    try:
        return read_file(file, LARGEST_TEXT).decode("utf-8-sig").split("\n")[0].rstrip("\r")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 text", f"“{file}”不是UTF-8编码") from error
    except OSError as error:
        why = reason_of(error, file)
        raise UsageError(f"{file} cannot be read: {why.en}", f"无法读取{file}：{why.zh}") from error
