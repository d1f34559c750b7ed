"""What a form is taken for: its blanks, in sections, with the rules that their figures are likely to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportfill.new_pack.wording import Asked, heads_ordinals, is_ordinal
from reportfill.office.word_table import WordCell, WordTable
from reportfill.office.xml import Element
from reportfill.pack.problems import WordPlace
from reportfill.text import Text

PATH = "\ue000"
"""What stands for the path of a field in words that are to be put into the form."""

ROW = "row"
"""The variable of a loop over rows."""

TAG = f"{{{{ {PATH} }}}}"


@dataclass(frozen=True)
class Edit:
    """Words for a part of a paragraph, from one character to another."""

    paragraph: Element
    start: int
    end: int
    words: str = TAG


@dataclass(frozen=True)
class Room:
    """Empty paragraphs, or a hint in their place, in which paragraphs are to be printed."""

    paragraphs: Sequence[Element]


@dataclass(eq=False)
class Records:
    """Rows of a table that are alike, of which one stands for all: the table, the first row and the one behind the
    last. `depth` is how many labels of a blank in it name the rows and what is around them; `path` is theirs, once they
    have one."""

    table: WordTable
    first: int
    behind: int
    depth: int
    path: str = ""

    def is_left_out(self, row: int) -> bool:
        """Whether a row is one for which the first stands."""
        return self.first < row < self.behind

    def numbers(self, cell: WordCell) -> bool:
        """Whether a cell of the first row holds the row's number, or is there for it."""
        head = self.table.places.get((self.first - 1, cell.column))
        is_blank_number = not cell.text.strip() and head is not None and heads_ordinals(head.text)
        return cell.row == self.first and (is_blank_number or is_ordinal(cell.text))


@dataclass(eq=False)
class Blank:
    """A place of the form that is to be filled in. `labels` are those of the groups around it and its own, outermost
    first; `room` is where paragraphs go, `edits` where anything else does; `path` is the field's, once it has one;
    `records` are the rows in one of which it stands."""

    labels: tuple[str, ...]
    asked: Asked
    place: WordPlace
    edits: tuple[Edit, ...] = ()
    room: Room | None = None
    path: str = ""
    records: Records | None = None

    @property
    def tag_path(self) -> str:
        """The path by which its tag in the report names it: of a row, in a loop over all of them."""
        if self.records is None:
            return self.path
        return f"{ROW}{self.path.removeprefix(self.records.path)}"

    @property
    def label(self) -> str:
        """Its labels as people would say them."""
        return " · ".join(self.labels)


@dataclass(frozen=True)
class Sum:
    """A rule on figures: the whole and what it consists of, or a part and the whole that it is at most."""

    whole: Blank
    parts: tuple[Blank, ...]
    is_part: bool = False


@dataclass(eq=False)
class FormPart:
    """A part of the form under one heading, with one table or none."""

    titles: tuple[str, ...]
    place: WordPlace
    blanks: list[Blank] = field(default_factory=list)
    table: WordTable | None = None
    in_cells: dict[WordCell, Blank] = field(default_factory=dict)
    sums: list[Sum] = field(default_factory=list)
    records: list[Records] = field(default_factory=list)
    head_rows: frozenset[int] = frozenset()
    """The rows of its table that hold titles and heads."""

    @property
    def title(self) -> str:
        """The heading nearest to it."""
        return self.titles[-1]


@dataclass(frozen=True)
class Notice:
    """Something about a place of the form at which a person should look."""

    place: WordPlace
    words: Text


@dataclass
class Draft:
    """All of a form: its title, its sections in order, and what there is to say of it."""

    title: str
    sections: list[FormPart]
    notices: list[Notice]
    head: tuple[Edit, ...] = ()
    """What names the office and the year in the title."""
    title_paragraph: Element | None = None
    names_office: bool = False
    names_year: bool = False

    @property
    def blanks(self) -> list[Blank]:
        """All blanks in the order of the form."""
        return [blank for section in self.sections for blank in section.blanks]
