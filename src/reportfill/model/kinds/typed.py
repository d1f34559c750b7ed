"""What somebody typed into a cell, or a system wrote into data, as the value of a field.

It is tidied where nothing can be lost, else it is a finding, never a guess.
"""

from __future__ import annotations

import datetime
import math
import re
from decimal import Decimal
from typing import NamedTuple

from reportfill.decimals import Number, reduced
from reportfill.finding import Finding, finding
from reportfill.model.fields import Field, FieldKind
from reportfill.model.kinds.typed_numbers import NoNumber, typed_number
from reportfill.model.kinds.values import number_finding, text_finding
from reportfill.model.visible import PRINTABLE_BLANKS, is_blank, lines_in, with_line_feeds, with_marks_shown
from reportfill.office.grid import CellValue
from reportfill.text import Text

Content = CellValue | Decimal
"""What a cell can hold, or a leaf of JSON, which may be an exact decimal."""


class NumberRead(NamedTuple):
    """A figure, or None where there is none; with what there is to say of its cell."""

    value: Number | None
    finding: Finding | None = None


class TextRead(NamedTuple):
    """The paragraphs of a cell; with what there is to say of it."""

    paragraphs: tuple[str, ...]
    finding: Finding | None = None


class _TypedAs(NamedTuple):
    """What something was typed as and read as, in words, for where both look alike."""

    named: Text
    read_as: Text


_AS_IT_LOOKS = _TypedAs(Text("", ""), Text("", ""))
_TEXT = _TypedAs(Text("文本", "the text "), Text("数字", "the number "))
_NUMBER = _TypedAs(Text("数字", "the number "), Text("文本", "the text "))

_EXACT_BELOW = 10**15
"""Whole numbers of up to 15 digits are exact as Excel keeps them."""

_ESCAPED_PAIR = re.compile("_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_", re.IGNORECASE)
_ESCAPED_HALF = re.compile("_x(D[89A-F][0-9A-F]{2})_", re.IGNORECASE)
"""A character beyond U+FFFF and a half of one, escaped (ECMA-376 22.9.2.19). calamine leaves both as they stand."""

_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""What WPS keeps as the value of a cell into which a picture was put."""

_NOT_PLAIN_AT_FIRST = (" ", "=", *PRINTABLE_BLANKS)
_NOT_PLAIN_AT_LAST = (" ", *PRINTABLE_BLANKS)
_WHY_NO_NUMBER = {
    NoNumber.NOTHING: "cell.no_figure",
    NoNumber.SEVERAL: "cell.several_numbers",
    NoNumber.OTHER: "cell.not_a_number",
}


def plain_count(field: Field, content: CellValue) -> int | None:
    """The figure of a cell as nearly all of them are: a whole number that the field allows. None for any other, which
    `read_number` looks at."""
    if type(content) is not float or not content.is_integer() or content >= _EXACT_BELOW:
        return None
    return int(content) if field.allows(content) else None


def read_number(field: Field, content: Content, cell: str) -> NumberRead:
    """The figure that was typed. What is empty gives neither figure nor finding: what that means, the caller knows."""
    if isinstance(content, bool):
        return NumberRead(None, number_finding(field, content, cell))
    if isinstance(content, int | float | Decimal):
        return _checked(field, _exact(content), cell)
    if isinstance(content, str):
        if _PICTURE.match(content):
            return NumberRead(None, _picture_finding(field, cell))
        return NumberRead(None) if is_blank(content) else _number_from_text(field, content, cell)
    return NumberRead(None, _date_finding(field, content, cell))


def _exact(content: float | Decimal) -> Number:
    """The number that Excel shows: a double holds 15 significant digits, more is the residue of sums."""
    if isinstance(content, int | Decimal):
        return content or 0
    if not math.isfinite(content):
        return Decimal(content)
    if abs(content) < _EXACT_BELOW and content == int(content):
        return int(content)
    return reduced(Decimal(f"{content:.15g}"))


def _checked(field: Field, number: Number, cell: str) -> NumberRead:
    wrong = number_finding(field, number, cell)
    if wrong or not field.is_count or isinstance(number, int):
        return NumberRead(None if wrong else number, wrong)
    return NumberRead(int(number))


def _number_from_text(field: Field, content: str, cell: str) -> NumberRead:
    number = typed_number(content, field.unit)
    if isinstance(number, NoNumber):
        value = _short(with_marks_shown(content.strip()))
        wrong = finding(_WHY_NO_NUMBER[number], field=field.path, cell=cell, value=value, label=field.label)
        return NumberRead(None, wrong)
    read = _checked(field, number, cell)
    return (
        read
        if read.finding
        else NumberRead(read.value, _tidied(field, content, str(read.value), cell, _TEXT))
    )


def read_text(field: Field, content: Content, cell: str) -> TextRead:
    """The paragraphs that were typed: a line break ends one, and empty ones do not count."""
    if _is_plain_text(field, content):
        return TextRead((str(content),))
    if isinstance(content, bool):
        return TextRead((), number_finding(field, content, cell))
    if isinstance(content, int | float | Decimal):
        text = str(_exact(content))
        return TextRead((text,), _tidied(field, text, text, cell, _NUMBER))
    if not isinstance(content, str):
        return TextRead((), _date_finding(field, content, cell))
    if _PICTURE.match(content):
        return TextRead((), _picture_finding(field, cell))
    paragraphs = tuple(lines_in(_with_pairs(content)))
    tidied = _tidied_lines(field, content, paragraphs, cell)
    found = (text_finding(field, text, cell) or _half_finding(field, text, cell) for text in paragraphs)
    return TextRead(paragraphs, next(filter(None, found), tidied))


def read_lines(field: Field, text: str, cell: str) -> TextRead:
    """The paragraphs that a text makes, whatever breaks its lines; with a note where it was tidied for that."""
    paragraphs = tuple(lines_in(text))
    return TextRead(paragraphs, _tidied_lines(field, with_line_feeds(text), paragraphs, cell))


def _tidied_lines(field: Field, content: str, paragraphs: tuple[str, ...], cell: str) -> Finding | None:
    between = "\n" if field.kind is FieldKind.PARAGRAPHS else " "
    is_as_typed = not paragraphs or between.join(paragraphs) == content
    return None if is_as_typed else _tidied(field, content, " ".join(paragraphs), cell)


def _is_plain_text(field: Field, content: Content) -> bool:
    """Whether a cell holds one paragraph with nothing in it that has to be looked at, as nearly all do."""
    return (
        type(content) is str
        and content.isprintable()
        and not content.startswith(_NOT_PLAIN_AT_FIRST)
        and not content.endswith(_NOT_PLAIN_AT_LAST)
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


def _tidied(field: Field, content: str, value: str, cell: str, typed_as: _TypedAs | None = None) -> Finding:
    """A note of what was typed and what it was read as. What it was typed as is named where both look alike."""
    named, read_as = typed_as if typed_as and content == value else _AS_IT_LOOKS
    return finding(
        "cell.tidied",
        field=field.path,
        cell=cell,
        value=_short(with_marks_shown(content)),
        expected=_short(value),
        label=field.label,
        named=named,
        read_as=read_as,
    )


def _date_finding(
    field: Field, content: datetime.date | datetime.time | datetime.timedelta, cell: str
) -> Finding:
    return finding("cell.date", field=field.path, cell=cell, value=str(content), label=field.label)


def _picture_finding(field: Field, cell: str) -> Finding:
    return finding("cell.picture", field=field.path, cell=cell, label=field.label)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:29]}…"
