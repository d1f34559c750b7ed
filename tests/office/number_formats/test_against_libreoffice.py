"""What formats show, held against what LibreOffice displays, where it is a judge.

It is none of the ! of Excel in Chinese, of G/通用格式, of dates before March 1900, and of signs before words.
It shows no point behind which nothing stands.
"""

from __future__ import annotations

import re
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from often import EVERY
from openpyxl import Workbook
from places import DATA

from reportfill.office.number_formats.formats_of_ods import formats_of_ods
from reportfill.office.number_formats.formats_of_xls import formats_of_xls
from reportfill.office.number_formats.general import number_held
from reportfill.office.number_formats.rendering import rendered

NUMBERS = (0, 3, 12, -12, 50, 0.5, 4.6, 1234.5, 123456, 1234567, 0.004, -0.4)
FORMATS = tomllib.loads((DATA / "number-formats.toml").read_text("utf-8"))
NOT_JUDGED = re.compile(r"\[\$¥-804\].*[%/E]|(?:_|\* ).*E|E.*(?:_|\* )|(?:[?/]/|/4|/100|#\.#).*5\"|%.*\\%")
"""LibreOffice takes a currency for its own kind of format, and loses exponents, fractions and percents beside padding,
words and other percents."""


def formats() -> list[str]:
    """Every body in every surrounding, and others; without those that LibreOffice judges otherwise than Excel."""
    made = [around.replace("{}", body) for around in FORMATS["surroundings"] for body in FORMATS["bodies"]]
    return [code for code in dict.fromkeys([*made, *FORMATS["others"]]) if not NOT_JUDGED.search(code)]


class _Cells(HTMLParser):
    """The texts of the cells of a page, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A row or a cell begins."""
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        """What stands in a cell."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with every number in every format, a format a row."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, code in enumerate(formats(), 1):
        for column, number in enumerate(NUMBERS, 1):
            cell = sheet.cell(row, column, number)
            cell.number_format = code
    for column in "ABCDEFGHIJKL":
        sheet.column_dimensions[column].width = 40
    path = tmp_path_factory.mktemp("formats") / "formats.xlsx"
    book.save(path)
    return path


def same(one: str, other: str) -> bool:
    """Whether two texts are the same but for blanks and for points behind which nothing stands."""
    return plain(one) == plain(other)


def plain(text: str) -> str:
    """A text without blanks, and without points behind which no digit stands."""
    return re.sub(r"\.(?!\d)", "", re.sub(r"\s", "", text))


def test_libreoffice_displays_the_same(workbook: Path, convert: Callable[[Path, str], Path]) -> None:
    page = _Cells()
    page.feed(convert(workbook, "html").read_text("utf-8"))
    rows = [row for row in page.rows if row]
    assert len(rows) == len(formats()) > 400
    different = [
        (code, number, rendered(code, number_held(number)).text, displayed)
        for code, row in zip(formats(), rows, strict=True)
        for number, displayed in zip(NUMBERS, row, strict=True)
        if not same(rendered(code, number_held(number)).text, displayed)
    ]
    assert different == []


def test_formats_saved_as_ods_show_what_their_cells_say(
    workbook: Path, convert: Callable[[Path, str], Path]
) -> None:
    with zipfile.ZipFile(convert(workbook, "ods")) as package:
        cells = list(formats_of_ods({name: package.read(name) for name in package.namelist()}))
    assert len(cells) > 400 * len(NUMBERS)
    different = [
        (formats()[cell.row], shown.code, shown.text)
        for cell, shown in cells
        if not same(rendered(shown.code, number_held(NUMBERS[cell.column])).text, shown.text)
    ]
    assert different == []


def test_formats_saved_as_xls_are_the_same(workbook: Path, convert: Callable[[Path, str], Path]) -> None:
    cells = dict(formats_of_xls(convert(workbook, "xls").read_bytes()))
    assert len(cells) > 400 * len(NUMBERS)
    different = [
        (formats()[cell.row], shown.code)
        for cell, shown in list(cells.items())[::EVERY]
        for as_saved, as_made in [shown_both(shown.code, formats()[cell.row], NUMBERS[cell.column])]
        if not same(as_saved, as_made)
    ]
    assert different == []


def shown_both(code: str, other: str, number: float) -> Iterator[str]:
    """What two formats show of a number."""
    return (rendered(one, number_held(number)).text for one in (code, other))
