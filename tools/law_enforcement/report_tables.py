"""The tables of the report, each with a row for each body, project or organization."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tools.templates.labels import Head, Schema, heads, title
from tools.templates.report_styles import (
    TABLE,
    TABLE_HEAD,
    TABLE_LABEL,
    TABLE_NUMBER,
    TABLE_SMALL_COLUMN,
    TABLE_TEXT,
    ParagraphStyle,
)
from tools.templates.wordprocessing import Cell, Row, table

from .form import FigureTable

# In a column of 8.6 mm three characters stand side by side.
NARROW_COLUMN = ParagraphStyle(
    "TableNarrowColumn", "表格窄栏目", run='<w:sz w:val="15"/>', based_on=TABLE_SMALL_COLUMN
)
TOTAL = "合　计"
BODY_WIDTHS = (11.0, 53.0, 42.0, 25.0, 25.0)
DELEGATION_WIDTHS = (11.0, 43.0, 42.0, 30.0, 30.0)


def figure_table(schema: Schema, form: FigureTable) -> str:
    """A row for each body and one for the sums; 0 for all bodies where the duty was not exercised."""
    columns = heads(schema, f"{form.path}.total")
    paths = [path for head in columns for path, _ in head.columns]
    remark = [Cell("{{ row.remark }}", TABLE_LABEL)] if form.has_remarks else []
    blank = [Cell("", TABLE_TEXT)] * len(remark)
    figures = [Cell(f"{{{{ row.{path} }}}}", TABLE_NUMBER) for path in paths]
    totals = [Cell(f"{{{{ {form.path}.total.{path} }}}}", TABLE_NUMBER) for path in paths]
    zeros = [Cell("0", TABLE_NUMBER)] * len(paths)
    width = len(form.widths)
    rows = [
        *_head_rows(schema, form, columns),
        _tag(f"{{%tr if duties.{form.path} == 'idle' %}}", width),
        *_loop("bodies", [*zeros, *blank], width),
        Row([Cell(TOTAL, TABLE_TEXT, 2), *zeros, *blank]),
        _tag("{%tr else %}", width),
        *_loop(f"{form.path}.bodies", [*figures, *remark], width),
        Row([Cell(TOTAL, TABLE_TEXT, 2), *totals, *blank]),
        _tag("{%tr endif %}", width),
    ]
    return table(TABLE, form.widths, rows)


def _head_rows(schema: Schema, form: FigureTable, columns: Sequence[Head]) -> list[Row]:
    """The heads: one row, or two where some stand over several columns."""
    rows = f"{form.path}.bodies"
    style = NARROW_COLUMN.identifier if form.is_landscape else TABLE_SMALL_COLUMN
    below_one = Cell("", style, rows="continue")
    labels = [Cell("序号", style), Cell(title(schema, f"{rows}.name"), style)]
    remark = [Cell(title(schema, f"{rows}.remark"), style)] if form.has_remarks else []
    over = [
        Cell(head.label, style if len(head.columns) < 3 else TABLE_HEAD, len(head.columns))
        for head in columns
    ]
    first = [*labels, *over, *remark]
    if not any(head.is_group for head in columns):
        return [Row(first, head=True)]
    below = [
        cell
        for head in columns
        for cell in ([Cell(label, style) for _, label in head.columns] if head.is_group else [below_one])
    ]
    return [
        Row([cell if cell.columns > 1 else replace(cell, rows="restart") for cell in first], head=True),
        Row([below_one, below_one, *below, *[below_one] * len(remark)], head=True),
    ]


def body_table(schema: Schema) -> str:
    """The enforcing bodies with their kinds, posts and staff, and the sums of these."""
    names = ("name", "kind", "posts", "staff")
    cells = [
        Cell(f"{{{{ row.{name} }}}}", TABLE_LABEL if name == "name" else TABLE_TEXT) for name in names[1:]
    ]
    sums = [Cell(f"{{{{ bodies_total.{name} }}}}", TABLE_TEXT) for name in names[2:]]
    return table(
        TABLE,
        BODY_WIDTHS,
        [
            _plain_head(schema, "bodies", names),
            *_loop("bodies", cells, len(BODY_WIDTHS)),
            Row([Cell(TOTAL, TABLE_TEXT, 2), Cell("", TABLE_TEXT), *sums]),
        ],
    )


def delegation_table(schema: Schema) -> str:
    """The organizations to which enforcement is delegated."""
    names = ("name", "matter", "since", "until")
    cells = [
        Cell(f"{{{{ row.{name} }}}}", TABLE_LABEL if name == "matter" else TABLE_TEXT) for name in names[1:]
    ]
    return table(
        TABLE,
        DELEGATION_WIDTHS,
        [_plain_head(schema, "delegations", names), *_loop("delegations", cells, len(DELEGATION_WIDTHS))],
    )


def _plain_head(schema: Schema, path: str, names: Sequence[str]) -> Row:
    labels = ["序号", *(title(schema, f"{path}.{name}") for name in names)]
    return Row([Cell(label, TABLE_HEAD) for label in labels], head=True)


def _loop(path: str, cells: Sequence[Cell], width: int) -> Iterator[Row]:
    """A row for each row of the data: its number, its name, and these cells."""
    yield _tag(f"{{%tr for row in {path} %}}", width)
    yield Row([Cell("{{ loop.index }}", TABLE_TEXT), Cell("{{ row.name }}", TABLE_LABEL), *cells])
    yield _tag("{%tr endfor %}", width)


def _tag(text: str, width: int) -> Row:
    """A row that is gone once the report is made."""
    return Row([Cell(text, TABLE_TEXT, width)])
