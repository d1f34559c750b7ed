"""What a workbook still asks for, counted live: how many cells are open on each sheet, and a link to the first.

A table on the hidden sheet has a row for each rectangle of cells, with how many are open and which is the first,
so that the formulas that people see stay short however the inputs lie.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from reportfill.intake.conditions_live import where_asked
from reportfill.intake.row_columns import begun, open_in_rows, typed_cells
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.intake.tool_tags import below, tool_cells
from reportfill.model.conditions import FieldCondition
from reportfill.model.fields import Field
from reportfill.office.workbook.cell_edits import Writes
from reportfill.office.workbook.formulas import absolute, ranges, rectangles, sheet_name, text
from reportfill.pack.pack import Pack
from reportfill.place import Cell

_PARTS = ("sheet", "count", "first")
_COUNTS, _FIRSTS = 3, 4
"""The columns of the hidden sheet beside those of the identity."""

_FILLED = 10**9
"""More than any row × 1000 + column, by which cells are ordered: added where a cell is filled."""

_ALL_FILLED, _GO_TO = "已填完", "转到 "


@dataclass(frozen=True)
class _Part:
    """Cells of a sheet that are asked for: each of them, or of a block of paragraphs or rows one at least; of a `field`
    of rows those in rows into which something was typed. Under conditions, where there are some."""

    pack: Pack
    cells: tuple[Cell, ...]
    is_block: bool
    conditions: tuple[FieldCondition, ...] = ()
    field: Field | None = None

    @cached_property
    def _reference(self) -> str:
        return ",".join(ranges(self.cells, IDENTITY))

    @cached_property
    def count_formula(self) -> str:
        """How many are open."""
        cells = self._reference
        formula = f"IF(COUNTA({cells})=0,1,0)" if self.is_block else f"COUNTBLANK({cells})"
        if self.field:
            formula = open_in_rows(self.pack, [self.field], IDENTITY)
        return where_asked(self.pack, self.conditions, formula, "0")

    @cached_property
    def first_formula(self) -> str:
        """The place of the first one that is open, and far behind it that of a filled one."""
        filled = f"{_FILLED}+{_place(self.cells[0])}"
        return where_asked(self.pack, self.conditions, self._first_open, filled)

    @property
    def _first_open(self) -> str:
        cells = self._reference
        if self.is_block:
            return f"IF(COUNTA({cells})=0,0,{_FILLED})+{_place(self.cells[0])}"
        if self.field:
            rows = begun(self.pack, self.pack.rows[self.field.rows], IDENTITY)
            is_filled = f"1-{rows}*({cells}={text('')})"
            return f"SUMPRODUCT(MIN(({is_filled})*{_FILLED}+ROW({cells})*1000+COLUMN({cells})))"
        # SUMPRODUCT lets Excel work out a range cell by cell without Ctrl+Shift+Enter.
        return f"SUMPRODUCT(MIN(({cells}<>{text('')})*{_FILLED}+ROW({cells})*1000+COLUMN({cells})))"


@lru_cache(maxsize=32)
def missing_inputs(
    pack: Pack,
    given: frozenset[str],
    known: frozenset[str],
    absent: frozenset[str] = frozenset(),
    open_in_rows: frozenset[tuple[str, int]] = frozenset(),
) -> Writes:
    """What is written for them: a row for each sheet that asks for something, and the total. What was `given` is not
    asked for, nor are fields that are `absent` because their conditions do not hold; the cells of fields that are
    `known` are filled. In rows those are open that are named by their field and the number of the row."""
    form, writes = pack.form, Writes()
    places = tool_cells(form, "open", _PARTS)
    filled = known | absent
    blank = {cell for path, cells in form.inputs.items() if path not in filled for cell in cells}
    in_rows = {form.inputs[path][number] for path, number in open_in_rows}
    rows = 0
    total = 0
    for index, (sheet, parts) in enumerate(_asked(pack, given)):
        count, first = _write_table(writes, rows, parts, blank, in_rows)
        counts, firsts = _table(_COUNTS, rows, len(parts)), _table(_FIRSTS, rows, len(parts))
        here = below(places, index)
        if "sheet" in here:
            writes.text(here["sheet"], sheet)
        if "count" in here:
            writes.formula(here["count"], f"SUM({counts})", count)
        if "first" in here:
            writes.formula(here["first"], _link(sheet, counts, firsts), _shown(count, first))
        rows += len(parts)
        total += count
    for cell in form.tools.get("form.open.total", ()):
        writes.formula(cell, f"SUM({_table(_COUNTS, 0, rows)})" if rows else "0", total)
    return writes


@lru_cache(maxsize=32)
def _asked(pack: Pack, given: frozenset[str]) -> tuple[tuple[str, list[_Part]], ...]:
    """What each sheet asks for, in the order of the sheets: what is required, not derived and not given. What lies on
    a cell no formula sees."""
    singles: dict[tuple[str, tuple[FieldCondition, ...]], list[Cell]] = defaultdict(list)
    blocks: dict[str, list[_Part]] = defaultdict(list)
    for path, field in pack.fields.items():
        if not field.required or field.kind.is_laid or path in pack.rules.derived or path in given:
            continue
        cells = pack.form.inputs[path]
        if field.kind.is_list:
            blocks[cells[0].sheet].append(_Part(pack, cells, True, field.conditions))
        else:
            singles[cells[0].sheet, field.conditions].append(cells[0])
    parts: dict[str, list[_Part]] = {sheet: [] for sheet in pack.form.sheets}
    for group in pack.rows.values():
        due = [
            field for field in group.fields if field.is_due_in_row and field.path not in pack.rules.derived
        ]
        typed = tuple(cell for cells in typed_cells(pack, group) for cell in cells)
        of_rows = (
            [_Part(pack, typed, True, group.fields[0].conditions)]
            if group.required and not group.within
            else []
        )
        of_rows += [_Part(pack, pack.form.inputs[one.path], False, one.conditions, one) for one in due]
        blocks[typed[0].sheet] += of_rows
    for (sheet, conditions), together in singles.items():
        parts[sheet] += [_Part(pack, cells, False, conditions) for cells in rectangles(together)]
    for sheet, of_sheet in blocks.items():
        parts[sheet] += of_sheet
    return tuple((sheet, asked) for sheet, asked in parts.items() if asked)


def _write_table(
    writes: Writes, row: int, parts: Sequence[_Part], blank: set[Cell], in_rows: set[Cell]
) -> tuple[int, int]:
    """Write the hidden rows of one sheet; how many of its cells are open, and the place of the first one."""
    counts: list[int] = []
    firsts: list[int] = []
    for below_row, part in enumerate(parts):
        is_open = [cell in (in_rows if part.field else blank) for cell in part.cells]
        if part.is_block:
            is_open = [all(is_open)]
        counts.append(sum(is_open))
        firsts.append(
            min(
                _place(cell) + (0 if opened else _FILLED)
                for cell, opened in zip(part.cells, is_open, strict=False)
            )
        )
        writes.formula(Cell(IDENTITY, row + below_row, _COUNTS), part.count_formula, counts[-1])
        writes.formula(Cell(IDENTITY, row + below_row, _FIRSTS), part.first_formula, firsts[-1])
    return sum(counts), min(firsts)


def _table(column: int, row: int, rows: int) -> str:
    """Rows of a column of the hidden table, as a reference."""
    return absolute([Cell(IDENTITY, row, column), Cell(IDENTITY, row + rows - 1, column)])


def _link(sheet: str, counts: str, firsts: str) -> str:
    """A link to the first open cell; to the first cell at all where none is open."""
    place = f"MOD(MIN({firsts}),{_FILLED})"
    address = f"ADDRESS(INT({place}/1000),MOD({place},1000),4)"
    shown = f"IF(SUM({counts})=0,{text(_ALL_FILLED)},{text(_GO_TO)}&{address})"
    return f"HYPERLINK({text(f'#{sheet_name(sheet)}!')}&{address},{shown})"


def _shown(count: int, first: int) -> str:
    return f"{_GO_TO}{Cell('', first // 1000 - 1, first % 1000 - 1).address}" if count else _ALL_FILLED


def _place(cell: Cell) -> int:
    """Row and column of a cell in one number."""
    return (cell.row + 1) * 1000 + cell.column + 1
