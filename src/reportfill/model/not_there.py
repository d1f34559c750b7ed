"""What people are told of conditions, and of something that was filled in where nothing is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportfill.finding import Finding, finding
from reportfill.model.conditions import FieldCondition
from reportfill.model.fields import Field, RowGroup
from reportfill.model.report_model import ReportModel
from reportfill.model.requirements import one_of
from reportfill.place import Cell
from reportfill.text import Text


def not_there(pack: ReportModel, field: Field, cell: Cell | None) -> Finding:
    """The finding on what stands in a field whose conditions do not hold: it is in no report."""
    return field.finding("cell.not_asked_for", cell, condition=conditions_in_words(pack, field.conditions))


def rows_not_there(pack: ReportModel, group: RowGroup, cells: Sequence[Cell]) -> Finding:
    """The finding on rows whose conditions do not hold: one for all of them, with the cells that hold something."""
    return finding(
        "cell.not_asked_for",
        field=group.path,
        cell=next(iter(cells), None),
        cells=cells,
        label=group.label,
        condition=conditions_in_words(pack, group.fields[0].conditions),
    )


def not_filled_in(pack: ReportModel, field: Field, cell: Cell | None) -> Finding:
    """The finding on a blank field that has to be filled in, with the conditions under which it has to be; once there
    is a row, none is in question."""
    if not field.conditions or field.rows:
        return field.finding(field.kind.blank_code, cell)
    return field.finding("schema.needed", cell, condition=conditions_in_words(pack, field.conditions))


def conditions_in_words(pack: ReportModel, conditions: Sequence[FieldCondition]) -> Text:
    """Conditions as people say them: “是否委托”是“是”."""
    told = [
        (pack.label(one.path), one_of(_shown(pack.fields[one.path], value) for value in one.values))
        for one in conditions
    ]
    return Text(
        "，且".join(f"“{label}”是{values.zh}" for label, values in told),
        " and ".join(f"“{label}” is {values.en}" for label, values in told),
    )


def _shown(field: Field, value: Any) -> Any:
    return str(field.kind.printed(field, value)) if field.kind.is_printed_otherwise else value
