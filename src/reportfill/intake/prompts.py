"""Data validation: what a cell accepts, and what Excel says beside it, from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportfill.decimals import Number, plain
from reportfill.model.fields import Field
from reportfill.model.requirements import one_of
from reportfill.office.workbook.cell_edits import CellLimits, Rule
from reportfill.text import cut

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
"""Characters that Excel takes in a prompt's title and text."""

_LONGEST_LIST = 255
"""Characters that Excel takes in a list of choices that is written into the rule."""


def rule_of(field: Field, last: Mapping[str, Number]) -> Rule:
    """What the cells of a field accept, with a prompt of what is due and of last year's figure."""
    limits = _limits_of_choices(field.choices) or field.kind.limits(field)
    # The row's label: the column's stands above the cell, and so the cells of a row can share one rule.
    title = field.titles[-2] if len(field.titles) > 2 else field.title
    return Rule(limits, cut(title, _LONGEST_TITLE), cut(_prompt(field, last), _LONGEST_PROMPT))


@lru_cache(maxsize=1024)
def _limits_of_choices(choices: tuple[Number | str, ...]) -> CellLimits | None:
    """A list to choose from; None where there is none, or Excel does not take it: it parts the choices by commas."""
    shown = [choice if isinstance(choice, str) else plain(choice) for choice in choices]
    listed = ",".join(shown)
    if not choices or any(set(',"') & set(choice) for choice in shown) or len(listed) > _LONGEST_LIST:
        return None
    return CellLimits("list", "between", (f'"{listed}"', None), f"这里只能填{one_of(choices).zh}。")


def _prompt(field: Field, last: Mapping[str, Number]) -> str:
    words = field.description
    if field.pattern_in_words:
        words += f"格式：{field.pattern_in_words}。"
    if field.unit:
        words += f"单位：{field.unit}。"
    if field.path in last:
        words += f"上年：{plain(last[field.path])}{field.unit}。"
    return words
