"""Which fields a report has to have, by what is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate
from typing import Any

from reportfill.model.conditions import absent_fields
from reportfill.model.report_model import ReportModel
from reportfill.model.row_paths import field_path, row_around


class Due:
    """The fields that are due of a report with these values by path."""

    def __init__(self, model: ReportModel, values: Mapping[str, Any]) -> None:
        self._model = model
        self._values = values

    def is_due(self, path: str) -> bool:
        """Whether the report has to have the field at a path: always, or because something of its optional group is
        filled in."""
        field = self._model.fields[field_path(path)]
        if field.path in self._absent:
            return False
        if not field.required_within or field.is_due_in_row:
            return field.required or field.is_due_in_row
        return row_around(path) + field.optional_group[len(field.rows) :] in self._begun

    @cached_property
    def _absent(self) -> frozenset[str]:
        return absent_fields(self._model.conditional, self._values.get)

    @cached_property
    def _begun(self) -> frozenset[str]:
        """The groups, and rows, in which something is filled in."""
        filled = (path for path, value in self._values.items() if value not in (None, "", [], {}))
        return frozenset(
            group for path in filled for group in accumulate(path.split(".")[:-1], "{}.{}".format)
        )
