"""Findings: everything that is wrong, doubtful or was tidied in what somebody sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from reportfill.catalogue import CATALOGUE, LANGUAGES
from reportfill.place import Cell
from reportfill.text import Text


class Severity(Enum):
    """How grave a finding is: with an error no report is written, a note only says what was tidied."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_NAMES: Mapping[Severity, Text] = {
    Severity.ERROR: Text("错误", "error"),
    Severity.WARNING: Text("提醒", "warning"),
    Severity.NOTE: Text("说明", "note"),
}
"""What a person calls a severity."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, doubtful or was tidied.

    `code` is stable and listed in docs/findings.md; `field` is the dotted path, empty where there is none, and `place`
    where it stands; `value` is what stands there and `expected` what should; `cells` are all cells that take part, as
    text, and the paths of those values that stand in none; `message` says where and what, `hint` what to do.
    """

    code: str
    severity: Severity
    field: str
    place: Cell | None
    value: Any
    expected: Any
    message: Text
    hint: Text
    cells: tuple[str, ...] = ()

    def phrase(self, language: str = "zh") -> str:
        """The message without its full stop, as a line that says more or the cell of a table has it."""
        return self.message.in_language(language).removesuffix("。").removesuffix(".")

    @property
    def cell(self) -> str:
        """The place as 表三!D7, or the empty string."""
        return str(self.place or "")

    def as_dict(self, language: str = "zh") -> dict[str, Any]:
        """The finding as plain values, with numbers that are not whole as text, for JSON."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "field": self.field,
            "cell": self.cell,
            "value": _plain(self.value),
            "expected": _plain(self.expected),
            "message": self.message.in_language(language),
            "hint": self.hint.in_language(language),
            "cells": list(self.cells),
        }

    def as_plain(self) -> dict[str, Any]:
        """The finding as plain values in both languages, from which `from_plain` makes it again."""
        return self.as_dict() | {
            "cell": self.place,
            "message": [self.message.zh, self.message.en],
            "hint": [self.hint.zh, self.hint.en],
        }

    @classmethod
    def from_plain(cls, told: Mapping[str, Any]) -> Finding:
        """The finding that plain values tell of. A value that was no text, whole number or truth value comes back as
        text. Raises KeyError, TypeError or ValueError where they tell of none."""
        return cls(
            told["code"],
            Severity(told["severity"]),
            told["field"],
            Cell(*told["cell"]) if told["cell"] else None,
            told["value"],
            told["expected"],
            Text(*told["message"]),
            Text(*told["hint"]),
            tuple(told["cells"]),
        )


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool) else str(value)


def finding(
    code: str,
    *,
    field: str = "",
    cell: Cell | None = None,
    value: Any = None,
    expected: Any = None,
    cells: Iterable[Cell | str] = (),
    severity: str | None = None,
    **words: object,
) -> Finding:
    """The finding that the catalogue words for a code.

    `words` fill the placeholders of its texts, beside `value`, `expected` and `cell`. A word that differs
    from language to language is a Text.
    """
    entry = CATALOGUE[code]
    given = words | {"value": value, "expected": expected, "cell": cell or "", "field": field}
    return Finding(
        code=code,
        severity=Severity(severity or entry.severity),
        field=field,
        place=cell,
        value=value,
        expected=expected,
        message=filled_text(entry.message, **given),
        hint=filled_text(entry.hint, **given),
        cells=tuple(map(str, cells)),
    )


def filled_text(patterns: Mapping[str, str], **words: object) -> Text:
    """A text of a catalogue with its placeholders filled; a word that differs by language is a Text."""
    return Text(*(patterns[language].format(**_spoken(words, language)) for language in LANGUAGES))


def _spoken(words: Mapping[str, object], language: str) -> dict[str, object]:
    return {
        key: word.in_language(language) if isinstance(word, Text) else word for key, word in words.items()
    }


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity: {"error": 2, "warning": 0, "note": 1}."""
    found = Counter(finding.severity for finding in findings)
    return {severity.value: found[severity] for severity in Severity}


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding forbids writing the report."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def errors_in(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that forbid writing the report."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def warnings_in(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that ask somebody to look."""
    return [finding for finding in findings if finding.severity is Severity.WARNING]


def named_together(cells: Iterable[Cell | str]) -> str:
    """The cells in a row of words, the sheet named once: 表三!D7、E7、F7."""
    words: list[str] = []
    sheet = ""
    for cell in cells:
        where = "" if isinstance(cell, str) else cell.sheet
        words.append(str(cell) if isinstance(cell, str) or where != sheet else cell.address)
        sheet = where
    shown = words if len(words) <= 12 else [*words[:11], f"…{words[-1]}"]
    return "、".join(shown)
