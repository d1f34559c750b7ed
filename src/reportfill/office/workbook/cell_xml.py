"""The XML of what is written into sheets: a cell, whatever it holds, and what cells accept. All who write cells ask it.

A text is written into its cell (`inlineStr`), where it stays one also if it looks like a formula or a date.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from math import isfinite

from reportfill.decimals import reduced
from reportfill.office.workbook.cell_edits import (
    ERROR_TITLE,
    CellLimits,
    Content,
    ErrorValue,
    Formula,
    Rule,
    Value,
)
from reportfill.office.xml import FORBIDDEN_IN_XML

ERROR_VALUES = frozenset(("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"))
"""What a cell holds whose formula went wrong (ECMA-376-1, 18.17.3)."""

LIKE_FORMULAS = ("=", "+", "-", "@")
"""How a text begins that becomes a formula when somebody edits its cell, unless its format says otherwise."""

LONGEST = 32767
"""Characters that a cell holds of a text or a formula."""

_IN_TEXT = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_ATTRIBUTE = _IN_TEXT | {'"': "&quot;", "\n": "&#10;", "\t": "&#9;"}

_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}_)|{FORBIDDEN_IN_XML.pattern}")
"""What a workbook's texts have as the number of a character, and what would be read as one (ECMA-376-1, 22.9.2.19)."""

_FIRST_DAY = datetime.datetime(1899, 12, 30)
"""The day from which days are counted."""


def stored_text(words: str) -> str:
    """A text as it is stored in the parts of a workbook: _x005F_x0041_ for _x0041_, which would stand for an A."""
    return _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", words)


def cell_start(address: str, style: int) -> str:
    """The XML of a cell as far as it is the same whatever it holds: <c r="D7" s="31". Nothing is said of a style that
    is the workbook's first."""
    return f'<c r="{address}" s="{style}"' if style else f'<c r="{address}"'


def cell_xml(start: str, content: Content) -> str:
    """The XML of a cell that begins so. One that is blank and has no style needs none."""
    if content is None or content == "":
        return f"{start}/>" if " s=" in start else ""
    if isinstance(content, str):
        return f'{start} t="inlineStr"><is>{text_xml(content)}</is></c>'
    if isinstance(content, Formula):
        formula = _escaped(content.formula[:LONGEST], _IN_TEXT)
        kind, result = _result(content.result)
        return f"{start}{kind}><f>{formula}</f><v>{result}</v></c>"
    if isinstance(content, ErrorValue):
        return f'{start} t="e"><v>{content.name if content.name in ERROR_VALUES else "#N/A"}</v></c>'
    kind, result = _result(content)
    return f"{start}{kind}><v>{result}</v></c>"


def text_xml(words: str) -> str:
    """The element of a text, as much of it as a cell holds, white space at its ends and line breaks included."""
    words = words[:LONGEST]
    kept = "" if words == words.strip() else ' xml:space="preserve"'
    return f"<t{kept}>{character_data(words)}</t>"


def character_data(words: str) -> str:
    """A text as it stands within an element of a workbook, or of a chart."""
    stored = words if words.isprintable() and "_x" not in words else stored_text(words)
    return _escaped(stored, _IN_TEXT)


def serial(moment: datetime.date | datetime.time | datetime.timedelta) -> Decimal | int:
    """The number by which a cell has a day, a time or a span, in days."""
    if isinstance(moment, datetime.time):
        moment = datetime.datetime.combine(_FIRST_DAY, moment)
    elif isinstance(moment, datetime.date) and not isinstance(moment, datetime.datetime):
        moment = datetime.datetime.combine(moment, datetime.time())
    span = moment if isinstance(moment, datetime.timedelta) else moment.replace(tzinfo=None) - _FIRST_DAY
    days = Decimal(span // datetime.timedelta(microseconds=1)) / Decimal(86_400_000_000)
    return int(days) if days == int(days) else days


def _escaped(words: str, entities: Mapping[str, str]) -> str:
    for character, entity in entities.items():
        words = words.replace(character, entity)
    return words


def rules_xml(rules: Mapping[Rule, Sequence[str]]) -> str:
    """The XML of what the cells of a sheet accept, without the element around all of it."""
    return "".join(map(_rule, rules, rules.values()))


def _result(result: Value) -> tuple[str, str]:
    """The type of a result, as an attribute, and the result."""
    if isinstance(result, bool):
        return ' t="b"', str(int(result))
    if isinstance(result, str):
        kind = "e" if result in ERROR_VALUES else "str"
        return f' t="{kind}"', _escaped(FORBIDDEN_IN_XML.sub("", result), _IN_TEXT)
    if not _fits(result):
        return ' t="e"', "#NUM!"
    return "", str(reduced(result) if isinstance(result, Decimal) else result)


def _fits(number: int | Decimal) -> bool:
    """Whether a cell can hold a number: those beyond a double's reach Excel takes for damage."""
    try:
        return isfinite(number)
    except (OverflowError, ValueError):
        return False


def _rule(rule: Rule, references: Sequence[str]) -> str:
    before, behind = _around_prompt(rule.limits, rule.title)
    where, prompt = " ".join(references), _escaped(rule.prompt, _IN_ATTRIBUTE)
    return f'<dataValidation sqref="{where}"{before} prompt="{prompt}"{behind}'


@lru_cache(maxsize=4096)
def _around_prompt(limits: CellLimits, title: str) -> tuple[str, str]:
    """What stands before the prompt of a rule and behind it; the prompt alone differs from agency to agency."""
    words = {"errorTitle": ERROR_TITLE if limits.error else "", "error": limits.error, "promptTitle": title}
    said = "".join(f' {name}="{_escaped(value, _IN_ATTRIBUTE)}"' for name, value in words.items() if value)
    stops = ' showErrorMessage="1"' if limits.error else ""
    bounds = "".join(
        f"<formula{number}>{_escaped(bound, _IN_TEXT)}</formula{number}>"
        for number, bound in enumerate(limits.bounds, 1)
        if bound
    )
    kind = f' type="{limits.kind}" operator="{limits.operator}" allowBlank="1" showInputMessage="1"{stops}'
    return f"{kind}{said}", f">{bounds}</dataValidation>"
