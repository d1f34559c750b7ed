"""What is wrong with a pack, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportfill.errors import PackError


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


class BrokenPackError(PackError):
    """A pack that cannot be used; `problems` are all the reasons that were found, its text has one line for each."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        chinese = (f"{problem.place}：{problem.chinese or problem.message}" for problem in self.problems)
        super().__init__("\n".join(map(str, self.problems)), "\n".join(chinese))


def place_in_schema(path: Iterable[str | int]) -> str:
    """A path of keys as a place for people: "schema.json#/properties/year"."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return "schema.json#" + "".join(f"/{key}" for key in escaped)
