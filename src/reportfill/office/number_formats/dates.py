"""A number shown as a date or a time, as Excel in Chinese shows it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportfill.office.number_formats.tokens import FormatToken, TokenKind
from reportfill.text import word_list

_DAY_0 = datetime.datetime(1899, 12, 30)
_LAST_DAY = Decimal(2958466)
"""The first day behind 9999, from which on Excel shows no date."""

_LEAP_DAY_THAT_NEVER_WAS = 60
"""Excel has a 29 February 1900 (ECMA-376-1, 18.17.4.1)."""

_WEEKDAYS = "一二三四五六日"
_DAY_NAMES = word_list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTH_NAMES = word_list(
    "January February March April May June July August September October November December"
)
_TEMPORAL = (TokenKind.DATE, TokenKind.ELAPSED, TokenKind.HALF_DAY)
_SECONDS = {"h": 3600, "m": 60, "s": 1}
_BUDDHIST = 543


@dataclass(frozen=True, slots=True)
class _Moment:
    """A number of days as date and time; `seconds` are all of them."""

    date: datetime.datetime
    seconds: int
    half_days: bool

    @property
    def weekday(self) -> int:
        """The day of the week, 0 for Monday, as Excel counts, to which 1 January 1900 is a Sunday."""
        return (self.seconds // 86400 + 5) % 7


def is_temporal(tokens: Sequence[FormatToken]) -> bool:
    """Whether a section shows a date or a time."""
    return any(token.kind in _TEMPORAL for token in tokens)


def written_date(number: Decimal, tokens: Sequence[FormatToken]) -> str:
    """What a section shows of a number of days; number signs, as Excel, where no calendar has it."""
    if not 0 <= number < _LAST_DAY:
        return "########"
    seconds = int((number * 86400).to_integral_value())
    shift = 1 if number < _LEAP_DAY_THAT_NEVER_WAS else 0
    date = _DAY_0 + datetime.timedelta(days=shift, seconds=seconds)
    half_days = any(token.kind is TokenKind.HALF_DAY for token in tokens)
    return "".join(_pieces(_Moment(date, seconds, half_days), tokens))


def _pieces(moment: _Moment, tokens: Sequence[FormatToken]) -> Iterator[str]:
    minutes = _minutes(tokens)
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.DATE:
            minute = str(moment.date.minute).zfill(len(token.text))
            yield minute if index in minutes else _part(moment, token.text)
        elif token.kind is TokenKind.ELAPSED:
            yield str(moment.seconds // _SECONDS[token.text[0]]).zfill(len(token.text))
        elif token.kind is TokenKind.HALF_DAY:
            first, _, second = token.text.upper().partition("/")
            yield second if moment.date.hour >= 12 else first
        elif token.kind is TokenKind.DIGIT:
            yield "0"
        elif token.kind not in (TokenKind.CONDITION, TokenKind.NUMERALS, TokenKind.FILL):
            yield " " if token.kind is TokenKind.BLANK else token.text


def _minutes(tokens: Sequence[FormatToken]) -> set[int]:
    """Where an m is of minutes: the nearest unit before it is hours, or the next one seconds."""
    units = [index for index, token in enumerate(tokens) if token.kind in (TokenKind.DATE, TokenKind.ELAPSED)]
    letters = [tokens[index].text[0] for index in units]
    return {
        index
        for place, index in enumerate(units)
        if letters[place] == "m"
        and len(tokens[index].text) <= 2
        and (letters[place - 1 : place] == ["h"] or letters[place + 1 : place + 2] == ["s"])
    }


def _part(moment: _Moment, run: str) -> str:
    """What a run of one letter shows."""
    date, length = moment.date, len(run)
    hour = ((date.hour - 1) % 12 + 1) if moment.half_days else date.hour
    numbers = {"h": hour, "s": date.second}
    match run[0]:
        case "y" | "e":
            return f"{date.year % 100:02d}" if run in ("y", "yy") else str(date.year)
        case "b":
            return str(date.year + _BUDDHIST)
        case "m" if length > 2:
            return _MONTH_NAMES[date.month - 1][: {3: 3, 5: 1}.get(length)]
        case "m":
            return str(date.month).zfill(length)
        case "d" if length > 2:
            return _DAY_NAMES[moment.weekday][: 3 if length == 3 else None]
        case "d":
            return str(date.day).zfill(length)
        case "a":
            return f"{'星期' if length > 3 else ''}{_WEEKDAYS[moment.weekday]}"
        case "g":
            return "公元"
    return str(numbers[run[0]]).zfill(min(length, 2))
