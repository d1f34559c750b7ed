"""A title broken over lines as GB/T 9704-2012, 7.3.1 asks: between words, of fitting lengths, as a trapezoid or
rhombus."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

from reportfill.errors import PackError
from reportfill.model.chinese.office_names import words_of
from reportfill.report.budget import spend
from reportfill.report.tag_values import Lines, printed_value

_NEVER_FIRST, _NEVER_LAST = "、，。：；）)》”·", "（(《“"
_NARROWEST, _WIDEST = 4, 100
_MOST_WORDS, _MOST_WAYS = 16, 20_000
"""So many words of a phrase can be tried out in every way, and so many ways of laying out all phrases together."""


_LONGEST_TITLE = 300
"""Characters up to which the lines of a title are weighed against one another; no office has a longer one."""

_COST = 1_000_000
"""What weighing the lines of a title takes off the budget of a render: a tenth of a second."""


def title_lines(phrases: object, width: int = 20) -> Lines:
    """A title for a template: its phrases on one line where they fit into that many Chinese characters, else each
    phrase begins a line, and one that is too long goes on where a word of it ends. Raises PackError for what is no
    text or list of texts, and for lines too narrow for a word."""
    if not isinstance(width, int) or not _NARROWEST <= width <= _WIDEST:
        raise PackError(
            f"title_lines takes a number of characters from {_NARROWEST} to {_WIDEST}",
            f"title_lines每行的字数应在{_NARROWEST}到{_WIDEST}之间",
        )
    texts = [
        text
        for text in map(printed_value, phrases if isinstance(phrases, list | tuple) else [phrases])
        if text
    ]
    spend(_COST)
    return Lines(tuple(lines_of(texts, width)))


def lines_of(phrases: Sequence[str], width: int) -> list[str]:
    """The lines of a title of that many Chinese characters a line."""
    whole = "".join(phrases)
    if width_of(whole) <= width:
        return [whole]
    if len(whole) > _LONGEST_TITLE:
        return [line for phrase in phrases for line in _filled(phrase, width)]
    ways = [list(_ways(phrase, width)) for phrase in phrases]
    if math.prod(map(len, ways)) > _MOST_WAYS:
        ways = [[min(each, key=lambda lines: _fault(lines, width))] for each in ways]
    best = min(product(*ways), key=lambda parts: _fault([line for part in parts for line in part], width))
    return [line for part in best for line in part]


def _filled(phrase: str, width: int) -> Iterator[str]:
    """The lines of a phrase, each with as many words as it holds."""
    line: list[str] = []
    used = 0.0
    for word in _words(phrase, width):
        if line and used + width_of(word) > width:
            yield "".join(line)
            line, used = [], 0.0
        line.append(word)
        used += sum(map(_width, word))
    if line:
        yield "".join(line)


def _words(phrase: str, width: int) -> list[str]:
    return [piece for word in words_of(phrase) for piece in _pieces(word, width)]


def width_of(text: str) -> float:
    """The width of a text in Chinese characters, without blanks at its end: Western letters are as wide as in Times
    New Roman, or nearly so."""
    return sum(_width(sign) for sign in text.rstrip())


def _width(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in "WFA":
        return 1.0
    if sign.isupper():
        return 0.78
    return 0.5 if sign.isdigit() or sign == " " else 0.6


def _ways(phrase: str, width: int) -> Iterator[list[str]]:
    """The ways of laying out a phrase in as few lines as can be, or in one more."""
    if width_of(phrase) <= width:
        yield [phrase]
        return
    words = _words(phrase, width)
    if len(words) > _MOST_WORDS:
        words = _joined(words, width)
    if len(words) > _MOST_WORDS:  # no name of an office is so long
        yield words
        return
    fewest = math.ceil(width_of(phrase) / width)
    found = 0
    for number in range(fewest, len(words) + 1):
        for cuts in combinations(range(1, len(words)), number - 1):
            lines = ["".join(words[start:end]) for start, end in pairwise((0, *cuts, len(words)))]
            if all(width_of(line) <= width for line in lines):
                found = found or number
                yield lines
        if found and number > found:
            return


def _pieces(word: str, width: int) -> list[str]:
    """A word, or where it is longer than a line its pieces of about the same length."""
    if width_of(word) <= width:
        return [word]
    number = math.ceil(width_of(word) / (width - 1))
    size = math.ceil(len(word) / number)
    pieces, start = [], 0
    while start < len(word):
        end = min(start + size, len(word))
        while start < end - 1 < len(word) - 1 and (word[end] in _NEVER_FIRST or word[end - 1] in _NEVER_LAST):
            end -= 1
        pieces.append(word[start:end])
        start = end
    return pieces


def _joined(words: list[str], width: int) -> list[str]:
    """Fewer, longer words: the shortest neighbours are joined until they can be tried out in every way."""
    while len(words) > _MOST_WORDS:
        place = min(range(len(words) - 1), key=lambda i: width_of(words[i] + words[i + 1]))
        if width_of(words[place] + words[place + 1]) > width:
            return words
        words = [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]
    return words


def _fault(lines: list[str], width: int) -> float:
    """How far lines are from a trapezoid or rhombus of few lines of fitting lengths; the least is best."""
    widths = [width_of(line) for line in lines]
    waists = sum(
        before > middle < behind
        for before, middle, behind in zip(widths, widths[1:], widths[2:], strict=False)
    )
    equal = sum(abs(one - other) < 0.5 for one, other in pairwise(widths))
    uneven = sum(max(0.0, width / 3 - each) for each in widths) / width
    spread = (max(widths) - min(widths)) / width
    return 3.0 * len(lines) + 4.0 * waists + 0.5 * equal + 3.0 * uneven + spread
