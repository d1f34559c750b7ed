"""What came of an operation, as the server remembers it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportfill.finding import Finding
from reportfill.text import Text

MOST_TOLD = 200
"""So many findings and names are kept; the files have all."""


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names, of which the first are there, and how many there are in all."""

    what: Text
    first: tuple[str, ...]
    count: int

    @classmethod
    def of(cls, what: Text, names: Sequence[str]) -> Names:
        """The list of these names."""
        return cls(what, tuple(names[:MOST_TOLD]), len(names))


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that an operation wrote for the office: its path in the campaign, and the SHA-256 that it had then."""

    path: str
    digest: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class OperationResult:
    """What is said of an operation that has ended: lines, lists of names, findings, and what could not be done for
    reasons of its own (`held`); the files that it wrote. `figures` are sums by their paths, for programs."""

    lines: tuple[Text, ...] = ()
    names: tuple[Names, ...] = ()
    findings: tuple[Finding, ...] = ()
    held: tuple[Text, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[MadeFile, ...] = ()

    def as_text(self) -> str:
        """The result as a text."""
        told = {
            "lines": [_pair(line) for line in self.lines],
            "names": [[_pair(one.what), one.first, one.count] for one in self.names if one.count],
            "findings": [found.as_plain() for found in self.findings[:MOST_TOLD]],
            "held": [_pair(line) for line in self.held[:MOST_TOLD]],
            "figures": dict(self.figures),
            "files": [[file.path, file.digest] for file in self.files],
        }
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> OperationResult:
        """The result from its text; an empty one from an empty text."""
        told = json.loads(text) if text else {}
        return cls(
            tuple(Text(*line) for line in told.get("lines", ())),
            tuple(Names(Text(*what), tuple(first), count) for what, first, count in told.get("names", ())),
            tuple(Finding.from_plain(one) for one in told.get("findings", ())),
            tuple(Text(*line) for line in told.get("held", ())),
            told.get("figures", {}),
            tuple(MadeFile(*file) for file in told.get("files", ())),
        )


def _pair(text: Text) -> tuple[str, str]:
    return text.zh, text.en
