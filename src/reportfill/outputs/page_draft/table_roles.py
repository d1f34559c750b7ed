"""What the cells of a table are: heads of columns, labels of rows, or values; and which heads and labels a value has.

A row whose cells all hold words and no tag is a row of heads, and so is one that Word repeats on every page; heads hold
for the rows below them, up to the next ones. In the other rows the words before the values are their labels; in a row
of a loop that has none, the first value that is no number of the row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from reportfill.office.word_revisions import W
from reportfill.office.word_structure import own_rows
from reportfill.office.word_table import WordCell, WordTable
from reportfill.outputs.page_draft.tag_text import as_jinja, holder_statements, statement_keyword
from reportfill.pack.report_typing import TAG

_NUMBER_OF_ROW = re.compile(r"\{\{\s*loop\.index\s*\}\}")
_WORD = re.compile(r"[^\W\d_]")


class Role(Enum):
    """What a cell is."""

    COLUMN_HEAD = "col"
    ROW_LABEL = "row"
    VALUE = ""


@dataclass(frozen=True, eq=False)
class TableRoles:
    """The roles of the cells of a table, given for each row the statements that take its place."""

    table: WordTable
    statements: Sequence[Sequence[str]]

    @classmethod
    def of(cls, table: WordTable) -> TableRoles:
        """Those of a table."""
        texts = ("".join(text.text or "" for text in row.iter(f"{W}t")) for row in own_rows(table.element))
        return cls(table, [holder_statements(text, "tr") for text in texts])

    def is_printed(self, row: int) -> bool:
        """Whether a row is one of the report, and no statement's."""
        return not self.statements[row]

    def printed_rows(self, cell: WordCell) -> list[int]:
        """The rows of the report over which a cell goes."""
        return [row for row in range(cell.row, cell.bottom) if self.is_printed(row)]

    def is_moving(self, cell: WordCell) -> bool:
        """Whether how far a cell goes down is known only once the rows are printed."""
        return cell.rows > 1 and any(not self.is_printed(row) for row in range(cell.row, cell.bottom))

    def is_over_one_loop(self, cell: WordCell) -> bool:
        """Whether a cell goes down over all rounds of a loop of one row, and no further."""
        printed = self.printed_rows(cell)
        if not self.is_moving(cell) or len(printed) != 1:
            return False
        row = printed[0]
        above, below = self.statements[cell.row : row], self.statements[row + 1 : row + 2]
        return _keywords(above) == ["for"] and _keywords(below)[:1] == ["endfor"]

    def cells_of(self, row: int) -> list[WordCell]:
        """The cells that a row of the page has: those that begin in it, and those that move through it."""
        return [cell for cell in self.table.across(row) if cell.row == row or self.is_moving(cell)]

    def role(self, cell: WordCell) -> Role:
        """What a cell is."""
        return self._roles.get(cell, Role.VALUE)

    def heads(self, cell: WordCell, row: int) -> list[WordCell]:
        """The heads of columns that a cell has in one of its rows, from top to bottom."""
        found = (
            self.table.places.get((above, column))
            for above in self._head_rows_over(row)
            for column in range(cell.column, cell.right)
        )
        return [one for one in dict.fromkeys(found) if one is not None and self.role(one) is Role.COLUMN_HEAD]

    def labels(self, cell: WordCell, row: int) -> list[WordCell]:
        """The labels that a value has in a row: those that stand together, nearest to it on its left."""
        found: list[WordCell] = []
        before = [one for one in self.table.across(row) if one.right <= cell.column]
        for one in reversed(before):
            if self.role(one) is Role.ROW_LABEL:
                found.insert(0, one)
            elif found:
                break
        return found

    def is_within_statement(self, row: int) -> bool:
        """Whether a loop or condition of rows is open before a row."""
        return bool(self._open_at(row))

    @cached_property
    def head_blocks(self) -> list[range]:
        """The rows of heads that stand together, from top to bottom."""
        printed = [row for row in range(self.table.height) if self.is_printed(row)]
        blocks: list[range] = []
        for row in printed:
            if not self._may_be_heads(row):
                continue
            if blocks and blocks[-1].stop == row:
                blocks[-1] = range(blocks[-1].start, row + 1)
            else:
                blocks.append(range(row, row + 1))
        return [block for block in blocks if printed and printed[-1] >= block.stop]

    @property
    def is_plain(self) -> bool:
        """Whether one row of heads and one label a row are all that there is, so that nothing need be said of what
        belongs to what."""
        one_head = not self.head_blocks or [len(block) for block in self.head_blocks] == [1]
        spans = any(self.role(cell) is Role.COLUMN_HEAD and cell.columns > 1 for cell in self.table.cells)
        moves = any(self.is_moving(cell) for cell in self.table.cells)
        labels = max(
            (
                sum(self.role(cell) is Role.ROW_LABEL for cell in self.table.across(row))
                for row in range(self.table.height)
            ),
            default=0,
        )
        return one_head and labels <= 1 and not spans and not moves

    @cached_property
    def _roles(self) -> dict[WordCell, Role]:
        heads = {row for block in self.head_blocks for row in block}
        roles: dict[WordCell, Role] = {}
        for row in filter(self.is_printed, range(self.table.height)):
            if row in heads:
                own = [cell for cell in self.table.starting_in(row) if cell.text.strip()]
                roles |= dict.fromkeys(own, Role.COLUMN_HEAD)
            else:
                labels = [cell for cell in self._labels_in(row) if cell not in roles]
                roles |= dict.fromkeys(labels, Role.ROW_LABEL)
        return roles

    def _labels_in(self, row: int) -> Iterator[WordCell]:
        across = self.table.across(row)
        last_value = max((place for place, cell in enumerate(across) if not _is_label(cell)), default=-1)
        labels = [cell for cell in across[: max(last_value, 0)] if _is_label(cell)]
        if labels or "for" not in self._open_at(row) or not self._head_rows_over(row) or len(across) < 2:
            yield from labels
            return
        named = [
            cell for cell in across if cell.text.strip() and not _NUMBER_OF_ROW.fullmatch(cell.text.strip())
        ]
        yield from (cell for cell in named if self.is_moving(cell))
        yield from [cell for cell in named if not self.is_moving(cell)][:1]

    def _open_at(self, row: int) -> list[str]:
        """The loops and conditions of rows that are open at a row."""
        found: list[str] = []
        for tag in (tag for tags in self.statements[:row] for tag in tags):
            keyword = statement_keyword(as_jinja(tag))
            if keyword in ("for", "if"):
                found.append(keyword)
            elif keyword in ("endfor", "endif") and found:
                found.pop()
        return found

    def _head_rows_over(self, row: int) -> range:
        return next((block for block in reversed(self.head_blocks) if block.start < row), range(0))

    def _may_be_heads(self, row: int) -> bool:
        """Whether all that begins in a row are words, but for corners that are left empty."""
        if own_rows(self.table.element)[row].find(f"{W}trPr/{W}tblHeader") is not None:
            return True
        own = self.table.starting_in(row)
        behind_corner = [cell for cell in own if cell.column > 0 or cell.text.strip()]
        return bool(behind_corner) and all(map(_is_label, behind_corner))


def _keywords(rows: Sequence[Sequence[str]]) -> list[str]:
    """Those of the statements in rows."""
    return [statement_keyword(as_jinja(statement)) for row in rows for statement in row]


def _is_label(cell: WordCell) -> bool:
    """Whether a cell holds words, and nothing that is filled in."""
    return not TAG.search(cell.text) and _WORD.search(cell.text) is not None
