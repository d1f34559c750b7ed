"""What a single value may be: the same rules for a cell that is read and for data from elsewhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reportfill.decimals import is_finite, is_number
from reportfill.finding import Finding, finding
from reportfill.model.fields import Field, FieldKind
from reportfill.model.requirements import requirement, value_in_words
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.text import Text

LARGEST = 10**15 - 1
"""The largest figure of a field that names none: what Excel keeps to the last digit."""

_MOST_DECIMALS = 30
"""Digits behind the point; nobody means more, and written out they would fill the page."""


def number_finding(field: Field, value: Any, cell: str = "") -> Finding | None:
    """What is wrong with a value where a figure is due; None when it is right."""
    if isinstance(value, bool):
        return finding(
            "cell.boolean", field=field.path, cell=cell, value=str(value).upper(), label=field.label
        )
    if not (is_number(value) and is_finite(value)):
        return finding("cell.not_a_number", field=field.path, cell=cell, value=str(value), label=field.label)
    if not -LARGEST <= value <= LARGEST:
        return _size_finding(field, value, cell)
    if isinstance(value, Decimal) and -int(value.as_tuple().exponent) > _MOST_DECIMALS:
        return finding(
            "cell.too_fine",
            field=field.path,
            cell=cell,
            value=f"{value:.6G}",
            expected=_MOST_DECIMALS,
            label=field.label,
        )
    if field.is_count and value != int(value):
        return finding("cell.fraction", field=field.path, cell=cell, value=value, label=field.label)
    if field.minimum is not None and value < field.minimum:
        code = "cell.negative" if field.minimum == 0 else "schema.invalid"
        problem = Text(*requirement("minimum", field.minimum, {}))
        return finding(
            code,
            field=field.path,
            cell=cell,
            value=value,
            expected=problem,
            label=field.label,
            problem=problem,
            now=Text(*value_in_words(value)),
        )
    if field.maximum is not None and value > field.maximum:
        return finding(
            "cell.too_large",
            field=field.path,
            cell=cell,
            value=value,
            expected=field.maximum,
            label=field.label,
        )
    return None


def _size_finding(field: Field, value: Any, cell: str) -> Finding:
    """A number of more digits than any figure has; it is never written out."""
    is_negative = value < 0 and field.minimum == 0
    return finding(
        "cell.negative" if is_negative else "cell.too_large",
        field=field.path,
        cell=cell,
        value=f"{Decimal(value):.6G}",
        expected=LARGEST if field.maximum is None else field.maximum,
        label=field.label,
    )


_DIVISION = Text("，或者把长段分成几行，一行填一段", ", or divide it into several rows, a paragraph in each")
"""What may be done about a long text only where there are rows for more paragraphs."""


def text_finding(field: Field, text: str, cell: str = "", label: str = "") -> Finding | None:
    """What is wrong with a text or a paragraph as such; None when it can be printed."""
    label = label or field.label
    forbidden = FORBIDDEN_IN_XML.search(text)
    if forbidden:
        code_point = f"U+{ord(forbidden.group()):04X}"
        return finding("cell.control_characters", field=field.path, cell=cell, value=code_point, label=label)
    if field.max_length is not None and len(text) > field.max_length:
        return finding(
            "cell.too_long",
            field=field.path,
            cell=cell,
            value=len(text),
            expected=field.max_length,
            label=label,
            division=_DIVISION if field.kind is FieldKind.PARAGRAPHS else "",
        )
    return None
