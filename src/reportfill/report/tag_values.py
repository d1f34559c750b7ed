"""What a tag may print, and how large what it works out may become.

A template is somebody's text: `{{ 'a' * 2000000000 }}` must not take all the memory, nor `{{ none }}` print "None".
"""

from __future__ import annotations

import re
from decimal import Decimal
from string import Formatter
from typing import Any, TypeVar

from jinja2.runtime import Undefined

from reportfill.errors import PackError
from reportfill.pack.figures import Number, exact, is_finite, is_number, plain

_Made = TypeVar("_Made", str, list[Any])

_LONGEST = 1_000_000
"""Characters of a text, and entries of a list, that a tag may make."""

_MOST_BITS, _LARGEST_EXPONENT = 4_000, 1_000
"""The size of numbers that a tag may work out: such a whole number has 1,200 digits."""

_PERCENT = re.compile(r"%(?:\(\w*\))?[-+ #0]*(\*|\d*)(?:\.(\*|\d*))?")
_MANY_DIGITS = re.compile(r"\d{3}")

_OPERATIONS = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "//": lambda left, right: left // right,
    "%": lambda left, right: left % right,
    "**": lambda left, right: left**right,
}
OPERATORS = frozenset(_OPERATIONS)
"""The operators between two values."""


def no_value(value: object) -> PackError:
    """That there is nothing to print."""
    if value is None:
        return PackError("it has no value to print: it is nothing", "没有可以印出的内容：结果是空值")
    if isinstance(value, bool):
        return PackError(
            "it has no value to print: it is a comparison, which belongs into {% if … %}",
            "没有可以印出的内容：这是一个判断，应写在{% if … %}里",
        )
    if isinstance(value, float | Decimal):
        return PackError("it is no number that can be printed", "结果不是可以印出的数字")
    if callable(value):
        return PackError("it names a function or loop, not a value", "它不是可以印出的内容")
    return PackError(
        "it is a list or group, and one value at a time can be printed", "它是一组内容，只能逐个印出"
    )


def spelled(value: Any) -> str:
    """A value as people read it; numbers are written out, never as 1E+3. Raises PackError for what is no value, and
    UndefinedError, as Jinja has it, for what is not there."""
    if isinstance(value, str):
        return value
    if isinstance(value, Undefined):
        return str(value)  # which raises
    if not is_number(value) or not is_finite(value):
        raise no_value(value)
    return plain(exact(value)) if isinstance(value, float | Decimal) else str(value)


def worked_out(operator: str, left: Any, right: Any) -> Any:
    """What an operator makes of two values: of numbers a number, exact decimals staying exact; of two texts or lists
    their sum. Raises PackError for anything else, and for what would become too large."""
    if operator == "%" and isinstance(left, str):
        return formatted(left, *(right if isinstance(right, tuple) else (right,)))
    if is_number(left) and is_number(right):
        return _reckoned(operator, left, right)
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return bounded(left + right)
    if operator == "+" and isinstance(left, list) and isinstance(right, list):
        return bounded(left + right)
    raise PackError(
        "it cannot be worked out: it reckons with something that is no number",
        "标签算不出来：参与计算的不是数字",
    )


def _reckoned(operator: str, left: Number | float, right: Number | float) -> Number | float:
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        left, right = exact(left), exact(right)
    if operator == "**" and not _is_moderate(left, right):
        raise _too_large()
    result = _OPERATIONS[operator](left, right)
    if _bits(result) > _MOST_BITS:
        raise _too_large()
    return result  # type: ignore[no-any-return]


def _is_moderate(base: Number | float, exponent: Number | float) -> bool:
    """Whether a power can be worked out at all."""
    times = abs(float(exponent))
    return times <= _LARGEST_EXPONENT and _bits(base) * times <= _MOST_BITS


def _bits(number: Number | float) -> int:
    """About how many bits a number has when it is written out."""
    if isinstance(number, int):
        return number.bit_length()
    return abs(Decimal(number).adjusted()) * 4 if is_finite(number) else 0


def bounded(made: _Made) -> _Made:
    """A text or list that a tag made. Raises PackError where it is too long."""
    if len(made) > _LONGEST:
        raise _too_large()
    return made


def _too_large() -> PackError:
    return PackError("what it works out is too large", "标签算出来的结果过大")


def formatted(pattern: str, *values: Any) -> str:
    """Values in a pattern such as '%.2f'. Raises PackError for widths of hundreds of characters."""
    if any(_is_wide(size) for found in _PERCENT.finditer(pattern) for size in found.groups() if size):
        raise _too_large()
    return bounded(pattern % tuple(_to_format(value) for value in values))


def formatted_by_braces(pattern: str, *values: Any, **named: Any) -> str:
    """Values in a pattern such as '{:,}'. Raises PackError for widths of hundreds of characters, and for what reaches
    into a value."""
    for _, name, specification, _ in Formatter().parse(pattern):
        if specification and ("{" in specification or _MANY_DIGITS.search(specification)):
            raise _too_large()
        if name and not name.isalnum():
            raise PackError("it reaches into a value", "不能这样取值里的内容")
    kept = {name: _to_format(value) for name, value in named.items()}
    return bounded(pattern.format(*map(_to_format, values), **kept))


def _is_wide(size: str) -> bool:
    return size == "*" or len(size) > 2


def _to_format(value: Any) -> Any:
    """A number as it is, anything else as it is spelled."""
    return value if is_number(value) and is_finite(value) else spelled(value)


def replaced(text: Any, old: Any, new: Any, count: int = -1) -> str:
    """A text with parts of it replaced. Raises PackError where it becomes too long."""
    whole, part, other = spelled(text), spelled(old), spelled(new)
    if len(whole) + whole.count(part) * len(other) > _LONGEST:
        raise _too_large()
    return whole.replace(part, other, count)


def joined(values: Any, between: Any = "", attribute: str = "") -> str:
    """Values one behind the other. Raises PackError where that becomes too long."""
    found = list(values)
    texts = [spelled(value[attribute] if attribute else value) for value in found]
    if sum(map(len, texts)) + len(texts) * len(spelled(between)) > _LONGEST:
        raise _too_large()
    return spelled(between).join(texts)


def rounded(number: Any, places: int = 0, method: str = "common") -> Number | float:
    """A number with so many decimals; the method is common, ceil or floor, as Jinja has it."""
    from jinja2.filters import do_round

    if not is_number(number):
        raise PackError(
            "it cannot be worked out: it rounds something that is no number",
            "标签算不出来：参与取整的不是数字",
        )
    if not -20 <= places <= 20:
        raise _too_large()
    if isinstance(number, Decimal) and method in ("ceil", "floor"):
        step = Decimal(1).scaleb(-places)
        whole = (number / step).to_integral_value("ROUND_CEILING" if method == "ceil" else "ROUND_FLOOR")
        return whole * step
    return do_round(number, places, method)  # type: ignore[arg-type]
