"""A small pack of a report in English, made in code, each time with something changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from openpyxl import Workbook

from reportfill.office.package import composed, parts_of

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["agency", "year", "visits", "text"],
    "properties": {
        "agency": {
            "type": "object",
            "required": ["name"],
            "properties": {"name": {"title": "Name", "type": "string", "minLength": 1}},
        },
        "year": {"title": "Year", "type": "integer", "minimum": 2000},
        "visits": {
            "type": "object",
            "title": "Visits",
            "required": ["sites", "shops", "total"],
            "balances": [
                {"id": "total", "title": "All", "left": ["/total"], "right": ["/sites", "/shops"]},
            ],
            "properties": {
                "sites": {"title": "Sites", "type": "integer", "minimum": 0},
                "shops": {"title": "Shops", "type": "integer", "minimum": 0},
                "total": {"title": "All", "type": "integer", "minimum": 0},
            },
        },
        "text": {"title": "Text", "type": "array", "minItems": 1, "items": {"type": "string"}},
    },
}
MANIFEST = """
id = "small"
version = "1.0.0"
title = "Visits"
language = "en"
[years]
first = 2021
[names]
report = "{{ agency.name }} {{ year }}"
workbook = "{{ agency.name }} {{ year }} form"
"""
ROWS = (
    ("Name", "{{ agency.name }}"),
    ("Year", "{{ year }}"),
    ("Sites", "{{ visits.sites }}"),
    ("Shops", "{{ visits.shops }}"),
    ("All", "{{ visits.total }}"),
    ("Text", "{{ text }}"),
    (None, "{{ text }}"),
)
LINES = (
    "{{ agency.name }} {{ year }}",
    "{%p for line in text %}",
    "{{ line }}",
    "{%p endfor %}",
    "{{ visits.sites }} + {{ visits.shops }} = {{ visits.total }}",
)
DATA: dict[str, Any] = {
    "agency": {"name": "Office A"},
    "year": 2025,
    "visits": {"sites": 1, "shops": 2},
    "text": ["Something was done.", "And more."],
}

Change = Callable[[Any], object]


def small_pack(
    folder: Path,
    *,
    report: Change | None = None,
    intake: Change | None = None,
    schema: Change | None = None,
    manifest: str = MANIFEST,
    parts_of_report: Change | None = None,
    parts_of_intake: Change | None = None,
) -> Path:
    """The pack in a folder: its two templates changed as documents, then as the parts of their packages."""
    described = deepcopy(SCHEMA)
    if schema:
        schema(described)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.toml").write_text(manifest, encoding="utf-8")
    (folder / "schema.json").write_text(json.dumps(described), encoding="utf-8")
    (folder / "report.docx").write_bytes(_changed(_report(report), parts_of_report))
    (folder / "intake.xlsx").write_bytes(_changed(_intake(intake), parts_of_intake))
    return folder


def _report(change: Change | None) -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    if change:
        change(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _intake(change: Change | None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Form"
    for row in ROWS:
        sheet.append(row)
    if change:
        change(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def _changed(content: bytes, change: Change | None) -> bytes:
    if change is None:
        return content
    parts = parts_of(content)
    change(parts)
    return composed(parts)


def replaced(name: str, old: str, new: str) -> Change:
    """A change of a part's text, which must hold what is replaced."""

    def change(parts: dict[str, bytes]) -> None:
        assert old.encode() in parts[name], (name, old)
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)

    return change
