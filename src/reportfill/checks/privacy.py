"""Personal data that must not be published: identity cards, mobile numbers, bank cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from reportfill.checks.findings import Finding, finding
from reportfill.checks.narrative import Paragraph
from reportfill.checks.numerals import with_plain_digits

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


def _always(digits: str) -> bool:
    return True


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    (
        "privacy.identity_card",
        re.compile(r"(?<!\d)\d{6}[ -]?\d{8}[ -]?\d{3}[\dXx](?![\dA-Za-z])"),
        is_identity_number,
    ),
    ("privacy.mobile_number", re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"), _always),
    (
        "privacy.bank_card",
        re.compile(r"(?<!\d)[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)"),
        is_card_number,
    ),
)


_LONG_NUMBER = re.compile(r"\d[\d -]{10}")
"""Eleven digits, perhaps in groups: nothing shorter is looked for."""


def privacy_findings(paragraphs: list[Paragraph]) -> Iterator[Finding]:
    """Every number in the narrative that looks like personal data; the finding does not repeat it in full."""
    for paragraph in paragraphs:
        text, taken = with_plain_digits(paragraph.text), set[int]()
        if not _LONG_NUMBER.search(text):
            continue
        for code, pattern, is_valid in _KINDS:
            for match in pattern.finditer(text):
                digits = re.sub("[ -]", "", match.group())
                if match.start() not in taken and is_valid(digits):
                    taken.add(match.start())
                    yield finding(
                        code,
                        field=paragraph.field.path,
                        cell=paragraph.cell,
                        value=_masked(digits),
                        label=paragraph.label,
                    )


def _masked(digits: str) -> str:
    return f"{digits[:3]}{'*' * (len(digits) - 5)}{digits[-2:]}"
