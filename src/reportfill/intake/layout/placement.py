"""Where each field stands in a workbook that came back: where the form has it, or where rows, columns and sheets moved.

A form whose labels stand where they should, with nothing beside it, is taken as it is. Anything else is searched: the
workbook's defined names and the labels say where a field went, and have to agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from reportfill.decimals import is_number
from reportfill.finding import Finding, finding
from reportfill.intake.layout.defined_names import Names
from reportfill.intake.layout.outside_cells import (
    FormCells,
    form_cells_by_place,
    outside_cells,
    outside_findings,
    rows_beyond,
)
from reportfill.intake.layout.relocation import Relocated, relocated
from reportfill.intake.layout.sheets import sheets_found
from reportfill.intake.tool_sheets import TOOL_SHEETS
from reportfill.model.labels import folded
from reportfill.office.grid import CellValue, Grid
from reportfill.pack.form import Form
from reportfill.pack.pack import Pack
from reportfill.place import Cell


@dataclass(frozen=True, slots=True)
class Placement:
    """The cells of each field that is certain to stand there, and what there is to say of the layout."""

    inputs: Mapping[str, tuple[Cell, ...]]
    findings: tuple[Finding, ...] = ()


def placed(grid: Grid, pack: Pack, names: Callable[[], Names]) -> Placement:
    """Where the fields of a pack stand in a workbook. `names` gives its defined names; it is asked only where the
    layout was touched."""
    if _is_untouched(grid, pack):
        return Placement(pack.form.inputs)
    rows = frozenset(path for path, field in pack.fields.items() if field.rows)
    return _searched(grid, pack.form, names(), rows)


def _is_untouched(grid: Grid, pack: Pack) -> bool:
    """Whether every sheet and label is where it was, and nothing where the form has nothing. A text of the form in an
    input is then what somebody typed or chose."""
    form = pack.form
    return (
        all(name in form.sheets or name in TOOL_SHEETS for name in grid.names)
        and all(sheet in grid.names for sheet in form.input_sheets)
        and all(_says(form, grid.value(label.cell), label.text) for label in form.labels)
        and not any(
            any(outside_cells(grid, sheet, form_cells_by_place(form, sheet))) for sheet in form.input_sheets
        )
    )


def _says(form: Form, value: CellValue, label: str) -> bool:
    return value == label or form.words(value) == folded(label)


def _searched(grid: Grid, form: Form, names: Names, rows: frozenset[str]) -> Placement:
    sheets, findings = sheets_found(grid, form, TOOL_SHEETS)
    inputs: dict[str, tuple[Cell, ...]] = {}
    for sheet in dict.fromkeys(sheets.values()):
        held = [original for original, place in sheets.items() if place == sheet]
        results = {original: relocated(grid, form, original, sheet, names) for original in held}
        beyond = list(outside_cells(grid, sheet, _cells_of(form, sheet, results, rows)))
        if any(is_number(grid.value(cell)) for cell in beyond):
            results = {original: result.without_those_by_distance() for original, result in results.items()}
        for original, result in results.items():
            inputs |= result.inputs
            findings += result.findings
            if result.is_complete and _has_moved(form, result):  # and yet it was read
                findings.append(finding("workbook.relocated", value=sheet, expected=original))
        if all(result.is_complete for result in results.values()):
            placed_here = {
                path: cells for result in results.values() for path, cells in result.inputs.items()
            }
            columns = [cells for path, cells in placed_here.items() if path in rows]
            blocks = [cells for path, cells in placed_here.items() if path not in rows and len(cells) > 1]
            found, others = rows_beyond(beyond, columns)
            findings += [*found, *outside_findings(grid, others, blocks)]
    return Placement(inputs, tuple(findings))


def _cells_of(form: Form, sheet: str, results: Mapping[str, Relocated], rows: frozenset[str]) -> FormCells:
    """The cells of a sheet that belong to the form; of rows with what the form itself has beside their fields."""
    if list(results) == [sheet] and not _has_moved(form, results[sheet]):
        return form_cells_by_place(form, sheet)._replace(is_fixed=partial(form.has_fixed, [sheet]))
    inputs = [cell for result in results.values() for cells in result.inputs.values() for cell in cells]
    first = min((cell.row for cell in inputs), default=0)
    for original, result in results.items():
        for path in rows & result.inputs.keys():
            beside = form.occupied[original][form.inputs[path][0].row]
            inputs += [cell._replace(column=column) for cell in result.inputs[path] for column in beside]
    return FormCells(frozenset(inputs), partial(form.has_fixed, list(results)), first)


def _has_moved(form: Form, result: Relocated) -> bool:
    return any(cells != form.inputs[path] for path, cells in result.inputs.items())
