"""Data from other systems: exact where they are JSON, one finding where they are not."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from builders import figures_only
from excel import codes

from reportfill import Pack, Severity, Submission, check, load_pack
from reportfill.finding import has_errors
from reportfill.intake.data import read_data
from reportfill.model.figures import value_at, with_values


def written(data: dict[str, Any]) -> bytes:
    """The data as another system writes them."""
    return json.dumps(data, ensure_ascii=False, default=float).encode()


def with_amount(pack: Pack, digits: str) -> bytes:
    """Sound data in which the amount of fees is written with these digits."""
    data = figures_only(pack, {"proactive.fees.amount": "digits"})
    return written(data).replace(b'"digits"', digits.encode())


def test_data_are_read_with_their_decimals_exact(hongze: dict[str, Any]) -> None:
    submission = read_data(written(hongze))
    assert submission.pack is not None
    assert value_at(submission.exact_data, "proactive.fees.amount") == Decimal("7730.28")
    assert value_at(submission.exact_data, "disputes.reconsideration.total") == 0


@pytest.mark.parametrize("digits", ["0.1", "7730.280000000000000000001", "1e3", "123456789012345.6789", "0"])
def test_an_amount_is_the_decimal_as_it_is_written(pack: Pack, digits: str) -> None:
    submission = read_data(with_amount(pack, digits), pack)
    assert str(value_at(submission.exact_data, "proactive.fees.amount")) == str(Decimal(digits))
    assert [found.code for found in check(submission)] == ["history.unknown"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空"),
        (b"\xef\xbb\xbf \n", "空"),
        (b"\xff\xfe{\0}\0", "UTF-8"),
        ('{"agency": {"name": "卫辉市信访局"}}'.encode("gb18030"), "UTF-8"),
        (b"{\n 1}", "第2行第2列"),
        (b'{"year": 2023,\n\n}', "第3行第1列"),
        (b'{"year": 2023} {}', "第1行第16列"),
        (b"[1]", "对象"),
        (b"null", "对象"),
        (b'"2023"', "对象"),
        (b"[" * 100_000, "嵌套"),
        (b'{"a":' * 900 + b"1" + b"}" * 900, "嵌套"),
        (b'{"a":' + b"[" * 200 + b"]" * 200 + b"}", "嵌套"),
    ],
)
def test_json_that_is_no_data_is_one_finding_that_says_why(content: bytes, said: str) -> None:
    submission = read_data(content)
    assert codes(submission) == [("file.json", "")]
    assert said in submission.findings[0].message.zh
    assert submission.pack is None
    assert check(submission) == list(submission.findings)


@pytest.mark.parametrize(
    ("digits", "code"),
    [
        *[(digits, "cell.too_large") for digits in ("1e400", "1E+300", "1e999999999", "9" * 300, "9" * 5000)],
        *[(digits, "cell.too_fine") for digits in ("1e-400", "1e-999999999", "0." + "1" * 500)],
        *[(digits, "cell.negative") for digits in ("-1e400", "-1e99999999999999999999999", "-5")],
        *[(digits, "cell.not_a_number") for digits in ("NaN", "Infinity", "-Infinity")],
        ("1e99999999999999999999999", "cell.too_large"),
        ("true", "cell.boolean"),
        ("null", "cell.blank"),
    ],
)
def test_a_number_that_nobody_means_is_named_as_in_a_workbook(pack: Pack, digits: str, code: str) -> None:
    found = [f for f in check(read_data(with_amount(pack, digits))) if f.severity is Severity.ERROR]
    assert [(f.code, f.field) for f in found] == [(code, "proactive.fees.amount")]
    assert len(found[0].message.zh) < 100


@pytest.mark.parametrize(
    ("digits", "value"), [("5.0", 5), ("-0", 0), ("-0.0", 0), ("5e0", 5), ('"5"', 5), ('"５件"', 5)]
)
def test_a_count_is_the_whole_number_however_it_is_written(pack: Pack, digits: str, value: int) -> None:
    data = written(figures_only(pack, {"proactive.licensing.decisions": "digits"}))
    submission = read_data(data.replace(b'"digits"', digits.encode()))
    read = value_at(submission.exact_data, "proactive.licensing.decisions")
    assert (read, type(read)) == (value, int)
    assert not has_errors(check(submission))


@pytest.mark.parametrize(
    ("field", "old", "new"),
    [
        ("proactive.licensing.decisions", '"decisions": 7', '"decisions": 5, "decisions": 7'),
        ("proactive.licensing.decisions", '"decisions": 7', '"decisions": 7, "\\u0064ecisions": 7'),
        ("proactive.licensing", '"licensing": {', '"licensing": {"decisions": 3}, "licensing": {'),
        ("agency", '"agency": {', '"agency": null, "agency": {'),
        ("agency.name", '"name": "', '"name": "甲", "name": "'),
        ("other_matters", '"other_matters": [', '"other_matters": [], "other_matters": ['),
        ("proactive.rulez", '"licensing": {', '"rulez": 1, "rulez": 2, "licensing": {'),
    ],
)
def test_a_key_that_stands_twice_is_an_error_and_has_no_value(
    pack: Pack, field: str, old: str, new: str
) -> None:
    data = json.dumps(figures_only(pack, {"proactive.licensing.decisions": 7}), ensure_ascii=False)
    assert old in data
    submission = read_data(data.replace(old, new, 1).encode())
    assert [(f.code, f.field) for f in check(submission) if f.severity is Severity.ERROR] == [
        ("schema.twice", field)
    ]
    assert value_at(submission.exact_data, field) is None


def test_a_year_that_stands_twice_is_an_error() -> None:
    assert [(f.code, f.field) for f in read_data(b'{"year": 2023, "year": 2024}').findings] == [
        ("schema.twice", "year")
    ]


def test_null_for_a_whole_group_is_all_of_it_blank(pack: Pack) -> None:
    submission = read_data(written(figures_only(pack, {}) | {"requests": None, "table_notes": None}))
    found = [f for f in check(submission) if f.severity is Severity.ERROR]
    assert {f.code for f in found} == {"cell.blank"}
    blank = {path for path in pack.fields if path.startswith("requests.")} - set(pack.rules.derived)
    assert {f.field for f in found} == blank
    assert not any("None" in f.message.zh + f.message.en for f in check(submission))


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\v", "\f"])
def test_a_line_break_in_a_paragraph_makes_two_of_it(pack: Pack, line_break: str) -> None:
    data = figures_only(pack, {}) | {
        "other_matters": [f"本年度没有收取信息处理费。{line_break}　　没有其他事项。"]
    }
    assert read_data(written(data)).data["other_matters"] == ["本年度没有收取信息处理费。", "没有其他事项。"]


@pytest.mark.parametrize(
    "year",
    [
        b"",
        b'"year": null',
        b'"year": " "',
    ],
)
def test_data_without_a_year_ask_for_it(year: bytes) -> None:
    submission = read_data(b"{" + year + b"}")
    assert [(found.code, found.field) for found in submission.findings] == [("schema.missing", "year")]


@pytest.mark.parametrize(
    ("year", "said"),
    [("true", "真"), ("[2023]", "列表（1项）"), ("[]", "列表（0项）"), ('{"a": 1}', "一组数据")],
)
def test_what_is_no_value_in_the_year_s_place_is_named(year: str, said: str) -> None:
    (found,) = read_data(f'{{"year": {year}}}'.encode()).findings
    assert (found.code, found.message.zh) == ("schema.type", f"报告年度（year）：应当是整数，现为{said}。")


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\u2028", "\x85"])
def test_no_line_break_is_worth_a_note(pack: Pack, line_break: str) -> None:
    data = {"other_matters": [f"本年度没有收取信息处理费。{line_break}没有其他事项。"]}
    found = Submission.from_data(pack, data).findings
    assert [one.code for one in found if one.field == "other_matters"] == []


@pytest.mark.parametrize("place", ["proactive.licensing.decisions", "agency.name"])
@pytest.mark.parametrize(
    ("value", "said"),
    [([1], "a list of 1 entry"), ([1, 2], "a list of 2 entries"), ({"a": 1}, "a group of values")],
)
def test_a_list_or_group_in_a_value_s_place_is_called_one(
    pack: Pack, place: str, value: Any, said: str
) -> None:
    data = with_values(figures_only(pack, {}), {place: value})
    (about,) = [one for one in check(Submission.from_data(pack, data)) if one.field == place]
    assert about.code == "schema.type"
    assert about.message.en.endswith(f"; now: {said}.")


@pytest.mark.parametrize("content", [b'{"a": "x', b'{"a": "x\ny"}', b"{'a': 1}", b'{"a": True}'])
def test_where_json_is_wrong_is_said_once(content: bytes) -> None:
    (found,) = read_data(content).findings
    assert re.search(r"a syntax error in line 1, column \d+ \([A-Z][^()]*[^( ]\)\.$", found.message.en)
    assert " at)" not in found.message.en


def test_marks_before_the_data_are_passed_over(pack: Pack) -> None:
    assert read_data(b"\xef\xbb\xbf\xef\xbb\xbf" + b'{"year": 2023}').year == 2023


@pytest.mark.parametrize("year", [b"2023", b"2023.0", b'"2023"', b'"\xef\xbc\x92023"', '"2023 年"'.encode()])
def test_a_year_is_a_whole_number_however_it_is_written(year: bytes) -> None:
    assert read_data(b'{"year": ' + year + b"}").year == 2023


def test_a_pack_that_is_given_needs_no_year_to_be_chosen(pack: Pack) -> None:
    submission = read_data(b"{}", pack)
    assert submission.pack is pack
    assert "year" in [found.field for found in check(submission) if found.code == "schema.missing"]


def test_a_byte_order_mark_is_no_harm(weihui: dict[str, Any]) -> None:
    submission = read_data(b"\xef\xbb\xbf" + written(weihui))
    assert (submission.agency, submission.year) == ("卫辉市信访局", 2023)
    assert submission.pack is load_pack(2023)


def test_the_same_file_has_the_same_digest_and_another_one_another(weihui: dict[str, Any]) -> None:
    content = written(weihui)
    assert read_data(content).digest == read_data(content).digest != read_data(content + b"\n").digest


def test_a_key_that_looks_like_a_path_is_no_field(pack: Pack, weihui: dict[str, Any]) -> None:
    submission = Submission.from_data(pack, {**weihui, "requests.received.total": 5})
    assert submission.values == Submission.from_data(pack, weihui).values
    assert [(found.code, found.field) for found in submission.findings] == [
        ("schema.unknown", "requests.received.total")
    ]


def test_a_group_without_anything_in_it_is_there_all_the_same(pack: Pack, weihui: dict[str, Any]) -> None:
    assert Submission.from_data(pack, {**weihui, "disputes": {}}).exact_data["disputes"] == {}
