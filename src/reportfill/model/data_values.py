"""Nested data, as other systems give them, read as the cells of a workbook are: tidied, or a finding, never a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from reportfill.decimals import exact, is_finite, is_number
from reportfill.finding import Finding, Severity, finding
from reportfill.model.conditions import absent_fields
from reportfill.model.entries import kept_entry
from reportfill.model.fields import Field
from reportfill.model.figures import value_at
from reportfill.model.not_there import not_filled_in, not_there, rows_not_there
from reportfill.model.report_model import ReportModel
from reportfill.model.row_paths import field_path, row_around, row_number
from reportfill.model.row_words import called
from reportfill.model.visible import is_blank
from reportfill.place import Cell

SCHEMA_OF_DATA = "$schema"
"""The key under which data say by which schema they are laid out, at the very top; it is no value of the report."""


class Repeated(NamedTuple):
    """The values of a key that one object of JSON holds more than once: which of them counts cannot be told."""

    values: tuple[Any, ...]


def read_values(
    pack: ReportModel, data: Mapping[str, Any], places: Mapping[str, Cell]
) -> tuple[dict[str, Any], list[Finding]]:
    """The values by path, each as its field has it: numbers exact, paragraphs line by line, null as blank; with what
    there is to say of those that are left out or were tidied.

    What is no field of the pack, or of another structure than its schema, is left for the schema to name. `places`
    are those of paths, as far as they are known.
    """
    reading = _Reading(pack, places, absent_fields(pack.conditional, partial(_asked_value, pack, data)))
    reading.read_object(data, "")
    return reading.values, reading.findings


def _asked_value(pack: ReportModel, data: Mapping[str, Any], path: str) -> Any:
    """The value of a field that others ask for, whatever there is to say of it."""
    field, value = pack.fields.get(path), value_at(data, path)
    return field.kind.read_data(field, value, None).value if field and _is_plain(value) else None


class _Reading:
    """One reading of nested data, value by value."""

    def __init__(self, pack: ReportModel, places: Mapping[str, Cell], absent: frozenset[str]) -> None:
        self._pack = pack
        self._places = places
        self._absent = absent
        self.values: dict[str, Any] = {}
        self.findings: list[Finding] = []
        self._words: dict[str, str] = {}

    def read_object(self, data: Mapping[str, Any], prefix: str) -> None:
        """Read the values of an object; those that are left out have a finding, or are blank."""
        for key, value in data.items():
            path = f"{prefix}{key}"
            if path == SCHEMA_OF_DATA:
                continue
            if "." in str(key):
                self._report(finding("schema.unknown", field=path, value=path))
            elif isinstance(value, list) and field_path(path) in self._pack.rows and _are_rows(value):
                self._read_rows(value, path)
            elif isinstance(value, Mapping) and field_path(path) not in self._pack.fields:
                known = len(self.values)
                self.read_object(value, f"{path}.")
                if len(self.values) == known:
                    self.values[path] = {}  # a group without anything in it is there
            else:
                given = self._value(path, value)
                if given is not None:
                    self.values[path] = given

    def _read_rows(self, rows: Sequence[Mapping[str, Any]], path: str) -> None:
        """Read rows, those that hold nothing passed over."""
        filled = [row for row in rows if not _holds_nothing(row)]
        group = self._pack.rows[field_path(path)]
        if group.fields and self._absent.issuperset(field.path for field in group.fields):
            self._report(rows_not_there(self._pack, group, ()) if filled else None)
            return
        naming = group.naming
        for number, row in enumerate(filled):
            name = row.get(naming.path.rpartition(".")[2]) if naming else None
            self._words[f"{path}[{number}]"] = called(name, number, self._words.get(row_around(path), ""))
            self.read_object(row, f"{path}[{number}].")
        if not filled:
            self.values[path] = []

    def _field(self, path: str) -> Field | None:
        """The field of a value, as it is in its row where it stands in one."""
        field, row = self._pack.fields.get(field_path(path)), row_around(path)
        return (
            field.in_row(row, self._words.get(row) or called(None, row_number(row)))
            if field and row
            else field
        )

    def _value(self, path: str, value: Any) -> Any:
        field = self._pack.fields.get(field_path(path))
        if isinstance(value, Repeated):
            self._report_repeated(path, value)
            return None
        if field is not None and field.rows:
            if field.path not in self._absent and _is_plain(value) and not field.kind.is_list:
                read = field.kind.read_data(field, value, self._places.get(path))
                if read.finding is None and read.value is not None:
                    return read.value
            field = self._field(path)
        if field is not None:
            return self._field_value(field, value)
        if path in self._pack.parts and value is None:
            for field in self._pack.parts[path].fields:
                self._blank(field)  # which says so where there has to be the group
            return None
        return exact(value) if is_number(value) else "" if value is None else value

    def _field_value(self, field: Field, value: Any) -> Any:
        if field_path(field.path) in self._absent:
            is_blank_one = value in (None, [], ()) or (isinstance(value, str) and is_blank(value))
            self._report(None if is_blank_one else not_there(self._pack, field, self._cell(field)))
            return None
        if value is None or (isinstance(value, str) and is_blank(value)):
            return self._blank(field)
        if field.kind.is_list:
            entries = [value] if isinstance(value, str) and not field.kind.is_narrative else value
            return self._entries(field, entries) if isinstance(entries, list | tuple) else value
        if not _is_plain(value):
            return value
        read = field.kind.read_data(field, value, self._cell(field))
        self._report(read.finding)
        return read.value

    def _entries(self, field: Field, values: Sequence[Any]) -> Any:
        items = [item for item in values if item is not None]
        if not all(_is_plain(item) and (isinstance(item, str) or is_finite(item)) for item in items):
            return items
        entries: list[Any] = []
        for item in items:
            place = self._places.get(f"{field.path}[{len(entries)}]")
            read = field.kind.read_data(field, item, place)
            self._report(read.finding)
            for entry in read.value or ():
                entry_place = self._places.get(f"{field.path}[{len(entries)}]")
                kept, found = kept_entry(self._pack, field, entry, entries, entry_place)
                self._report(found)
                entries += [] if kept is None else [kept]
        return entries or self._blank(field)

    def _blank(self, field: Field) -> Any:
        """What stands for a field that is blank; where it has to be filled in, that is said."""
        is_due = field.required and field_path(field.path) not in self._absent
        if is_due and not self._pack.is_derived(field.path):
            is_told = any(f.field == field.path and f.severity is Severity.ERROR for f in self.findings)
            if not is_told:
                self._report(not_filled_in(self._pack, field, self._cell(field)))
            return None
        return [] if field.kind.is_list else None

    def _report_repeated(self, path: str, repeated: Repeated) -> None:
        values = [str(value) if _is_plain(value) else "…" for value in repeated.values]
        label = self._pack.label(path)
        self._report(finding("schema.twice", field=path, value="、".join(values)[:60], label=label))

    def _cell(self, field: Field) -> Cell | None:
        return self._places.get(field.path)

    def _report(self, found: Finding | None) -> None:
        if found is not None:
            self.findings.append(found)


def _are_rows(value: Sequence[Any]) -> bool:
    return all(row is None or isinstance(row, Mapping) for row in value)


def _holds_nothing(value: Any) -> bool:
    """Whether a row, or a part of one, holds nothing but blanks."""
    if isinstance(value, Mapping):
        return all(map(_holds_nothing, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_holds_nothing, value))
    return value is None or (isinstance(value, str) and is_blank(value))


def _is_plain(value: object) -> bool:
    """Whether a value is one that a cell could hold, or a file that data name."""
    return isinstance(value, str | bool | int | float | Decimal | bytes)
