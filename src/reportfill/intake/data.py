"""Data from other systems: a .json file as a submission."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal, InvalidOperation
from typing import Any

from reportfill.checks.findings import Text, finding
from reportfill.checks.submission import Submission
from reportfill.errors import PackError
from reportfill.pack.pack import YEAR, Pack, load_pack

_LARGEST_EXPONENT = 308
"""That of the floating-point numbers with which other systems reckon."""


class DataError(ValueError):
    """JSON that is no data; `problem` says why in both languages."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def json_object(content: bytes) -> dict[str, Any]:
    """The JSON object that a file holds, with its decimals exact. Raises DataError where it holds none."""
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_float=_decimal, parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise DataError(Text("不是UTF-8编码", "it is not in UTF-8")) from error
    except json.JSONDecodeError as error:
        place = Text(
            f"第{error.lineno}行第{error.colno}列有语法错误",
            f"{error.msg} in line {error.lineno}, column {error.colno}",
        )
        raise DataError(place) from error
    except (ValueError, RecursionError) as error:
        raise DataError(Text("含有不能表示的数值或者嵌套过深", "it holds what is no data")) from error
    if not isinstance(data, dict):
        raise DataError(Text("最外层不是对象", "the outermost value is not an object"))
    return data


def read_data(content: bytes, pack: Pack | None = None) -> Submission:
    """The submission that JSON data make, as the pack's schema lays them out.

    Without a `pack` the year in the data tells which one. What cannot be read is among the findings.
    """
    digest = hashlib.sha256(content).hexdigest()
    try:
        data = json_object(content)
    except DataError as error:
        return Submission(None, {}, {}, (finding("file.json", problem=error.problem),), digest)
    found = pack or _pack_for(data.get(YEAR))
    if found is None:
        findings = (finding("schema.missing", field=YEAR, label=Text("报告年度（year）", "the year")),)
        return Submission(None, {}, {}, findings, digest)
    return Submission.from_data(found, data, digest=digest)


def _pack_for(year: Any) -> Pack | None:
    try:
        return load_pack(year) if isinstance(year, int) else None
    except PackError:
        return None


def _decimal(digits: str) -> Decimal:
    """The exact decimal. Raises ValueError for one so large or so small that no program means it: written out,
    its digits would fill the memory."""
    try:
        number = Decimal(digits)
    except InvalidOperation as error:
        raise ValueError(f"{digits} is out of range") from error
    if abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError(f"{digits} is out of range")
    return number


def _no_number(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")
