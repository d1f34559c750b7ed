"""Data validation: what a cell accepts, and what Excel says beside it, from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from math import ceil, floor
from typing import Literal

from reportfill.decimals import Number, plain
from reportfill.model.fields import Field, FieldKind
from reportfill.model.requirements import one_of
from reportfill.office.workbook.cell_edits import Limits, Rule

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
"""Characters that Excel takes in a prompt's title and text."""

_LONGEST_TEXT = 32767
"""Characters that a cell holds, for texts that the schema does not bound."""

_LARGEST = 10**15 - 1
"""The largest whole number that Excel keeps exactly, for figures that the schema does not bound."""


_LONGEST_LIST = 255
"""Characters that Excel takes in a list of choices that is written into the rule."""

Bound = int | Decimal | None


def rule_of(field: Field, last: Mapping[str, Number]) -> Rule:
    """What the cells of a field accept, with a prompt of what is due and of last year's figure."""
    limits = _limits_of_choices(field.choices) or (
        _limits_of_number(field.kind, field.minimum, field.maximum, field.more_than, field.less_than)
        if field.kind.is_number
        else _limits_of_text(field.min_length, field.max_length or _LONGEST_TEXT)
    )
    # The row's label: the column's stands above the cell, and so the cells of a row can share one rule.
    title = field.titles[-2] if len(field.titles) > 2 else field.title
    return Rule(limits, _cut(title, _LONGEST_TITLE), _cut(_prompt(field, last), _LONGEST_PROMPT))


@lru_cache(maxsize=1024)
def _limits_of_choices(choices: tuple[Number | str, ...]) -> Limits | None:
    """A list to choose from; None where there is none, or Excel does not take it: it parts the choices by commas."""
    shown = [choice if isinstance(choice, str) else plain(choice) for choice in choices]
    listed = ",".join(shown)
    if not choices or any(set(',"') & set(choice) for choice in shown) or len(listed) > _LONGEST_LIST:
        return None
    return Limits("list", "between", (f'"{listed}"', None), f"这里只能填{one_of(choices).zh}。")


@lru_cache(maxsize=1024)
def _limits_of_number(
    kind: FieldKind, minimum: Bound, maximum: Bound, more_than: Bound = None, less_than: Bound = None
) -> Limits:
    is_count = kind is FieldKind.COUNT
    said = [] if minimum is None else [f"不小于{plain(minimum)}"]
    said += [] if more_than is None else [f"大于{plain(more_than)}"]
    said += [] if maximum is None else [f"不大于{plain(maximum)}"]
    said += [] if less_than is None else [f"小于{plain(less_than)}"]
    due = f"{'、'.join(said)}{'的' if said else ''}{'整数' if is_count else '数字'}"
    error = f"这里只能填{due}；没有发生的填0。"
    if is_count:
        minimum, maximum = _from_exclusive(minimum, more_than, 1), _from_exclusive(maximum, less_than, -1)
    elif minimum is None and maximum is None and (more_than is None) is not (less_than is None):
        operator: Literal["greaterThan", "lessThan"] = "lessThan" if more_than is None else "greaterThan"
        [bound] = [plain(bound) for bound in (more_than, less_than) if bound is not None]
        return Limits("decimal", operator, (bound, None), error)
    least = max((bound for bound in (minimum, more_than) if bound is not None), default=-_LARGEST)
    most = min((bound for bound in (maximum, less_than) if bound is not None), default=_LARGEST)
    return Limits("whole" if is_count else "decimal", "between", (plain(least), plain(most)), error)


def _from_exclusive(bound: Bound, excluded: Bound, step: int) -> Bound:
    """The bound of a whole number that must also be above (`step` 1) or below (-1) another one."""
    if excluded is None:
        return bound
    next_to_it = (floor(excluded) if step > 0 else ceil(excluded)) + step
    return next_to_it if bound is None else max(bound, next_to_it) if step > 0 else min(bound, next_to_it)


@lru_cache(maxsize=1024)
def _limits_of_text(shortest: int, longest: int) -> Limits:
    if shortest > 1:
        error = f"这里要填{shortest}到{longest}个字；长的内容请分成几段，一行填一段。"
        return Limits("textLength", "between", (str(shortest), str(longest)), error)
    error = f"这里最多填{longest}个字；长的内容请分成几段，一行填一段。"
    return Limits("textLength", "lessThanOrEqual", (str(longest), None), error)


def _prompt(field: Field, last: Mapping[str, Number]) -> str:
    words = field.description
    if field.pattern_in_words:
        words += f"格式：{field.pattern_in_words}。"
    if field.unit:
        words += f"单位：{field.unit}。"
    if field.path in last:
        words += f"上年：{plain(last[field.path])}{field.unit}。"
    return words


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
