"""What is wrong with a pack, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.errors import PackError

_PARTS = {"header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}
"""What the parts of a Word file are called in Chinese, without their numbers."""


SchemaPlace = tuple[str | int, ...]
"""A place in a schema: the keys and indices that lead there."""


class WordPlace(NamedTuple):
    """A place in a Word file: the part, none for the document itself, and in it a cell of a table or a paragraph, each
    counted from 1; 0 where there is none."""

    part: str = ""
    table: int = 0
    row: int = 0
    column: int = 0
    paragraph: int = 0
    file: str = "report.docx"

    def __str__(self) -> str:
        words = f" table {self.table}, row {self.row}, column {self.column}" if self.table else ""
        words += f" paragraph {self.paragraph}" if self.paragraph else ""
        return f"{self.file}{self.part and ' '}{self.part}{words}"

    @property
    def in_chinese(self) -> str:
        """The place for a keeper who reads Chinese."""
        name = self.part.rstrip("0123456789")
        words = _PARTS[name] + self.part[len(name) :] if name in _PARTS else self.part and f" {self.part}"
        words += f"第{self.table}个表格第{self.row}行第{self.column}列" if self.table else ""
        return f"{self.file}{words}" + (f"第{self.paragraph}段" if self.paragraph else "")


class LinePlace(NamedTuple):
    """A line of a text file, counted from 1; 0 for the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file} line {self.line}" if self.line else self.file

    @property
    def in_chinese(self) -> str:
        """The place for a keeper who reads Chinese."""
        return f"{self.file}第{self.line}行" if self.line else self.file


Place = str | WordPlace | LinePlace
"""A place in a file of a pack."""


@dataclass(frozen=True, slots=True)
class PackProblem:
    """One thing that a pack's keeper has to mend, said in English and, where `chinese` is there, in Chinese too.

    `place` names the file and the spot in it: "schema.json#/properties/year", "intake.xlsx 表三!D7",
    "report.docx table 2, row 4, column 3", "report.html line 34".
    """

    place: Place
    message: str
    chinese: str = ""
    """The message for a keeper who reads Chinese; the empty string where there is none."""
    is_usable: bool = False
    """Whether the pack can be used all the same: it is about what of the keeper is in the files, or how they look."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"

    @property
    def in_chinese(self) -> str:
        """Place and message for a keeper who reads Chinese, as far as they are there in Chinese."""
        if not self.chinese:
            return str(self)
        place = self.place if isinstance(self.place, str) else self.place.in_chinese
        return f"{place}：{self.chinese}"


class BrokenPackError(PackError):
    """A pack that cannot be used; `problems` are all the reasons that were found, its text has one line for each."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        chinese = "\n".join(problem.in_chinese for problem in self.problems)
        super().__init__("\n".join(map(str, self.problems)), chinese)


def broken(place: Place, english: str, chinese: str = "") -> BrokenPackError:
    """The error of a pack with one problem."""
    return BrokenPackError([PackProblem(place, english, chinese)])


def place_in_schema(path: Iterable[str | int]) -> str:
    """A path of keys as a place for people: "schema.json#/properties/year"."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return "schema.json#" + "".join(f"/{key}" for key in escaped)


def problem_in_schema(path: Iterable[str | int], english: str, chinese: str) -> PackProblem:
    """What is wrong at a path of keys of the schema."""
    return PackProblem(place_in_schema(path), english, chinese)
