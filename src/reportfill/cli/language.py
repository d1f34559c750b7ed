"""The language in which the command line speaks: --lang, else REPORTFILL_LANG, else the locale."""

from __future__ import annotations

import locale
import os

CHOICES = ("zh", "en")


def _of_environment() -> str:
    """The language of REPORTFILL_LANG or of the locale, English where that says nothing."""
    said = os.environ.get("REPORTFILL_LANG", "").lower()[:2]
    if said in CHOICES:
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


def say(zh: str, en: str) -> str:
    """The text in the language in force."""
    return zh if _current == "zh" else en
