"""The balances on the sheet 校验, live in the clerk's own Excel: two sums, their difference and a verdict each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from reportfill.decimals import Number, plain
from reportfill.intake.conditions_live import where_asked
from reportfill.intake.prefill import Prefill, inputs_of
from reportfill.intake.row_columns import (
    can_be_counted,
    cells_of,
    lacks_rows,
    open_in_rows,
    rows_out_of_balance,
)
from reportfill.intake.tool_tags import below, tool_cells
from reportfill.model.conditions import FieldCondition
from reportfill.model.fields import Field
from reportfill.model.row_paths import field_path, is_over_rows, rows_in
from reportfill.model.row_sums import of_all_rows
from reportfill.office.workbook.cell_edits import Writes
from reportfill.office.workbook.edited_sheet import EditedSheet
from reportfill.office.workbook.formulas import blanks_in, sum_of, text
from reportfill.pack.balances import RELATIONS, Balance, Term
from reportfill.pack.pack import Pack
from reportfill.place import Cell

BALANCED, UNBALANCED, OPEN, DOUBTFUL, UNKNOWN = "平", "不平", "未填全", "请核对", "无上年数据"
SHOWN_RELATIONS = ("equal", "only_where", "at_least")
_PARTS = ("title", "place", "left", "right", "difference", "verdict")
_LONGEST_LABEL = 24
_OF_ROWS = "行"


class _Row(NamedTuple):
    """A balance that is shown, the cells of its row by what they show, and the figures to be typed that take part."""

    balance: Balance
    cells: Mapping[str, Cell]
    inputs: tuple[str, ...]


def style_balances(sheets: Mapping[str, EditedSheet], pack: Pack) -> None:
    """Let each balance's row look like the form's own row for them."""
    places = tool_cells(pack.form, "balance", _PARTS)
    for row in _rows(pack):
        for part, source in places.items():
            number = sheets[source.sheet].format_of(source)
            sheets[row.cells[part].sheet].set_format(row.cells[part], number)


def write_balances(writes: Writes, contents: Prefill, paths: Set[str]) -> None:
    """Write a row for each balance in which fields of these paths or last year's figures take part, and how many do not
    balance; nothing where the form has no such row."""
    rows = _rows(contents.pack)
    if not rows:
        return
    concerned = (row for row in rows if row.balance.needs_last or not paths.isdisjoint(row.inputs))
    verdicts = [_write_balance(writes, contents, row) for row in concerned]
    first, last = rows[0].cells["verdict"], rows[-1].cells["verdict"]
    for cell in contents.pack.form.tools.get("form.balance.failures", ()):
        formula = f"COUNTIF({first.address}:{last.address},{text(UNBALANCED)})"
        writes.formula(cell, formula, verdicts.count(UNBALANCED))


@lru_cache(maxsize=8)
def _rows(pack: Pack) -> tuple[_Row, ...]:
    """The rows of the balances that are shown."""
    places = tool_cells(pack.form, "balance", _PARTS)
    if len(places) < len(_PARTS):
        return ()
    of_rows = (balance for balance in pack.rules.of_rows if can_be_counted(balance))
    balances = (*pack.rules.balances, *of_rows)
    shown = [balance for balance in balances if balance.relation in SHOWN_RELATIONS]
    return tuple(
        _Row(
            balance,
            below(places, row),
            inputs_of(pack, *(term.path for term in balance.terms if not term.last)),
        )
        for row, balance in enumerate(shown)
    )


def _write_balance(writes: Writes, contents: Prefill, row: _Row) -> str:
    """One row; its verdict as it stands now."""
    balance, here = row.balance, row.cells
    place = field_path(balance.place)
    target = contents.pack.form.inputs[place][0]
    writes.text(here["title"], balance.title)
    writes.link(here["place"], target, f"{target} {_short(contents.pack.fields[place])}")
    if not contents.knows(balance):
        for part in ("left", "right", "difference"):
            writes.clear(here[part])
        writes.text(here["verdict"], UNKNOWN)
        return UNKNOWN
    sheet = here["verdict"].sheet
    left, right = _sum(contents, balance.left, sheet), _sum(contents, balance.right, sheet)
    writes.formula(here["left"], *left)
    writes.formula(here["right"], *right)
    if balance.rows:
        broken, count = _rows_out(contents, balance), rows_out_of_balance(contents.pack, balance, sheet)
        shown = f"{broken}{_OF_ROWS}" if broken else 0
        writes.formula(here["difference"], f"IF({count}=0,0,{count}&{text(_OF_ROWS)})", shown)
        return _write_verdict(writes, contents, row, f"{count}>0", fails=broken > 0)
    if balance.relation == "equal":
        sides = f"{here['left'].address}-{here['right'].address}"
        writes.formula(here["difference"], f"ROUND({sides},6)", left[1] - right[1])
        wrong, fails = f"{here['difference'].address}<>0", left[1] != right[1]
    else:
        writes.clear(here["difference"])
        of_left, of_right = here["left"].address, here["right"].address
        is_least = balance.relation == "at_least"
        wrong = f"{of_left}<{of_right}" if is_least else f"AND({of_left}<>0,{of_right}=0)"
        fails = not RELATIONS[balance.relation]([left[1]], [right[1]], balance.factor)
    return _write_verdict(writes, contents, row, wrong, fails=fails)


def _rows_out(contents: Prefill, balance: Balance) -> int:
    """How many rows do not keep to a balance of each row, of those that are known."""
    rows = rows_in(contents.in_rows).get(balance.rows, ())
    outcomes = (balance.outcome(contents.in_rows, None, row) for row in rows if not is_over_rows(row))
    return sum(outcome is not None and not outcome.holds for outcome in outcomes)


def _write_verdict(writes: Writes, contents: Prefill, row: _Row, wrong: str, *, fails: bool) -> str:
    """The verdict, which waits until every figure is there that takes part, also in a sum."""
    place = row.cells["verdict"]
    blanks = _blanks(contents.pack, row.inputs, place.sheet)
    # A warning does not keep a report back, so it is not counted among what does not balance.
    name = UNBALANCED if row.balance.severity == "error" else DOUBTFUL
    verdict = f"IF({blanks}>0,{text(OPEN)},IF({wrong},{text(name)},{text(BALANCED)}))"
    single = [path for path in row.inputs if not contents.pack.fields[path].rows]
    rows = [contents.pack.rows[one.rows] for path in row.inputs if (one := contents.pack.fields[path]).rows]
    lacks_some = any(
        group.required and contents.known.isdisjoint(f.path for f in group.fields) for group in rows
    )
    is_open = lacks_some or not (contents.known | contents.absent).issuperset(single)
    shown = OPEN if is_open else name if fails else BALANCED
    writes.formula(place, verdict, shown)
    return shown


def _blanks(pack: Pack, paths: Sequence[str], sheet: str) -> str:
    """How many of the cells of these fields are blank and asked for."""
    cells: defaultdict[tuple[FieldCondition, ...], list[Cell]] = defaultdict(list)
    in_rows = [pack.fields[path] for path in paths if pack.fields[path].rows]
    for path in paths:
        if not pack.fields[path].rows:
            cells[pack.fields[path].conditions].append(pack.form.inputs[path][0])
    counts: list[str] = []
    for group in pack.rows.values():
        due = [field for field in in_rows if field.rows == group.path and field.is_due_in_row]
        counts += [open_in_rows(pack, due, sheet)] if due else []
        if due and group.required:
            counts.append(where_asked(pack, due[0].conditions, lacks_rows(pack, group, sheet), "0"))
    counts += [where_asked(pack, under, blanks_in(asked, sheet), "0") for under, asked in cells.items()]
    return "+".join(counts) or "0"


def _sum(contents: Prefill, terms: tuple[Term, ...], sheet: str) -> tuple[str, Number]:
    """One side of a balance: the cells of this year and the figures of last year."""
    pack = contents.pack
    now = [term for term in terms if not term.last]
    fields = [pack.fields[field_path(term.path)] for term in now]
    over = [Term(of_all_rows(pack.rows, one), last=False) for one in fields]
    cells = [cell for term in over for cell in cells_of(pack, term)]
    constant: Number = sum(contents.last[term.path] for term in terms if term.last)
    value = constant + sum(contents.figure(term.path) for term in over)
    formula = [sum_of(cells, sheet)] if cells else []
    return "+".join([*formula, plain(constant)] if constant or not cells else formula), value


def _short(field: Field) -> str:
    """A field's own label and that of its row, cut where they would not fit a line."""
    words = " · ".join(field.titles[-2:])
    if len(words) <= _LONGEST_LABEL:
        return words
    return f"{words[: _LONGEST_LABEL // 2]}…{words[-_LONGEST_LABEL // 2 :]}"
