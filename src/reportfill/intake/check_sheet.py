"""The balances on the sheet 校验, live in the clerk's own Excel: two sums, their difference and a verdict each."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from reportfill.intake.cell_writer import CellWriter
from reportfill.intake.contents import Contents
from reportfill.intake.formulas import blanks_in, sum_of, text
from reportfill.intake.tool_tags import below, tool_cells
from reportfill.pack.balances import Balance, Term
from reportfill.pack.fields import Field
from reportfill.pack.figures import Number, plain
from reportfill.pack.grid import Cell

BALANCED, UNBALANCED, OPEN, DOUBTFUL, UNKNOWN = "平", "不平", "未填完", "请核对", "上年未知"
SHOWN_RELATIONS = ("equal", "only_where")
_PARTS = ("title", "place", "left", "right", "difference", "verdict")
_LONGEST_LABEL = 24


def write_balances(writer: CellWriter, contents: Contents) -> None:
    """Write a row for each balance, and how many do not balance; nothing where the form has no such row."""
    form = contents.pack.form
    places = tool_cells(form, "balance", _PARTS)
    shown = [balance for balance in contents.pack.rules.balances if balance.relation in SHOWN_RELATIONS]
    if len(places) < len(_PARTS) or not shown:
        return
    verdicts: list[str] = []
    for index, balance in enumerate(shown):
        here = below(places, index)
        _copy_style(writer, places, here)
        verdicts.append(_write_balance(writer, contents, balance, here))
    first, last = places["verdict"], below(places, len(shown) - 1)["verdict"]
    for cell in form.tools.get("form.balance.failures", ()):
        formula = f"COUNTIF({first.address}:{last.address},{text(UNBALANCED)})"
        writer.formula(cell, formula, verdicts.count(UNBALANCED))


def _copy_style(writer: CellWriter, places: Mapping[str, Cell], here: Mapping[str, Cell]) -> None:
    for part, source in places.items():
        sheet = writer.sheet(source.sheet)
        sheet[here[part].address]._style = copy(sheet[source.address]._style)


def _write_balance(writer: CellWriter, contents: Contents, balance: Balance, here: Mapping[str, Cell]) -> str:
    """One row; its verdict as it stands now."""
    target = contents.pack.form.inputs[balance.place][0]
    writer.text(here["title"], balance.title)
    writer.link(here["place"], target, f"{target} {_short(contents.pack.fields[balance.place])}")
    if not contents.knows(balance):
        for part in ("left", "right", "difference"):
            writer.clear(here[part])
        writer.text(here["verdict"], UNKNOWN)
        return UNKNOWN
    sheet = here["verdict"].sheet
    left, right = _sum(contents, balance.left, sheet), _sum(contents, balance.right, sheet)
    writer.formula(here["left"], *left)
    writer.formula(here["right"], *right)
    if balance.relation == "equal":
        sides = f"{here['left'].address}-{here['right'].address}"
        writer.formula(here["difference"], f"ROUND({sides},6)", left[1] - right[1])
        wrong, fails = f"{here['difference'].address}<>0", left[1] != right[1]
    else:
        writer.clear(here["difference"])
        wrong = f"AND({here['left'].address}<>0,{here['right'].address}=0)"
        fails = left[1] != 0 and right[1] == 0
    return _write_verdict(writer, contents, balance, here["verdict"], wrong, fails=fails)


def _write_verdict(
    writer: CellWriter, contents: Contents, balance: Balance, place: Cell, wrong: str, *, fails: bool
) -> str:
    """The verdict, which waits until every figure is there that takes part, also in a sum."""
    this_year = [term.path for term in balance.terms if not term.last]
    inputs = {path for term in this_year for path in contents.inputs_of(term)}
    blanks = blanks_in([contents.pack.form.inputs[path][0] for path in inputs], place.sheet)
    # A warning does not keep a report back, so it is not counted among what does not balance.
    name = UNBALANCED if balance.severity == "error" else DOUBTFUL
    verdict = f"IF({blanks}>0,{text(OPEN)},IF({wrong},{text(name)},{text(BALANCED)}))"
    shown = OPEN if any(map(contents.is_blank, inputs)) else name if fails else BALANCED
    writer.formula(place, verdict, shown)
    return shown


def _sum(contents: Contents, terms: tuple[Term, ...], sheet: str) -> tuple[str, Number]:
    """One side of a balance: the cells of this year and the figures of last year."""
    cells = [contents.pack.form.inputs[term.path][0] for term in terms if not term.last]
    constant: Number = sum(contents.last[term.path] for term in terms if term.last)
    value = constant + sum(contents.figure(term.path) for term in terms if not term.last)
    formula = [sum_of(cells, sheet)] if cells else []
    return "+".join([*formula, plain(constant)] if constant or not cells else formula), value


def _short(field: Field) -> str:
    """A field's own label and that of its row, cut where they would not fit a line."""
    words = " · ".join(field.titles[-2:])
    if len(words) <= _LONGEST_LABEL:
        return words
    return f"{words[: _LONGEST_LABEL // 2]}…{words[-_LONGEST_LABEL // 2 :]}"
