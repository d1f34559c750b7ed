"""What is wrong with a pack, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing that a pack's keeper has to mend.

    `place` names the file and the spot in it: "schema.json#/properties/year", "intake.xlsx 表三!D7",
    "report.docx table 2, row 4, column 3".
    """

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"
