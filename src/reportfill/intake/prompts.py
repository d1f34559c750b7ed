"""Data validation: what a cell accepts, and what Excel says beside it, from the schema."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from openpyxl.worksheet.datavalidation import DataValidation

from reportfill.pack.fields import Field, FieldKind
from reportfill.pack.figures import Number, plain

ERROR_TITLE = "填写有误"
"""What stands above every message that stops a wrong entry."""

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
"""Characters that Excel takes in a prompt's title and text."""

_LONGEST_TEXT = 32767
"""Characters that a cell holds, for texts that the schema does not bound."""

_LARGEST = 10**15 - 1
"""The largest whole number that Excel keeps exactly, for figures that the schema does not bound."""


class Limits(NamedTuple):
    """What a cell accepts, in the words of the format, and the message for everything else. A text has one bound,
    its greatest length."""

    kind: Literal["whole", "decimal", "textLength"]
    operator: Literal["between", "lessThanOrEqual"]
    bounds: tuple[str, str | None]
    error: str


class Rule(NamedTuple):
    """What cells accept, and the prompt that Excel shows beside them with its title."""

    limits: Limits
    title: str
    prompt: str


def rule_of(field: Field, last: Mapping[str, Number]) -> Rule:
    """What the cells of a field accept, with a prompt of what is due and of last year's figure."""
    limits = (
        _limits_of_number(field.kind, field.minimum, field.maximum)
        if field.kind.is_number
        else _limits_of_text(field.max_length or _LONGEST_TEXT)
    )
    # The row's label: the column's stands above the cell, and so the cells of a row can share one rule.
    title = field.titles[-2] if len(field.titles) > 2 else field.title
    return Rule(limits, _cut(title, _LONGEST_TITLE), _cut(_prompt(field, last), _LONGEST_PROMPT))


def validation(rule: Rule, references: Iterable[str]) -> DataValidation:
    """A rule as openpyxl has it, for areas of a sheet by their references."""
    limits = rule.limits
    made = DataValidation(limits.kind, operator=limits.operator, allow_blank=True)
    made.formula1, made.formula2 = limits.bounds
    made.showErrorMessage = made.showInputMessage = True
    made.errorTitle, made.error = ERROR_TITLE, limits.error
    made.promptTitle, made.prompt = rule.title, rule.prompt
    for reference in references:
        made.add(reference)
    return made


@lru_cache(maxsize=1024)
def _limits_of_number(
    kind: FieldKind, minimum: int | Decimal | None, maximum: int | Decimal | None
) -> Limits:
    is_count = kind is FieldKind.COUNT
    least = -_LARGEST if minimum is None else minimum
    most = _LARGEST if maximum is None else maximum
    said = [] if minimum is None else [f"不小于{plain(least)}"]
    said += [] if maximum is None else [f"不大于{plain(most)}"]
    due = f"{'、'.join(said)}{'的' if said else ''}{'整数' if is_count else '数字'}"
    return Limits(
        kind="whole" if is_count else "decimal",
        operator="between",
        bounds=(plain(least), plain(most)),
        error=f"这里只能填{due}；没有发生的填0。",
    )


@lru_cache(maxsize=1024)
def _limits_of_text(longest: int) -> Limits:
    error = f"这里最多填{longest}个字；长的内容请分成几段，一行填一段。"
    return Limits("textLength", "lessThanOrEqual", (str(longest), None), error)


def _prompt(field: Field, last: Mapping[str, Number]) -> str:
    words = field.description
    if field.unit:
        words += f"单位：{field.unit}。"
    if field.path in last:
        words += f"上年：{plain(last[field.path])}{field.unit}。"
    return words


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
