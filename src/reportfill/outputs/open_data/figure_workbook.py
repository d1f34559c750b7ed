"""The figures of one report as a workbook for people: each part in lines and columns, or as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from reportfill.model.figures import value_at
from reportfill.model.submission import Submission
from reportfill.office.workbook.sheet_rows import Row
from reportfill.office.workbook.tables import Tables
from reportfill.outputs.open_data.figure_tables import (
    ABOUT_THE_REPORT,
    Part,
    SheetTitles,
    answered_fields,
    sheets_of,
)
from reportfill.outputs.open_data.row_sheets import shown_value
from reportfill.pack.pack import Pack

_LABELS, _LINE, _CONTENT, _FIGURE, _UNIT = 56, 46, 46, 14, 8


def workbook_of_figures(pack: Pack, submission: Submission) -> bytes:
    """The workbook: what the report says of itself, its figures part by part, and its rows."""
    tables, values = Tables(f"{pack.report_name(submission.exact_data)}（数据）"), submission.values
    titles = SheetTitles()
    answers = ([field.label, shown_value(field, values.get(field.path))] for field in answered_fields(pack))
    tables.add(titles.title(ABOUT_THE_REPORT), ["项目", "内容"], [_LABELS, _CONTENT], answers, wrapped=(0, 1))
    for sheet in sheets_of(pack):
        title = titles.title(sheet.label)
        if isinstance(sheet, Part):
            _add_part(tables, title, sheet, values)
        else:
            lines = sheet.lines(reported_rows(submission, sheet.path))
            tables.add(title, sheet.heads, sheet.widths, lines, wrapped=sheet.wide_columns)
    return tables.saved()


def reported_rows(submission: Submission, path: str) -> list[Mapping[str, Any]]:
    """The rows that a report has at a path, none where it has none."""
    rows = value_at(submission.exact_data, path)
    return rows if isinstance(rows, list) else []


def _add_part(tables: Tables, title: str, part: Part, values: Mapping[str, Any]) -> None:
    columns = part.columns
    if columns:
        heads = [f"项目（单位：{part.unit}）", *columns]
        tables.add(
            title,
            heads,
            [_LINE, *[_FIGURE] * len(columns)],
            _lines(part, values),
            wrapped=(0,),
            frozen_columns=1,
        )
    else:
        rows = ([field.label, values.get(field.path), field.unit] for field in part.fields)
        tables.add(title, ["项目", "数据", "单位"], [_LABELS, _FIGURE, _UNIT], rows, wrapped=(0,))


def _lines(part: Part, values: Mapping[str, Any]) -> Iterator[Row]:
    for labels, line in part.lines.items():
        figures = (line.get(column) for column in part.columns)
        yield [" · ".join(labels), *(values.get(field.path) if field else None for field in figures)]
