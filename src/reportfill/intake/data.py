"""Data from other systems: a .json file as a submission."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from reportfill.checks.pack_for_data import submission_of_data
from reportfill.finding import finding
from reportfill.model.data_values import Repeated
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack
from reportfill.pack.schema import is_deeper
from reportfill.text import Text

_LONGEST_WHOLE = 40
"""Digits; a longer whole number is kept as a decimal, which Python can compare and write at any length."""

_DEEPEST = 32
"""Levels of objects and lists; no report has half as many."""


_MARK = "\ufeff"
"""The byte order mark, which some programs write before the text."""

_TOO_DEEP = Text("嵌套过深", "it is nested too deep")


class DataError(ValueError):
    """JSON that is no data; `problem` says why in both languages."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def json_object(content: bytes) -> dict[str, Any]:
    """The JSON object that a file holds, with its decimals exact. Raises DataError where it holds none."""
    try:
        text = content.decode("utf-8").lstrip(_MARK)
        if not text.strip():
            raise DataError(Text("文件是空的", "the file is empty"))
        data = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=Decimal,
        )
    except UnicodeDecodeError as error:
        raise DataError(Text("不是UTF-8编码", "it is not in UTF-8")) from error
    except json.JSONDecodeError as error:
        place = Text(
            f"第{error.lineno}行第{error.colno}列有语法错误",
            f"a syntax error in line {error.lineno}, column {error.colno} ({error.msg.removesuffix(' at')})",
        )
        raise DataError(place) from error
    except RecursionError as error:
        raise DataError(_TOO_DEEP) from error
    if not isinstance(data, dict):
        raise DataError(Text("最外层不是对象", "the outermost value is not an object"))
    if is_deeper(data, _DEEPEST):
        raise DataError(_TOO_DEEP)
    return data


def read_data(
    content: bytes, pack: Pack | None = None, *, like: Pack | None = None, folder: Path | None = None
) -> Submission:
    """The submission that JSON data make, as the pack's schema lays them out.

    Without a `pack` the year in the data tells which one: `like`, that of a report with which they are to be
    compared, or another one of its series, where that is known. What cannot be read is among the findings. Pictures
    that they name lie in the `folder`, or below it. Raises PackError where several packs serve the year and nothing
    chooses among them.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        data = json_object(content)
    except DataError as error:
        return Submission(None, {}, {}, (finding("file.json", problem=error.problem),), digest)
    return submission_of_data(data, pack, like, digest, folder)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; where a key stands more than once, with all of its values."""
    read = dict(pairs)
    if len(read) < len(pairs):
        for key, times in Counter(key for key, _ in pairs).items():
            if times > 1:
                read[key] = Repeated(tuple(value for name, value in pairs if name == key))
    return read


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else Decimal(digits)


def _decimal(digits: str) -> Decimal:
    """The exact decimal; of one beyond what Python can hold, one that is as far out of every bound."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return Decimal(
            ("-" if digits.startswith("-") else "") + ("1E-9999" if "-" in digits[1:] else "1E+9999")
        )
