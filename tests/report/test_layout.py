"""The layout of GB/T 9704-2012, measured in the PDF that LibreOffice makes. Lengths in points: 72 to the inch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from reportfill import Submission, render
from reportfill.pack.figures import with_values
from reportfill.pack.pack import Pack

MILLIMETRE = 72 / 25.4
TOP, BOTTOM, LEFT, RIGHT = 37, 35, 28, 26
WIDTH, HEIGHT = 210, 297
LONG = "为全面贯彻落实政府信息公开条例不断提升工作质量和水平按照上级部署认真开展各项工作取得了新的成效"


@pytest.fixture(scope="module")
def pages(
    convert: Callable[[Path, str], Path], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Submission], list[Any]]:
    """A function that gives the pages of a submission's report, as pdfplumber sees them."""

    def printed(submission: Submission) -> list[Any]:
        path = tmp_path_factory.mktemp("report") / "report.docx"
        path.write_bytes(render(submission))
        # Read from memory, pages stay usable without a file that has to be closed.
        return list(pdfplumber.open(BytesIO(convert(path, "pdf").read_bytes())).pages)

    return printed


def body_lines(page: Any) -> Iterator[str]:
    """The lines of 16-point text within the type area."""
    area = page.crop((0, (TOP - 1) * MILLIMETRE, page.width, (HEIGHT - BOTTOM + 1) * MILLIMETRE))
    lines: dict[int, list[Any]] = {}
    for character in area.chars:
        if abs(character["size"] - 16) < 0.5:
            lines.setdefault(round(character["bottom"] / 4), []).append(character)
    for _, characters in sorted(lines.items()):
        yield "".join(c["text"] for c in sorted(characters, key=lambda c: c["x0"])).strip()


def test_a_page_of_text_has_22_lines_of_28_characters(
    pack: Pack, weihui: dict[str, Any], pages: Callable[[Submission], list[Any]]
) -> None:
    long = with_values(weihui, {"overview.summary": [LONG * 40]})
    page = pages(Submission.from_data(pack, long))[1]
    lines = list(body_lines(page))
    assert len(lines) == 22
    assert Counter(len(line) for line in lines).most_common(1)[0][0] == 28


def test_the_page_is_a4_with_the_prescribed_margins(
    pack: Pack, weihui: dict[str, Any], pages: Callable[[Submission], list[Any]]
) -> None:
    long = with_values(weihui, {"overview.summary": [LONG * 40]})
    page = pages(Submission.from_data(pack, long))[1]
    text = [c for c in page.chars if abs(c["size"] - 16) < 0.5]
    assert (round(page.width / MILLIMETRE), round(page.height / MILLIMETRE)) == (WIDTH, HEIGHT)
    assert min(c["x0"] for c in text) / MILLIMETRE == pytest.approx(LEFT, abs=0.8)
    assert (page.width - max(c["x1"] for c in text)) / MILLIMETRE == pytest.approx(RIGHT, abs=1.2)
    assert min(c["top"] for c in text) / MILLIMETRE == pytest.approx(TOP, abs=3)
    assert max(c["bottom"] for c in text) / MILLIMETRE == pytest.approx(HEIGHT - BOTTOM, abs=3)


def test_page_numbers_stand_at_the_outer_edge_below_the_type_area(
    pack: Pack, weihui: dict[str, Any], pages: Callable[[Submission], list[Any]]
) -> None:
    for number, page in enumerate(pages(Submission.from_data(pack, weihui)), 1):
        below = [c for c in page.chars if c["top"] > (HEIGHT - BOTTOM) * MILLIMETRE and c["text"].strip()]
        assert "".join(c["text"] for c in below).replace(" ", "") == f"—{number}—"
        gap = (min(c["top"] for c in below) - (HEIGHT - BOTTOM) * MILLIMETRE) / MILLIMETRE
        assert 3 < gap < 9
        left, right = min(c["x0"] for c in below), max(c["x1"] for c in below)
        if number % 2:
            assert (page.width - right) / MILLIMETRE == pytest.approx(RIGHT + 4.9, abs=1)
        else:
            assert left / MILLIMETRE == pytest.approx(LEFT + 4.9, abs=1)


def test_the_head_rows_of_table_three_are_repeated_where_it_breaks_over_a_page(
    pack: Pack, hongze: dict[str, Any], pages: Callable[[Submission], list[Any]]
) -> None:
    found = pages(Submission.from_data(pack, hongze))
    heads = [page for page in found if "勾稽关系" in (page.extract_text() or "")]
    assert len(heads) == 2
    for page in heads:
        # "自然人" alone stands in the second of the three head rows, "商业" in the third.
        text = page.extract_text()
        assert "申请人情况" in text
        assert "自然人" in text
        assert "商业" in text


def test_every_label_and_number_of_the_tables_is_printed_within_the_type_area(
    pack: Pack, hongze: dict[str, Any], pages: Callable[[Submission], list[Any]]
) -> None:
    figures = {f"requests.received.{kind}": 1234567 for kind in ("natural_person", "business")}
    submission = Submission.from_data(
        pack, with_values(hongze, figures | {"proactive.fees.amount": 123456.789})
    )
    found = pages(submission)
    everything = "".join(c["text"] for page in found for c in page.chars if c["text"].strip())
    for label in ("属于国家秘密", "不再处理其政府信息公开申请", "确认或重新出具", "行政规范性文件"):
        assert label[:4] in everything
    assert everything.count("1234567") >= 2
    assert "123456.789" in everything
    for page in found:
        for line in [*page.lines, *page.rects]:
            assert (LEFT - 1) * MILLIMETRE <= line["x0"] <= line["x1"] <= (WIDTH - RIGHT + 1) * MILLIMETRE
        for character in page.chars:
            # A punctuation mark may hang over the edge, as Chinese typesetting lets it.
            assert character["x0"] >= (LEFT - 6) * MILLIMETRE
            assert character["x1"] <= (WIDTH - RIGHT + 6) * MILLIMETRE


def test_tables_are_as_wide_as_the_type_area(
    pack: Pack, weihui: dict[str, Any], pages: Callable[[Submission], list[Any]]
) -> None:
    for page in pages(Submission.from_data(pack, weihui)):
        for table in page.find_tables():
            left, _, right, _ = table.bbox
            assert (right - left) / MILLIMETRE == pytest.approx(156, abs=1.5)
