"""Texts that are said to people, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width


@dataclass(frozen=True, slots=True)
class Text:
    """A text in both languages of the catalogue."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in "zh" or "en"."""
        return self.en if language == "en" else self.zh

    def __str__(self) -> str:
        return self.zh


def word_list(words: str) -> tuple[str, ...]:
    """Words that are written in one text, with blanks or line breaks between them."""
    return tuple(words.split())


def how_many(number: int, one: str, several: str = "") -> str:
    """So many of something in English: 1 file, 2 files; `several` is the plural where an s does not make it."""
    return f"{number} {one if number == 1 else several or f'{one}s'}"


def cut(words: str, most: int) -> str:
    """Words of at most so many characters: of longer ones the beginning, with a sign that more follows."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def listed_words(words: Iterable[str]) -> str:
    """Chinese words one after the other: quotation marks divide by themselves (GB/T 15834)."""
    return "、".join(words).replace("”、“", "”“")


def width_in_digits(words: str) -> int:
    """How many digits words are as wide as: a Chinese character is as wide as two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)
