"""Data from other systems: exact where they are JSON, one finding where they are not."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from builders import figures_only
from excel import codes

from reportfill import Pack, check, load_pack
from reportfill.intake.data import read_data
from reportfill.pack.figures import value_at


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
    assert value_at(submission.data, "proactive.fees.amount") == Decimal("7730.28")
    assert value_at(submission.data, "disputes.reconsideration.total") == 0


@pytest.mark.parametrize("digits", ["0.1", "7730.280000000000000000001", "1e3", "12345678901234567.89", "0"])
def test_an_amount_is_the_decimal_as_it_is_written(pack: Pack, digits: str) -> None:
    submission = read_data(with_amount(pack, digits))
    assert str(value_at(submission.data, "proactive.fees.amount")) == str(Decimal(digits))
    assert [found.code for found in check(submission)] == ["history.unknown"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "第1行第1列"),
        (b"\xff\xfe{\0}\0", "UTF-8"),
        ('{"agency": {"name": "卫辉市信访局"}}'.encode("gb18030"), "UTF-8"),
        (b"{\n 1}", "第2行第2列"),
        (b'{"year": 2023,\n\n}', "第3行第1列"),
        (b'{"year": 2023} {}', "第1行第16列"),
        (b'{"year": NaN}', "数值"),
        (b'{"year": -Infinity}', "数值"),
        (b"[1]", "对象"),
        (b"null", "对象"),
        (b'"2023"', "对象"),
        (b"[" * 100_000, "嵌套"),
    ],
)
def test_json_that_is_no_data_is_one_finding_that_says_why(content: bytes, said: str) -> None:
    submission = read_data(content)
    assert codes(submission) == [("file.json", "")]
    assert said in submission.findings[0].message.zh
    assert submission.pack is None
    assert check(submission) == list(submission.findings)


@pytest.mark.parametrize("digits", ["1e999999999", "1e-999999999", "-1e99999999999999999999999", "9" * 5000])
def test_a_number_whose_digits_would_fill_the_memory_is_no_data(pack: Pack, digits: str) -> None:
    assert codes(read_data(with_amount(pack, digits))) == [("file.json", "")]


@pytest.mark.parametrize(
    "year", [b"", b'"year": 1999', b'"year": "2023"', b'"year": true', b'"year": 2023.5']
)
def test_data_without_a_year_that_a_pack_is_for_ask_for_it(year: bytes) -> None:
    submission = read_data(b"{" + year + b"}")
    assert [(found.code, found.field) for found in submission.findings] == [("schema.missing", "year")]


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
