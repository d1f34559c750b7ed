"""Personal data that must not be published: identity cards, mobile numbers, bank cards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportfill.checks.narrative import Paragraph
from reportfill.finding import Finding
from reportfill.model.visible import without_marks

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"


def is_identity_number(digits: str) -> bool:
    """Whether 18 characters are an identity number: GB 11643, check digit by ISO 7064 MOD 11-2."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False))
    return digits[-1].upper() == _CHECK_DIGITS[total % 11]


def is_card_number(digits: str) -> bool:
    """Whether the check digit of a bank card's number is right (ISO/IEC 7812, Luhn)."""
    doubled = [int(digit) * (2 if index % 2 else 1) for index, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN = _HALF_WIDTH | dict.fromkeys(map(ord, "\t\u00a0\u2002\u2003\u2009\u202f\u3000"), " ")
_PLAIN |= dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d\uff3f_"), "-")
_PLAIN |= dict.fromkeys(map(ord, "\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65"), "-")  # dots in the middle
_PLAIN |= dict.fromkeys(map(ord, "()\uff08\uff09[]\uff3b\uff3d"), "-")
_PLAIN |= dict.fromkeys(
    map(ord, "\u0425\u0445\u2169\u2179"), "X"
)  # Cyrillic letters and Roman tens look like it
"""Digits, and what stands between their groups, in the form in which they are looked for: dashes for brackets and for
dots in the middle, but a full stop, which may be a decimal point, as it is."""

_LONG_NUMBER = re.compile(r"\d(?:[\W_]{0,3}\d){10}")
"""Eleven digits, whatever their width and whatever stands between them: nothing shorter is looked for."""

_RUN = re.compile(r"(?<![0-9])[0-9]+(?:[ .-]{1,3}[0-9]+)*(?:[ .-]{0,3}[Xx])?(?![0-9])")
"""Digits in groups, as people write long numbers."""

_GROUPS = re.compile(r"(\.?)[ .-]*([0-9]+[Xx]?|[Xx])")
_MOBILE = re.compile(r"(?:0086|86)?(1[3-9][0-9]{9})")
_MOBILE_GROUPS = frozenset({(11,), (3, 4, 4), (4, 3, 4), (4, 4, 3), (3, 8), (7, 4), (5, 6), (3, 3, 5)})
_MOBILE_GROUPS |= {(3, 2, 2, 2, 2)}
"""How many digits the groups of a mobile number have; 1 380 013 8000 is an amount."""

_CARD = re.compile(r"[3-6][0-9]{15,18}")
_BORN = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")


_MOST_GROUPS = 20
"""No number is looked for in more groups than these."""


class _Group(NamedTuple):
    """Digits that stand together, and the point that stands before them, if any."""

    point: str
    digits: str


class _Found(NamedTuple):
    """A number of somebody, as digits, and how many groups it takes up."""

    code: str
    digits: str
    groups: int


def privacy_findings(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Every number in the narrative that looks like personal data; the finding does not repeat it in full."""
    for paragraph in paragraphs:
        if not _LONG_NUMBER.search(paragraph.text):
            continue
        text = without_marks(paragraph.text).translate(_PLAIN)
        for run in _RUN.finditer(text):
            for found in _numbers_in([_Group(*group) for group in _GROUPS.findall(run.group())]):
                yield paragraph.finding(found.code, value=_masked(found.digits))


def _numbers_in(groups: Sequence[_Group]) -> Iterator[_Found]:
    """The numbers that groups of digits make, each of one or several whole groups."""
    start = 0
    while start < len(groups):
        ends = range(start + 1, min(start + _MOST_GROUPS, len(groups)) + 1)
        found = next(filter(None, (_number_of(groups[start:end]) for end in ends)), None)
        if found:
            yield found
        start += found.groups if found else 1


def _number_of(groups: Sequence[_Group]) -> _Found | None:
    """The number that just these groups make; None where they make none. One point among them is a decimal point, and
    only the birthday and check digit of an identity card say more than that."""
    digits, sizes = "".join(group.digits for group in groups), tuple(len(group.digits) for group in groups)
    if len(digits) == 18 and digits[:17].isdigit() and _BORN.match(digits, 6) and is_identity_number(digits):
        return _Found("privacy.identity_card", digits, len(groups))
    if sum(map(len, (group.point for group in groups[1:]))) == 1:
        return None
    mobile = _MOBILE.fullmatch(digits)
    if mobile and _without_prefix(sizes, len(digits) - 11) in _MOBILE_GROUPS:
        return _Found("privacy.mobile_number", mobile[1], len(groups))
    is_grouped_as_card = len(groups) == 1 or (set(sizes[:-1]) <= {4} and sizes[-1] <= 4) or sizes[0] == 6
    if _CARD.fullmatch(digits) and is_grouped_as_card and is_card_number(digits):
        return _Found("privacy.bank_card", digits, len(groups))
    return None


def _without_prefix(sizes: tuple[int, ...], length: int) -> tuple[int, ...]:
    """The sizes of the groups behind a prefix of so many digits, which may stand by itself."""
    if length and sizes[0] == length:
        return sizes[1:]
    return (sizes[0] - length, *sizes[1:])


def _masked(digits: str) -> str:
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
