"""What was left in the narrative that does not belong there, and personal data."""

from __future__ import annotations

from typing import Any

import pytest
from builders import LONG_ENOUGH, figures_only

from reportfill.checks.check import check
from reportfill.model.figures import with_values
from reportfill.model.submission import Submission
from reportfill.pack.pack import Pack


def codes(pack: Pack, *paragraphs: str) -> list[str]:
    """The codes found when 监督保障 holds these paragraphs, all else being sound."""
    data = with_values(figures_only(pack, {}), {"overview.oversight": list(paragraphs)})
    found = check(Submission.from_data(pack, data))
    return [f.code for f in found if f.code not in ("history.unknown",)]


@pytest.mark.parametrize(
    "sentence",
    [
        "XX局严格落实各项制度，保障公开内容真实有效。",
        "××县严格落实各项制度，保障公开内容真实有效。",
        "某某局严格落实各项制度，保障公开内容真实有效。",
        "〇〇单位严格落实各项制度，保障公开内容真实有效。",
        "严格落实各项制度，保障公开内容真实有效……",
        "{{ agency.name }}严格落实各项制度，保障公开内容。",
    ],
)
def test_a_placeholder_that_was_left_in_is_named(pack: Pack, sentence: str) -> None:
    assert codes(pack, sentence) == ["text.placeholder"]


@pytest.mark.parametrize(
    "sentence",
    [
        "二〇〇八年以来，坚持信息公开审核制度，内容真实有效。",
        "网址为www.xxgk.example.cn，严格落实信息公开审核制度。",
        "按照《关于做好工作的通知（2021）》要求，落实信息公开审核制度。",
        "按照国办函〔2020〕109号文件要求，落实信息公开审核制度。",
        "与2022年相比，公开数量有所增加，审核制度更加完善。",
        "2024年，将继续落实信息公开审核制度，做到应公开尽公开。",
        "修订印发2019年版办法，落实信息公开审核制度，应公开尽公开。",
    ],
)
def test_what_only_looks_like_a_leftover_is_left_alone(pack: Pack, sentence: str) -> None:
    assert codes(pack, sentence) == []


@pytest.mark.parametrize("year", ["2022 年", "２０２２年", "2020年"])
def test_an_earlier_years_number_in_a_sentence_of_account_is_named(pack: Pack, year: str) -> None:
    assert codes(pack, f"{year}，严格落实信息公开审核制度，内容真实有效。") == ["text.year"]


def test_another_agency_as_the_subject_of_a_sentence_is_named(pack: Pack) -> None:
    assert codes(pack, "2023年，新安县水利局严格落实信息公开审核制度。") == ["text.other_agency"]


def test_other_bodies_that_are_only_mentioned_are_left_alone(pack: Pack) -> None:
    assert codes(pack, "依托新安县人民政府门户网站公开信息，清河县人民政府主动公开平台同步更新。") == []


def test_the_same_paragraph_twice_is_named(pack: Pack) -> None:
    assert codes(pack, LONG_ENOUGH, LONG_ENOUGH) == ["text.repeated"]


def test_a_part_of_a_few_characters_is_doubtful(pack: Pack) -> None:
    assert codes(pack, "工作正常开展。") == ["text.short"]


def test_an_obligatory_part_without_a_paragraph_is_an_error(pack: Pack) -> None:
    assert codes(pack) == ["text.empty"]


def test_a_character_that_no_word_file_can_hold_is_an_error(pack: Pack) -> None:
    assert codes(pack, f"{LONG_ENOUGH}\x0b\x02") == ["cell.control_characters"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("11010519491231002X", "privacy.identity_card"),
        ("110105 19491231 002x", "privacy.identity_card"),
        ("13800138000", "privacy.mobile_number"),
        ("138-0013-8000", "privacy.mobile_number"),
        ("4111 1111 1111 1111", "privacy.bank_card"),
        ("１１０１０５１９４９１２３１００２Ｘ", "privacy.identity_card"),
        ("110105\u300019491231\u3000002Ｘ", "privacy.identity_card"),
        ("110105\u200b19491231\u200b002X", "privacy.identity_card"),
        ("110105－19491231－002X", "privacy.identity_card"),
        ("1101\xa00519\xa04912\xa03100\xa02X", "privacy.identity_card"),
        ("11010519491231002 X", "privacy.identity_card"),
        ("8613800138000", "privacy.mobile_number"),
        ("+86 138 0013 8000", "privacy.mobile_number"),
        ("＋８６－１３８００１３８０００", "privacy.mobile_number"),
        ("0086-13800138000", "privacy.mobile_number"),
        ("138\u20090013\u20098000", "privacy.mobile_number"),
        ("138‑0013‑8000", "privacy.mobile_number"),
        ("13800\u2060138000", "privacy.mobile_number"),
        ("138 001 38000", "privacy.mobile_number"),
        ("Tel13800138000", "privacy.mobile_number"),
        ("4111\u30001111\xa01111　1111", "privacy.bank_card"),
        ("138.0013.8000", "privacy.mobile_number"),
        ("138．00．13．80．00", "privacy.mobile_number"),
        ("138 00 13 80 00", "privacy.mobile_number"),
        ("138（0013）8000", "privacy.mobile_number"),
        ("(+86)(138)0013-8000", "privacy.mobile_number"),
        ("138·0013·8000", "privacy.mobile_number"),
        ("138_0013_8000", "privacy.mobile_number"),
        ("3.13800138000", "privacy.mobile_number"),
        ("110105·19491231002X", "privacy.identity_card"),
        ("110105.19491231.002X", "privacy.identity_card"),
        ("11010519491231002х", "privacy.identity_card"),
        ("4111·1111·1111·1111", "privacy.bank_card"),
        ("４１１１１１１１１１１１１１１１", "privacy.bank_card"),
    ],
)
def test_personal_data_are_found_before_publication_and_not_repeated(
    pack: Pack, number: str, code: str
) -> None:
    data = with_values(figures_only(pack, {}), {"overview.oversight": [f"{LONG_ENOUGH}联系方式：{number}。"]})
    found = [f for f in check(Submission.from_data(pack, data)) if f.code.startswith("privacy.")]
    assert [f.code for f in found] == [code]
    assert number not in found[0].message.zh


@pytest.mark.parametrize(
    "number",
    [
        *("110105194912310021", "0373-4471234", "4111 1111 1111 1112", "12800138000", "11010519491331002X"),
        *("20230012345678901", "1 380 013 800", "13 800 138 000", "2021-2022-2023-2024", "010-13800138"),
        *("0371-63312345", "（0371）63312345", "0371（6331）2345", "010.8888.1234", "2023.12.31-2024.01.15"),
        *("138.00138000万元", "1380013.8000", "138.5678 2023", "139.196.123.45", "156（23）、138（1）"),
        *("1,380,013.80", "138件、0013件、8000件", "1380 013 800 0"),
    ],
)
def test_an_offices_landline_and_other_numbers_are_left_alone(pack: Pack, number: str) -> None:
    assert codes(pack, f"{LONG_ENOUGH}联系方式：{number}。") == []


def test_two_numbers_behind_each_other_are_two(pack: Pack) -> None:
    assert codes(pack, f"{LONG_ENOUGH}联系方式：13800138000 13900139000。") == ["privacy.mobile_number"] * 2


def test_findings_come_in_reading_order(pack: Pack, weihui: dict[str, Any]) -> None:
    wrong = with_values(
        weihui,
        {
            "other_matters": [],
            "overview.summary": [],
            "proactive.rules.issued": -1,
            "requests.received.total": 5,
        },
    )
    found = [f.field for f in check(Submission.from_data(pack, wrong)) if f.severity.value == "error"]
    order = [pack.fields[path].order for path in found]
    assert order == sorted(order)
    assert found[0] == "overview.summary"
    assert found[-1] == "other_matters"
