"""What a template sees of a value that is shown in other words than data have: printed as people read it, and equal to
both."""

from __future__ import annotations

from typing import Any


class PrintedWords(str):
    """Words that are printed for a `value`; compared, they are the value."""

    value: Any

    def __new__(cls, words: str, value: Any) -> PrintedWords:
        made = super().__new__(cls, words)
        made.value = value
        return made

    def __eq__(self, other: object) -> bool:
        if isinstance(other, PrintedWords):
            return bool(self.value == other.value)
        return super().__eq__(other) is True or bool(self.value == other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return super().__hash__()

    def __lt__(self, other: Any) -> bool:
        return bool(self.value < _value(other))

    def __le__(self, other: Any) -> bool:
        return bool(self.value <= _value(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self.value > _value(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self.value >= _value(other))


class PrintedAnswer(int):
    """Yes or no: printed as 是 or 否, true or false in a condition, and added up as 1 or 0."""

    def __new__(cls, words: str, value: bool) -> PrintedAnswer:
        made = super().__new__(cls, value)
        made.words = words
        return made

    words: str

    def __str__(self) -> str:
        return self.words

    def __format__(self, specification: str) -> str:
        return format(self.words, specification)

    def __eq__(self, other: object) -> bool:
        return other == self.words or super().__eq__(other)

    def __hash__(self) -> int:
        return super().__hash__()


class PrintedList(list[PrintedWords]):
    """Several values: printed as an enumeration, and gone through one by one."""

    def __str__(self) -> str:
        return "、".join(self)


def _value(other: Any) -> Any:
    return other.value if isinstance(other, PrintedWords) else other
