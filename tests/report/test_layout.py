"""The layout of GB/T 9704-2012, measured in the PDF that LibreOffice makes. Lengths in millimetres."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import BytesIO
from itertools import count, pairwise
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from builders import figures_only
from docx.oxml.ns import qn
from word import lines_of

from reportfill import Submission, render
from reportfill.model.figures import with_values
from reportfill.pack.pack import Pack

POINTS = 72 / 25.4
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
WIDTH, HEIGHT = 210, 297
BODY_SIZE = 16
FEWEST_ROWS = 5
"""So many rows of 表三 at least stand together on a page."""

LONG = "为全面贯彻落实政府信息公开条例不断提升工作质量和水平按照上级部署认真开展各项工作取得了新的成效"
Pages = Callable[[bytes], list[Any]]
Rows = list[tuple[str, ...]]


@pytest.fixture(scope="module")
def pages(convert: Callable[[Path, str], Path], tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """A function that gives the pages of a report, as pdfplumber sees them; each report is converted once."""
    known: dict[bytes, list[Any]] = {}

    def printed(report: bytes) -> list[Any]:
        if report not in known:
            path = tmp_path_factory.mktemp("report") / "report.docx"
            path.write_bytes(report)
            # Read from memory, pages stay usable without a file that has to be closed.
            known[report] = list(pdfplumber.open(BytesIO(convert(path, "pdf").read_bytes())).pages)
        return known[report]

    return printed


@pytest.fixture
def text_page(pack: Pack, weihui: dict[str, Any], pages: Pages) -> Any:
    """A page that is full of one long paragraph."""
    long = with_values(weihui, {"overview.summary": [LONG * 40]})
    return pages(render(Submission.from_data(pack, long)))[1]


def wide_report(pack: Pack, *, lines_before: int = 1) -> bytes:
    """A report with another number in each cell, as wide as it may come, pushed down by lines of text."""
    numbers = count(1_234_567, 7_919)
    figures: dict[str, Any] = {
        path: next(numbers) // (10 if path.startswith("disputes.") else 1)
        for path, field in pack.fields.items()
        if field.kind.is_number and path != "year"
    }
    texts = {"proactive.fees.amount": Decimal("123456.789"), "overview.summary": ["正文"] * lines_before}
    return render(Submission.from_data(pack, with_values(figures_only(pack, {}), figures | texts)))


def body_lines(page: Any) -> Iterator[str]:
    """The lines of body text within the type area."""
    area = page.crop((0, (TOP - 1) * POINTS, page.width, (HEIGHT - BOTTOM + 1) * POINTS))
    lines: dict[int, list[Any]] = {}
    for character in body_characters(area):
        lines.setdefault(round(character["bottom"] / 4), []).append(character)
    for _, characters in sorted(lines.items()):
        yield "".join(c["text"] for c in sorted(characters, key=lambda c: c["x0"])).strip()


def body_characters(page: Any) -> list[Any]:
    return [character for character in page.chars if abs(character["size"] - BODY_SIZE) < 0.5]


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def printed_tables(pages: list[Any]) -> list[list[Rows]]:
    """The tables of each page: their rows, of each the cells that are not blank."""
    return [
        [
            [tuple(squeezed(cell) for cell in row if squeezed(cell)) for row in table.extract()]
            for table in page.find_tables()
        ]
        for page in pages
    ]


def expected_rows(report: bytes) -> Rows:
    """The rows of a report's tables as the Word file has them: cells lie between tabs, and a row of one cell is the
    heading of a block."""
    return [
        tuple(squeezed(cell) for cell in line.split("\t") if cell)
        for line in lines_of(report)
        if "\t" in line or line.startswith("第二十条")
    ]


def test_a_page_of_text_has_22_lines_of_28_characters(text_page: Any) -> None:
    lines = list(body_lines(text_page))
    assert len(lines) == 22
    assert Counter(len(line) for line in lines).most_common(1)[0][0] == 28


def test_the_page_is_a4_with_the_prescribed_margins(text_page: Any) -> None:
    text = body_characters(text_page)
    size = text_page.width / POINTS, text_page.height / POINTS
    assert size == pytest.approx((WIDTH, HEIGHT), abs=0.2)
    assert min(c["x0"] for c in text) / POINTS == pytest.approx(LEFT, abs=0.8)
    assert max(c["x1"] for c in text) / POINTS == pytest.approx(WIDTH - RIGHT, abs=1.2)
    # A line of text has space above and below its characters.
    assert min(c["top"] for c in text) / POINTS == pytest.approx(TOP, abs=3)
    assert max(c["bottom"] for c in text) / POINTS == pytest.approx(HEIGHT - BOTTOM, abs=3)


def test_page_numbers_stand_at_the_outer_edge_7_mm_below_the_type_area(
    pack: Pack, weihui: dict[str, Any], pages: Pages
) -> None:
    found = pages(render(Submission.from_data(pack, weihui)))
    assert len(found) >= 4
    for number, page in enumerate(found, 1):
        below = [c for c in page.chars if c["top"] > (HEIGHT - BOTTOM) * POINTS and c["text"].strip()]
        assert "".join(c["text"] for c in below).replace(" ", "") == f"—{number}—"
        assert {round(c["size"]) for c in below} == {14}
        # The dash lies halfway up its character.
        middle = (below[0]["top"] + below[0]["bottom"]) / 2 / POINTS
        assert middle - (HEIGHT - BOTTOM) == pytest.approx(7, abs=1.2)
        if number % 2:
            assert max(c["x1"] for c in below) / POINTS == pytest.approx(WIDTH - RIGHT - 4.9, abs=1)
        else:
            assert min(c["x0"] for c in below) / POINTS == pytest.approx(LEFT + 4.9, abs=1)


# Table 三 then breaks before （六）, within （五）, before （四） and within （三）; further down it does not break.
@pytest.mark.parametrize("lines_before", [1, 5, 6, 9, 10])
def test_where_table_three_breaks_over_a_page_its_head_is_repeated_and_nothing_is_torn(
    pack: Pack, pages: Pages, lines_before: int
) -> None:
    report = wide_report(pack, lines_before=lines_before)
    broken = printed_tables(pages(report))
    parts = [table for page in broken for table in page if table[0][0].startswith("（本列数据的勾稽关系为")]
    assert len(parts) == 2
    head = parts[0][:3]
    assert parts[1][:3] == head
    assert all(len(part) >= 3 + FEWEST_ROWS for part in parts)
    whole = parts[0] + parts[1][3:]
    rows = expected_rows(report)
    begin = rows.index(head[0])
    assert whole == rows[begin : begin + len(whole)]
    assert len(whole) == 28


def test_where_only_the_first_rows_of_table_three_would_fit_it_begins_on_the_next_page(
    pack: Pack, pages: Pages
) -> None:
    tables = [table for page in printed_tables(pages(wide_report(pack, lines_before=14))) for table in page]
    assert [len(table) for table in tables if table[0][0].startswith("（本列")] == [28]


@pytest.mark.parametrize(
    "name",
    [
        "市局",
        "卫辉市信访局",
        "新疆维吾尔自治区伊犁哈萨克自治州伊宁市人民政府办公室（伊宁市外事办公室）",
        "某" * 60,
        "GUANGDONG ABC MANAGEMENT Committee of the Economic and Technological Development Zone",
    ],
)
def test_the_title_never_leaves_the_type_area(
    pack: Pack, weihui: dict[str, Any], pages: Pages, name: str
) -> None:
    report = render(Submission.from_data(pack, with_values(weihui, {"agency.name": name})))
    title = [c for c in pages(report)[0].chars if abs(c["size"] - 22) < 0.5 and c["text"].strip()]
    assert "".join(c["text"] for c in title).startswith(name.split()[0])
    assert min(c["x0"] for c in title) / POINTS >= LEFT - 0.1
    assert max(c["x1"] for c in title) / POINTS <= WIDTH - RIGHT + 0.1


def test_the_language_of_the_document_is_chinese(pack: Pack) -> None:
    defaults = docx.Document(BytesIO(pack.report)).styles.element.find(qn("w:docDefaults"))
    assert [language.get(qn("w:val")) for language in defaults.iter(qn("w:lang"))] == ["zh-CN"]


def test_no_line_of_the_text_ends_within_a_number(pack: Pack, weihui: dict[str, Any], pages: Pages) -> None:
    paragraph = "自" * 25 + "2023年政府信息公开工作有关通知和文件精神，共1234567件"
    texts = [paragraph[cut:] for cut in range(8)]
    report = render(Submission.from_data(pack, with_values(weihui, {"overview.summary": texts})))
    lines = [
        line["text"]
        for page in pages(report)
        for line in page.extract_text_lines()
        if abs(line["chars"][0]["size"] - BODY_SIZE) < 0.5
    ]
    assert any(line.endswith("自") for line in lines)
    assert [
        (line, following)
        for line, following in pairwise(lines)
        if line[-1].isdigit() and following[0].isdigit()
    ] == []


def test_every_label_and_number_is_printed_whole_in_its_cell(pack: Pack, pages: Pages) -> None:
    report = wide_report(pack)
    printed: Rows = []
    for page in printed_tables(pages(report)):
        for table in page:
            repeated = table[0] in printed and table[0][0].startswith("（本列")
            printed += table[3:] if repeated else table
    assert printed == expected_rows(report)


def test_no_number_breaks_over_two_lines(pack: Pack, pages: Pages) -> None:
    cells = [
        cell
        for page in pages(wide_report(pack))
        for table in page.find_tables()
        for row in table.extract()
        for cell in row
        if cell and squeezed(cell).replace(".", "").isdigit()
    ]
    assert len(cells) == 25 * 7 + 15 + 6 + 3 + 1
    assert [cell for cell in cells if "\n" in cell] == []


def test_everything_lies_within_the_type_area(pack: Pack, weihui: dict[str, Any], pages: Pages) -> None:
    left, right = LEFT * POINTS, (WIDTH - RIGHT) * POINTS
    top, bottom = TOP * POINTS, (HEIGHT - BOTTOM) * POINTS
    for page in [*pages(wide_report(pack)), *pages(render(Submission.from_data(pack, weihui)))]:
        for line in [*page.lines, *page.rects]:
            assert left - 1 <= line["x0"] <= line["x1"] <= right + 1
            assert top - 1 <= line["top"] <= line["bottom"] <= bottom + 1
        for character in page.chars:
            # A punctuation mark may hang over the edge, as Chinese typesetting lets it.
            assert left - BODY_SIZE <= character["x0"] <= character["x1"] <= right + BODY_SIZE + 0.5
            if character["top"] < bottom:
                assert top - 3 <= character["top"] <= character["bottom"] <= bottom + 3


def test_tables_are_as_wide_as_the_type_area(pack: Pack, weihui: dict[str, Any], pages: Pages) -> None:
    report = render(Submission.from_data(pack, weihui))
    tables = [table for page in pages(report) for table in page.find_tables()]
    assert len(tables) >= len(docx.Document(BytesIO(report)).element.body.findall(qn("w:tbl")))
    for table in tables:
        left, _, right, _ = table.bbox
        assert left / POINTS == pytest.approx(LEFT, abs=0.3)
        assert (right - left) / POINTS == pytest.approx(WIDTH - LEFT - RIGHT, abs=0.3)
