"""What a picture shows of a report, value by value, and how it says that in words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import figures_only
from outputs.of_all_packs import REPORTS, report_of
from pack.small_pack import small_pack

from reportfill import Pack, Submission, load_pack
from reportfill.decimals import Number
from reportfill.outputs.infographic.content import PanelContent, Point, infographic
from reportfill.outputs.infographic.wording import (
    change,
    description_in_words,
    digits,
    nothing_in_words,
    share,
    title_in_words,
)
from reportfill.pack.panels import usual_panels


def report(pack: Pack, figures: dict[str, Any]) -> Submission:
    """A sound report with these figures."""
    return Submission.from_data(pack, figures_only(pack, figures))


REQUESTS = {
    "requests.received.natural_person": 12,
    "requests.received.legal_service": 3,
    "requests.outcomes.granted.natural_person": 9,
    "requests.outcomes.denied.state_secret.natural_person": 1,
    "requests.outcomes.denied.enforcement_files.legal_service": 3,
    "requests.outcomes.unavailable.not_held.natural_person": 2,
    "proactive.licensing.decisions": 1234,
}


def test_every_panel_of_the_pack_is_shown_with_its_figures_by_size(pack: Pack) -> None:
    shown = infographic(pack, report(pack, REQUESTS))
    assert [panel.title for panel in shown.panels] == ["主要数据", "申请人构成", "申请办理结果"]
    figures, applicants, outcomes = shown.panels
    assert figures.points[0] == Point("新收申请", 15, "件")
    assert ("行政许可决定", 1234) in [(point.label, point.value) for point in figures.points]
    assert [(point.label, point.value) for point in applicants.points] == [
        ("自然人", 12),
        ("法律服务机构", 3),
    ]
    assert [(point.label, point.value) for point in outcomes.points] == [
        ("予以公开", 9),
        ("不予公开", 4),
        ("无法提供", 2),
    ]
    assert [point.label for point in outcomes.nothing] == ["部分公开", "不予处理", "其他处理"]


def test_last_year_stands_beside_where_it_is_known(pack: Pack) -> None:
    last = report(pack, {"requests.received.natural_person": 10})
    for known in (last, last.exact_data):
        shown = infographic(pack, report(pack, REQUESTS), known)
        assert shown.panels[-1].title == "与上年度对比"
        assert shown.panels[-1].points[0] == Point("新收申请", 15, "件", 10)


def test_last_year_may_be_of_the_pack_before(pack: Pack) -> None:
    shown = infographic(pack, report(pack, REQUESTS), report_of("annual-report-2019"))
    points = {point.label: point.last for point in shown.panels[-1].points}
    assert points["新收申请"] == report_of("annual-report-2019").values["requests.received.total"]


def test_the_words_say_all_that_is_shown(pack: Pack) -> None:
    last = report(pack, {"requests.received.natural_person": 10})
    shown = infographic(pack, report(pack, REQUESTS), last)
    assert title_in_words(shown) == "清河县档案馆2023年政府信息公开工作年度报告图解"
    assert description_in_words(shown) == (
        "主要数据：新收申请15件，办理申请15件，结转下年度0件，行政许可决定1,234件，行政处罚决定0件，行政复议0件。"
        "申请人构成：自然人12件（80%），法律服务机构3件（20%），其他4项均为0件。"
        "申请办理结果：予以公开9件（60%），不予公开4件（26.7%），无法提供2件（13.3%），"
        "部分公开、不予处理、其他处理均为0件。"
        "与上年度对比：新收申请15件，上年度10件，增加5件，增长50%；办理申请15件，上年度0件，增加15件；"
        "行政复议0件，上年度0件，持平。"
    )


def test_an_agency_with_nothing_at_all_says_so(pack: Pack) -> None:
    said = description_in_words(infographic(pack, report(pack, {})))
    assert "申请人构成：均为0件。申请办理结果：均为0件。" in said
    assert said.startswith("主要数据：新收申请0件，")


def test_one_outcome_alone_is_all_of_it(pack: Pack) -> None:
    figures = {"requests.received.business": 7, "requests.outcomes.granted.business": 7}
    said = description_in_words(infographic(pack, report(pack, figures)))
    assert "申请人构成：商业企业7件，其他5项均为0件。" in said


def test_the_sums_of_many_agencies_are_shown_like_a_report_of_one(pack: Pack) -> None:
    figures = report(pack, REQUESTS).figures
    sums = {path: value * 10**8 for path, value in figures.items() if path != "year"}
    rolled = Submission(pack, {"agency.name": "清河县人民政府", "year": 2023, **sums}, is_rolled_up=True)
    said = description_in_words(infographic(pack, rolled))
    assert "新收申请1,500,000,000件" in said


def test_rows_are_shown_by_what_they_are_called_and_the_smallest_together() -> None:
    pack, report_ = load_pack("university-disclosure"), report_of("university-disclosure")
    bars = infographic(pack, report_).panels[1]
    assert [point.value for point in bars.points] == sorted((p.value for p in bars.points), reverse=True)
    data: dict[str, Any] = dict(report_.exact_data)
    data["disclosed"] = {"subjects": [{"name": f"类别{number}", "number": number} for number in range(15)]}
    many = infographic(pack, Submission.from_data(pack, data)).panels[1]
    assert [(point.label, point.value) for point in many.points][-2:] == [("类别5", 5), ("其余4项", 10)]
    assert [point.label for point in many.nothing] == ["类别0"]


def test_a_panel_of_what_the_report_has_not_is_left_out() -> None:
    pack, report_ = load_pack("law-enforcement-statistics"), report_of("law-enforcement-statistics")
    values = {path: value for path, value in report_.values.items() if not path.startswith("licensing.")}
    shown = infographic(pack, Submission(pack, values))
    assert "行政许可办理情况" not in [panel.title for panel in shown.panels]
    assert "行政许可" not in [point.label for point in shown.panels[0].points]


def test_a_pack_that_says_nothing_of_a_picture_shows_its_sums_and_what_they_are_made_of(
    tmp_path: Path,
) -> None:
    pack = load_pack(small_pack(tmp_path / "pack"))
    values = {"agency.name": "Office", "year": 2023, "visits.sites": 1, "visits.shops": 2, "visits.total": 3}
    said = description_in_words(infographic(pack, Submission(pack, values)))
    assert said == "主要数据：Visits3。Visits：Shops2（66.7%），Sites1（33.3%）。"


def test_a_pack_without_sums_shows_its_figures_and_one_without_figures_nothing() -> None:
    pack = load_pack("annual-report-2021")
    figures = {path: field for path, field in pack.fields.items() if path.startswith(("year", "proactive."))}
    [panel] = usual_panels(figures, ())
    assert panel.of == tuple(figures)[1:7]
    assert usual_panels({path: field for path, field in figures.items() if path == "year"}, ()) == ()


@pytest.mark.parametrize("name", REPORTS)
def test_a_colour_goes_on_to_the_panels_below(name: str) -> None:
    shown = infographic(load_pack(name), report_of(name))
    assert len({panel.colour for panel in shown.panels}) == 1


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0"),
        (-3, "−3"),
        (1234567, "1,234,567"),
        (Decimal("7730.2800"), "7,730.28"),
        (Decimal("-0.5"), "−0.5"),
        (Decimal("1E+6"), "1,000,000"),
        (10**20, "100,000,000,000,000,000,000"),
    ],
)
def test_digits_stand_in_groups(value: Number, said: str) -> None:
    assert digits(value) == said


@pytest.mark.parametrize(
    ("value", "whole", "said"),
    [(1, 3, "33.3%"), (2, 3, "66.7%"), (1, 1, "100%"), (1, 10_000, "不足0.1%"), (Decimal("0.5"), 8, "6.2%")],
)
def test_shares_have_a_tenth_of_a_percent(value: Number, whole: Number, said: str) -> None:
    assert share(value, whole) == said


@pytest.mark.parametrize(
    ("value", "last", "said"),
    [
        (15, 10, "增加5件，增长50%"),
        (5, 10, "减少5件，下降50%"),
        (7, 7, "持平"),
        (7, 0, "增加7件"),
        (0, 7, "减少7件，下降100%"),
        (1000, 1, "增加999件"),
        (Decimal("62.3565"), Decimal("62.35"), "增加0.0065件，不足0.1%"),
    ],
)
def test_a_change_is_said_in_figures_and_in_percent_where_that_says_anything(
    value: Number, last: Number, said: str
) -> None:
    assert change(Point("", value, "件", last)) == said.replace("，不足", "，增长不足")


def test_one_that_is_nothing_is_named() -> None:
    one, two = Point("甲", 1, "件"), Point("乙", 0, "件")
    assert nothing_in_words(PanelContent("", "bars", "", (one,), (two,))) == "乙为0件"
    assert nothing_in_words(PanelContent("", "bars", "", (one,), ())) == ""
