"""The catalogue: every finding's code, severity and wording, in Chinese and English, in one place.

A placeholder in braces is filled when a finding is made. `cause` and `cure` are for docs/findings.md and `explain`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """What the catalogue says of one code; `message`, `hint`, `cause` and `cure` by language.

    `words` fill the placeholders as in the `example`; one that differs by language holds both. `source` is where the
    regulation asks for it, empty where it is the tool that does.
    """

    code: str
    severity: str
    message: Mapping[str, str]
    hint: Mapping[str, str]
    cause: Mapping[str, str]
    cure: Mapping[str, str]
    example: str
    words: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    source: str = ""

    def in_example(self, patterns: Mapping[str, str], language: str) -> str:
        """One of the entry's texts as the example has it."""
        words = self.words.items()
        return patterns[language].format(
            **{key: word if isinstance(word, str) else word[language] for key, word in words}
        )


_HEADER = re.compile(r'^\[(?:"(.+)"|(.+))\]$', re.MULTILINE)
"""The line with which a table of a file begins."""

Made = TypeVar("Made")


class _Tables(Mapping[str, Made]):
    """The tables of a file by name, each parsed when it is first asked for: all of them take longer than a report."""

    def __init__(self, file: str, make: Callable[[str, Mapping[str, Any]], Made]) -> None:
        self._file = file
        self._make = make
        self._made: dict[str, Made] = {}

    @cached_property
    def _written(self) -> dict[str, str]:
        text = _text(self._file)
        headers = list(_HEADER.finditer(text))
        ends = [*(header.start() for header in headers[1:]), len(text)]
        return {
            header[1] or header[2]: text[header.end() : end]
            for header, end in zip(headers, ends, strict=True)
        }

    def __getitem__(self, name: str) -> Made:
        if name not in self._made:
            self._made[name] = self._make(name, tomllib.loads(self._written[name]))
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


def _text(file: str) -> str:
    return Path(__file__).with_name(file).read_text("utf-8")


EXPLANATIONS: Mapping[str, Mapping[str, str]] = _Tables("explanations.toml", lambda _, words: words)
"""How the cause of an imbalance is told, by reason and language."""

CATALOGUE: Mapping[str, CatalogueEntry] = _Tables(
    "catalogue.toml", lambda code, entry: CatalogueEntry(code, **entry)
)
"""The entries by code, grouped as docs/findings.md lists them."""


@cache
def titles() -> Mapping[str, str]:
    """What a kind of finding is called in a few Chinese words, by its code."""
    return tomllib.loads(_text("titles.toml"))
