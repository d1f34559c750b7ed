"""How each kind of field is asked for on a page: which input it has, and what a value of data is as its text.

What nobody can read as a value stays the text that was typed, so that it comes back as it was.
"""

from __future__ import annotations

import binascii
import re
from abc import ABC, abstractmethod
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar

from reportfill.decimals import LARGEST_EXPONENT, exact, is_number, plain, reduced
from reportfill.model.chinese.yes_no import NO, YES
from reportfill.model.days import is_dated
from reportfill.model.fields import Field
from reportfill.model.kinds.typed_numbers import LONGEST
from reportfill.model.options import Option
from reportfill.model.visible import with_line_feeds
from reportfill.office.pictures import Picture
from reportfill.text import Text

Attributes = Mapping[str, str]
"""What an input says of itself to the browser."""

_DIGITS = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_BREAK = re.compile("\r\n?|\n")
_LONG_TEXT = 120
"""Characters; a text that may have more gets several lines."""

_NOTHING = Text("", "")


class FieldInput(ABC):
    """How fields of a kind are asked for. `drawn` is the name of what the template draws."""

    drawn: ClassVar[str] = "line"
    help: ClassVar[Text] = _NOTHING

    @abstractmethod
    def value(self, field: Field, texts: Sequence[str]) -> Any:
        """The value of data that was posted in so many texts; None where nothing was."""

    def texts(self, field: Field, value: Any) -> list[str]:
        """The texts that a value of data is in its input; none where it is blank."""
        return [] if value in (None, "", []) else [value_as_text(value)]

    def attributes(self, field: Field, texts: Sequence[str]) -> Attributes:
        """What its input says of itself, with these texts in it."""
        return {}

    def options(self, field: Field) -> tuple[Option, ...]:
        """What is chosen from, as texts; nothing where anything may be typed."""
        return ()


class _Line(FieldInput):
    """A text in one line."""

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        return next((text for text in texts if text.strip()), None)

    def texts(self, field: Field, value: Any) -> list[str]:
        return [with_line_feeds(text).replace("\n", " ") for text in super().texts(field, value)]


class _Words(_Line):
    """A text: in several lines where it may be long."""

    def attributes(self, field: Field, texts: Sequence[str]) -> Attributes:
        return {"rows": "2"} if (field.max_length or 0) > _LONG_TEXT else {}


class _Address(_Line):
    help = Text("以http://或者https://开头。", "It begins with http:// or https://.")

    def attributes(self, field: Field, texts: Sequence[str]) -> Attributes:
        return {"inputmode": "url"}


class _Figure(_Line):
    """A number, which is typed as a text: the browser would not give back what is none."""

    inputmode: ClassVar[str]
    written: ClassVar[re.Pattern[str]]

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        text = super().value(field, texts)
        plain_text = "" if text is None else text.strip()
        is_one = len(plain_text) <= LONGEST and self.written.fullmatch(plain_text)
        return reduced(Decimal(plain_text)) if is_one else text

    def attributes(self, field: Field, texts: Sequence[str]) -> Attributes:
        return {"inputmode": self.inputmode, "data-figure": ""}


class _Count(_Figure):
    inputmode, written = "numeric", _DIGITS


class _Amount(_Figure):
    inputmode, written = "decimal", _DECIMAL


class _Dated(_Line):
    """A day or a month: in the calendar of the browser, but for what is none."""

    type: ClassVar[str]

    def attributes(self, field: Field, texts: Sequence[str]) -> Attributes:
        is_one = all(is_dated(text, field.kind.name) for text in texts)
        return {"type": self.type} if is_one else {}


class _Day(_Dated):
    type = "date"


class _Month(_Dated):
    type = "month"


class _Choice(FieldInput):
    """One of the values of a list."""

    drawn = "choice"

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        text = next((text for text in texts if text.strip()), None)
        return next((one.value for one in field.choices if value_as_text(one.value) == text), text)

    def options(self, field: Field) -> tuple[Option, ...]:
        return tuple(Option(value_as_text(one.value), one.title) for one in field.choices)


class _Choices(_Choice):
    """Several of them."""

    drawn = "choices"

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        chosen = [super(_Choices, self).value(field, [text]) for text in texts]
        return [one for one in chosen if one is not None] or None

    def texts(self, field: Field, value: Any) -> list[str]:
        values = value if isinstance(value, list | tuple) else [value]
        return [value_as_text(one) for one in values if one not in (None, "")]


class _YesNo(FieldInput):
    drawn = "choice"

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        text = next((text for text in texts if text.strip()), None)
        return {YES: True, NO: False}.get(text or "", text)

    def texts(self, field: Field, value: Any) -> list[str]:
        return [YES if value else NO] if isinstance(value, bool) else super().texts(field, value)

    def options(self, field: Field) -> tuple[Option, ...]:
        return Option(YES, YES), Option(NO, NO)


class _Paragraphs(FieldInput):
    """Paragraphs, a line each."""

    drawn = "lines"

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        lines = [line for text in texts for line in _BREAK.split(text)]
        return [line for line in lines if line.strip()] or None

    def texts(self, field: Field, value: Any) -> list[str]:
        values = value if isinstance(value, list | tuple) else [value]
        lines = [value_as_text(one) for one in values if one not in (None, "")]
        return ["\n".join(lines)] if lines else []


class _Picture(FieldInput):
    """A picture: a file, and after that what it holds, so that it need not be chosen again."""

    drawn = "picture"
    help = Text("PNG或JPEG图片。", "A PNG or JPEG picture.")

    def value(self, field: Field, texts: Sequence[str]) -> Any:
        return next((text for text in texts if text), None)

    def texts(self, field: Field, value: Any) -> list[str]:
        if isinstance(value, Picture):
            return [b64encode(value.file_content).decode("ascii")]
        if isinstance(value, bytes):
            return [b64encode(value).decode("ascii")]
        return super().texts(field, value)


INPUTS: Mapping[str, FieldInput] = {
    "choice": _Choice(),
    "choices": _Choices(),
    "date": _Day(),
    "year-month": _Month(),
    "picture": _Picture(),
    "uri": _Address(),
    "boolean": _YesNo(),
    "integer": _Count(),
    "number": _Amount(),
    "string": _Words(),
    "array": _Paragraphs(),
}
"""The inputs of all kinds, by their names."""


def input_of(field: Field) -> FieldInput:
    """How a field is asked for."""
    return INPUTS["choice" if field.choices and not field.kind.is_list else field.kind.name]


def picture_content(text: str) -> bytes:
    """The content of a picture that an input keeps as text; nothing where it is none."""
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""


def value_as_text(value: Any) -> str:
    """A value of data as it is typed."""
    if not is_number(value):
        return str(value)
    number = exact(value)
    is_short = isinstance(number, int) or (number.is_finite() and abs(number.adjusted()) <= LARGEST_EXPONENT)
    return plain(number) if is_short else str(number)
