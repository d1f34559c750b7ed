"""Yes and no as people write them into a form."""

from __future__ import annotations

YES, NO = "是", "否"

_SAY_YES = frozenset((YES, "√", "✓", "✔", "☑", "1", "TRUE", "Y", "YES"))
_SAY_NO = frozenset((NO, "×", "✗", "✘", "☐", "0", "FALSE", "N", "NO"))


def says_yes(word: str) -> bool:
    """Whether a word says yes."""
    return word.upper() in _SAY_YES


def says_no(word: str) -> bool:
    """Whether a word says no."""
    return word.upper() in _SAY_NO
