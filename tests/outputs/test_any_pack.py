"""Whatever fields, groups and rows a pack has, its reports come out as data and have a picture."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import partial
from io import BytesIO, StringIO

from hypothesis import HealthCheck, given, settings
from often import often
from openpyxl import load_workbook
from test_random_packs import Drawn, drawn

from reportfill import Submission
from reportfill.model.row_paths import field_path
from reportfill.outputs.csv import csv_files
from reportfill.outputs.infographic.content import infographic
from reportfill.outputs.infographic.layout import PAGE_WIDTH, Box, infographic_page
from reportfill.outputs.infographic.rendering import drawn_width
from reportfill.outputs.infographic.wording import description_in_words
from reportfill.outputs.material import Material
from reportfill.outputs.xlsx import xlsx_files
from reportfill.pack.pack import NAMED_BY

# What is drawn is large: a pack with its workbook and its report.
tried = partial(settings, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@tried(max_examples=often(50))
@given(one=drawn())
def test_every_value_has_one_row_of_the_table(one: Drawn) -> None:
    report = Submission.from_data(one.pack, one.data)
    content = csv_files(Material(report, b""))[".csv"].decode("utf-8-sig")
    paths = [row["path"] for row in csv.DictReader(StringIO(content, newline=""))]
    lists = {path: value for path, value in report.values.items() if isinstance(value, list)}
    entries = {f"{path}[{number}]" for path, value in lists.items() for number in range(len(value))}
    singles = {
        path
        for path, value in report.values.items()
        if not isinstance(value, list | dict) and value not in (None, "")
    }
    assert sorted(paths) == sorted((singles | entries) - set(NAMED_BY))


@tried(max_examples=often(30))
@given(one=drawn())
def test_every_figure_stands_in_the_workbook(one: Drawn) -> None:
    report = Submission.from_data(one.pack, one.data)
    book = load_workbook(BytesIO(xlsx_files(Material(report, b""))["（数据）.xlsx"]))
    cells = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    shown = [float(value) for value in cells if isinstance(value, int | float)]
    figures = [
        value for path, value in report.figures.items() if one.pack.fields[field_path(path)].kind.is_number
    ]
    assert sorted(shown) == sorted(float(Decimal(value)) for value in figures)


@tried(max_examples=often(30))
@given(one=drawn())
def test_there_is_a_picture_which_stays_on_its_page(one: Drawn) -> None:
    report = Submission.from_data(one.pack, one.data)
    shown = infographic(one.pack, report, report)
    page = infographic_page(shown, drawn_width)
    assert all(
        mark.x + mark.width <= PAGE_WIDTH and mark.y + mark.height <= page.height
        for mark in page.marks
        if isinstance(mark, Box)
    )
    assert all(panel.title in description_in_words(shown) for panel in shown.panels)
