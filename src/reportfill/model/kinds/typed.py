"""What is said of a cell's content whatever kind of value is due there."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from reportfill.decimals import Number, reduced
from reportfill.finding import Finding
from reportfill.model.kinds.kind import Content
from reportfill.model.visible import with_marks_shown
from reportfill.office.number_formats.general import number_held
from reportfill.place import Cell
from reportfill.text import Text, cut

if TYPE_CHECKING:
    from reportfill.model.fields import Field


_AS_IT_LOOKS = Text("", ""), Text("", "")
TEXT = Text("文本", "the text "), Text("数字", "the number ")
NUMBER = TEXT[::-1]
"""What something was typed as and read as, in words, for where both look alike."""

LONGEST_QUOTED = 30
"""Characters of what was typed that a message cites."""

EXACT_BELOW = 10**15
"""Whole numbers of up to 15 digits are exact as Excel keeps them."""

_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(", re.IGNORECASE)
"""What WPS keeps as the value of a cell into which a picture was put."""


def exact_number(content: float | Decimal) -> Number:
    """The number that Excel shows; of a double what it holds."""
    return content or 0 if isinstance(content, int | Decimal) else reduced(number_held(content))


def refused(field: Field, content: Content, cell: Cell | None) -> Finding | None:
    """The finding on what is neither a number nor a text: a truth value, a date, a picture; None for any other."""
    if isinstance(content, bool):
        return field.finding("cell.boolean", cell, value=str(content).upper())
    if isinstance(content, str):
        return field.finding("cell.picture", cell) if _PICTURE.match(content) else None
    if isinstance(content, int | float | Decimal):
        return None
    return field.finding("cell.date", cell, value=str(content))


def tidied(
    field: Field, content: str, value: str, cell: Cell | None, typed_as: tuple[Text, ...] = _AS_IT_LOOKS
) -> Finding:
    """A note of what was typed and what it was read as. What it was typed as is named where both look alike."""
    named, read_as = typed_as if content == value else _AS_IT_LOOKS
    typed, read = cut(with_marks_shown(content), LONGEST_QUOTED), cut(value, LONGEST_QUOTED)
    return field.finding("cell.tidied", cell, value=typed, expected=read, named=named, read_as=read_as)
