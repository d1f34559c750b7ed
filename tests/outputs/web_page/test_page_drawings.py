"""Pictures and charts on pages: in their frames and upright, and figures as a table that everybody can read."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from browser import Browser
from lxml import html
from pictures import photo, png
from places import ROOT
from web_pages import body_of

from reportfill import Pack, PackError, Submission, SubmissionError, load_pack
from reportfill.office.chart_data import ChartData, ChartSeries
from reportfill.office.pictures import inspected_picture
from reportfill.outputs.html import html_files
from reportfill.outputs.material import Material
from reportfill.outputs.web_page.chart_table import chart_table
from reportfill.trials.sample_data import sample_data

SEAL = "seal"


@pytest.fixture(scope="module")
def statistics() -> Pack:
    """A pack with a chart and a seal."""
    return load_pack(ROOT / "templates" / "law-enforcement-statistics")


def page_with(pack: Pack, seal: Any) -> bytes:
    """The page with that seal."""
    submission = Submission.from_data(pack, sample_data(pack))
    values = {**submission.values, SEAL: seal}
    return html_files(Material(replace(submission, values=values), b""))[".html"]


@pytest.mark.parametrize(
    ("width", "height", "shown"), [(30, 20, (159, 106)), (20, 30, (106, 159)), (9, 9, (159, 159))]
)
def test_a_picture_is_as_large_as_its_frame_lets_it_be(
    statistics: Pack, width: int, height: int, shown: tuple[int, int]
) -> None:
    content = png(width, height)
    (image,) = body_of(page_with(statistics, inspected_picture(content))).iter("img")
    assert (int(image.get("width")), int(image.get("height"))) == shown
    assert image.get("alt")
    assert b64decode(image.get("src").partition(",")[2]) == inspected_picture(content).content


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photograph_stands_upright_in_the_browser(
    chromium: Browser, statistics: Pack, tmp_path: Path, orientation: int
) -> None:
    place = tmp_path / "page.html"
    place.write_bytes(page_with(statistics, inspected_picture(photo(orientation))))
    image = "document.querySelector('img')"
    size = chromium.worked_out(place.as_uri(), f"[{image}.naturalWidth, {image}.naturalHeight]")
    assert size == ([40, 60] if orientation in (6, 8) else [60, 40])


def test_without_a_picture_there_is_no_image(statistics: Pack) -> None:
    assert not list(body_of(page_with(statistics, None)).iter("img"))


def test_a_picture_of_which_only_the_name_is_known_is_refused(statistics: Pack) -> None:
    with pytest.raises(SubmissionError, match="is not at hand"):
        page_with(statistics, f"{'0' * 64}.png 9x9")


def test_a_chart_is_a_table_of_its_figures(statistics: Pack) -> None:
    body = body_of(page_with(statistics, None))
    (table,) = body.xpath("//table[@class='chart']")
    assert table.find("caption").text.endswith("年行政处罚各类别数量")
    rows = [[cell.text_content() for cell in row.iterchildren("th", "td")] for row in table.iter("tr")]
    assert rows[0] == ["", "数量"]
    assert len(rows) > 10
    assert all(label and value.isdigit() for label, value in rows[1:])


def bars(*series: ChartSeries) -> list[str]:
    """How long the bars of a chart are."""
    data = ChartData([str(number) for number in range(len(series[0].values))], series)
    return html.fragment_fromstring(f"<table>{chart_table(data)}</table>").xpath("//span/@style")  # type: ignore[no-any-return]


def test_a_bar_is_as_long_as_its_figure_beside_the_largest() -> None:
    assert bars(ChartSeries("a", [1, 2, 3, None, 0, -5])) == [
        "width: 33.3%;",
        "width: 66.7%;",
        "width: 100%;",
    ]
    assert bars(ChartSeries("a", [Decimal("0.5")]), ChartSeries("b", [Decimal("2")])) == [
        "width: 25%;",
        "width: 100%;",
    ]
    assert bars(ChartSeries("a", [0, None])) == []


def test_names_in_a_chart_are_text() -> None:
    data = ChartData(["<b>"], [ChartSeries("<script>", [1])])
    assert "<b>" not in chart_table(data)
    assert "<script>" not in chart_table(data)


def test_a_chart_without_figures_is_left_out(statistics: Pack) -> None:
    assert chart_table(ChartData(["a"], [ChartSeries("b", [None])])) == ""


def test_a_tag_that_is_none_is_named(statistics: Pack) -> None:
    page = statistics.page.replace("{{ 图片：seal }}".encode(), "{{ 图片 seal }}".encode())
    with pytest.raises(PackError):
        page_with(replace(statistics, page=page), None)
