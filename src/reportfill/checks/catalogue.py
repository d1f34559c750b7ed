"""The catalogue: every finding's code, severity and wording, in Chinese and English, in one place.

A placeholder in braces is filled when a finding is made. `cause` and `cure` are for docs/findings.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue says of one code; `message` and `hint` by language.

    `source` is where the regulation asks for it, empty where it is the tool that does.
    """

    code: str
    severity: str
    message: Mapping[str, str]
    hint: Mapping[str, str]
    cause: str
    cure: str
    example: str
    source: str = ""


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("reportfill.checks").joinpath(name).read_text(encoding="utf-8"))


def _read() -> dict[str, Entry]:
    return {code: Entry(code, **entry) for code, entry in _toml("catalogue.toml").items()}


EXPLANATIONS: Mapping[str, Mapping[str, str]] = _toml("explanations.toml")
"""How the cause of an imbalance is told, by reason and language."""

CATALOGUE: Mapping[str, Entry] = _read()
"""The entries by code, grouped as docs/findings.md lists them."""

TITLES: Mapping[str, str] = _toml("titles.toml")
"""What a kind of finding is called in a few Chinese words, by its code."""
