"""A small pack with rows within rows: classes of items, each with its links, as a list of what is published has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from pack.small_pack import small_pack

LINKS = {
    "type": "array",
    "title": "链接",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["url"],
        "properties": {
            "title": {"type": "string", "title": "名称"},
            "url": {"type": "string", "title": "网址"},
        },
    },
}
ITEMS = {
    "type": "array",
    "title": "事项",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "title": "事项"},
            "number": {"type": "integer", "title": "件数"},
            "links": LINKS,
        },
    },
}
CLASSES = {
    "type": "array",
    "title": "清单",
    "minItems": 0,
    "maxItems": 10,
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["name", "items"],
        "balances": [{"id": "count", "title": "件数", "left": ["/count"], "right": ["/items/*/number"]}],
        "properties": {
            "name": {"type": "string", "title": "类别"},
            "count": {"type": "integer", "title": "类别件数"},
            "items": ITEMS,
        },
    },
}
HEAD = ("类别", "类别件数", "事项", "件数", "名称", "网址")
TAGS = (
    *("{{ classes.name }}", "{{ classes.count }}", "{{ classes.items.name }}", "{{ classes.items.number }}"),
    *("{{ classes.items.links.title }}", "{{ classes.items.links.url }}"),
)
LINES = (
    ("", "类别", "事项", "链接"),
    ("", "{%tr for class in classes %}", "", ""),
    ("", "", "{%tr for item in class.items %}", ""),
    (
        *("", "", "{{ item.name }}{{ item.number }}"),
        "{% for link in item.links %}{{ link.title }}：{{ link.url }}；{% endfor %}",
    ),
    ("", "", "{%tr endfor %}", ""),
    ("", "{%tr endfor %}", "", ""),
    ("", "{%tr if not classes %}", "", ""),
    ("", "无", "", ""),
    ("", "{%tr endif %}", "", ""),
    ("合计", "{{ total }}", "", ""),
)
DATA: dict[str, Any] = {
    "agency": {"name": "甲校"},
    "year": 2025,
    "visits": {"sites": 1, "shops": 2},
    "text": ["本年做了一些应当做的事情，都已做好。"],
    "classes": [
        {
            "name": "基本信息",
            "items": [
                {
                    "name": "规章",
                    "number": 2,
                    "links": [{"title": "甲", "url": "u1"}, {"title": "乙", "url": "u2"}],
                },
                {"name": "章程", "number": 1},
            ],
        },
        {"name": "招生", "items": [{"name": "章程", "number": 3, "links": [{"url": "u3"}]}]},
    ],
}


def nested_row_pack(folder: Path) -> Path:
    """The pack in a folder."""

    def schema(root: dict[str, Any]) -> None:
        root["properties"] |= {"classes": CLASSES, "total": {"type": "integer", "title": "合计"}}
        root["required"] += ["classes", "total"]
        root["balances"] = [
            {"id": "all", "title": "合计", "left": ["/total"], "right": ["/classes/*/items/*/number"]}
        ]

    def form(book: Workbook) -> None:
        for row in (HEAD, TAGS, ("合计", None, None, "{{ total }}")):
            book["Form"].append(row)

    def printed(document: Any) -> None:
        table = document.add_table(rows=0, cols=len(LINES[0]))
        table.style = "Table Grid"
        for texts in LINES:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(8, 0)).text = "清单"
        table.cell(2, 1).merge(table.cell(4, 1)).text = "{{ class.name }}{{ class.count }}"

    return small_pack(folder, schema=schema, intake=form, report=printed)
