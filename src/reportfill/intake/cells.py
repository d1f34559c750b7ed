"""One cell's content as the value of a field: tidied where nothing can be lost, else a finding, never a guess."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from reportfill.checks.findings import Finding, finding
from reportfill.checks.values import number_finding, text_finding
from reportfill.pack.fields import Field
from reportfill.pack.figures import Number
from reportfill.pack.grid import CellValue


class NumberRead(NamedTuple):
    """A figure, or None where there is none; with what there is to say of its cell."""

    value: Number | None
    finding: Finding | None = None


class TextRead(NamedTuple):
    """The paragraphs of a cell; with what there is to say of it."""

    paragraphs: tuple[str, ...]
    finding: Finding | None = None


_NOTHING = re.compile(r"无|没有|零|〇|[-—–―一/\\.。]+|n/?a|null", re.IGNORECASE)
"""What people type where there was nothing."""

_LONGEST_NUMBER = 40
"""Characters; what is longer is no count and no amount, and too long for Python to write."""

_NUMBER = re.compile(r"(?P<digits>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?P<unit>\D*)")
_EXACT_BELOW = 10**15
"""Whole numbers of up to 15 digits are exact as Excel keeps them."""

_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Marks without width that come along when text is copied: zero-width space, direction marks, byte order mark."""

_ESCAPED_PAIR = re.compile("_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_", re.IGNORECASE)
_ESCAPED_HALF = re.compile("_x(D[89A-F][0-9A-F]{2})_", re.IGNORECASE)
"""A character beyond U+FFFF and a half of one, escaped (ECMA-376 22.9.2.19). calamine leaves both as they stand."""

_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""What WPS keeps as the value of a cell into which a picture was put."""

_SPACE = re.compile("[^\\S\n\r\v\f\x85\u2028\u2029]")
"""White space within a line. Two lines of a cell may be two figures."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""Full-width digits and signs. Unicode's own folding would make 102 of 10² and 121 of 12①."""


def plain_count(field: Field, content: CellValue) -> int | None:
    """The figure of a cell as nearly all of them are: a whole number that the field allows. None for any other, which
    `read_number` looks at."""
    if type(content) is not float or not content.is_integer() or content >= _EXACT_BELOW:
        return None
    return int(content) if field.allows(content) else None


def read_number(field: Field, content: CellValue, cell: str) -> NumberRead:
    """The figure that a cell holds. An empty cell gives neither figure nor finding: what that means, the
    caller knows."""
    if isinstance(content, bool):
        return NumberRead(None, number_finding(field, content, cell))
    if isinstance(content, int | float):
        return _checked(field, _exact(content), cell)
    if isinstance(content, str):
        if _PICTURE.match(content):
            return NumberRead(None, _picture_finding(field, cell))
        text = _INVISIBLE.sub("", content).strip()
        return _number_from_text(field, text, cell) if text else NumberRead(None)
    return NumberRead(None, _date_finding(field, content, cell))


def _exact(content: float) -> Number:
    """The number that Excel shows: a double holds 15 significant digits, more is the residue of sums."""
    if not math.isfinite(content):
        return Decimal(content)
    if abs(content) < _EXACT_BELOW and content == int(content):
        return int(content)
    number = Decimal(f"{content:.15g}")
    return int(number) if number == number.to_integral_value() else number


def _checked(field: Field, number: Number, cell: str) -> NumberRead:
    wrong = number_finding(field, number, cell)
    return NumberRead(None if wrong else number, wrong)


def _number_from_text(field: Field, content: str, cell: str) -> NumberRead:
    plain = _SPACE.sub("", content).translate(_HALF_WIDTH)
    if _NOTHING.fullmatch(plain):
        return NumberRead(
            None,
            finding("cell.no_figure", field=field.path, cell=cell, value=content, label=field.label),
        )
    match = _NUMBER.fullmatch(plain)
    if not match or match["unit"] not in ("", field.unit) or len(plain) > _LONGEST_NUMBER:
        wrong = finding(
            "cell.not_a_number", field=field.path, cell=cell, value=_short(content), label=field.label
        )
        return NumberRead(None, wrong)
    number = Decimal(match["digits"].replace(",", ""))
    read = _checked(field, int(number) if number == number.to_integral_value() else number, cell)
    return read if read.finding else NumberRead(read.value, _tidied(field, content, str(read.value), cell))


def read_text(field: Field, content: CellValue, cell: str) -> TextRead:
    """The paragraphs that a cell holds: a line break ends one, and empty ones do not count."""
    if _is_plain_text(field, content):
        return TextRead((str(content),))
    if isinstance(content, bool):
        return TextRead((), number_finding(field, content, cell))
    if isinstance(content, int | float):
        text = str(_exact(content))
        return TextRead((text,), _tidied(field, text, text, cell))
    if not isinstance(content, str):
        return TextRead((), _date_finding(field, content, cell))
    if _PICTURE.match(content):
        return TextRead((), _picture_finding(field, cell))
    paragraphs = tuple(_paragraphs(_with_pairs(content)))
    found = (text_finding(field, text, cell) or _half_finding(field, text, cell) for text in paragraphs)
    wrong = next(filter(None, found), None)
    if wrong is None and paragraphs and "\n".join(paragraphs) != content:
        wrong = _tidied(field, content, " ".join(paragraphs), cell)
    return TextRead(paragraphs, wrong)


def _is_plain_text(field: Field, content: CellValue) -> bool:
    """Whether a cell holds one paragraph with nothing in it that has to be looked at, as nearly all do."""
    return (
        type(content) is str
        and content.isprintable()
        and not content.startswith((" ", "="))
        and not content.endswith(" ")
        and "_x" not in content
        and 0 < len(content) <= (field.max_length or 0)
    )


def _with_pairs(content: str) -> str:
    """A text with the characters whose halves are escaped."""
    return _ESCAPED_PAIR.sub(lambda halves: bytes.fromhex(halves[1] + halves[2]).decode("utf-16-be"), content)


def _half_finding(field: Field, text: str, cell: str) -> Finding | None:
    half = _ESCAPED_HALF.search(text)
    return half and finding(
        "cell.control_characters",
        field=field.path,
        cell=cell,
        value=f"U+{half[1].upper()}",
        label=field.label,
    )


def _paragraphs(content: str) -> Iterator[str]:
    for line in _LINE_BREAK.split(_INVISIBLE.sub("", content)):
        text = line.replace("\t", " ").strip()
        if text:
            yield text


def _tidied(field: Field, content: str, value: str, cell: str) -> Finding:
    return finding(
        "cell.tidied",
        field=field.path,
        cell=cell,
        value=_short(content),
        expected=_short(value),
        label=field.label,
    )


def _date_finding(
    field: Field, content: datetime.date | datetime.time | datetime.timedelta, cell: str
) -> Finding:
    return finding("cell.date", field=field.path, cell=cell, value=str(content), label=field.label)


def _picture_finding(field: Field, cell: str) -> Finding:
    return finding("cell.picture", field=field.path, cell=cell, label=field.label)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
