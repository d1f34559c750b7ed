"""The language in which the command line speaks: --lang, else REPORTFILL_LANG, else the locale."""

from __future__ import annotations

import locale
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise

from reportfill.catalogue import LANGUAGES
from reportfill.text import Text


def _of_environment() -> str:
    """The language of REPORTFILL_LANG or of the locale, English where that says nothing."""
    said = os.environ.get("REPORTFILL_LANG", "").lower()[:2]
    if said in LANGUAGES:
        return said
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next(filter(None, names), "") or (locale.getlocale()[0] or "")
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


_current = _of_environment()


def language() -> str:
    """The language in force: "zh" or "en"."""
    return _current


def speak(chosen: str) -> None:
    """Speak another language from now on."""
    global _current
    _current = chosen


def said_in(arguments: Sequence[str]) -> str | None:
    """The language that --lang asks for, wherever it stands among the arguments; None where it does not."""
    asked = [argument.removeprefix("--lang=") for argument in arguments if argument.startswith("--lang=")]
    asked += [after for before, after in pairwise(arguments) if before == "--lang"]
    return next((one for one in reversed(asked) if one in LANGUAGES), None)


_declared: list[tuple[str, str]] = []
_is_declaring = True


def say(zh: str, en: str) -> str:
    """The text in the language in force."""
    if _is_declaring:
        _declared.append((zh, en))
    return zh if _current == "zh" else en


def told(text: Text) -> str:
    """A text that somebody else has worded, in the language in force."""
    return text.in_language(_current)


@contextmanager
def declaring() -> Iterator[None]:
    """Count what is said meanwhile as declared: a command is declared when it is called."""
    global _is_declaring
    before, _is_declaring = _is_declaring, True
    try:
        yield
    finally:
        _is_declaring = before


def declared() -> list[tuple[str, str]]:
    """What was said, in both languages, while the commands were declared, which is before any of them runs: their help
    may have to be told in another language than that of the system."""
    global _is_declaring
    _is_declaring = False
    return _declared
