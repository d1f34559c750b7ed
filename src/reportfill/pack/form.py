"""The form: where the tags and the labels of intake.xlsx stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reportfill.model.labels import folded
from reportfill.office.calamine_grid import read_grid
from reportfill.office.grid import CellValue, Grid, GridError, Merge
from reportfill.pack.problems import broken
from reportfill.pack.tags import TAG, is_filled, is_form_tag, is_note, only_tag, tag_paths
from reportfill.place import Cell

_SENTENCE = 6
"""So many characters make a text of the form that no input would hold by chance."""


class Label(NamedTuple):
    """A label of the form: where it stands and what it says."""

    cell: Cell
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """Where everything of an intake workbook stands.

    `inputs` maps a path to the cells of its tag, in order down the sheet (several for a block of paragraphs); `tools`
    the same for what the tool fills in itself (form.…); `shown` the cells in which text stands around tags,
    `shown_texts` these texts, folded, as far as nobody would type them; `notes` those with words about the campaign,
    `note_texts` these words, folded, with what they were earlier; `labels` maps a label that tells whether inputs
    still stand where they did to the paths of those inputs. `fixed` are all texts of a sheet that nobody types,
    folded, `texts` those that nobody would type either; `occupied` the columns of each row in which anything may
    stand; `merged` the merged ranges of each sheet. `input_sheets` are the sheets with inputs, in reading order.
    `renamed` maps words of workbooks that were handed out earlier to those that stand there now, folded.
    """

    sheets: tuple[str, ...]
    inputs: Mapping[str, tuple[Cell, ...]]
    tools: Mapping[str, tuple[Cell, ...]]
    shown: Mapping[Cell, str]
    shown_texts: frozenset[str]
    notes: Mapping[Cell, str]
    note_texts: frozenset[str]
    labels: Mapping[Label, tuple[str, ...]]
    texts: frozenset[str]
    fixed: Mapping[str, frozenset[str]]
    occupied: Mapping[str, tuple[frozenset[int], ...]]
    merged: Mapping[str, frozenset[Merge]]
    input_sheets: tuple[str, ...]
    renamed: Mapping[str, str]

    @property
    def first_cells(self) -> dict[str, Cell]:
        """The first cell of each field."""
        return {path: cells[0] for path, cells in self.inputs.items()}

    def words(self, value: object) -> str:
        """What a cell says, folded, in the words that the form has now."""
        own = folded(value)
        return self.renamed.get(own, own)

    def says(self, text: str) -> bool:
        """Whether a text is one that stands in the form and nobody types."""
        return self.has_fixed(self.sheets, text)

    def has_fixed(self, sheets: Iterable[str], text: str) -> bool:
        """Whether a text is one that these sheets have and nobody types, whatever values and words about the campaign
        are in it."""
        own = self.words(text)
        return any(own in self.fixed[sheet] for sheet in sheets) or any(
            is_filled(own, words) for words in (*self.note_texts, *self.shown_texts)
        )


def read_intake(content: bytes, formerly: Mapping[str, Sequence[str]]) -> tuple[Grid, Form]:
    """The cells of an intake.xlsx and the form that they make; `formerly` is what some of them said earlier. Raises
    PackError where they cannot be read."""
    try:
        grid = read_grid(content)
        return grid, read_form(grid, formerly)
    except GridError as error:
        raise broken("intake.xlsx", f"cannot be read: it is {error.fault.value}", "无法读取") from error


def read_form(grid: Grid, formerly: Mapping[str, Sequence[str]]) -> Form:
    """The form that the cells of an intake.xlsx make; `formerly` is what some of them said earlier."""
    inputs: dict[str, list[Cell]] = {}
    tools: dict[str, list[Cell]] = {}
    shown: dict[Cell, str] = {}
    notes: dict[Cell, str] = {}
    fixed: dict[str, set[str]] = {sheet: set() for sheet in grid.names}
    texts: set[str] = set()
    for cell, text in texts_of(grid):
        path = only_tag(text)
        if is_note(text):
            notes[cell] = text
        elif path is not None:
            (tools if is_form_tag(path) else inputs).setdefault(path, []).append(cell)
        elif tag_paths(text):
            shown[cell] = text
        else:
            fixed[cell.sheet].add(folded(text))
            texts |= {text} if len(text) >= _SENTENCE else set()
    note_texts = {folded(note) for note in notes.values()}
    present = note_texts.union(*fixed.values())
    renamed = {
        folded(former): folded(now)
        for now, was in formerly.items()
        for former in was
        if folded(now) in present and folded(former) not in present
    }
    return Form(
        sheets=grid.names,
        inputs={path: tuple(cells) for path, cells in inputs.items()},
        tools={path: tuple(cells) for path, cells in tools.items()},
        shown=shown,
        shown_texts=frozenset(folded(text) for text in shown.values() if len(TAG.sub("", text)) >= _SENTENCE),
        notes=notes,
        note_texts=frozenset(note_texts | {former for former, now in renamed.items() if now in note_texts}),
        labels=_labels(inputs, grid),
        texts=frozenset(texts)
        | {former for was in formerly.values() for former in was if folded(former) in renamed},
        fixed={sheet: frozenset(texts) for sheet, texts in fixed.items()},
        occupied={sheet: tuple(_occupied(row) for row in grid.rows(sheet)) for sheet in grid.names},
        merged={sheet: grid.merged(sheet) for sheet in grid.names},
        input_sheets=tuple(dict.fromkeys(cells[0].sheet for cells in inputs.values())),
        renamed=renamed,
    )


def _labels(inputs: Mapping[str, list[Cell]], grid: Grid) -> dict[Label, tuple[str, ...]]:
    paths: dict[Label, list[str]] = {}
    for path, cells in inputs.items():
        for label in _labels_beside(cells[0], grid):
            paths.setdefault(label, []).append(path)
    return {label: tuple(guarded) for label, guarded in paths.items()}


def _occupied(row: list[CellValue]) -> frozenset[int]:
    return frozenset(column for column, value in enumerate(row) if value != "")


def texts_of(grid: Grid) -> Iterator[tuple[Cell, str]]:
    """The cells that hold a text which is not blank, sheet by sheet and row by row."""
    for sheet in grid.names:
        for row, values in enumerate(grid.rows(sheet)):
            for column, value in enumerate(values):
                if isinstance(value, str) and value.strip():
                    yield Cell(sheet, row, column), value


def _labels_beside(cell: Cell, grid: Grid) -> Iterator[Label]:
    """The nearest label to the left in the same row and the nearest one above in the same column."""
    left = (Cell(cell.sheet, cell.row, column) for column in range(cell.column - 1, -1, -1))
    above = (Cell(cell.sheet, row, cell.column) for row in range(cell.row - 1, -1, -1))
    for line in (left, above):
        for place in line:
            text = grid.value(place)
            if isinstance(text, str) and text.strip() and not tag_paths(text):
                yield Label(place, text)
                break
