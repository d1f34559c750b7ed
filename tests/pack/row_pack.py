"""A small pack with rows: a table with a row for each unit, a total row below it, and kinds of fields in it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from pack.small_pack import small_pack

UNITS: dict[str, Any] = {
    "type": "array",
    "title": "执法主体",
    "minItems": 1,
    "maxItems": 6,
    "unique_by": ["/name"],
    "sorted_by": ["/number"],
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "permits", "fines", "total"],
        "balances": [
            {"id": "row", "title": "合计", "left": ["/total"], "right": ["/permits", "/fines"]},
            {
                "id": "fewer",
                "title": "有处罚的应当有许可",
                "relation": "only_where",
                "left": ["/fines"],
                "right": ["/permits"],
            },
        ],
        "properties": {
            "number": {"type": "integer", "title": "序号"},
            "name": {"type": "string", "title": "名称", "maxLength": 20},
            "permits": {"type": "integer", "title": "许可", "minimum": 0},
            "fines": {"type": "integer", "title": "处罚", "minimum": 0},
            "total": {"type": "integer", "title": "合计", "minimum": 0},
            "kind": {
                "type": "string",
                "title": "类别",
                "oneOf": [{"const": "office", "title": "机关"}, {"const": "body", "title": "授权组织"}],
            },
            "signed": {"type": "string", "format": "date", "title": "日期", "earliest": "year-01-01"},
        },
    },
}
SUMS: dict[str, Any] = {
    "type": "object",
    "title": "总计",
    "required": ["permits", "total"],
    "properties": {
        "permits": {"type": "integer", "title": "许可", "minimum": 0},
        "total": {"type": "integer", "title": "合计", "minimum": 0},
    },
}
BALANCES = [
    {"id": "permits", "title": "许可总计", "left": ["/sums/permits"], "right": ["/units/*/permits"]},
    {"id": "totals", "title": "合计总计", "left": ["/sums/total"], "right": ["/units/*/total"]},
]
HEAD = ("序号", "名称", "许可", "处罚", "合计", "类别", "日期")
TAGS = tuple(
    f"{{{{ units.{key} }}}}" for key in ("number", "name", "permits", "fines", "total", "kind", "signed")
)
TOTAL = ("总计", None, "{{ sums.permits }}", None, "{{ sums.total }}")
LINES = (
    ("名称", "许可", "处罚", "合计", "类别"),
    ("{%tr for unit in units %}",),
    (
        "{{ loop.index }}.{{ unit.name }}{{ unit.number }}",
        "{{ unit.permits }}",
        "{{ unit.fines }}",
        "{{ unit.total }}",
        "{{ unit.kind }}{{ unit.signed }}",
    ),
    ("{%tr endfor %}",),
    ("{%tr if not units %}",),
    ("无",),
    ("{%tr endif %}",),
    ("总计", "{{ sums.permits }}", "", "{{ sums.total }}", ""),
)
DATA: dict[str, Any] = {
    "agency": {"name": "甲市"},
    "year": 2025,
    "visits": {"sites": 1, "shops": 2},
    "text": ["本年做了一些应当做的事情，都已做好。"],
    "units": [
        {"number": 1, "name": "甲局", "permits": 3, "fines": 1, "kind": "office", "signed": "2025-03-01"},
        {"number": 2, "name": "乙局", "permits": 4, "fines": 0},
    ],
}

Change = Callable[[Any], object]


def row_pack(folder: Path, *, schema: Change | None = None, report: Change | None = None) -> Path:
    """The pack in a folder, its schema changed."""

    def described(root: dict[str, Any]) -> None:
        root["properties"] |= {"units": deepcopy(UNITS), "sums": deepcopy(SUMS)}
        root["required"] += ["units", "sums"]
        root["balances"] = deepcopy(BALANCES)
        if schema:
            schema(root)

    def form(book: Workbook) -> None:
        for row in (HEAD, TAGS, TOTAL):
            book["Form"].append(row)

    def printed(document: Any) -> None:
        table = document.add_table(rows=0, cols=len(HEAD) - 2)
        for texts in LINES:
            for cell, text in zip(table.add_row().cells, texts, strict=False):
                cell.text = text
        if report:
            report(document)

    return small_pack(folder, schema=described, intake=form, report=printed)
