"""Builders of report data for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportfill.finding import Finding, Severity
from reportfill.model.figures import with_values
from reportfill.pack.pack import Pack
from reportfill.place import Cell, parse_address
from reportfill.text import Text

LONG_ENOUGH = "本年度政府信息公开工作按照有关规定开展，情况正常。"
FEE = "本年度未收取信息处理费。"


def figures_only(pack: Pack, figures: Mapping[str, Any]) -> dict[str, Any]:
    """A sound report of a made-up agency: zeros but for the figures given, totals left to be worked out."""
    values: dict[str, Any] = {}
    for path, field in pack.fields.items():
        if field.kind.is_number and path not in pack.rules.derived:
            values[path] = 0
        elif field.kind.is_list and field.required:
            values[path] = [f"关于{field.title}：{LONG_ENOUGH}"]
    values |= {"agency.name": "清河县档案馆", "year": 2023, "other_matters": [FEE + LONG_ENOUGH]}
    return with_values({}, values | dict(figures))


def cell_at(text: str) -> Cell:
    """The place that a text names: 表三!D7."""
    sheet, _, address = text.partition("!")
    return Cell(sheet, *parse_address(address))


def a_finding(code: str, cell: str, message: str, hint: str, severity: Severity = Severity.ERROR) -> Finding:
    """A finding of these words, in either language."""
    place = cell_at(cell) if cell else None
    return Finding(code, severity, "", place, None, None, Text(message, message), Text(hint, hint))
