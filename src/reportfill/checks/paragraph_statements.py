"""What a paragraph tells: numbers that it states, things of which it says there was none, numbers left out."""

from __future__ import annotations

from typing import NamedTuple

from reportfill.decimals import Number
from reportfill.pack.wordings import Mention


class Statement(NamedTuple):
    """One number that a text states: of the sum of `mentions`, between `least` and `greatest`; the words that say so.

    `has_level` says that a level (全区, 本级) is named with it, `is_of_others` that it is the number of others than the
    body that reports (各乡镇). `including` are mentions that the sentence counts among what is stated although the form
    counts them beside it: 收到申请156件（含上年结转4件）.
    """

    mentions: tuple[Mention, ...]
    least: Number
    greatest: Number
    start: int
    end: int
    has_level: bool = False
    is_of_others: bool = False
    including: tuple[Mention, ...] = ()


class Omission(NamedTuple):
    """A measure without its number: where its clause begins, where it stands, and whether that is beyond doubt."""

    start: int
    unit: int
    end: int
    is_sure: bool


class ParagraphStatements(NamedTuple):
    """What a paragraph tells: its statements in their order, and where a measure stands without its number."""

    statements: tuple[Statement, ...] = ()
    omissions: tuple[Omission, ...] = ()
