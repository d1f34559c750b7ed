"""The three statistical tables of the report, each cell holding its label or its field's tag."""

from dataclasses import replace

from tools.templates.labels import (
    Schema,
    balance_titles,
    court_and_ways,
    is_amount,
    is_group,
    members,
    spans,
    title,
    unit,
    with_unit,
)
from tools.templates.report_styles import (
    TABLE,
    TABLE_COLUMN,
    TABLE_GROUP,
    TABLE_HEAD,
    TABLE_ITEM,
    TABLE_LABEL,
    TABLE_NUMBER,
    TABLE_SMALL_COLUMN,
    TABLE_TEXT,
    TABLE_VERTICAL,
)
from tools.templates.wordprocessing import Cell, Row, table

from .form import Form

BLOCK_FILL = "C6D9F1"
ROWS_BESIDE_VERTICAL_TEXT = 6
# （六）其他处理, （七）总计: their rows keep with the last one of the table, which stands behind them.
OUTCOMES_KEPT_AT_THE_END = 2

PROACTIVE_WIDTHS = (46.8, 36.4, 36.4, 36.4)
REQUESTS_WIDTHS = (12.0, 20.0, 47.0, *[11.0] * 7)
DISPUTES_WIDTHS = (10.4,) * 15


def proactive_table(schema: Schema, form: Form) -> str:
    """Table of 二: a block of rows for each paragraph of Article 20 that it reports on."""
    rows: list[Row] = []
    for heading, groups in form.blocks:
        rows += _block(schema, form, heading, [f"proactive.{group}" for group in groups])
    return table(TABLE, PROACTIVE_WIDTHS, rows)


def _block(schema: Schema, form: Form, heading: str, groups: list[str]) -> list[Row]:
    """The shaded row of a block, its head row and one row for each group of figures."""
    heads = [_head(schema, form, path, label) for path, label in members(schema, groups[0])]
    rows = [(title(schema, group), _amounts(schema, form, group)) for group in groups]
    return [
        Row([Cell(heading, TABLE_HEAD, len(PROACTIVE_WIDTHS), fill=BLOCK_FILL)]),
        Row([Cell("信息内容", TABLE_HEAD), *_over_all_columns(heads)]),
        *(Row([Cell(label, TABLE_LABEL), *_over_all_columns(figures)]) for label, figures in rows),
    ]


def _head(schema: Schema, form: Form, path: str, label: str) -> Cell:
    words = label if form.prints_units_in_cells else with_unit(schema, path, label)
    return Cell(form.broken_heads.get(words, words), TABLE_HEAD)


def _amounts(schema: Schema, form: Form, group: str) -> list[Cell]:
    """A cell for each figure of a group; where the form prints units in cells, an amount other than 0 has its own."""
    return [
        replace(cell, text=f"{cell.text}{{% if {path} %}}{unit(schema, path)}{{% endif %}}")
        if form.prints_units_in_cells and is_amount(schema, path)
        else cell
        for cell, (path, _) in zip(_figures(schema, group), members(schema, group), strict=True)
    ]


def _over_all_columns(cells: list[Cell]) -> list[Cell]:
    """Cells beside the label of their row, of which the last one takes the columns that are left."""
    widths = spans(cells, len(PROACTIVE_WIDTHS) - 1)
    return [replace(cell, columns=width) for cell, width in zip(cells, widths, strict=True)]


def requests_table(schema: Schema) -> str:
    """Table of 三: the head rows, then 一 to 四, where 三 spreads over all outcomes."""
    outcomes = _outcome_rows(schema)
    last = list(members(schema, "requests.outcomes"))[-OUTCOMES_KEPT_AT_THE_END:]
    kept = sum(len(_outcome(schema, *outcome)) for outcome in last)
    rows = [
        *_requests_head(schema),
        _kept_with_next(_request_row(schema, "requests.received")),
        _kept_with_next(_request_row(schema, "requests.carried_over")),
        *outcomes[:-kept],
        *map(_kept_with_next, outcomes[-kept:]),
        _request_row(schema, "requests.carried_forward"),
    ]
    return table(TABLE, REQUESTS_WIDTHS, rows)


def _kept_with_next(row: Row) -> Row:
    """A row that keeps with the next one, as its first cells say, so that few rows never stand alone on a page."""
    kept = {TABLE_TEXT: TABLE_HEAD, TABLE_LABEL: TABLE_GROUP}
    first = [replace(cell, style=kept.get(cell.style, cell.style)) for cell in row.cells[:2]]
    return replace(row, cells=[*first, *row.cells[2:]])


def _requests_head(schema: Schema) -> list[Row]:
    person, *organizations, total = (label for _, label in members(schema, "requests.received"))
    identity = balance_titles(schema, "requests")[0]
    corner = _merged_down(Cell(f"（本列数据的勾稽关系为：{identity}）", TABLE_HEAD, 3), 3)
    persons = _merged_down(Cell(person, TABLE_SMALL_COLUMN), 2)
    totals = _merged_down(Cell(total, TABLE_COLUMN), 2)
    kinds = [Cell(label, TABLE_COLUMN) for label in organizations]
    return [
        Row([corner[0], Cell("申请人情况", TABLE_HEAD, 7)], head=True),
        Row([corner[1], persons[0], Cell("法人或其他组织", TABLE_HEAD, len(kinds)), totals[0]], head=True),
        Row([corner[2], persons[1], *kinds, totals[1]], head=True),
    ]


def _request_row(schema: Schema, path: str) -> Row:
    """A row whose label takes all three label columns."""
    return Row([Cell(title(schema, path), TABLE_LABEL, 3), *_figures(schema, path)])


def _outcome_rows(schema: Schema) -> list[Row]:
    """The rows of 三、本年度办理结果, whose own label is merged down over all of them."""
    outcomes = [
        cells
        for path, label in members(schema, "requests.outcomes")
        for cells in _outcome(schema, path, label)
    ]
    headings = _vertical_heading(title(schema, "requests.outcomes"), len(outcomes))
    return [Row([_beside(heading, cells), *cells]) for heading, cells in zip(headings, outcomes, strict=True)]


def _beside(heading: Cell, cells: list[Cell]) -> Cell:
    """A heading's cell beside a row. LibreOffice keeps a row with the next one only if its first cell says so."""
    begins_group = cells[0].style == TABLE_GROUP and heading.style == TABLE_TEXT
    return replace(heading, style=TABLE_HEAD) if begins_group else heading


def _vertical_heading(text: str, rows: int) -> list[Cell]:
    """A label set vertically; the rows beside its text keep together, so that no page break cuts it."""
    cells = _merged_down(Cell(text, TABLE_VERTICAL, vertical=True), rows)
    below = [replace(cell, style=TABLE_TEXT) for cell in cells[ROWS_BESIDE_VERTICAL_TEXT:]]
    return [*cells[:ROWS_BESIDE_VERTICAL_TEXT], *below]


def _outcome(schema: Schema, path: str, label: str) -> list[list[Cell]]:
    """The cells of each row of one outcome: a single row, or a row for each of its grounds."""
    grounds = [(ground, name) for ground, name in members(schema, path) if is_group(schema, ground)]
    if not grounds:
        return [[Cell(label, TABLE_LABEL, 2), *_figures(schema, path)]]
    return [
        [first, Cell(name, TABLE_ITEM), *_figures(schema, ground)]
        for first, (ground, name) in zip(_group_heading(label, len(grounds)), grounds, strict=True)
    ]


def _group_heading(label: str, rows: int) -> list[Cell]:
    """A label merged down, whose first two rows keep together, so that no page break tears it."""
    first, *below = _merged_down(Cell(label, TABLE_GROUP), rows)
    return [first, *(replace(cell, style=TABLE_LABEL) for cell in below)]


def disputes_table(schema: Schema) -> str:
    """Table of 四: the results of reconsideration and of the two ways to court, side by side."""
    groups, (reconsideration, *lawsuits) = zip(*members(schema, "disputes"), strict=True)
    court, ways = court_and_ways(lawsuits)
    results = [Cell(label, TABLE_COLUMN) for _, label in members(schema, groups[0])]
    tops, bottoms = zip(*(_merged_down(cell, 2) for cell in results), strict=True)
    span = len(results)
    rows = [
        Row([Cell(reconsideration, TABLE_HEAD, span), Cell(court, TABLE_HEAD, span * len(ways))], head=True),
        Row([*tops, *(Cell(way, TABLE_HEAD, span) for way in ways)], head=True),
        Row([*bottoms, *results * len(ways)], head=True),
        Row([cell for group in groups for cell in _figures(schema, group)]),
    ]
    return table(TABLE, DISPUTES_WIDTHS, rows)


def _merged_down(cell: Cell, rows: int) -> list[Cell]:
    """The cells, one a row, of which a cell merged down over `rows` rows is made."""
    return [replace(cell, rows="restart"), *[replace(cell, text="", rows="continue")] * (rows - 1)]


def _figures(schema: Schema, group: str) -> list[Cell]:
    """A cell for each figure of a group, holding its tag."""
    return [Cell(f"{{{{ {path} }}}}", TABLE_NUMBER) for path, _ in members(schema, group)]
