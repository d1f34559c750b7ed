"""Data validation: what a cell accepts, and what Excel says beside it, from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportfill.decimals import Number, plain
from reportfill.intake.prefill import Prefill
from reportfill.model.fields import Field
from reportfill.model.requirements import one_of
from reportfill.office.workbook.cell_edits import CellLimits, Rule, Writes
from reportfill.pack.pack import Pack
from reportfill.place import Cell
from reportfill.text import cut

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
"""Characters that Excel takes in a prompt's title and text."""

_LONGEST_LIST = 255
"""Characters that Excel takes in a list of choices that is written into the rule."""


def write_rules(writes: Writes, contents: Prefill, given: frozenset[str]) -> None:
    """Let the cells to be filled in accept what the schema says, and beside them Excel say last year's figures."""
    for field, cells, rule in _rules(contents.pack, given):
        writes.accept(cells, with_last(rule, field, contents.last))


@lru_cache(maxsize=32)
def _rules(pack: Pack, given: frozenset[str]) -> tuple[tuple[Field, tuple[Cell, ...], Rule], ...]:
    """What the cells of each field accept that is neither given nor derived, but for those that accept what the form's
    designer says."""
    asked = [field for path, field in pack.fields.items() if path not in given and not pack.is_derived(path)]
    cells_of = [
        tuple(cell for cell in pack.form.inputs[one.path] if cell not in pack.ruled_cells) for one in asked
    ]
    return tuple(zip(asked, cells_of, map(rule_of, asked), strict=True))


def rule_of(field: Field) -> Rule:
    """What the cells of a field accept, with a prompt of what is due, in full."""
    limits = _limits_of_choices(field.choices) or field.kind.limits(field)
    # The row's label: the column's stands above the cell, and so the cells of a row can share one rule.
    title = field.titles[-2] if len(field.titles) > 2 else field.title
    return Rule(limits, cut(title, _LONGEST_TITLE), _prompt(field))


def with_last(rule: Rule, field: Field, last: Mapping[str, Number]) -> Rule:
    """A field's rule with last year's figure in its prompt, which is cut where Excel takes no more."""
    said = f"上年度：{plain(last[field.path])}{field.unit}。" if field.path in last else ""
    return Rule(rule.limits, rule.title, cut(rule.prompt + said, _LONGEST_PROMPT))


@lru_cache(maxsize=1024)
def _limits_of_choices(choices: tuple[Number | str, ...]) -> CellLimits | None:
    """A list to choose from; None where there is none, or Excel does not take it: it parts the choices by commas."""
    shown = [choice if isinstance(choice, str) else plain(choice) for choice in choices]
    listed = ",".join(shown)
    if not choices or any(set(',"') & set(choice) for choice in shown) or len(listed) > _LONGEST_LIST:
        return None
    return CellLimits("list", "between", (f'"{listed}"', None), f"这里只能填{one_of(choices).zh}。")


def _prompt(field: Field) -> str:
    words = field.description
    if field.pattern_in_words:
        words += f"格式：{field.pattern_in_words}。"
    if field.unit:
        words += f"单位：{field.unit}。"
    return words
