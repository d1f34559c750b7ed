"""The XML of what is written into a sheet, in the two ways in which a new workbook has it.

openpyxl writes plain ASCII and names the type of every number and blank. A sheet that `workbook_package` completes is
parsed and written again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache
from math import isfinite

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.compat import safe_string

from reportfill.decimals import exact, plain
from reportfill.office.workbook.cell_edits import ERROR_TITLE, Content, Formula, Limits, Rule, Value
from reportfill.office.workbook.formulas import Area
from reportfill.office.xml import FORBIDDEN_IN_XML

_LONGEST_TEXT = 32767
"""Characters after which openpyxl cuts a text or a formula."""

_STYLED_APART = ("=", "+", "-", "@")
"""How a text begins that openpyxl is told to mark as one, which makes another style of its cell's."""

_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


_ESCAPED = re.compile(f"_(?=x[0-9A-Fa-f]{{4}}_)|{FORBIDDEN_IN_XML.pattern}")
"""What a workbook's texts have as the number of a character, and what would be read as one (ECMA-376-1, 22.9.2.19)."""


class Spelling(Enum):
    """Which of the two ways a sheet is written in; the value is the encoding."""

    OF_OPENPYXL = "ascii"
    COMPLETED = "utf-8"


class UnusualContentError(Exception):
    """Something that only openpyxl can be trusted to write."""


def stored_text(words: str) -> str:
    """A text as it is stored in the parts of a workbook: _x005F_x0041_ for _x0041_, which would stand for an A."""
    return _ESCAPED.sub(lambda match: f"_x{ord(match[0]):04X}_", words)


def cell_xml(start: str, content: Content, spelling: Spelling) -> bytes:
    """The XML of a cell. `start` is its tag as far as it is the same whatever it holds: <c r="D7" s="31".

    Raises UnusualContentError for what openpyxl cuts, escapes or gives another style.
    """
    is_completed = spelling is Spelling.COMPLETED
    if content is None:
        xml = _blank(start, is_completed=is_completed)
    elif isinstance(content, str):
        xml = f'{start} t="inlineStr"><is><t>{_usual(content).translate(_IN_TEXT)}</t></is></c>'
    elif isinstance(content, Formula):
        xml = _formula(start, content)
    elif isfinite(content):
        xml = f"{start}{_type_of_number(is_completed=is_completed)}><v>{safe_string(content)}</v></c>"
    else:
        raise UnusualContentError
    return xml.encode(spelling.value, "xmlcharrefreplace")


def rules_xml(rules: Mapping[Rule, Sequence[Area]], spelling: Spelling) -> bytes:
    """The XML of all rules of a sheet, without the element around them."""
    return "".join(map(_rule, rules, rules.values())).encode(spelling.value, "xmlcharrefreplace")


def prompt_xml(rule: Rule, spelling: Spelling) -> bytes:
    """The attribute with a rule's prompt."""
    return _prompt(rule).encode(spelling.value, "xmlcharrefreplace")


def _blank(start: str, *, is_completed: bool) -> str:
    if " s=" not in start:
        return ""  # openpyxl leaves out what has neither contents nor a style
    return f"{start}/>" if is_completed else f"{start}{_type_of_number(is_completed=False)}></c>"


def _type_of_number(*, is_completed: bool) -> str:
    return "" if is_completed else ' t="n"'


def _usual(words: str) -> str:
    """A text that is written as it is."""
    is_plain = words.isprintable() and words == words.strip() and "_x" not in words
    if not is_plain or words.startswith(_STYLED_APART) or len(words) > _LONGEST_TEXT:
        raise UnusualContentError
    return words


def _formula(start: str, content: Formula) -> str:
    if len(content.formula) >= _LONGEST_TEXT:
        raise UnusualContentError
    kind, result = _result(content.result)
    return f"{start}{kind}><f>{content.formula.translate(_IN_TEXT)}</f><v>{result}</v></c>"


def _result(result: Value) -> tuple[str, str]:
    """The type of a result, as an attribute, and the result."""
    if isinstance(result, str):
        return f' t="{"e" if result in ERROR_CODES else "str"}"', result.translate(_IN_TEXT)
    return "", plain(exact(result))


def _rule(rule: Rule, areas: Sequence[Area]) -> str:
    before, behind = _around_prompt(rule.limits, rule.title)
    where = " ".join(area.reference(area.first.sheet) for area in sorted(areas, key=_place))
    return f'<dataValidation sqref="{where}"{before}{_prompt(rule)}{behind}'


@lru_cache(maxsize=4096)
def _around_prompt(limits: Limits, title: str) -> tuple[str, str]:
    """What stands before the prompt of a rule and behind it; the prompt alone differs from agency to agency."""
    words = {"errorTitle": ERROR_TITLE, "error": limits.error, "promptTitle": title}
    said = "".join(f' {name}="{value.translate(_IN_ATTRIBUTE)}"' for name, value in words.items())
    shown = ' showDropDown="0" showInputMessage="1" showErrorMessage="1" allowBlank="1"'
    bounds = "".join(
        f"<formula{number}>{bound.translate(_IN_TEXT)}</formula{number}>"
        for number, bound in enumerate(limits.bounds, 1)
        if bound
    )
    kind = f' type="{limits.kind}" operator="{limits.operator}"'
    return f"{shown}{said} ", f"{kind}>{bounds}</dataValidation>"


def _prompt(rule: Rule) -> str:
    return f'prompt="{rule.prompt.translate(_IN_ATTRIBUTE)}"'


def _place(area: Area) -> tuple[int, int]:
    return area.first.column, area.first.row
