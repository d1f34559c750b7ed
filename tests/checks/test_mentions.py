"""Numbers that the narrative states, against the tables."""

from __future__ import annotations

from typing import Any

import pytest
from builders import figures_only

from reportfill.checks.check import check
from reportfill.model.chinese.numerals import number_from
from reportfill.model.figures import with_values
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack

# What the table says is 12 for each figure that a wording is about, so that 12 agrees and anything else does not.
FIGURES = {
    "requests.received.natural_person": 12,
    "requests.carried_over.natural_person": 12,
    "requests.outcomes.granted.natural_person": 12,
    "requests.outcomes.partly_granted.natural_person": 12,
    "requests.outcomes.denied.state_secret.business": 12,
    "requests.outcomes.unavailable.not_held.natural_person": 12,
    "requests.outcomes.not_processed.repeated.natural_person": 12,
    "requests.outcomes.other.other.natural_person": 12,
    "requests.carried_forward.natural_person": 12,
    "disputes.reconsideration.upheld": 12,
    "disputes.litigation_direct.upheld": 12,
    "proactive.normative_documents.issued": 12,
}


def differences(pack: Pack, sentence: str, **figures: int) -> list[tuple[object, object]]:
    """What a sentence in 依申请公开 states and what the tables say, where they differ."""
    data = figures_only(pack, FIGURES | figures)
    data = with_values(data, {"overview.disclosure_on_request": [sentence]})
    found = check(Submission.from_data(pack, data))
    return [(f.value, f.expected) for f in found if f.code == "mention.differs"]


WORDINGS = [
    "共收到政府信息公开申请{}件",
    "收到和受理政府信息公开申请{}件",
    "受理政府信息公开申请 {} 件",
    "新收到信息公开申请{}件",
    "本年度共收到依申请公开{}件",
    "全年收到政府信息公开申请{}件",
    "上年结转政府信息公开申请 {} 件",
    "予以公开 {} 件",
    "部分公开{}件",
    "部分公开答复 {} 件",
    "不予公开 {} 件",
    "不予公开答复{}件",
    "无法提供{}件",
    "无法提供的{}件",
    "不予处理{}件",
    "其他处理{}件",
    "结转下年度继续办理{}件",
    "结转下年度继续办理答复{}件",
    "发生行政复议{}件",
    "行政诉讼{}件",
    "出台行政规范性文件{}件",
    "制发行政规范性文件{}件",
]


@pytest.mark.parametrize("wording", WORDINGS)
def test_every_wording_that_reports_use_is_compared_with_its_table(pack: Pack, wording: str) -> None:
    assert differences(pack, f"本年度{wording.format(12)}。") == []
    assert differences(pack, f"本年度{wording.format(13)}。") == [(13, 12)]


def test_what_was_dealt_with_is_the_total_of_outcomes_and_a_part_named_beside_it_is_no_sum(
    pack: Pack,
) -> None:
    assert differences(pack, "全年办结72件（含上年结转5件）。") == []
    assert differences(pack, "全年办结70件（含上年结转12件）。") == [(70, 72)]


@pytest.mark.parametrize(
    "sentence",
    [
        "本年度未收到政府信息公开申请。",
        "全年无依申请公开。",
        "未发生因政府信息公开引起的行政复议、行政诉讼。",
    ],
)
def test_a_sentence_that_says_none_is_compared_with_zero(pack: Pack, sentence: str) -> None:
    assert {stated for stated, _ in differences(pack, sentence)} == {0}


@pytest.mark.parametrize("number", ["12", "１２", "1 2", "十二"])
def test_a_number_counts_however_it_is_written(pack: Pack, number: str) -> None:
    assert differences(pack, f"共收到政府信息公开申请 {number} 件。") == []


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1,234", 1234),
        ("1，234", 1234),
        ("二十", 20),
        ("一百零五", 105),
        ("三百二十一", 321),
        ("两", 2),
        ("二〇二三", 2023),
        ("〇", 0),
    ],
)
def test_numerals_of_every_kind_are_understood(written: str, number: int) -> None:
    assert number_from(written) == number


@pytest.mark.parametrize("text", ["", "十x", "1.2.3", "无"])
def test_what_is_no_number_gives_none(text: str) -> None:
    assert number_from(text) is None


def test_a_report_that_says_nothing_of_the_processing_fee_is_told_so(
    pack: Pack, weihui: dict[str, Any]
) -> None:
    silent = with_values(weihui, {"other_matters": ["2023年，本单位没有其他需要报告的事项，特此说明。"]})
    found = [f for f in check(Submission.from_data(pack, silent)) if f.code == "mention.missing"]
    assert [f.field for f in found] == ["other_matters"]


def test_weihuis_narrative_raises_no_doubt(pack: Pack, weihui: dict[str, Any]) -> None:
    assert [f.code for f in check(Submission.from_data(pack, weihui))] == ["history.unknown"]
