"""What reportfill is compared with in Python: openpyxl, jsonschema and docxtpl as their own documentation uses them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from reportfill import check, read_workbook, render
from reportfill.model.fields import Field
from reportfill.model.figures import with_values
from reportfill.pack.pack import Pack
from reportfill.place import Cell
from reportfill.report.title_lines import title_lines
from reportfill.report.xml_text import word_text

Report = Callable[[], bytes]
"""Makes one report and returns it."""


@dataclass(frozen=True)
class Baseline:
    """Workbook to report with the three libraries. The validator is made once, as jsonschema's documentation
    advises; openpyxl and docxtpl document nothing that could be kept from one file to the next."""

    pack: Pack
    template: Path
    validator: Draft202012Validator

    def read(self, workbook: bytes) -> dict[str, Any]:
        """The nested data of a workbook: each field's cells as the form has them, formulas by their results."""
        book = load_workbook(BytesIO(workbook), data_only=True)
        values = {}
        for path, cells in self.pack.form.inputs.items():
            typed = [_cell_value(book, cell) for cell in cells]
            value = _value(self.pack.fields[path], typed)
            if value is not None:
                values[path] = value
        return with_values({}, values)

    def check(self, data: Mapping[str, Any]) -> list[str]:
        """What JSON Schema finds wrong with the data. The rules that figures must keep it cannot see."""
        return [error.message for error in self.validator.iter_errors(data)]

    def merge(self, data: Mapping[str, Any]) -> bytes:
        """The report of the data."""
        return docxtpl_merge(self.template, context_of(self.pack, data))

    def whole(self, workbook: bytes) -> bytes:
        """The report of a workbook that JSON Schema finds nothing wrong with."""
        data = self.read(workbook)
        errors = self.check(data)
        assert not errors, errors[0]
        return self.merge(data)


def baseline_of(pack: Pack, template: Path, schema: Path) -> Baseline:
    """The baseline for a pack: its template, and a validator of its schema.json as it stands."""
    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
    return Baseline(pack, template, validator)


def docxtpl_merge(template: Path, context: Mapping[str, Any]) -> bytes:
    """A report by docxtpl, as its documentation shows, with the one filter of ours that the template uses."""
    document = DocxTemplate(template)
    environment = Environment()
    environment.filters["title_lines"] = lambda *given: word_text(title_lines(*given))
    document.render(context, environment)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def reportfill_whole(pack: Pack, workbook: bytes) -> bytes:
    """The report of a workbook by reportfill: read, checked by all its rules, merged."""
    submission = read_workbook(workbook, pack)
    assert all(found.severity.value == "note" for found in check(submission))
    return render(submission)


def context_of(pack: Pack, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as a template needs them: optional fields that nobody filled in are blank."""
    blanks = {path: field.kind.blank for path, field in pack.fields.items()}
    return with_values(with_values({}, blanks), _flat(data))


def _flat(data: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """The values of nested data by dotted path."""
    values: dict[str, Any] = {}
    for key, value in data.items():
        if isinstance(value, Mapping):
            values |= _flat(value, f"{prefix}{key}.")
        else:
            values[f"{prefix}{key}"] = value
    return values


def _cell_value(book: Any, cell: Cell) -> Any:
    return book[cell.sheet].cell(cell.row + 1, cell.column + 1).value


def _value(field: Field, typed: Sequence[Any]) -> Any:
    """The value of a field as it was typed; None where there is none."""
    if field.kind.is_list:
        return [line for text in typed if text is not None for line in str(text).splitlines()]
    return typed[0]
