"""What stands in the cells of a roster, tidied: nearly all of it as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from reportfill.campaign.agencies.roster import CONTACT, EMAIL, LEVEL, NAME, SHORT_NAME, TELEPHONE
from reportfill.model.visible import MARKS, is_blank
from reportfill.office.grid import CellValue
from reportfill.office.xml import FORBIDDEN_IN_XML

INVISIBLE = re.compile(f"[{MARKS}\u200d]")
"""Characters that nobody sees and that make the same code another."""

_LINE_BREAK = re.compile(r"[^\S\n\r]*[\n\r\v\f\x85\u2028\u2029]\s*")
_TIDY = "0-9A-Za-z@_\u4e00-\u9fa5-"
_TIDY_CODES, _TIDY_NAMES, _TIDY_ADDRESSES = (
    re.compile(rf"[{_TIDY}{more}\n]*") for more in ("", "()（）、·", ".;")
)
"""Texts, divided by line feeds, in which nothing has to be tidied."""

_NUMBER_WITH_FRACTION = re.compile(r"([0-9]+)\.0+")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_EXACT_BELOW = 10**15
"""Whole numbers of up to 15 digits are exact as Excel keeps them."""

_ENDINGS = {ending[-1]: ending for ending in ("委员会", "办公室", "局", "委", "办")}
"""The usual endings of names by their last character."""


def all_tidied(label: str, texts: Sequence[str]) -> Sequence[str]:
    """The texts of a column as the roster keeps them under that heading. Nearly all are tidy as they stand, which one
    look at all of them tells."""
    together = "\n".join(texts)
    if _tidy_under(label).fullmatch(together) and together.count("\n") < len(texts):
        return texts
    return [tidied_entry(label, text) for text in texts]


def _tidy_under(label: str) -> re.Pattern[str]:
    if label in (NAME, SHORT_NAME, CONTACT):
        return _TIDY_NAMES
    return _TIDY_ADDRESSES if label in (TELEPHONE, EMAIL) else _TIDY_CODES


def tidied_entry(label: str, text: str) -> str:
    """A text as the roster keeps it under that heading: names as they are written, all else in half width."""
    if is_blank(text):
        return ""
    text = FORBIDDEN_IN_XML.sub("", INVISIBLE.sub("", text))
    if label in (NAME, SHORT_NAME, CONTACT):
        return " ".join(_LINE_BREAK.sub("", text.strip()).split())
    text = unicodedata.normalize("NFKC", text)
    if label in (TELEPHONE, EMAIL):
        return " ".join(text.split())
    text = (" " if label == LEVEL else "").join(text.split())  # two numbers are no level
    whole = _NUMBER_WITH_FRACTION.fullmatch(text)
    return whole[1] if whole else text


def cell_text(value: CellValue) -> str:
    """What a cell shows: a number without the .0 that calamine gives it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def cell_texts(values: Sequence[CellValue]) -> Sequence[str]:
    """What the cells of a column show."""
    return list(map(str if _are_texts(values) else cell_text, values))


def _are_texts(values: Iterable[CellValue]) -> bool:
    return set(map(type, values)) == {str}


def spoiled_among(values: Sequence[CellValue]) -> list[int]:
    """The places in a column of what Excel made something else of. A column of texts without a + has none."""
    if _are_texts(values) and "+" not in "".join(map(str, values)):
        return []
    return [place for place, value in enumerate(values) if is_spoiled(value)]


def is_spoiled(value: CellValue) -> bool:
    """Whether Excel made something else of a code: a date, a number that has lost digits, or one as 4.1E+17."""
    if isinstance(value, str):
        return "+" in value and bool(_SCIENTIFIC.fullmatch(value.strip()))
    if isinstance(value, date | datetime | time | timedelta):
        return True
    return isinstance(value, int | float) and not 0 <= value < _EXACT_BELOW


def name_key(name: str) -> str:
    """What names share that differ in no more than white space, the width of characters, and which of the usual
    endings they have."""
    return _without_ending("".join(unicodedata.normalize("NFKC", name).split()))


def name_keys(names: Sequence[str]) -> list[str]:
    """The keys of names that are not empty, in their order. Nearly all have no white space, which one look at all of
    them tells."""
    keys = unicodedata.normalize("NFKC", "\n".join(names)).split()
    return list(map(_without_ending, keys)) if len(keys) == len(names) else list(map(name_key, names))


def _without_ending(key: str) -> str:
    """A name with a mark in the place of a usual ending, unless that is all of it."""
    ending = _ENDINGS.get(key[-1:])
    return f"{key.removesuffix(ending)}#" if ending and key.endswith(ending) and key != ending else key
