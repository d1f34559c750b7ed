"""Names of files that leave a path short enough. They are shortened by whole words, never within brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from reportfill.files import is_short, plain_name, safe_name
from reportfill.system_words import LONGEST_PATH, path_length, utf16_length

_YEAR = re.compile(r"[0-9]{4}年度?")
_JOINING = ("和", "、", "，", "·")
"""What a word ends with that says nothing without the next."""


def path_within(folder: Path, name: str, suffix: str, agency: str, code: str) -> Path:
    """Where a file of an agency goes in a folder: under a name with which Office opens it, as far as that can be."""
    room = LONGEST_PATH - path_length(folder / suffix)
    return folder / f"{name_within(room, name, agency, code=code)}{suffix}"


def name_within(room: int, name: str, agency: str, short_name: str = "", code: str = "") -> str:
    """A file's name without suffix: the one that is wanted if it has at most so many UTF-16 units, else a shorter one
    as `shortened_name` chooses it."""
    return safe_name(name) if _fits(name, room) else shortened_name(name, room, agency, short_name, code)


def shortened_name(name: str, room: int, agency: str, short_name: str = "", code: str = "") -> str:
    """The first shorter name of at most so many UTF-16 units that may stand for one, or the shortest. `agency`,
    `short_name` and `code` are whose file it is, empty where nobody knows."""
    shortest = name
    for one in shorter_names(name, agency, short_name, code):
        if _fits(one, room):
            return safe_name(one)
        shortest = min(shortest, one, key=len)
    return safe_name(shortest) if shortest != name and is_short(shortest) else safe_name(name, _ending(code))


def shorter_names(name: str, agency: str, short_name: str, code: str) -> Iterator[str]:
    """What may stand for a name that is too long, the longer first: the agency by its short name, then by fewer and
    fewer of its words; at last with fewer and fewer words beside it, of which the last says what the file is. All have
    the agency's code."""
    called = next((one for one in (agency, short_name) if one and one in name), "")
    before, _, after = name.partition(called) if called else ("", "", name)
    shorter = [one for one in (short_name, *_ends(agency), *_ends(short_name)) if one] if called else []
    for one in shorter:
        yield _with_code(before + one + after, code)
    beside, shortest = _words(before + after), min((*shorter, called), key=len)
    for first in range(1, len(beside)):
        for one in dict.fromkeys((short_name or shortest, shortest)):
            yield _with_code(one + "".join(beside[first:]), code)


def _fits(name: str, room: int) -> bool:
    name = plain_name(name)
    return is_short(name) and utf16_length(name) <= room


def _ends(agency: str) -> Iterator[str]:
    """The name of an agency without what stands in brackets, then without one more of its first words each time."""
    words = [word for word in _words(agency) if word[0] not in "（("]
    yield from ("".join(words[first:]) for first in range(len(words)))


@lru_cache(maxsize=1024)
def _words(name: str) -> tuple[str, ...]:
    """The words of a name; a year is one, and what joins two stays with both."""
    words = [""]
    for piece in _pieces(name):
        if words[-1].endswith(_JOINING):
            words[-1] += piece
        else:
            words.append(piece)
    return tuple(words[1:])


def _pieces(name: str) -> Iterator[str]:
    """The years of a name, and the words between them."""
    from reportfill.model.chinese.office_names import words_of  # slow to import, and few names are too long

    end = 0
    for year in _YEAR.finditer(name):
        yield from filter(None, words_of(name[end : year.start()]))
        yield year[0]
        end = year.end()
    yield from filter(None, words_of(name[end:]))


def _with_code(name: str, code: str) -> str:
    """A name that has the code of its agency: as it is, or with the code behind it."""
    before, found, after = name.partition(code) if code else (name, "", "")
    beside = before[-1:] + after[:1]
    is_part = any(
        sign.isascii() and sign.isalnum() for sign in beside
    )  # of a number or word, as 2 is in 2023
    return name if found and not is_part else name + _ending(code)


def _ending(code: str) -> str:
    return f"（{plain_name(code)}）" if code else ""
