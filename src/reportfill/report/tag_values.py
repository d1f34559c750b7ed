"""What a tag may print, and how large what it works out may become.

A template is somebody's text: `{{ 'a' * 2000000000 }}` must not take all the memory, nor `{{ none }}` print "None".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from string import Formatter
from typing import Any

from jinja2.runtime import Undefined

from reportfill.decimals import Number, exact, is_finite, is_number, plain
from reportfill.errors import PackError
from reportfill.model.chinese.days import NoDay, day_in_chinese, month_in_chinese, typed_day, typed_month
from reportfill.model.kinds.blank_figure import BlankFigure
from reportfill.model.kinds.printed_words import PrintedList
from reportfill.report.budget import LONGEST, bounded, output_too_large

_MOST_BITS, _LARGEST_EXPONENT = 4_000, 1_000
"""The size of numbers that a tag may work out: such a whole number has 1,200 digits."""

_MOST_PLACES = 99
"""Digits behind the point to which a number may be rounded."""

_WIDEST = 200
"""Characters to which a text may be filled up."""

_PERCENT = re.compile(
    r"%(?:\((?P<name>\w+)\))?(?P<flags>[-+ #0]*)(?P<width>\*|\d*)(?P<point>\.(?P<places>\*|\d*))?(?P<kind>[A-Za-z%])"
)
_MANY_DIGITS = re.compile(r"\d{3}")
_FIXED_POINT = re.compile(r"(?:\.(\d+))?([fF%])$")
_USUAL_PLACES = 6
"""Digits behind the point that "%f" and "{:f}" print."""

_SURE_DIGITS = 15
"""The digits of a float that can be relied on; Excel, too, goes by so many."""

_EXACTLY = Context(prec=3_000)
"""Digits enough for every number that may be worked out."""

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


@dataclass(frozen=True, slots=True)
class Lines:
    """A text in lines, as `title_lines` makes it: it can be printed, and nothing else be done with it."""

    texts: tuple[str, ...]


def no_value(value: object) -> PackError:
    """That there is nothing to print."""
    if value is None:
        return PackError("it has no value to print: it is nothing", "没有可以输出的内容：结果是空值")
    if isinstance(value, bool):
        return PackError(
            "it has no value to print: it is a comparison, which belongs into {% if … %}",
            "没有可以输出的内容：这是一个判断，应写在{% if … %}里",
        )
    if isinstance(value, float | Decimal):
        return PackError("it is no number that can be printed", "结果不是可以输出的数字")
    if isinstance(value, Lines):
        return PackError("nothing may stand behind title_lines", "title_lines后面不能再有别的处理")
    if callable(value):
        return PackError("it names a function or loop, not a value", "不是可以输出的内容")
    return PackError(
        "it is a list or group, and one value at a time can be printed", "是一组内容，只能逐个输出"
    )


def printed_value(value: Any) -> str:
    """A value as people read it; numbers are written out, never as 1E+3. Raises PackError for what is no value, and
    UndefinedError, as Jinja has it, for what is not there."""
    if isinstance(value, str):
        return value
    if isinstance(value, PrintedList):
        return str(value)
    if isinstance(value, Undefined):
        return str(value)  # which raises
    if not is_number(value) or not is_finite(value):
        raise no_value(value)
    return plain(exact(value)) if isinstance(value, float | Decimal) else str(value)


def plain_text(value: Any) -> str:
    """A value as it is printed in a text without layout, such as a mail."""
    return "\n".join(value.texts) if isinstance(value, Lines) else printed_value(value)


def result_of_operator(operator: str, left: Any, right: Any) -> Any:
    """What an operator makes of two values: of numbers a number, exact decimals staying exact; of two texts or lists
    their sum. Raises PackError for anything else, and for what would become too large."""
    if operator == "%" and isinstance(left, str):
        if isinstance(right, Mapping):
            return formatted(left, **right)
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
        raise output_too_large()
    result = _OPERATIONS[operator](left, right)
    if _bits(result) > _MOST_BITS:
        raise output_too_large()
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


def formatted(pattern: str, *values: Any, **named: Any) -> str:
    """Values in a pattern such as '%.2f' or '%(share).2f'. Raises PackError for widths of hundreds of characters,
    TypeError or LookupError for more or fewer values than the pattern takes."""
    waiting = list(values)

    def filled(found: re.Match[str]) -> str:
        name, kind = found["name"], found["kind"]
        if any(size == "*" or len(size) > 2 for size in found.group("width", "places") if size):
            raise output_too_large()
        return "%" if kind == "%" else _converted(found, named[name] if name else waiting.pop(0))

    made = _PERCENT.sub(filled, printed_value(pattern))
    if waiting:
        raise TypeError("more values than the pattern takes")
    return bounded(made)


def _converted(found: re.Match[str], given: Any) -> str:
    """What a value is in one conversion of a pattern."""
    flags, width, kind = found.group("flags", "width", "kind")
    value = _to_format(given)
    if isinstance(value, BlankFigure):
        return ""
    if kind not in "fF" or not is_number(value):
        return f"%{flags}{width}{found['point'] or ''}{kind}" % (value,)
    sign = next((each for each in "+ " if each in flags), "")
    fill = "<" if "-" in flags else ""
    zeros = "0" if "0" in flags and not fill else ""
    places = int(found["places"] or 0) if found["point"] else _USUAL_PLACES
    return format(_rounded_decimal(value, places), f"{fill}{sign}{zeros}{width}.{places}f")


class _Braces(Formatter):
    """Patterns such as '{:.2f}', in which numbers are rounded as everywhere else."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, BlankFigure):
            return ""
        found = _FIXED_POINT.search(format_spec)
        if not found or not is_number(value):
            return str(format(value, format_spec))
        places = _USUAL_PLACES if found[1] is None else int(found[1])
        return format(_rounded_decimal(value, places + (2 if found[2] == "%" else 0)), format_spec)


def formatted_by_braces(pattern: str, *values: Any, **named: Any) -> str:
    """Values in a pattern such as '{:,}'. Raises PackError for widths of hundreds of characters, and for what reaches
    into a value."""
    for _, name, specification, _ in Formatter().parse(pattern):
        if specification and ("{" in specification or _MANY_DIGITS.search(specification)):
            raise output_too_large()
        if name and not (name.isdigit() or name.isidentifier()):
            raise PackError("it reaches into a value", "不能这样取值里的内容")
    kept = {name: _to_format(value) for name, value in named.items()}
    return bounded(_Braces().vformat(pattern, [_to_format(value) for value in values], kept))


def _to_format(value: Any) -> Any:
    """A number as it is, anything else as it is spelled."""
    return value if is_number(value) and is_finite(value) else printed_value(value)


# Their parameters are called as Jinja calls them: a template may name them.


def replaced(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """A text with parts of it replaced. Raises PackError where it becomes too long."""
    whole, part, other = printed_value(text), printed_value(old), printed_value(new)
    if len(whole) + whole.count(part) * len(other) > LONGEST:
        raise output_too_large()
    return bounded(whole.replace(part, other, -1 if count is None else count))


def joined(values: Any, d: Any = "", attribute: str = "") -> str:
    """Values one behind the other. Raises PackError where that becomes too long."""
    found = list(values)
    texts = [printed_value(value[attribute] if attribute else value) for value in found]
    if sum(map(len, texts)) + len(texts) * len(printed_value(d)) > LONGEST:
        raise output_too_large()
    return bounded(printed_value(d).join(texts))


def truncated(
    text: Any, length: int = 255, killwords: bool = False, end: str = "...", leeway: int | None = None
) -> str:
    """A text of no more characters, with a sign that it goes on; `killwords` says that a word may be cut."""
    words, sign = printed_value(text), printed_value(end)
    if len(sign) > length:
        raise PackError("it is to be shorter than its own end", "截断后的长度小于结尾符号")
    if len(words) <= length + (5 if leeway is None else leeway):
        return words
    kept = words[: length - len(sign)]
    return (kept if killwords else kept.rsplit(" ", 1)[0]) + sign


def padded(method: str) -> Callable[..., str]:
    """The method of a text that fills it up to a width, for widths that fit on a page."""

    def fill(text: Any, width: int = 80, *sign: Any) -> str:
        if width > _WIDEST:
            raise output_too_large()
        return str(getattr(printed_value(text), method)(width, *sign))

    return fill


def summed(values: Any, attribute: str = "", start: Any = 0) -> Any:
    """The sum of values, or of what they have under a name."""
    total = start
    for value in values:
        total = result_of_operator("+", total, value[attribute] if attribute else value)
    return total


def rounded(number: Any, precision: int = 0, method: str = "common") -> Number | float:
    """A number with so many decimals, halves away from 0 (四舍五入); the method is common, ceil or floor, as Jinja has
    it. A whole number stays one, a float a float."""
    if not is_number(number) or not is_finite(number):
        raise PackError(
            "it cannot be worked out: it rounds something that is no number",
            "标签算不出来：参与取整的不是数字",
        )
    if isinstance(number, BlankFigure):
        return number
    if method not in _ROUNDINGS:
        raise PackError("round takes common, ceil or floor", "round的取整方式只有common、ceil和floor")
    result = _rounded_decimal(number, precision, _ROUNDINGS[method])
    return type(number)(result) if isinstance(number, int | float) else result


def official_date(value: Any) -> str:
    """A day or month as official documents have it: 2025年3月1日. Raises PackError for what is none."""
    words = printed_value(value)
    day, month = typed_day(words), typed_month(words)
    if not isinstance(day, NoDay):
        return day_in_chinese(day)
    if isinstance(month, NoDay):
        raise PackError("it is no date", "这不是日期")
    return month_in_chinese(month)


def with_separators(number: Any) -> str:
    """A number with a comma between every three digits before the point: 1,234,567.89."""
    if isinstance(number, BlankFigure):
        return ""
    if not is_number(number) or not is_finite(number):
        raise PackError(
            "it cannot be worked out: it divides something that is no number into groups of digits",
            "标签算不出来：加千分位的不是数字",
        )
    sign, digits = ("-", plain(exact(-number))) if number < 0 else ("", plain(exact(number)))
    whole, point, decimals = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{decimals}"


_ROUNDINGS = {"common": ROUND_HALF_UP, "ceil": ROUND_CEILING, "floor": ROUND_FLOOR}


def _rounded_decimal(number: Number | float, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    if abs(places) > _MOST_PLACES:
        raise output_too_large()
    value = Decimal(f"{number:.{_SURE_DIGITS}g}") if isinstance(number, float) else Decimal(number)
    step = Decimal(1).scaleb(-places)
    units = _EXACTLY.divide(value, step).to_integral_value(rounding)
    return _EXACTLY.multiply(units, step)
