"""What a text shows: characters that nobody sees, and the lines that are seen as lines.

Unicode 16: White_Space and Default_Ignorable_Code_Point (PropList.txt, DerivedCoreProperties.txt), and the blank
pattern of Braille, which programs put where they want a space that stays.
"""

from __future__ import annotations

import re

SPACES = "\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""White space within a line, as it stands in a regular expression's set."""

MARKS = "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
"""Marks without width that come along when text is copied: soft hyphen, zero-width space, direction marks, byte order
mark. They can be taken out wherever they stand. As it stands in a regular expression's set."""

_FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters that stand for none: they show a gap, or nothing."""

_JOINERS = "\u034f\u180b-\u180d\u180f\u200d\ufe00-\ufe0f\U000e0000-\U000e0fff"
"""What changes how its neighbours look, as within an emoji; by itself it shows nothing."""

_MARK = re.compile(f"[{MARKS}]")
_NOTHING_SEEN = re.compile(rf"[\s\x85{SPACES}{MARKS}{_FILLERS}{_JOINERS}]*")
_BLANK_ENDS = re.compile(rf"\A[\s{_FILLERS}]+|[\s{_FILLERS}]+\Z")
_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")

PRINTABLE_BLANKS = tuple("\u115f\u1160\u2800\u3164\uffa0\u034f")
"""What shows nothing although `str.isprintable` takes it for something."""

_UNSEEN = re.compile(f"[{MARKS}{_FILLERS}{_JOINERS}]")
_SHOWN = {ord("\t"): "[Tab]", ord("\n"): "↵"}


def is_blank(text: str) -> bool:
    """Whether a text shows nothing at all."""
    return _NOTHING_SEEN.fullmatch(text) is not None


def without_marks(text: str) -> str:
    """The text without marks that have no width."""
    return _MARK.sub("", text)


def trimmed(text: str) -> str:
    """The text without marks, and without what shows nothing at its ends; empty where it shows nothing at all."""
    plain = _BLANK_ENDS.sub("", without_marks(text))
    return "" if is_blank(plain) else plain


def lines_in(text: str) -> list[str]:
    """The lines that a text has, whichever of Unicode's characters breaks them, each trimmed; without empty ones."""
    return [line for part in _LINE_BREAK.split(text) if (line := trimmed(part.replace("\t", " ")))]


def with_line_feeds(text: str) -> str:
    """The text with line feeds for whatever breaks its lines."""
    return _LINE_BREAK.sub("\n", text)


def with_marks_shown(text: str) -> str:
    """The text for a message in which it matters what nobody sees: 5[U+200B]6, 12↵3."""
    shown = with_line_feeds(text).translate(_SHOWN)
    return _UNSEEN.sub(lambda unseen: f"[U+{ord(unseen[0]):04X}]", shown)
