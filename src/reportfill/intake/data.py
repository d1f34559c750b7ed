"""Data from other systems: a .json file as a submission."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from reportfill.checks.data_values import Repeated
from reportfill.checks.findings import Finding, Text, finding
from reportfill.checks.submission import Submission
from reportfill.checks.typed_numbers import typed_number
from reportfill.checks.visible import is_blank
from reportfill.errors import PackError
from reportfill.intake.named_pack import usable_pack
from reportfill.pack.discovery import choice_for_year
from reportfill.pack.pack import YEAR, Pack
from reportfill.pack.series import Choice, UndecidedPackError
from reportfill.plain_files import shortened

_LONGEST_WHOLE = 40
"""Digits; a longer whole number is kept as a decimal, which Python can compare and write at any length."""

_DEEPEST = 32
"""Levels of objects and lists; no report has half as many."""


_THE_YEAR = Text("报告年度（year）", "the year")
_NO_YEAR = 0
_TOO_DEEP = Text("嵌套过深", "it is nested too deep")


class DataError(ValueError):
    """JSON that is no data; `problem` says why in both languages."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def json_object(content: bytes) -> dict[str, Any]:
    """The JSON object that a file holds, with its decimals exact. Raises DataError where it holds none."""
    try:
        data = json.loads(
            content.decode("utf-8-sig"),
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
            f"{error.msg} in line {error.lineno}, column {error.colno}",
        )
        raise DataError(place) from error
    except RecursionError as error:
        raise DataError(_TOO_DEEP) from error
    if not isinstance(data, dict):
        raise DataError(Text("最外层不是对象", "the outermost value is not an object"))
    if _is_too_deep(data):
        raise DataError(_TOO_DEEP)
    return data


def read_data(content: bytes, pack: Pack | None = None, *, like: Pack | None = None) -> Submission:
    """The submission that JSON data make, as the pack's schema lays them out.

    Without a `pack` the year in the data tells which one: `like`, that of a report with which they are to be
    compared, or another one of its series, where that is known. What cannot be read is among the findings. Raises
    PackError where several packs serve the year and nothing chooses among them.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        data = json_object(content)
    except DataError as error:
        return Submission(None, {}, {}, (finding("file.json", problem=error.problem),), digest)
    found, said = (pack, None) if pack is not None else _pack_for(data, like)
    about = (said,) if said else ()
    if found is None:
        return Submission(None, {}, {}, about, digest)
    return Submission.from_data(found, data, findings=about, digest=digest)


def year_of(data: Mapping[str, Any]) -> int | None:
    """The reporting year that data state, a whole number however it is written; None where they state none."""
    year = data.get(YEAR)
    number = typed_number(str(year)) if isinstance(year, str | int | Decimal) and year is not True else None
    return number if isinstance(number, int) else None


def _pack_for(data: Mapping[str, Any], like: Pack | None) -> tuple[Pack | None, Finding | None]:
    """The pack that serves the year which data state, and what there is to say of it, or why there is none."""
    said, year = data.get(YEAR), year_of(data)
    if isinstance(said, Repeated):
        value = "、".join(map(str, said.values))[:60]
        return None, finding("schema.twice", field=YEAR, value=value, label=_THE_YEAR)
    if said is True or not isinstance(said, int | Decimal | str) or is_blank(str(said)):
        return None, finding("schema.missing", field=YEAR, label=_THE_YEAR)
    if like is not None and year is not None and like.manifest.serves(year):
        return like, None
    try:
        choice = choice_for_year(_NO_YEAR if year is None else year, like.manifest.series if like else "")
    except UndecidedPackError:
        raise
    except PackError:
        return None, finding("schema.no_pack_for_year", field=YEAR, value=shortened(str(said)))
    pack, trouble = usable_pack(choice.pack.folder)
    return pack, trouble or (None if like else _said_of(choice, year))


def _said_of(choice: Choice, year: int | None) -> Finding | None:
    """Which pack was taken, where others serve the year as well."""
    if not choice.others:
        return None
    others = [other.manifest.id for other in choice.others]
    return finding(
        "schema.pack_chosen",
        value=choice.pack.manifest.id,
        year=year,
        others=Text("、".join(others), ", ".join(others)),
    )


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


def _is_too_deep(data: Any) -> bool:
    """Whether objects and lists lie in each other so many times that going through them would end in a crash."""
    level = [data]
    for _ in range(_DEEPEST):
        below = (child for node in level for child in (node.values() if isinstance(node, dict) else node))
        level = [child for child in below if isinstance(child, dict | list | tuple)]
        if not level:
            return False
    return True
