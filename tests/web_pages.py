"""Reading a page back, by lxml, and a Word report beside it."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import docx.table
from docx.oxml.ns import qn
from lxml import html

NO_REPORT = ("figure", "style", "sup", "ol")
"""What of a page no body of a Word report says in words: charts, notes and their numbers, as that it is a draft."""

PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
NO_CHARACTERS = re.compile(f"[\x7f-\x9f\ufdd0-\ufdef{PLANE_ENDS}]")
"""What HTML has no place for."""


def body_of(page: bytes) -> html.HtmlElement:
    """What a page shows, or a fragment of one."""
    root = html.document_fromstring(page.decode("utf-8-sig"))
    main = root.find(".//main")
    return root.find("body") if main is None else main


def words_of(page: bytes) -> str:
    """All that a page says in the order of the report, without blanks."""
    body = body_of(page)
    for element in [*body.iter(*NO_REPORT), *body.xpath("//p[@class='draft']")]:
        element.drop_tree()
    return without_blanks(body.text_content())


def words_of_word(report: bytes) -> str:
    """All that the body of a Word report says, without blanks."""
    body = docx.Document(BytesIO(report)).element.body
    return without_blanks("".join(text.text or "" for text in body.iter(qn("w:t"))))


def without_blanks(text: str) -> str:
    """A text without blanks of any kind."""
    return re.sub(r"\s+", "", text)


def tags_of(page: bytes) -> dict[str, str]:
    """The tags in the head of a page by name, in their order."""
    root = html.document_fromstring(page.decode("utf-8"))
    return {tag.get("name", ""): tag.get("content", "") for tag in root.iterfind("head/meta[@name]")}


Grid = list[list[tuple[str, tuple[int, int]]]]
"""A table row by row: at each place what the cell there says, and the place where that cell begins."""


def grids_of_page(page: bytes) -> list[Grid]:
    """The tables of a page that have a row, without those of charts: Word has no table without."""
    tables = [table for table in body_of(page).iter("table") if table.get("class") != "chart"]
    return [grid for table in tables if (grid := _grid_of_html(table))]


def _grid_of_html(table: html.HtmlElement) -> Grid:
    """The grid by the rules of HTML: a cell takes the first free place of its row, and the rows below as far as they
    go."""
    taken: dict[tuple[int, int], tuple[str, tuple[int, int]]] = {}
    rows = list(table.iter("tr"))
    for number, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("th", "td"):
            while (number, column) in taken:
                column += 1
            wide, high = (int(cell.get(name, "1")) for name in ("colspan", "rowspan"))
            for place in ((number + down, column + on) for down in range(high) for on in range(wide)):
                assert place not in taken, f"two cells at {place}"
                taken[place] = (without_blanks(cell.text_content()), (number, column))
    return [[taken[place] for place in sorted(taken) if place[0] == number] for number in range(len(rows))]


def grids_of_word(report: bytes) -> list[Grid]:
    """The tables of the body of a Word report, as python-docx sees them."""
    return [_grid_of_word(table) for table in docx.Document(BytesIO(report)).tables]


def _grid_of_word(table: docx.table.Table) -> Grid:
    begun: dict[object, tuple[int, int]] = {}
    grid: Grid = []
    for number, row in enumerate(table.rows):
        cells = enumerate(row.cells)
        grid.append(
            [
                (without_blanks(cell.text), begun.setdefault(cell._tc, (number, column)))
                for column, cell in cells
            ]
        )
    return grid
