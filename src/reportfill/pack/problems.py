"""What is wrong with a pack, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportfill.errors import PackError

_PLACES = (
    (re.compile(r" table (\d+), row (\d+), column (\d+)"), r"第\1个表格第\2行第\3列"),
    (re.compile(r" paragraph (\d+)"), r"第\1段"),
    (re.compile(r"\.docx header(\d*)"), r".docx页眉\1"),
    (re.compile(r"\.docx footer(\d*)"), r".docx页脚\1"),
    (re.compile(r"\.docx footnotes"), ".docx脚注"),
    (re.compile(r"\.docx endnotes"), ".docx尾注"),
)
"""How a place in a Word file is said in Chinese."""


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
    """Whether it is about what of the keeper is in the files, and no reason not to print: comments and changes, which
    a report leaves out, and hidden text."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    @property
    def in_chinese(self) -> str:
        """Place and message for a keeper who reads Chinese, as far as they are there in Chinese."""
        if not self.chinese:
            return str(self)
        return f"{in_chinese(self.place)}：{self.chinese}"


def in_chinese(place: str) -> str:
    """A place for a keeper who reads Chinese."""
    for english, chinese in _PLACES:
        place = english.sub(chinese, place)
    return place


class BrokenPackError(PackError):
    """A pack that cannot be used; `problems` are all the reasons that were found, its text has one line for each."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        chinese = "\n".join(problem.in_chinese for problem in self.problems)
        super().__init__("\n".join(map(str, self.problems)), chinese)


def place_in_schema(path: Iterable[str | int]) -> str:
    """A path of keys as a place for people: "schema.json#/properties/year"."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return "schema.json#" + "".join(f"/{key}" for key in escaped)
