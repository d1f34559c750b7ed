"""Data validation: what a cell accepts, and what Excel says beside it, from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from reportfill.decimals import Number, plain
from reportfill.intake.conditions_live import conditions_said
from reportfill.intake.prefill import Prefill
from reportfill.intake.tool_sheets import IDENTITY
from reportfill.model.fields import Field
from reportfill.model.options import list_limits
from reportfill.model.report_model import YEAR
from reportfill.office.workbook.cell_edits import CellLimits, Rule, Writes
from reportfill.office.workbook.formulas import absolute, defined_name, text
from reportfill.pack.pack import Pack
from reportfill.place import Cell
from reportfill.text import cut

_LONGEST_TITLE, _LONGEST_PROMPT = 32, 255
"""Characters that Excel takes in a prompt's title and text."""

_LONGEST_LIST = 255
"""Characters that Excel takes in a list of choices that is written into the rule."""

_FIRST_LIST = 6
"""The column of the hidden sheet from which on longer lists stand, behind what is counted there."""

_LISTED = 'OFFSET(INDEX({cells},1),0,0,MAX(1,SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))-ROW(INDEX({cells},1))+1),1)'
"""The cells of rows down to the last one that is filled in, from which one is chosen."""


def write_rules(writes: Writes, contents: Prefill, given: frozenset[str]) -> None:
    """Let the cells to be filled in accept what the schema says, and beside them Excel say last year's figures; lists
    that are too long for a rule stand on the hidden sheet."""
    for words, cells in _long_lists(contents.pack).items():
        for cell, word in zip(cells, words, strict=True):
            writes.text(cell, word)
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
    return tuple(zip(asked, cells_of, (rule_of(one, pack) for one in asked), strict=True))


def rule_of(field: Field, pack: Pack) -> Rule:
    """What the cells of a field accept, with a prompt of what is due, in full."""
    # The row's label: the column's stands above the cell, and so the cells of a row can share one rule.
    title = field.titles[-2] if len(field.titles) > 2 and not field.rows else field.title
    return Rule(_bounded(_limits_of(field), pack), cut(title, _LONGEST_TITLE), _prompt(field, pack))


def _limits_of(field: Field) -> CellLimits:
    if field.listed_in:
        source = _LISTED.format(cells=defined_name(field.listed_in))
        return CellLimits("list", "between", (source, None), "请在列表中选择。")
    return list_limits(field.listed) if field.choices and not field.kind.is_list else field.kind.limits(field)


def _bounded(limits: CellLimits, pack: Pack) -> CellLimits:
    """Limits with the places of what their bounds name: the list of words, the cell of the reporting year."""
    if limits.words:
        return limits._replace(bounds=(_list_of(limits.words, pack), None))
    year = absolute([pack.form.inputs[YEAR][0]])
    least, most = (bound and bound.replace("{year}", year) for bound in limits.bounds)
    return limits._replace(bounds=(least or "", most))


def _list_of(words: tuple[str, ...], pack: Pack) -> str:
    cells = _long_lists(pack).get(words)
    return absolute([cells[0], cells[-1]]) if cells else text(",".join(words))


@lru_cache(maxsize=32)
def _long_lists(pack: Pack) -> Mapping[tuple[str, ...], tuple[Cell, ...]]:
    """The cells of the hidden sheet for each list of words that no rule holds: it parts them by commas."""
    lists = dict.fromkeys(field.listed for field in pack.fields.values() if not _fits(field.listed))
    return {
        words: tuple(Cell(IDENTITY, row, _FIRST_LIST + number) for row in range(len(words)))
        for number, words in enumerate(lists)
    }


def _fits(words: tuple[str, ...]) -> bool:
    return len(",".join(words)) <= _LONGEST_LIST and not any(set(',"') & set(word) for word in words)


def with_last(rule: Rule, field: Field, last: Mapping[str, Number]) -> Rule:
    """A field's rule with last year's figure in its prompt, which is cut where Excel takes no more."""
    said = f"上年度：{plain(last[field.path])}{field.unit}。" if field.path in last else ""
    return Rule(rule.limits, rule.title, cut(rule.prompt + said, _LONGEST_PROMPT))


def _prompt(field: Field, pack: Pack) -> str:
    words = conditions_said(pack, field) + field.description + field.kind.prompt
    if field.pattern_in_words:
        words += f"格式：{field.pattern_in_words}。"
    if field.unit:
        words += f"单位：{field.unit}。"
    return words
