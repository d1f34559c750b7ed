"""The sheet 校验: what is still open and every balance, live in the clerk's own Excel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass

from openpyxl.worksheet.worksheet import Worksheet

from reportfill.intake.cell_writer import CellWriter, Result
from reportfill.intake.contents import Contents
from reportfill.intake.formulas import blanks_in, ranges, sheet_name, sum_of, text
from reportfill.pack.balances import Balance, Term
from reportfill.pack.fields import Field, FieldKind
from reportfill.pack.figures import Number, plain
from reportfill.pack.grid import Cell

BALANCED, UNBALANCED, OPEN, DOUBTFUL, UNKNOWN = "平", "不平", "未填完", "请核对", "上年未知"
SHOWN_RELATIONS = ("equal", "only_where")
_LONGEST_LABEL = 24
_NOWHERE = 10**9
"""More than any row × 1000 + column: what stands for "no cell is open" in the search for the first one."""


@dataclass(frozen=True)
class OpenCells:
    """What a sheet asks for: figures and texts one by one, and blocks of which one row at least is filled."""

    sheet: str
    singles: list[Cell]
    blocks: list[tuple[Cell, ...]]


class CheckSheet:
    """Writes the sheet that a form's tags form.balance.… and form.open.… lay out; each part is optional."""

    def __init__(self, writer: CellWriter, contents: Contents) -> None:
        self._writer = writer
        self._contents = contents
        self._form = contents.pack.form

    def write(self, asked: list[OpenCells]) -> None:
        """Write what is open on the sheets, then every balance."""
        total = self._write_open(asked)
        self._write_single("form.open.total", total)
        self._write_single("form.balance.failures", self._write_balances())

    def _write_single(self, tag: str, result: Result | None) -> None:
        for cell in self._form.tools.get(tag, ()):
            if result is not None:
                self._writer.formula(cell, *result)

    def _write_open(self, asked: list[OpenCells]) -> Result | None:
        """A row for each sheet; the total of open cells."""
        places = self._places("form.open")
        if "count" not in places:
            return None
        counts: list[int] = []
        for row, open_cells in enumerate(asked):
            here = {part: cell._replace(row=cell.row + row) for part, cell in places.items()}
            count = self._open_count(open_cells)
            counts.append(count)
            self._writer.formula(here["count"], self._count_formula(open_cells, here["count"].sheet), count)
            if "sheet" in here:
                self._writer.text(here["sheet"], open_cells.sheet)
            if "first" in here:
                self._write_first(here["first"], here["count"], open_cells)
        last = places["count"]._replace(row=places["count"].row + max(len(asked), 1) - 1)
        return f"SUM({places['count'].address}:{last.address})", sum(counts)

    def _count_formula(self, asked: OpenCells, sheet: str) -> str:
        blocks = [f"(COUNTA({ranges(block, sheet)[0]})=0)" for block in asked.blocks]
        singles = [blanks_in(asked.singles, sheet)] if asked.singles else []
        return "+".join([*singles, *blocks]) or "0"

    def _open_count(self, asked: OpenCells) -> int:
        return sum(self._is_open(cell) for cell in asked.singles) + sum(
            self._is_open(block[0]) for block in asked.blocks
        )

    def _is_open(self, cell: Cell) -> bool:
        return self._contents.is_blank(self._writer.paths[cell])

    def _write_first(self, place: Cell, count: Cell, asked: OpenCells) -> None:
        """A link to the first open cell, found by the formula itself."""
        blocks = [
            f"IF(COUNTA({ranges(block, place.sheet)[0]})=0,{_code(block[0])},{_NOWHERE})"
            for block in asked.blocks
        ]
        singles = [
            f"SUMPRODUCT(MIN(({part}<>{text('')})*{_NOWHERE}+ROW({part})*1000+COLUMN({part})))"
            for part in ranges(asked.singles, place.sheet)
        ]
        first = f"MIN({','.join([*singles, *blocks])})"
        address = f"ADDRESS(INT({first}/1000),MOD({first},1000),4)"
        link = f"HYPERLINK({text('#' + sheet_name(asked.sheet) + '!')}&{address},{text('转到 ')}&{address})"
        open_now = [cell for cell in asked.singles if self._is_open(cell)]
        open_now += [block[0] for block in asked.blocks if self._is_open(block[0])]
        shown = f"转到 {min(open_now, key=_code).address}" if open_now else ""
        self._writer.formula(place, f"IF({count.address}=0,{text('')},{link})", shown)

    def _write_balances(self) -> Result | None:
        """A row for each balance; how many do not balance."""
        places = self._places("form.balance")
        places.pop("failures", None)
        if "verdict" not in places:
            return None
        verdicts: list[str] = []
        for row, balance in enumerate(self._shown_balances()):
            here = {part: cell._replace(row=cell.row + row) for part, cell in places.items()}
            self._copy_style(places, here)
            verdicts.append(self._write_balance(here, balance))
        first = places["verdict"]
        last = first._replace(row=first.row + max(len(verdicts), 1) - 1)
        return f"COUNTIF({first.address}:{last.address},{text(UNBALANCED)})", verdicts.count(UNBALANCED)

    def _shown_balances(self) -> Iterator[Balance]:
        yield from (b for b in self._contents.pack.rules.balances if b.relation in SHOWN_RELATIONS)

    def _copy_style(self, places: Mapping[str, Cell], here: Mapping[str, Cell]) -> None:
        for part, source in places.items():
            sheet: Worksheet = self._writer.sheet(source.sheet)
            sheet[here[part].address]._style = copy(sheet[source.address]._style)

    def _write_balance(self, here: Mapping[str, Cell], balance: Balance) -> str:
        """One row; its verdict as it stands now."""
        contents, writer = self._contents, self._writer
        field = contents.pack.fields[balance.place]
        target = self._form.inputs[balance.place][0]
        writer.text(here["title"], balance.title)
        writer.link(here["place"], target, f"{target} {_short(field)}")
        if not contents.knows(balance):
            for part in ("left", "right", "difference"):
                writer.text(here[part], "")
            writer.text(here["verdict"], UNKNOWN)
            return UNKNOWN
        left, right = (
            self._sum(balance.left, here["left"].sheet),
            self._sum(balance.right, here["right"].sheet),
        )
        writer.formula(here["left"], *left)
        writer.formula(here["right"], *right)
        sides = f"{here['left'].address}-{here['right'].address}"
        writer.formula(here["difference"], f"ROUND({sides},6)", left[1] - right[1])
        return self._write_verdict(here, balance, left[1] - right[1])

    def _write_verdict(self, here: Mapping[str, Cell], balance: Balance, difference: object) -> str:
        paths = [term.path for term in balance.terms if not term.last]
        typed = [
            self._form.inputs[path][0] for path in paths if path not in self._contents.pack.rules.derived
        ]
        is_open = any(map(self._contents.is_blank, paths))
        if balance.relation == "equal":
            wrong, fails = f"{here['difference'].address}<>0", difference != 0
            name = UNBALANCED
        else:
            wrong = f"AND({here['left'].address}<>0,{here['right'].address}=0)"
            left, right = (
                sum(self._contents.figure(t.path) for t in side) for side in (balance.left, balance.right)
            )
            fails, name = left != 0 and right == 0, DOUBTFUL
        verdict = f"IF({wrong},{text(name)},{text(BALANCED)})"
        if typed:
            verdict = f"IF({blanks_in(typed, here['verdict'].sheet)}>0,{text(OPEN)},{verdict})"
        shown = OPEN if is_open else name if fails else BALANCED
        self._writer.formula(here["verdict"], verdict, shown)
        return shown

    def _sum(self, terms: tuple[Term, ...], sheet: str) -> tuple[str, Number]:
        cells = [self._form.inputs[term.path][0] for term in terms if not term.last]
        constant = sum(self._contents.last[term.path] for term in terms if term.last)
        value = constant + sum(self._contents.figure(term.path) for term in terms if not term.last)
        formula = sum_of(cells, sheet) if cells else ""
        return "+".join(filter(None, [formula, plain(constant) if constant or not cells else ""])), value

    def _places(self, prefix: str) -> dict[str, Cell]:
        return {
            tag.removeprefix(f"{prefix}."): cells[0]
            for tag, cells in self._form.tools.items()
            if tag.startswith(f"{prefix}.") and tag != "form.open.total"
        }


def _short(field: Field) -> str:
    """A field's own label and that of its row, cut where they would not fit a line."""
    words = " · ".join(field.titles[-2:])
    return (
        words
        if len(words) <= _LONGEST_LABEL
        else f"{words[: _LONGEST_LABEL // 2]}…{words[-_LONGEST_LABEL // 2 :]}"
    )


def _code(cell: Cell) -> int:
    """Row and column of a cell in one number, as the formula for the first open cell counts them."""
    return (cell.row + 1) * 1000 + cell.column + 1


def asked_cells(contents: Contents, locked: frozenset[str]) -> list[OpenCells]:
    """What each sheet asks for, in the order of the sheets: what is required, not derived and not locked."""
    pack = contents.pack
    found: dict[str, OpenCells] = {}
    for path, field in pack.fields.items():
        cells = pack.form.inputs.get(path, ())
        if not cells or not field.required or path in pack.rules.derived or path in locked:
            continue
        asked = found.setdefault(cells[0].sheet, OpenCells(cells[0].sheet, [], []))
        if field.kind is FieldKind.PARAGRAPHS:
            asked.blocks.append(cells)
        else:
            asked.singles.append(cells[0])
    return sorted(found.values(), key=lambda asked: pack.form.sheets.index(asked.sheet))
