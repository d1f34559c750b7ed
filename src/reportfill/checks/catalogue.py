"""The catalogue: every finding's code, severity and wording, in Chinese and English, in one place.

A placeholder in braces is filled when a finding is made. `cause` and `cure` are for docs/findings.md.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

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


def _read() -> dict[str, Entry]:
    said = tomllib.loads(files("reportfill.checks").joinpath("catalogue.toml").read_text(encoding="utf-8"))
    return {code: Entry(code, **entry) for code, entry in said.items()}


CATALOGUE: Mapping[str, Entry] = _read()
"""The entries by code, grouped as docs/findings.md lists them."""
