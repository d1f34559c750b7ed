"""What the words of labels ask for."""

from __future__ import annotations

import pytest
from new_pack.truths import kind_in

from reportfill.new_pack import wording


@pytest.mark.parametrize(
    ("label", "kind", "unit"),
    [
        ("受理数量（件）", "count", "件"),
        ("罚没金额（万元）", "amount", "万元"),
        ("采购总金额", "amount", ""),
        ("整改率", "amount", "%"),
        ("人数", "count", ""),
        ("单位名称", "text", ""),
        ("备注", "text", ""),
        ("是否委托", "yes_no", ""),
        ("性别（男/女）", "choice", ""),
        ("成立日期", "date", ""),
        ("出生年月", "year-month", ""),
        ("主要做法", "text", ""),
        ("车牌号", "text", ""),
    ],
)
def test_a_label_says_the_kind_and_the_unit(label: str, kind: str, unit: str) -> None:
    asked = wording.asked_by([label])
    assert (kind_in(asked.schema), asked.unit) == (kind, unit)


@pytest.mark.parametrize("label", ["备注", "其他（选填）", "获奖情况（如有）"])
def test_what_may_be_left_out_is_optional(label: str) -> None:
    assert not wording.asked_by([label]).is_required


def test_a_change_may_be_negative() -> None:
    assert "minimum" not in wording.asked_by(["本年增/减"], counts=True).schema
    assert wording.asked_by(["本年新增数量"], counts=True).schema["minimum"] == 0


def test_a_share_is_at_most_all_and_a_growth_may_be_more() -> None:
    assert wording.asked_by(["办结率（%）"]).schema["maximum"] == 100
    assert not {"minimum", "maximum"} & set(wording.asked_by(["增长率（%）"]).schema)


@pytest.mark.parametrize("label", ["合计", "合　计", "（七）总计", "小计（次）", "共计"])
def test_totals_are_known_by_their_words(label: str) -> None:
    assert wording.is_total(label)


def test_a_total_within_other_words_is_none() -> None:
    assert not wording.is_total("合计人数占比")


@pytest.mark.parametrize("label", ["填报单位（盖章）", "单位名称：", "报送单位", "学校名称"])
def test_the_office_is_asked_for_by_its_name(label: str) -> None:
    assert wording.names_agency(label)


def test_another_unit_is_not_the_office() -> None:
    assert not wording.names_agency("工作单位")
    assert not wording.names_agency("单位负责人")
