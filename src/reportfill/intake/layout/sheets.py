"""Which sheet of a workbook is which of the form: by its name, and where it was renamed or copied by its labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportfill.finding import Finding, finding
from reportfill.intake.layout.relocation import relocated
from reportfill.model.labels import folded, same_label
from reportfill.office.grid import Grid
from reportfill.pack.form import Form

_LIKE, _HALF = 0.8, 0.5
"""The share of a form's labels that another sheet needs to be taken for it, and the one that bears its name."""

_LONGEST_LABEL = 200


def sheets_found(grid: Grid, form: Form, ignored: Iterable[str]) -> tuple[dict[str, str], list[Finding]]:
    """The workbook's sheet for each of the form's that was found, and what there is to say of them. Two that may be the
    same and say different things are both left alone."""
    texts = {name: _texts(grid, form, name) for name in grid.names if name not in set(ignored)}
    sheets: dict[str, str] = {}
    findings: list[Finding] = []
    for original in form.input_sheets:
        alike = _resembling(form, original, texts)
        sheet, *others = alike or (None,)
        rivals = [other for other in others if sheet and _says_otherwise(grid, form, original, sheet, other)]
        if sheet is None:
            findings.append(finding("workbook.sheet_missing", value=original))
        elif rivals:
            findings.append(finding("workbook.sheet_twice", value=f"{sheet}、{rivals[0]}", expected=original))
        else:
            sheets[original] = sheet
    return sheets, findings


def resemblance(grid: Grid, form: Form) -> float:
    """The share of the form's sheets that a workbook has, under whatever name."""
    texts = {name: _texts(grid, form, name) for name in grid.names}
    had = [bool(_resembling(form, original, texts)) for original in form.input_sheets]
    return sum(had) / len(had) if had else 0.0


def _resembling(form: Form, original: str, texts: Mapping[str, frozenset[str]]) -> list[str]:
    """The sheets that look like one of the form: the one of its name first, if it has at least half of the labels."""
    labels = {folded(label.text) for label in form.labels if label.cell.sheet == original}
    shares = {name: len(labels & there) / len(labels) for name, there in texts.items()} if labels else {}
    named = [name for name in texts if same_label(name, original)]
    others = [
        name
        for name, share in sorted(shares.items(), key=lambda entry: -entry[1])
        if share >= _LIKE and name not in named and name not in form.sheets
    ]
    own = [name for name in named if shares.get(name, 1) >= _HALF or not others]
    return [*own, *others]


def _texts(grid: Grid, form: Form, sheet: str) -> frozenset[str]:
    """What stands in a sheet and is short enough for a label, in the words of the form."""
    return frozenset(
        form.words(value)
        for row in grid.rows(sheet)
        for value in row
        if isinstance(value, str) and 0 < len(value) <= _LONGEST_LABEL
    )


def _says_otherwise(grid: Grid, form: Form, original: str, sheet: str, other: str) -> bool:
    """Whether a second sheet like one of the form holds anything that the first one does not."""
    here, there = (relocated(grid, form, original, name, {}).inputs for name in (sheet, other))
    if not there:
        return True
    paths = (path for path, cells in form.inputs.items() if cells[0].sheet == original)
    for path in paths:
        said = [[grid.value(cell) for cell in cells] for cells in (here.get(path, ()), there.get(path, ()))]
        if any(value != "" for value in said[1]) and said[0] != said[1]:
            return True
    return False
