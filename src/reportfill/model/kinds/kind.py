"""What every side of the house has to know of a kind of values, as data and as functions of plain values.

A kind is one file beside this one and an entry in `table.py`; nobody else asks which kind a field is of.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from reportfill.finding import Finding
from reportfill.office.grid import CellValue
from reportfill.place import Cell

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

Content = CellValue | Decimal | bytes
"""What a cell can hold or lies on it, or a leaf of JSON, which may be an exact decimal or a file that it names."""


class Read(NamedTuple):
    """The value that was typed, or None where there is none; with what there is to say of its cell."""

    value: Any
    finding: Finding | None = None


@dataclass(frozen=True)
class Kind(ABC):
    """A kind of values."""

    type: ClassVar[str]
    """Its type in JSON Schema."""
    name: ClassVar[str]
    """What it is called, and where keywords stand that are beside it in a schema."""
    is_number: ClassVar[bool] = False
    """Whether its values are figures: they balance, add up and are compared."""
    is_list: ClassVar[bool] = False
    """Whether it holds several values, each in a cell of its block of rows, over which templates loop."""
    is_text: ClassVar[bool] = False
    """Whether it holds whatever somebody writes, which may be more than can be printed."""
    is_narrative: ClassVar[bool] = False
    """Whether it is the running text of a report, whose headings and statements are looked at."""
    holds_days: ClassVar[bool] = False
    """Whether its cells hold days, which a workbook keeps as numbers: what they are read as, not what they show, is
    the value."""
    is_laid: ClassVar[bool] = False
    """Whether its value lies on its cell, where nothing is typed."""
    is_printed_otherwise: ClassVar[bool] = False
    """Whether people read something else than data have: see `printed`."""
    judged_keywords: ClassVar[frozenset[str]] = frozenset({"maxLength"})
    """The keywords of JSON Schema of which `judge` says better what is wrong."""
    number_format: ClassVar[str] = ""
    """The format that its cells have where the form gives them none; any where it is empty."""
    prompt: ClassVar[str] = ""
    """How its cells are filled in, where that is not by typing."""
    is_labelled_with_unit: ClassVar[bool] = False
    """Whether its unit belongs to a field's label, as others are of another."""
    blank_code: ClassVar[str]
    """The code of the finding on a field that has to be filled in and is not."""
    blank: ClassVar[Any]
    """What is printed of a field that need not be filled in and is not."""
    open: ClassVar[Any]
    """What is printed in a draft of one that is still to be filled in."""

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a field is of this kind that a schema describes so."""
        return node.get("type") == self.type

    def plain(self, field: Field, content: CellValue) -> Any:
        """The value of a cell as nearly all of them are; None for any other, which `read` looks at."""
        return None

    @abstractmethod
    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The value that a cell's content is. What is empty gives neither a value nor a finding: what that means, the
        caller knows."""

    @abstractmethod
    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of a leaf of JSON."""

    @abstractmethod
    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What is wrong with a value as such; None when it is right, or of a type that the schema names."""

    def given(self, value: Any) -> Any:
        """A value of data as a new workbook holds it."""
        return value

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """What stands in so many cells for a value; nothing where there is none."""
        return [] if value is None else [str(value)]

    def printed(self, field: Field, value: Any) -> Any:
        """What templates see of a value."""
        return value

    @abstractmethod
    def limits(self, field: Field) -> CellLimits:
        """What its cells accept; in a bound {year} is the cell of the reporting year."""

    @abstractmethod
    def sample(self, field: Field, *, long: bool) -> Any:
        """A value that the schema allows, to try a pack with."""

    def marker(self, field: Field) -> str:
        """The words by which a sample is known again, whatever a template makes of its letters; empty where it cannot
        be."""
        return ""
