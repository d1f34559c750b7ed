"""Sentences as reports word them: what they state is heard, and what is sound raises no alarm."""

from __future__ import annotations

import pytest
from builders import figures_only
from checks.sentences import Sentence, alarms, figures_for, paths_of, sentences, unheard
from hypothesis import given
from hypothesis import strategies as st

from reportfill.checks.check import check
from reportfill.checks.clauses import LONGEST, clauses_of
from reportfill.checks.grammar import grammar_of
from reportfill.checks.statements import paragraph_statements
from reportfill.finding import Finding
from reportfill.model.figures import with_values
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack

DISCLOSURE = "overview.disclosure_on_request"

CORPUS = [
    sentence
    for name in (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
    )
    for sentence in sentences(f"{name}.txt")
]


def test_the_corpus_is_large_and_varied() -> None:
    assert len({sentence.text for sentence in CORPUS}) >= 350
    assert sum(len(sentence.states) for sentence in CORPUS) >= 500


def test_no_sound_sentence_raises_an_alarm(pack: Pack) -> None:
    alarmed = {s.text: found for s in CORPUS if (found := alarms(pack, s, figures_for(pack, s)))}
    assert {text: [(f.code, f.value, f.expected) for f in found] for text, found in alarmed.items()} == {}


def test_nearly_every_stated_figure_is_heard(pack: Pack) -> None:
    missed = {s.text: names for s in CORPUS if (names := unheard(pack, s))}
    stated = sum(bool(paths_of(pack, names[0])) for s in CORPUS for names, _, _ in s.states)
    assert sum(map(len, missed.values())) <= 0.02 * stated, missed


@pytest.mark.parametrize("sentence", sentences("manners.txt"), ids=str)
def test_what_is_denied_of_a_manner_is_no_count(pack: Pack, sentence: Sentence) -> None:
    figures = {path: 7 for path, field in pack.fields.items() if field.kind.is_number}
    assert alarms(pack, sentence, figures) == []


@pytest.mark.parametrize(
    "text",
    [
        "没有因政府信息公开被提起行政复议、行政诉讼且被纠正的情况。",
        "未发生因政府信息公开引发行政复议、行政诉讼被纠正的情况。",
        "无行政复议、行政诉讼被纠错的案件。",
    ],
)
def test_a_denial_of_what_became_of_disputes_is_none_of_disputes(pack: Pack, text: str) -> None:
    disputes = {
        path: int(path.endswith((".total", ".upheld")))
        for path in pack.fields
        if path.startswith("disputes.") and pack.fields[path].kind.is_number
    }
    assert differing(pack, text, disputes) == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("全年未发生泄密事件和行政复议、行政诉讼案件。", {"reconsideration", "litigation"}),
        ("未发生违规问题，全年未收到政府信息公开申请。", {"received"}),
        ("没有因政府信息公开被提起行政复议、被提起行政诉讼的情况。", {"reconsideration", "litigation"}),
        ("无因政府信息公开工作引起的行政复议、行政诉讼案件。", {"reconsideration", "litigation"}),
        ("没有逾期不补正的申请。", {"correction_overdue"}),
        ("没有因政府信息公开引发的行政诉讼。", {"litigation"}),
    ],
)
def test_beside_faults_and_causes_what_there_was_none_of_is_heard(
    pack: Pack, text: str, mentions: set[str]
) -> None:
    figures = {path: 7 for path, field in pack.fields.items() if field.kind.is_number}
    found = {alarm.cells for alarm in alarms(pack, Sentence(text, DISCLOSURE, 2023, ()), figures)}
    assert found == {paths_of(pack, mention) for mention in mentions}


FEES = [s for s in CORPUS if any(names == ("processing_fee",) for names, _, _ in s.states)]


@pytest.mark.parametrize("sentence", FEES, ids=str)
def test_every_way_to_tell_the_processing_fee_is_understood(pack: Pack, sentence: Sentence) -> None:
    data = with_values(figures_only(pack, {}), {"year": sentence.year, "other_matters": [sentence.text]})
    assert "mention.missing" not in {found.code for found in check(Submission.from_data(pack, data))}


@pytest.mark.parametrize(
    "text",
    [
        "本年度没有其他需要报告的事项，特此说明。",
        "按照《政府信息公开信息处理费管理办法》规定执行，无其他需要说明的事项。",
        "全年行政事业性收费0万元，无其他需要报告的事项。",
        "2023年，我局举办政府开放日活动3次。",
    ],
)
def test_a_part_that_says_nothing_of_the_processing_fee_is_told_so(pack: Pack, text: str) -> None:
    data = with_values(figures_only(pack, {}), {"other_matters": [text]})
    assert "mention.missing" in {found.code for found in check(Submission.from_data(pack, data))}


def test_the_processing_fee_may_be_told_in_another_part(pack: Pack) -> None:
    told = {"other_matters": ["无其他需要报告的事项，特此说明。"]}
    data = with_values(figures_only(pack, {}), told)
    elsewhere = with_values(data, {"overview.disclosure_on_request": ["全年未因依申请公开收取信息处理费。"]})
    assert "mention.missing" in {found.code for found in check(Submission.from_data(pack, data))}
    assert "mention.missing" not in {found.code for found in check(Submission.from_data(pack, elsewhere))}


RECEIVED, OVER = "requests.received.total", "requests.carried_over.total"


def differing(pack: Pack, text: str, figures: dict[str, int]) -> list[Finding]:
    """What differs from the tables in a sentence on requests."""
    sentence = Sentence(text, DISCLOSURE, 2023, ())
    return alarms(pack, sentence, figures_for(pack, sentence) | figures)


def test_a_total_of_new_and_carried_over_requests_is_no_alarm(pack: Pack) -> None:
    figures = {RECEIVED: 713, OVER: 36}
    for text in (
        "共受理政府信息公开申请749件。",
        "共受理政府信息公开申请713件。",
        "共收办政府信息公开申请749件。",
    ):
        assert differing(pack, text, figures) == []


def test_a_total_that_is_neither_is_told_with_both(pack: Pack) -> None:
    (found,) = differing(pack, "共受理政府信息公开申请750件。", {RECEIVED: 713, OVER: 36})
    assert (found.value, found.expected, found.cells) == (750, 713, (RECEIVED,))
    assert "713（新收加上年结转为749）" in found.message.zh
    assert "749" in found.message.en


def test_what_was_newly_received_is_not_the_total(pack: Pack) -> None:
    (found,) = differing(pack, "本年新收政府信息公开申请749件。", {RECEIVED: 713, OVER: 36})
    assert (found.value, found.expected) == (749, 713)


@pytest.mark.parametrize(
    "text",
    [
        "共收到政府信息公开申请749件（含上年结转36件）。",
        "共收到政府信息公开申请749件，其中上年结转36件。",
    ],
)
def test_what_is_carried_over_may_be_counted_among_what_was_received(pack: Pack, text: str) -> None:
    assert differing(pack, text, {RECEIVED: 713, OVER: 36}) == []
    assert differing(pack, text, {RECEIVED: 749, OVER: 36}) == []
    (found,) = differing(pack, text, {RECEIVED: 714, OVER: 36})
    assert (found.value, found.expected) == (749, 714)
    assert "750" in found.message.zh


def test_requests_of_citizens_may_be_all_that_were_received(pack: Pack) -> None:
    text, citizens = "受理公民申请政府信息公开事项3件。", "requests.received.natural_person"
    assert differing(pack, text, {RECEIVED: 3, citizens: 2}) == []
    assert differing(pack, text, {RECEIVED: 5, citizens: 3}) == []
    assert [found.value for found in differing(pack, text, {RECEIVED: 5, citizens: 4})] == [3]


def test_a_sum_that_differs_names_all_its_cells(pack: Pack) -> None:
    granted, partly = "requests.outcomes.granted.total", "requests.outcomes.partly_granted.total"
    (found,) = differing(pack, "予以公开及部分公开258件，占33.9%。", {granted: 272, partly: 3})
    assert (found.value, found.expected, set(found.cells)) == (258, 275, {granted, partly})
    assert "予以公开及部分公开258件" in found.message.zh


def test_one_of_two_levels_that_agrees_is_enough(pack: Pack) -> None:
    text = "全区共收到政府信息公开申请95件，区政府办公室收到政府信息公开申请17件。"
    assert differing(pack, text, {RECEIVED: 95}) == []
    assert differing(pack, text, {RECEIVED: 17}) == []
    assert [found.value for found in differing(pack, text, {RECEIVED: 20})] == [95, 17]


def test_levels_may_add_up_to_the_table(pack: Pack) -> None:
    text = "区直部门收到政府信息公开申请78件，区政府办公室收到政府信息公开申请17件。"
    assert differing(pack, text, {RECEIVED: 95}) == []


@pytest.mark.parametrize(
    ("text", "sound", "unsound"),
    [
        ("收到政府信息公开申请30余件。", (30, 39), (29, 40)),
        ("收到政府信息公开申请300多件。", (300, 399), (299, 400)),
        ("收到政府信息公开申请1.2万件。", (11_500, 12_499), (11_499, 12_500)),
        ("收到政府信息公开申请约300件。", (250, 350), (249, 351)),
        ("收到政府信息公开申请超过100件。", (100, 199), (99, 200)),
    ],
)
def test_a_rounded_number_only_bounds_the_figure(
    pack: Pack, text: str, sound: tuple[int, ...], unsound: tuple[int, ...]
) -> None:
    assert [figure for figure in sound if differing(pack, text, {RECEIVED: figure})] == []
    assert [figure for figure in unsound if not differing(pack, text, {RECEIVED: figure})] == []


@pytest.mark.parametrize(
    "text",
    [
        "全年在政府网站共主动公开条，其中信息公开指南1条。",
        "全年共收到政府信息公开申请件，均按时答复。",
        "全年收到政府信息公开申请件，均已答复。",
        "2023年，我局受理政府信息公开申请件，均按时答复。",
        "共受理依申请公开宗；答复12宗。",
        "全年收到政府信息公开申请  件，予以公开  件。",
        "收到政府信息公开申请＿＿件。",
        "累计发布信息条。",
        "收到申请件，均已办结。",
        "受理公开申请件，已全部答复。",
        "收到依申请公开件，均已按时答复。",
    ],
)
def test_a_measure_without_its_number_is_named(pack: Pack, text: str) -> None:
    codes = {found.code for found in differing(pack, text, {"requests.outcomes.total.total": 12})}
    assert "text.number_missing" in codes


@pytest.mark.parametrize(
    "text",
    [
        "严格落实《条例》，规范办理政府信息公开申请，做到件件有答复。",
        "对收到的依申请公开件，逐件登记、按时答复。",
        "清理规范性文件，完善信访件、建议提案件的公开事项。",
        "2023年，对收到的政府信息公开申请件，逐件登记。",
        "全年将受理的政府信息公开申请件，统一编号管理。",
        "共收到申请12件，均为自然人申请件。",
        "收到申请件，及时登记、逐件办理。",
        "收到申请件，均按要求登记。",
        "对收到的申请件，均已登记。",
        "按照“一事一申请”原则，完善办理条件。",
    ],
)
def test_a_measure_that_only_ends_a_noun_is_left_alone(pack: Pack, text: str) -> None:
    assert [f.code for f in differing(pack, text, {RECEIVED: 12})] == []


@pytest.mark.parametrize(
    "text", ["收到公开申请1 2件。", "收到申请1　2件，均已办结。", "共受理政府信息公开申请 1 2 件。"]
)
def test_a_number_with_blanks_in_it_is_named(pack: Pack, text: str) -> None:
    (found,) = split(pack, text)
    assert (found.expected, "".join(str(found.value).split())) == ("12", "12")


@pytest.mark.parametrize(
    "text", ["收到申请 12 件，办结 12 件。", "收到申请1 200件。", "2023 年收到申请12件，电话 0371 2345。"]
)
def test_blanks_around_a_number_and_between_thousands_are_sound(pack: Pack, text: str) -> None:
    assert split(pack, text) == []


def split(pack: Pack, text: str) -> list[Finding]:
    """The numbers that are named for their blanks."""
    data = with_values(figures_only(pack, {}), {"overview.disclosure_on_request": [text]})
    return [f for f in check(Submission.from_data(pack, data)) if f.code == "text.number_split"]


def test_what_is_counted_in_brackets_is_counted(pack: Pack) -> None:
    granted, partly = "requests.outcomes.granted.total", "requests.outcomes.partly_granted.total"
    (found,) = differing(pack, "予以公开（含部分公开）8件。", {granted: 7, partly: 2})
    assert (found.value, found.expected) == (8, 9)


WORDS = [
    "收到",
    "政府信息公开申请",
    "12件",
    "，",
    "。",
    "其中",
    "（",
    "）",
    "未",
    "予以公开",
    "、",
    "和",
    "2022年",
    "行政复议",
    "三百",
    "0",
    "件",
    "甲",
]


@given(text=st.lists(st.sampled_from(WORDS), max_size=60).map("".join) | st.text(max_size=200))
def test_no_text_whatever_raises_an_error(pack: Pack, text: str) -> None:
    plain = "".join(text.split())
    told = paragraph_statements(grammar_of(pack), plain, 2023, "overview.disclosure_on_request")
    assert all(0 <= s.start <= s.end <= len(plain) and s.least <= s.greatest for s in told.statements)
    assert all(o.start < o.unit < o.end <= len(plain) for o in told.omissions)


@pytest.mark.parametrize(
    "piece", ["收到申请12件，", "未收到申请、", "（其中", "一二三", "12", "收到和受理", "申请", "2022年"]
)
def test_a_clause_is_judged_by_no_more_than_its_last_words(pack: Pack, piece: str) -> None:
    text = (piece * 10_000)[:10_000]
    grammar = grammar_of(pack)
    clauses = clauses_of(text, grammar.tokens(text, 0, len(text)), 0, len(text))
    held = sum(len(clause.all_words) + len(clause.aside) for clause in clauses)
    assert max((len(clause.words) for clause in clauses), default=0) <= LONGEST
    assert held <= 3 * len(text)
