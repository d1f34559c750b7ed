"""The panels of a picture: what the names in pack.toml stand for, and which of them `pack check` refuses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from pack.nested_row_pack import nested_row_pack
from pack.small_pack import small_pack

from reportfill import Pack, PackError, load_pack
from reportfill.pack.check import pack_problems
from reportfill.pack.manifest import Panel, read_manifest
from reportfill.pack.panels import PanelPoint, panel_points

A = ("natural_person", "business", "research_institution", "public_interest_organization", "legal_service")
MANIFEST = """
id = "small"
version = "1.0.0"
title = "Visits"
[years]
first = 2021
[names]
report = "{{ agency.name }}"
workbook = "{{ agency.name }} form"
"""


def points(
    pack: Pack, *of: str, parts_of: str = "", drawing: str = "figures"
) -> Sequence[tuple[str, int, str]]:
    """The label of each point, of how many figures it is the sum, and their unit."""
    found = panel_points(Panel("", drawing, of, parts_of), pack.fields, pack.rules.balances)
    return [(point.label, len(point.paths), point.unit) for point in found]


def test_a_group_stands_for_its_sum_and_is_called_without_number_and_explanation(pack: Pack) -> None:
    panel = Panel(
        "", "figures", ("requests.received", "requests.outcomes", "requests.outcomes.partly_granted")
    )
    assert panel_points(panel, pack.fields, pack.rules.balances) == (
        PanelPoint("本年新收政府信息公开申请数量", ("requests.received.total",), "件"),
        PanelPoint("本年度办理结果", ("requests.outcomes.total.total",), "件"),
        PanelPoint("部分公开", ("requests.outcomes.partly_granted.total",), "件"),
    )


def test_a_group_without_a_sum_is_what_its_parts_come_to(pack: Pack) -> None:
    assert points(pack, "requests.outcomes.denied", "disputes") == [
        ("不予公开", 8, "件"),
        ("政府信息公开行政复议、行政诉讼情况", 3, "件"),
    ]


@pytest.mark.parametrize("name", ["annual-report-2019", "annual-report-2021"])
def test_the_parts_of_a_group_are_all_but_their_sum(name: str) -> None:
    pack = load_pack(name)
    labels = [label for label, _, _ in points(pack, parts_of="requests.outcomes", drawing="bars")]
    assert labels == ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]
    shares = points(pack, parts_of="requests.received", drawing="share")
    assert [label for label, _, _ in shares] == [
        "自然人",
        "商业企业",
        "科研机构",
        "社会公益组织",
        "法律服务机构",
        "其他",
    ]


def test_a_sum_is_known_by_its_label_too_and_called_as_its_group() -> None:
    pack = load_pack("law-enforcement-statistics")
    assert ("合计", 1, "件") not in points(pack, parts_of="penalties.total.cases", drawing="bars")
    for name in ("penalties.total.cases.total", "penalties.total.cases"):
        assert points(pack, name) == [("行政处罚实施数量", 1, "件")]


def test_what_would_be_called_the_same_is_called_with_its_group(pack: Pack) -> None:
    labels = [
        label
        for label, _, _ in points(pack, "proactive.rules.issued", "proactive.normative_documents.issued")
    ]
    assert labels == ["规章 · 本年制发件数", "行政规范性文件 · 本年制发件数"]


@pytest.mark.parametrize(
    "name", ["新收 = requests.received", "新收＝requests.received", "新收=requests.received"]
)
def test_words_before_a_name_are_its_label(pack: Pack, name: str) -> None:
    assert points(pack, name, "requests.carried_over") == [
        ("新收", 1, "件"),
        ("上年结转政府信息公开申请数量", 1, "件"),
    ]


def test_a_figure_in_rows_stands_for_that_of_each_row() -> None:
    pack = load_pack("university-disclosure")
    panel = Panel("", "bars", ("disclosed.subjects.number",))
    [point] = panel_points(panel, pack.fields, pack.rules.balances)
    assert point.rows == "disclosed.subjects"


@pytest.mark.parametrize(
    ("panel", "english", "chinese"),
    [
        (Panel("", "figures", ("requests.recieved",)), "requests.received", "没有requests.recieved"),
        (Panel("", "bars", parts_of="request"), "no field request", "没有request"),
        (Panel("", "figures", ("other_matters",)), "is no figure", "不是数据项"),
        (Panel("", "figures", ("agency",)), "is no figure", "不是数据项"),
        (Panel("", "bars", ("requests.received", "proactive.fees")), "2 units", "计量单位不同"),
        (Panel("", "share", parts_of="proactive"), "several units|2 units", "计量单位不同"),
        (Panel("", "figures", ("proactive",)), "several units", "不能合计"),
        (Panel("", "bars", parts_of="requests.received.total"), "has no parts", "没有下级栏目"),
        (Panel("", "bars", parts_of="requests.received", colour="#FFD700"), "too light", "太浅"),
        (Panel("", "bars"), "either of or parts_of", "只能写一个"),
        (Panel("", "bars", ("year",), "requests"), "either of or parts_of", "只能写一个"),
    ],
)
def test_what_cannot_be_drawn_is_refused(pack: Pack, panel: Panel, english: str, chinese: str) -> None:
    with pytest.raises(PackError, match=english) as caught:
        panel_points(panel, pack.fields, pack.rules.balances)
    assert chinese in caught.value.chinese


@pytest.mark.parametrize("drawing", ["figures", "years"])
def test_rows_are_refused_where_each_would_need_its_own_place(drawing: str) -> None:
    pack = load_pack("university-disclosure")
    with pytest.raises(PackError, match="stands in rows"):
        points(pack, "disclosed.subjects.number", drawing=drawing)


def test_figures_apart_from_each_other_may_have_several_units(pack: Pack) -> None:
    assert len(points(pack, "requests.received", "proactive.fees", drawing="years")) == 2


def with_picture(folder: Path, *lines: str) -> Path:
    """The small pack with a panel of these lines."""
    made = small_pack(folder)
    with open(made / "pack.toml", "a", encoding="utf-8") as stream:
        stream.write("\n".join(["[[picture]]", *lines]))
    return made


def test_pack_check_names_the_panel_that_does_not_fit_the_schema(tmp_path: Path) -> None:
    sound = with_picture(tmp_path / "1", 'title = "Visits"', 'drawing = "share"', 'parts_of = "visits"')
    assert pack_problems(sound) == []
    broken = with_picture(tmp_path / "2", 'title = "Visits"', 'drawing = "figures"', 'of = ["visits.shop"]')
    [problem] = pack_problems(broken)
    assert str(problem.place) == "pack.toml picture 1"
    assert "visits.shop" in problem.message
    assert "visits.shop" in problem.chinese


@pytest.mark.parametrize(
    "lines",
    [
        ['title = "x"', 'drawing = "pie"'],
        ['title = "x"', 'drawing = "bars"', 'colour = "red"'],
        ['title = ""', 'drawing = "bars"'],
        ['drawing = "bars"', 'of = ["visits"]'],
        ['title = "x"', 'drawing = "bars"', 'off = ["visits"]'],
        ['title = "x"', 'drawing = "bars"', "of = [1]"],
    ],
)
def test_what_no_panel_is_written_like_is_refused_with_the_manifest(tmp_path: Path, lines: list[str]) -> None:
    problems = pack_problems(with_picture(tmp_path / "pack", *lines))
    assert [str(problem.place).startswith("pack.toml picture") for problem in problems] == [True]
    assert problems[0].chinese


def test_colours_and_orders_are_read_as_they_stand() -> None:
    said = '[[picture]]\ntitle = "一"\ndrawing = "bars"\nof = ["a", "b"]\ncolour = "#1f4E8c"\n'
    manifest = read_manifest((MANIFEST + said).encode())
    assert manifest.panels == (Panel("一", "bars", ("a", "b"), "", "#1f4E8c"),)
    assert read_manifest(MANIFEST.encode()).panels == ()


def test_rows_within_rows_are_drawn_row_by_row(tmp_path: Path) -> None:
    pack = load_pack(nested_row_pack(tmp_path / "pack"))
    inner = next(field for field in pack.fields.values() if field.rows.count(".") and field.kind.is_number)
    panel = Panel("", "bars", (inner.path,))
    [point] = panel_points(panel, pack.fields, pack.rules.balances)
    assert point.rows == inner.rows
