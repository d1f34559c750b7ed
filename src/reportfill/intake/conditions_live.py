"""Conditions as the workbook itself knows them: formulas, cells that turn grey, words beside a cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from reportfill.decimals import exact, is_number, plain
from reportfill.model.conditions import FieldCondition
from reportfill.model.fields import Field
from reportfill.model.not_there import conditions_in_words
from reportfill.office.workbook.edited_workbook import EditedWorkbook
from reportfill.office.workbook.formulas import defined_name, ranges, text
from reportfill.pack.pack import Pack
from reportfill.place import Cell

_GREY = "FFD9D9D9"


@lru_cache(maxsize=1024)
def condition_formula(pack: Pack, conditions: tuple[FieldCondition, ...]) -> str:
    """A formula that is true where all of these hold. It names cells by their defined names, which may stand in every
    formula of a workbook, those of conditional formats included."""
    return _all_of([_one_of(pack, one) for one in conditions])


def _one_of(pack: Pack, condition: FieldCondition) -> str:
    field, name = pack.fields[condition.path], defined_name(condition.path)
    wanted = [_as_formula(field, value) for value in condition.values]
    equal = [f"{name}={value}" for value in wanted]
    return equal[0] if len(equal) == 1 else f"OR({','.join(equal)})"


def _as_formula(field: Field, value: Any) -> str:
    """A value as the cell has it."""
    [content] = field.kind.contents(field, value, 1)
    return plain(exact(content)) if is_number(content) else text(str(content))


def _all_of(formulas: Sequence[str]) -> str:
    return formulas[0] if len(formulas) == 1 else f"AND({','.join(formulas)})"


def where_asked(pack: Pack, conditions: tuple[FieldCondition, ...], formula: str, otherwise: str) -> str:
    """A formula that counts only where these conditions hold."""
    return f"IF({condition_formula(pack, conditions)},{formula},{otherwise})" if conditions else formula


def conditions_said(pack: Pack, field: Field) -> str:
    """When a field is to be filled in, for the prompt beside its cell; nothing where it always is."""
    return f"{conditions_in_words(pack, field.conditions).zh}的填写。" if field.conditions else ""


def grey_out(book: EditedWorkbook, pack: Pack) -> None:
    """Let the cells of fields that are there under conditions turn grey where these do not hold."""
    cells: defaultdict[tuple[str, tuple[FieldCondition, ...]], list[Cell]] = defaultdict(list)
    for path, conditions in pack.conditional.items():
        for cell in pack.form.inputs[path]:
            cells[cell.sheet, conditions].append(cell)
    for (sheet, conditions), together in cells.items():
        formula = f"NOT({condition_formula(pack, conditions)})"
        look = book.styles.conditional(fill=_GREY, font=_GREY)
        book.worksheets[sheet].format_where(formula, ranges(tuple(together), sheet), look)
