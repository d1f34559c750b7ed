"""Charts into which data are put: they look as they were drawn, and show nothing of what they held."""

from __future__ import annotations

from pathlib import Path

import pytest
from charts import C, chart_part
from lxml import etree
from ooxml_judges import ooxml_problems

from reportfill.office.chart_data import ChartData, ChartSeries, data_workbook
from reportfill.office.word_charts import ChartFault, ChartFaultError, ChartTemplate

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
THEMED = '<a:schemeClr val="accent{number}"/>'
TWO = ChartData(
    ["甲<&>", "乙\n二", ""], [ChartSeries("一_x0041_", [1, None, 3]), ChartSeries("二", [4, 5, 6])]
)
FIVE = ChartData(["甲"], [ChartSeries(f"第{number}", [number]) for number in range(1, 6)])


def series_of(part: bytes) -> list[etree._Element]:
    return list(etree.fromstring(part).iter(f"{C}ser"))


@pytest.mark.parametrize("kind", ["column", "bar", "line", "area", "radar", "doughnut"])
def test_a_chart_has_the_data_and_keeps_its_look(kind: str) -> None:
    drawn = chart_part((kind,), "标题", colour=THEMED)
    filled = ChartTemplate(drawn, 2).filled(TWO)
    for before, after in zip(series_of(drawn), series_of(filled), strict=True):
        assert [child.tag for child in before] == [child.tag for child in after]
        for name in ("spPr", "marker", "idx", "smooth"):
            looks = [series.find(C + name) for series in (before, after)]
            assert [None if look is None else etree.tostring(look) for look in looks].count(None) in (0, 2)
            if looks[0] is not None:
                assert etree.tostring(looks[0]) == etree.tostring(looks[1])
    assert "类别" not in filled.decode()
    assert "系列" not in filled.decode()
    assert "甲&lt;&amp;&gt;" in filled.decode()
    assert "一_x005F_x0041_" in filled.decode(), "else programs would read an A"
    assert "<c:formatCode>#,##0</c:formatCode>" in filled.decode()


def test_more_series_are_drawn_like_the_last_in_the_next_colours_of_the_theme() -> None:
    series = series_of(ChartTemplate(chart_part(("line",), colour=THEMED), 5).filled(FIVE))
    assert [one.find(f"{C}idx").get("val") for one in series] == ["0", "1", "2", "3", "4"]
    assert [one.find(f"{C}order").get("val") for one in series] == ["0", "1", "2", "3", "4"]
    assert [next(one.iter(f"{A}schemeClr")).get("val") for one in series] == [
        f"accent{n}" for n in range(1, 6)
    ]
    assert [one.find(f"{C}extLst") is not None for one in series] == [True, True, False, False, False]


def test_more_series_than_colours_begin_anew() -> None:
    data = ChartData(["甲"], [ChartSeries(str(number), [number]) for number in range(8)])
    series = series_of(ChartTemplate(chart_part(("column",), colour=THEMED), 8).filled(data))
    assert [next(one.iter(f"{A}schemeClr")).get("val") for one in series][5:] == [
        "accent6",
        "accent1",
        "accent2",
    ]


def test_a_colour_of_ones_own_is_not_that_of_two_series() -> None:
    drawn = chart_part(("column",), series=1, colour='<a:srgbClr val="C00000"/>')
    first, second = series_of(ChartTemplate(drawn, 2).filled(TWO))
    assert first.find(f"{C}spPr") is not None
    assert second.find(f"{C}spPr") is None, "programs choose the colour"


def test_fewer_series_leave_the_first_ones() -> None:
    data = ChartData(["甲"], [ChartSeries("一", [1])])
    [only] = series_of(ChartTemplate(chart_part(("bar",), series=3, colour=THEMED), 1).filled(data))
    assert only.find(f"{C}idx").get("val") == "0"


def test_the_parts_of_a_combined_chart_share_the_series() -> None:
    drawn = chart_part(("column", "line"), series=1, colour=THEMED)
    series = series_of(ChartTemplate(drawn, 3).filled(TWO._replace(series=[*TWO.series, TWO.series[0]])))
    assert [etree.QName(one.getparent()).localname for one in series] == [
        "barChart",
        "lineChart",
        "lineChart",
    ]


def test_a_part_whose_namespace_has_no_prefix_is_filled_in_as_well() -> None:
    plain = (
        chart_part(("pie",), "标题", 1)
        .replace(b"<c:", b"<")
        .replace(b"</c:", b"</")
        .replace(b"xmlns:c=", b"xmlns=")
    )
    data = ChartData(["甲", "乙"], [ChartSeries("一", [1, 2])])
    [series] = series_of(ChartTemplate(plain, 1).filled(data))
    assert [value.text for value in series.iter(f"{C}v")] == ["一", "甲", "乙", "1", "2"]


def test_the_workbook_is_what_the_chart_refers_to_even_when_there_is_nothing() -> None:
    for data in (ChartData([], [ChartSeries("一", [])]), ChartData(["甲"], [ChartSeries("一", [None])])):
        filled = ChartTemplate(chart_part(("column",), series=1), 1).filled(data)
        [series] = series_of(filled)
        assert series.findtext(f"{C}val//{C}f") == "Sheet1!$B$2"
        assert series.find(f"{C}val//{C}pt") is None


def test_the_workbook_with_the_data_is_sound_and_the_same_for_the_same_data(tmp_path: Path) -> None:
    path = tmp_path / "data.xlsx"
    path.write_bytes(data_workbook(TWO))
    assert ooxml_problems(path) == []
    assert data_workbook(TWO) == path.read_bytes()


@pytest.mark.parametrize(
    ("drawn", "number", "fault"),
    [
        (chart_part(("scatter",)), 1, ChartFault.KIND),
        (chart_part(("pie",), series=1), 2, ChartFault.ONE_SERIES),
        (chart_part(("column", "line")), 1, ChartFault.TOO_FEW),
        (chart_part(("column",), series=0), 1, ChartFault.NO_SERIES),
        (
            chart_part(("column",)).replace(b"<c:plotArea>", b"<c:plotArea><c:f>Sheet1!$A$1</c:f>"),
            1,
            ChartFault.FROM_CELLS,
        ),
        (b"no chart", 1, ChartFault.NO_DATA),
    ],
)
def test_a_chart_into_which_no_data_can_be_put_is_refused(
    drawn: bytes, number: int, fault: ChartFault
) -> None:
    with pytest.raises(ChartFaultError) as error:
        ChartTemplate(drawn, number)
    assert error.value.fault is fault
