"""Days and months: as people type them, and as official documents have them (GB/T 9704-2012, 7.3.5.4)."""

from __future__ import annotations

import datetime
import re
import unicodedata
from enum import Enum

from reportfill.model.visible import without_marks


class NoDay(Enum):
    """Why a text is no day, or no month, for certain."""

    ORDER = "which of its numbers is the year is not certain"
    NO_YEAR = "it has no year"
    INCOMPLETE = "it has no day"
    IMPOSSIBLE = "no calendar has it"
    OTHER = "it is something else"


_DIGITS = str.maketrans("〇零O一二三四五六七八九", "000123456789")
_COUNTED = "[一二三四五六七八九十]{1,3}"
_CHINESE = re.compile(rf"([〇零O一二三四五六七八九]{{4}})年({_COUNTED})月(?:({_COUNTED})[日号])?")
_BEHIND = r"(?:[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?)?(?:T?0{1,2}:00(?::00(?:\.0+)?)?)?"
_DAY = re.compile(rf"([0-9]{{4}})([-/.年、])([0-9]{{1,2}})(?:[-/.月、])([0-9]{{1,2}})[日号]?{_BEHIND}")
_MONTH = re.compile(r"([0-9]{4})[-/.年、]([0-9]{1,2})月?")
_EIGHT, _SIX = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})"), re.compile("([0-9]{4})([0-9]{2})")
_SHORT = re.compile(
    r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:[0-9]{4}|[0-9]{1,2})|[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}[日号]?"
)
_YEARLESS = re.compile(r"[0-9]{1,2}月[0-9]{1,2}[日号]?|[0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}月")
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
"""The years of which digits alone are taken for a day: 20250301."""


def typed_day(text: str) -> datetime.date | NoDay:
    """The day that a text names: 2025-03-01, 2025.3.1, 2025年3月1日, 二〇二五年三月一日 or 20250301; perhaps with its
    day of the week, or midnight, behind it."""
    plain = _plain(text)
    found = _DAY.fullmatch(plain)
    if found:
        return _day(found[1], found[3], found[4])
    eight = _EIGHT.fullmatch(plain)
    if eight and _FIRST_YEAR <= int(eight[1]) <= _LAST_YEAR:
        return _day(*eight.groups())
    if _MONTH.fullmatch(plain):
        return NoDay.INCOMPLETE
    if _SHORT.fullmatch(plain):
        return NoDay.ORDER
    return NoDay.NO_YEAR if _YEARLESS.fullmatch(plain) else NoDay.OTHER


def typed_month(text: str) -> datetime.date | NoDay:
    """The first day of the month that a text names: 2025-03, 2025年3月, 二〇二五年三月 or 202503; of a whole day its
    month."""
    plain = _plain(text)
    found = _MONTH.fullmatch(plain) or _SIX.fullmatch(plain)
    if found and _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return _day(found[1], found[2], "1")
    day = typed_day(text)
    return day.replace(day=1) if isinstance(day, datetime.date) else day


def day_in_chinese(day: datetime.date) -> str:
    """2025年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_in_chinese(month: datetime.date) -> str:
    """2025年3月."""
    return f"{month.year}年{month.month}月"


def in_chinese_numerals(words: str) -> str:
    """A day or month in words with Chinese numerals: 二〇二五年三月一日."""
    year, _, rest = words.partition("年")
    written = re.sub("[0-9]+", lambda number: _counted(int(number[0])), rest)
    return f"{''.join('〇一二三四五六七八九'[int(digit)] for digit in year)}年{written}"


def _counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def _plain(text: str) -> str:
    """A text without blanks, its characters of their usual width, its Chinese numerals as digits."""
    plain = "".join(without_marks(unicodedata.normalize("NFKC", text.replace("○", "〇"))).split())
    return _CHINESE.sub(_in_digits, plain)


def _in_digits(found: re.Match[str]) -> str:
    day = f"{_number(found[3])}日" if found[3] else ""
    return f"{found[1].translate(_DIGITS)}年{_number(found[2])}月{day}"


def _number(written: str) -> int:
    """A number below a hundred in Chinese numerals; 0 where it is none, which no calendar has."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        tens, ones = "", written
    if len(tens) > 1 or len(ones) > 1:
        return 0
    before = int(tens.translate(_DIGITS) or 1) if ten else 0
    return before * 10 + int(ones.translate(_DIGITS) or 0)


def _day(year: str, month: str, day: str) -> datetime.date | NoDay:
    try:
        return datetime.date(int(year), int(month), int(day))
    except ValueError:
        return NoDay.IMPOSSIBLE
