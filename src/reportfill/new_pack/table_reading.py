"""What the rows and cells of a table of a form are, and which labels stand beside and above a blank.

A row is a title (one cell across the table), a row of heads (labels only), or a row of data. Beside a blank stand the
labels of its row; above it those of the nearest rows of heads, unless labels and blanks alternate in the row, as they
do in a form of registration. Rows below heads that are empty and alike are records of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import takewhile

from reportfill.new_pack.draft import Notice, Records
from reportfill.new_pack.text_blanks import boxes_in, text_blanks
from reportfill.new_pack.wording import (
    COUNT_UNITS,
    UNITS,
    heads_ordinals,
    heads_units,
    is_barred,
    is_ordinal,
    is_statistical,
    is_total,
    plain_label,
    unit_in,
    unit_of_all,
)
from reportfill.office.word_table import WordCell, WordTable
from reportfill.office.word_text import ParagraphText, own_paragraphs
from reportfill.office.xml import Element
from reportfill.pack.problems import WordPlace

_LEAST_OVERLAP = 0.2
"""How much of a blank's width a head has to cover to be above it: edges of a form's rows differ by a little."""

_SIGNED = re.compile(r"(?:[（(]?(?:负责人|经办人|单位|本人)?(?:盖章|公章|签章|签字|签名)[)）]?[：:]?\s*)+")
_INDEX = re.compile(r"(?:[甲乙丙丁戊己庚辛]|[0-9]{1,2}|[A-Z]|[\u2460-\u2473]|[（(][0-9]{1,2}[)）])")
"""What a column is called by in a row below the heads."""

_UNIT_LINE = re.compile(r"\s*[（(]?\s*(?:计量|金额)?单位")


class Use(Enum):
    """What a cell is for."""

    LABEL = "a label"
    BLANK = "to be filled in"
    LINES = "lines of text with blanks of their own"
    BARRED = "nothing"


class RowKind(Enum):
    """What a row is."""

    TITLE = "a title"
    HEAD = "heads"
    INDEX = "numbers or signs of columns"
    DATA = "data"


@dataclass(eq=False)
class TableReading:
    """How a table of a form is read. `place` is the table's, `unit` the one that is said above it."""

    table: WordTable
    place: WordPlace
    unit: str = ""
    notices: list[Notice] = field(default_factory=list)
    known_records: dict[int, Records] = field(default_factory=dict)

    @cached_property
    def uses(self) -> dict[WordCell, Use]:
        """What each cell is for."""
        uses = {cell: _use_of(cell) for cell in self.table.cells}
        rows = {cell.row for cell, use in uses.items() if use is Use.BLANK}
        for cell, use in uses.items():
            is_unit = use is Use.LABEL and cell.row in rows and plain_label(cell.text) in UNITS
            if is_unit and self._is_behind_figure(cell):
                uses[cell] = Use.BLANK
        return uses

    def _is_behind_figure(self, cell: WordCell) -> bool:
        """Whether a unit stands where a figure goes before it: below a head that is of no column of units."""
        above = (self.table.places.get((row, cell.column)) for row in range(cell.row - 1, -1, -1))
        texts = [plain_label(other.text) for other in above if other is not None]
        heads = [text for text in texts if text not in UNITS and not _INDEX.fullmatch(text)]
        return any(heads) and not any(map(heads_units, heads))

    @cached_property
    def kinds(self) -> list[RowKind]:
        """What each row is."""
        return [self._kind(row) for row in range(self.table.height)]

    @property
    def head_rows(self) -> frozenset[int]:
        """The rows of titles and heads."""
        return frozenset(row for row, kind in enumerate(self.kinds) if kind is not RowKind.DATA)

    @cached_property
    def default_unit(self) -> str:
        """The unit of the table's figures, where it or the line above says one for all."""
        labels = [cell.text for cell in self.table.cells if self.uses[cell] is Use.LABEL]
        named = {unit_in(label) for label in labels} - {""}
        is_only = len(named) == 1 and named <= set(COUNT_UNITS) and not self._has_unit_column
        lines = (unit_of_all(label) for label in labels if _UNIT_LINE.match(label))
        return self.unit or next(filter(None, (*lines, *(named if is_only else ()))), "")

    @cached_property
    def _has_unit_column(self) -> bool:
        return any(heads_units(cell.text) for cell in self.table.cells)

    @cached_property
    def _units(self) -> frozenset[WordCell]:
        """The labels that say in what a row counts: units, and others in their column below its head."""
        labels = [cell for cell in self.table.cells if self.uses[cell] is Use.LABEL]
        known = {cell for cell in labels if plain_label(cell.text) in UNITS}
        columns = {cell.column for cell in known if self._is_headed_by_units(cell)}
        others = {cell for cell in labels if cell.column in columns and self._is_headed_by_units(cell)}
        return frozenset(known | others)

    def _is_headed_by_units(self, cell: WordCell) -> bool:
        return any(map(heads_units, self.heads_of(cell)[-1:]))

    @cached_property
    def counts(self) -> bool:
        """Whether the table holds figures unless a label says otherwise."""
        labels = [cell.text for cell in self.table.cells if self.uses[cell] is Use.LABEL]
        return bool(self.default_unit) or is_statistical(labels)

    @cached_property
    def has_totals(self) -> bool:
        """Whether a label of the table is that of a sum."""
        return any(is_total(cell.text) for cell in self.table.cells if self.uses[cell] is Use.LABEL)

    @cached_property
    def records(self) -> list[range]:
        """The runs of rows that are empty and alike."""
        runs: list[range] = []
        row = 0
        while row < self.table.height:
            end = row
            while end < self.table.height and self._is_record(end) and self._is_like(row, end):
                end += 1
            if end > row and self._are_records(row, end):
                runs.append(range(row, end))
            row = max(end, row + 1)
        return runs

    def place_of(self, cell: WordCell) -> WordPlace:
        """Where a cell stands, for people."""
        return self.place._replace(row=cell.row + 1, column=cell.number)

    def _kind(self, row: int) -> RowKind:
        across, starting = self.table.across(row), self.table.starting_in(row)
        fillable = [c for c in starting if self.uses[c] is Use.LINES or self._is_fillable(c)]
        if fillable and not (self._are_before_heads(fillable, row) or self._are_within_heads(fillable, row)):
            return RowKind.DATA
        labels = [cell for cell in starting if self.uses[cell] is Use.LABEL]
        if len(labels) > 1 and all(_INDEX.fullmatch(plain_label(cell.text)) for cell in labels):
            return RowKind.INDEX
        if len(across) == 1 and labels and across[0].columns == self.table.width:
            return RowKind.TITLE
        return RowKind.HEAD if labels else RowKind.DATA

    def _are_before_heads(self, blanks: Sequence[WordCell], row: int) -> bool:
        """Whether blanks stand before several labels and nothing else: a second row of heads goes on beside them."""
        others = [cell for cell in self.table.starting_in(row) if cell not in blanks]
        labels = [cell for cell in others if self.uses[cell] is Use.LABEL and not is_ordinal(cell.text)]
        return len(labels) > 1 and all(cell.column > blanks[-1].column or cell.rows > 1 for cell in others)

    def _are_within_heads(self, blanks: Sequence[WordCell], row: int) -> bool:
        """Whether blanks stand between the labels of a row, and labels below all of its cells: heads that were not
        merged with the cells behind them."""
        below = self.table.starting_in(row + 1) if row + 1 < self.table.height else []
        uses = [self.uses[cell] for cell in below]
        is_headed = uses[:1] == [Use.BLANK] and len(uses) > 2 and set(uses[1:]) == {Use.LABEL}
        labels = [cell for cell in self.table.starting_in(row) if self.uses[cell] is Use.LABEL]
        under = [self.table.places.get((row + 1, cell.column)) for cell in blanks]
        return (
            is_headed
            and len(labels) > 1
            and all(cell is not None and cell.row > row and self.uses[cell] is Use.LABEL for cell in under)
        )

    def _is_fillable(self, cell: WordCell) -> bool:
        """Whether a cell is blank and has a label: the corner of a table has none."""
        if self.uses[cell] is not Use.BLANK:
            return False
        if cell.text.strip():
            return True
        return any(self.uses[other] is Use.LABEL for other in (*self._left_of(cell), *self._above(cell)))

    def _left_of(self, cell: WordCell) -> list[WordCell]:
        return [other for other in self.table.across(cell.row) if other.right <= cell.column]

    def _above(self, cell: WordCell) -> Iterator[WordCell]:
        for row in range(cell.row - 1, -1, -1):
            for other in self.table.across(row):
                if self._covers(other, cell) and other.columns < self.table.width:
                    yield other

    def _covers(self, head: WordCell, cell: WordCell) -> bool:
        first, behind = max(head.column, cell.column), min(head.right, cell.right)
        common = self.table.width_of(first, behind) if behind > first else 0
        widths = (self.table.width_of(one.column, one.right) for one in (head, cell))
        return common > _LEAST_OVERLAP * min(widths)

    def _is_record(self, row: int) -> bool:
        starting = self.table.starting_in(row)
        blanks = [cell for cell in starting if self.uses[cell] is Use.BLANK]
        numbers = [cell for cell in starting if self.uses[cell] is Use.LABEL and is_ordinal(cell.text)]
        are_of_one_row = all(cell.rows == 1 for cell in starting)
        is_tagged = any("{{" in cell.text for cell in blanks)
        is_empty = len(blanks) > 1 and len(blanks) + len(numbers) == len(starting) and not is_tagged
        return are_of_one_row and is_empty and self._has_heads(blanks)

    def _has_heads(self, blanks: Sequence[WordCell]) -> bool:
        return sum(1 for blank in blanks if self.heads_of(blank)) * 2 > len(blanks)

    def _is_like(self, row: int, other: int) -> bool:
        def shape(number: int) -> list[tuple[int, int]]:
            return [(cell.column, cell.right) for cell in self.table.starting_in(number)]

        is_numbered = [self._leading_number(number) for number in (row, other)]
        return shape(row) == shape(other) and is_numbered[0] == is_numbered[1]

    def _leading_number(self, row: int) -> bool:
        """Whether a row has a number, and no column for numbers in which some rows have theirs already."""
        labels = [c for c in self.table.starting_in(row) if self.uses[c] is Use.LABEL]
        return any(not any(map(heads_ordinals, self.heads_of(c)[-1:])) for c in labels)

    def _are_records(self, first: int, behind: int) -> bool:
        """Whether rows that are alike are several of one kind, and not one set of figures."""
        if behind - first > 1:
            return True
        below = self.table.starting_in(behind) if behind < self.table.height else []
        has_total = any(self.uses[cell] is Use.LABEL and is_total(cell.text) for cell in below[:1])
        first_cell = self.table.starting_in(first)[0]
        is_numbered = any(heads_ordinals(head) for head in self.heads_of(first_cell)[-1:])
        return has_total or is_numbered or self._leading_number(first)

    def heads_of(self, cell: WordCell) -> list[str]:
        """The labels of the nearest rows of heads above a cell, the outermost first."""
        return [head.text for head in self.head_cells(cell)]

    def head_cells(self, cell: WordCell) -> list[WordCell]:
        """The cells of these heads; none where it does not stand under a single one."""
        row = cell.row - 1
        while row >= 0 and self.kinds[row] is not RowKind.HEAD:
            row -= 1
        found: list[WordCell] = []
        while row >= 0 and self.kinds[row] in (RowKind.HEAD, RowKind.INDEX):
            over = [
                head
                for head in self.table.across(row)
                if self.uses[head] is Use.LABEL
                and head.bottom <= cell.row
                and self._covers(head, cell)
                and self.kinds[row] is RowKind.HEAD
            ]
            if not found and len(over) > 1:
                return []
            over = over or self._extended(cell, row)
            if over and over[0] not in found:
                found.insert(0, max(over, key=lambda head: self._overlap(head, cell)))
            row -= 1
        return found

    def _extended(self, cell: WordCell, row: int) -> list[WordCell]:
        """The head to the left of a blank one above a cell, which goes on over it."""
        above = self.table.places.get((row, cell.column))
        if self.kinds[row] is not RowKind.HEAD or above is None or self.uses[above] is not Use.BLANK:
            return []
        left = [head for head in self.table.across(row) if head.right <= cell.column and head.row == row]
        return [head for head in left if self.uses[head] is Use.LABEL][-1:]

    def _overlap(self, head: WordCell, cell: WordCell) -> int:
        return self.table.width_of(max(head.column, cell.column), min(head.right, cell.right))

    def is_side_by_side(self, row: int) -> bool:
        """Whether labels stand behind blanks in a row, as they do in a form of registration."""
        seen_blank = False
        for cell in self.table.across(row):
            if self.uses[cell] in (Use.BLANK, Use.LINES):
                seen_blank = True
            elif seen_blank and self.uses[cell] is Use.LABEL and cell not in self._units:
                return True
        return False

    def heads_repeat(self, cell: WordCell) -> bool:
        """Whether the heads above a cell come again to its left or right: two bands of one table side by side."""
        own = self.heads_of(cell)
        others = [other for other in self.table.starting_in(cell.row) if other is not cell]
        return bool(own) and any(self.heads_of(other) == own for other in others)

    def is_continued(self, cell: WordCell) -> bool:
        """Whether the heads above a cell go on with those of a row above: of a table that is printed in two bands."""
        heads = self.head_cells(cell)
        first = self.table.starting_in(heads[-1].row)[0] if heads else cell
        return bool(heads) and self.uses[first] is Use.BLANK and first.row > 0

    def row_labels(self, cell: WordCell) -> list[WordCell]:
        """The labels of a cell's row, the outermost first."""
        left = self._left_of(cell)
        labels: list[WordCell] = []
        for other in reversed(left):
            if self.uses[other] is Use.LABEL:
                labels.insert(0, other)
            elif self.uses[other] in (Use.BLANK, Use.LINES) and self.is_side_by_side(cell.row):
                break
        if left and self.uses[left[0]] is Use.LABEL and left[0] not in labels and self._is_group(left, cell):
            labels.insert(0, left[0])
        return [label for label in labels if not self._is_aside(label, labels)]

    def _is_group(self, left: Sequence[WordCell], cell: WordCell) -> bool:
        """Whether the first label of a row is that of all of it: it spans more rows, or another label follows it."""
        if left[0].rows > cell.rows:
            return True
        is_followed = len(left) > 1 and self.uses[left[1]] is Use.LABEL
        return is_followed and left[1] not in self._units and not is_ordinal(left[0].text)

    def _is_aside(self, label: WordCell, labels: Sequence[WordCell]) -> bool:
        """Whether a cell beside the label of a row is a number or a unit of its own."""
        head = (self.heads_of(label) or [""])[-1]
        is_aside = heads_ordinals(head) or is_ordinal(label.text) or label in self._units
        return len(labels) > 1 and is_aside

    def unit_of(self, cell: WordCell, *, has_heads: bool) -> str:
        """The unit that stands beside a blank: in its row under a head of its own, behind it, or in the blank; else
        that of the table, whose figures stand under heads if it has any."""
        behind = [other for other in self.table.across(cell.row) if other.column > cell.column]
        nearest = (*reversed(self._left_of(cell)), *behind)
        beside = [plain_label(other.text) for other in nearest if other in self._units]
        own = plain_label(cell.text)
        is_figure = has_heads or RowKind.HEAD not in self.kinds
        default = (self._unit_of_title(cell.row) or self.default_unit) if self.counts and is_figure else ""
        return own if own in UNITS else next(iter(beside), default)

    def _unit_of_title(self, row: int) -> str:
        """The unit that the title above a row names for all below it; empty where it names none."""
        above = (r for r in range(row - 1, -1, -1) if self.kinds[r] is RowKind.TITLE)
        title = next(above, None)
        return "" if title is None else unit_of_all(self.table.across(title)[0].text)

    def title_of(self, row: int) -> str:
        """The title under which a row stands; empty where there is none."""
        for above in range(row - 1, -1, -1):
            if self.kinds[above] is RowKind.TITLE:
                text = plain_label(self.table.across(above)[0].text)
                return "" if unit_of_all(text) or len(text) > 60 else text
        return ""


def _use_of(cell: WordCell) -> Use:
    text = cell.text.strip()
    if cell.holds_table:
        return Use.BARRED
    if not text or (text in UNITS and text != cell.text and len(cell.text) - len(text) > 1):
        return Use.BLANK
    if text.startswith("{{") and text.endswith("}}"):
        return Use.BLANK
    if is_barred(text):
        return Use.BARRED
    if _SIGNED.fullmatch(text) and empty_lines(cell):
        return Use.LINES
    found = [blank for p in own_paragraphs(cell.element) for blank in text_blanks(p)]
    if not found or _is_label_with_colon(text, len(found)):
        return Use.LABEL
    is_whole = len(found) == 1 and not found[0].label.strip("日期年度") and not empty_lines(cell)
    return Use.BLANK if is_whole and not boxes_in(text) else Use.LINES


def empty_lines(cell: WordCell) -> list[Element]:
    """The empty paragraphs with which a cell begins, or the one that begins with empty lines: room above a signature
    or a date."""
    own = own_paragraphs(cell.element)
    empty = list(takewhile(lambda paragraph: not ParagraphText(paragraph).text.strip(), own))
    return empty or [paragraph for paragraph in own[:1] if ParagraphText(paragraph).text.startswith("\n")]


def _is_label_with_colon(text: str, blanks: int) -> bool:
    return blanks == 1 and text.endswith(("：", ":")) and len(text) <= 12 and "\n" not in text
