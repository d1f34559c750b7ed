"""Data validation: what a cell accepts, and what Excel says beside it, from the schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from reportfill.intake.formulas import ranges
from reportfill.pack.fields import Field, FieldKind
from reportfill.pack.figures import Number, plain
from reportfill.pack.grid import Cell

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
"""Characters that Excel takes in a prompt's title and text."""

_LARGEST = 10**15 - 1
"""The largest whole number that Excel keeps exactly, for figures that the schema does not bound."""

_SAID = ("type", "formula1", "formula2", "error", "promptTitle", "prompt")
"""What tells one rule from another, of all that they hold."""


def validation(field: Field, cells: Sequence[Cell], last: Mapping[str, Number]) -> DataValidation:
    """What the cells of a field accept, with a prompt of what is due and of last year's figure."""
    rule = _number_rule(field) if field.kind.is_number else _text_rule(field)
    rule.allow_blank = True
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle = "填写有误"
    # The row's label: the column's stands above the cell, and so the cells of a row can share one rule.
    rule.promptTitle = _cut(field.titles[-2] if len(field.titles) > 2 else field.title, _LONGEST_TITLE)
    rule.prompt = _cut(_prompt(field, last), _LONGEST_PROMPT)
    for part in ranges(cells, cells[0].sheet):
        rule.add(part)
    return rule


def add_validation(sheet: Worksheet, rule: DataValidation) -> None:
    """Add a rule to a sheet, or its cells to one of the sheet's that says the same."""
    for known in sheet.data_validations.dataValidation:
        if all(getattr(known, name) == getattr(rule, name) for name in _SAID):
            for area in rule.sqref.ranges:
                known.add(area.coord)
            return
    sheet.add_data_validation(rule)


def _number_rule(field: Field) -> DataValidation:
    kind: Literal["whole", "decimal"] = "whole" if field.kind is FieldKind.COUNT else "decimal"
    due = "整数" if field.kind is FieldKind.COUNT else "数字"
    least = -_LARGEST if field.minimum is None else field.minimum
    most = _LARGEST if field.maximum is None else field.maximum
    rule = DataValidation(kind, plain(least), plain(most), operator="between")
    bounds = [] if field.minimum is None else [f"不小于{plain(least)}"]
    bounds += [] if field.maximum is None else [f"不大于{plain(most)}"]
    rule.error = f"这里只能填{'、'.join(bounds)}{'的' if bounds else ''}{due}；没有发生的填0。"
    return rule


def _text_rule(field: Field) -> DataValidation:
    longest = field.max_length or 32767
    rule = DataValidation("textLength", str(longest), operator="lessThanOrEqual")
    rule.error = f"这里最多填{longest}个字；长的内容请分成几段，一行填一段。"
    return rule


def _prompt(field: Field, last: Mapping[str, Number]) -> str:
    words = field.description
    if field.unit:
        words += f"单位：{field.unit}。"
    if field.path in last:
        words += f"上年：{plain(last[field.path])}{field.unit}。"
    return words


def _cut(words: str, longest: int) -> str:
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
