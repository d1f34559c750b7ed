"""What is wrong with a pack, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing that a pack's keeper has to mend, said in English and, where `chinese` is there, in Chinese too.

    `place` names the file and the spot in it: "schema.json#/properties/year", "intake.xlsx 表三!D7",
    "report.docx table 2, row 4, column 3".
    """

    place: str
    message: str
    chinese: str = ""
    """The message for a keeper who reads Chinese; the empty string where there is none."""
    publishes: bool = False
    """Whether it is about what would be published of the keeper: a report leaves that out, so it can be printed."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
