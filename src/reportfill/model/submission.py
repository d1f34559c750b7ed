"""A submission: what an agency reports, the one value between Excel and Word. It knows neither."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from reportfill.decimals import LARGEST_EXPONENT, Number, exact, is_number, is_whole, plain
from reportfill.finding import Finding
from reportfill.model.conditions import absent_fields
from reportfill.model.data_values import read_values
from reportfill.model.fields import Field
from reportfill.model.figures import with_values
from reportfill.model.report_model import AGENCY, CODE, YEAR, ReportModel
from reportfill.model.row_paths import Rows, field_path, is_over_rows, row_around, rows_in
from reportfill.model.row_sums import all_row_sums
from reportfill.model.row_words import words_of_row
from reportfill.place import Cell


@dataclass(frozen=True)
class Submission:
    """What an agency reports, with where each value stands.

    `pack` is None when nothing tells which report it is. `values` are those of all fields by dotted path, with decimals
    exact; what could not be read is left out. `places` maps each path to where it stands, a paragraph's path having its
    number: overview.summary[0], and so has that of a row: units[2].permits. `findings` are those of reading. `digest`
    is the SHA-256 of the input, `workbook` the id of the workbook that it came in, where that says one. It is rolled up
    where it came in a workbook made with what other agencies reported.
    """

    pack: ReportModel | None
    values: Mapping[str, Any]
    places: Mapping[str, Cell] = field(default_factory=dict, repr=False)
    findings: tuple[Finding, ...] = ()
    digest: str = ""
    workbook: str = ""
    is_rolled_up: bool = False

    @classmethod
    def from_data(
        cls,
        pack: ReportModel,
        data: Mapping[str, Any],
        *,
        places: Mapping[str, Cell] | None = None,
        findings: Iterable[Finding] = (),
        digest: str | None = None,
    ) -> Submission:
        """A submission of nested data, read as a workbook is, with the derived figures that are missing worked out.

        Floats become the decimals that they denote; null is a blank. What cannot be read is left out, and is among
        the findings behind those given.
        """
        read, said = read_values(pack, data, places or {})
        values = read | pack.derive(read, rows_in(read) if pack.rows else {})
        return cls(pack, values, places or {}, (*findings, *said), digest or _digest(values))

    @cached_property
    def exact_data(self) -> dict[str, Any]:
        """The values as nested objects, as the schema has them, with decimals exact."""
        return with_values({}, self.values)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data as JSON has them, which json.dumps takes as they are. A figure that is no whole number is the float
        that denotes the same decimal; one of so many digits that none does is its text."""
        return {key: _as_json(value) for key, value in self.exact_data.items()}

    @cached_property
    def figures(self) -> dict[str, Number]:
        """All numbers by dotted path."""
        return _numbers(self.values)

    @cached_property
    def rows(self) -> Rows:
        """The rows that there are, by the path of their group: units[0], units[1] …"""
        return rows_in(self.values) if self.pack and self.pack.rows else {}

    @cached_property
    def figures_and_sums(self) -> Mapping[str, Number]:
        """All numbers by dotted path, with those that rows have together: units[*].permits."""
        if not self.pack or not self.pack.rows:
            return self.figures
        return {**self.figures, **all_row_sums(self.pack.rows, self.figures, self.rows)}

    def fields_like(self, field: Field) -> list[Field]:
        """A field where it stands in the report: itself, or in each row that there is."""
        if not field.rows:
            return [field]
        return [field.in_row(row, self.row_words(row)) for row in self.rows.get(field.rows, ())]

    def field(self, path: str) -> Field | None:
        """The field of a value, as it is in its row where it stands in one; None of what is no field's."""
        field = self.pack.fields.get(field_path(path)) if self.pack else None
        row = "" if is_over_rows(path) else row_around(path)
        return field.in_row(row, self.row_words(row)) if field and row else field

    def cell_of_row(self, row: str) -> Cell | None:
        """The first cell of a row; None where it is not in a workbook."""
        inside = (place for path, place in self.places.items() if row and path.startswith(f"{row}."))
        return min(inside, default=None)

    def row_words(self, row: str) -> str:
        """What people call a row."""
        is_known = self.pack is not None and field_path(row) in self.pack.rows
        return words_of_row(self.pack.rows, row, self.values) if self.pack and is_known else row

    @property
    def agency(self) -> str:
        """The agency's full name, or the empty string."""
        return str(self.values.get(AGENCY) or "")

    @property
    def code(self) -> str:
        """The agency's code in the office's roster, or the empty string."""
        return str(self.values.get(CODE) or "")

    @property
    def year(self) -> int | None:
        """The reporting year, where it is known."""
        year = self.values.get(YEAR)
        return year if isinstance(year, int) and not isinstance(year, bool) else None

    @cached_property
    def absent(self) -> frozenset[str]:
        """The fields that are not there because their conditions do not hold."""
        return absent_fields(self.pack.conditional, self.values.get) if self.pack else frozenset()

    def cell(self, path: str) -> str:
        """Where the value of a path stands, or the empty string."""
        return str(self.places.get(path, ""))

    @property
    def cells(self) -> dict[str, str]:
        """Where the value of each path stands, as text: 表三!D7."""
        return {path: str(place) for path, place in self.places.items()}

    def label(self, path: str) -> str:
        """What people call the value at a path: the labels beside its cell, or the path itself."""
        field, row = self.field(path), row_around(path)
        if field or not self.pack:
            return field.label if field else path
        return f"{self.row_words(row)} · {self.pack.label(path)}" if row else self.pack.label(path)


def _numbers(values: Mapping[str, Any]) -> dict[str, Number]:
    return {path: exact(value) for path, value in values.items() if is_number(value)}


def _as_json(value: Any) -> Any:
    """A value as JSON has it, with nothing lost."""
    if isinstance(value, Mapping):
        return {str(key): _as_json(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(child) for child in value]
    if isinstance(value, Decimal):
        return _number(value)
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _number(value: Decimal) -> int | float | str:
    if not value.is_finite() or abs(value.adjusted()) > LARGEST_EXPONENT:
        return str(value)
    if is_whole(value):
        return int(value)
    return float(value) if exact(float(value)) == value else plain(value)


def _digest(values: Mapping[str, Any]) -> str:
    text = json.dumps(with_values({}, values), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
