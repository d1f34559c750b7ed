"""A report as JSON is the whole of it: read back it is the same report, and its schema takes it."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from builders import figures_only
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from jsonschema.validators import extend
from often import often
from outputs.of_all_packs import REPORTS, material_of, report_of
from pictures import photo
from places import ROOT
from test_random_packs import Drawn, drawn

from reportfill import Pack, Submission, SubmissionError, check, load_pack
from reportfill.decimals import is_number
from reportfill.intake.data import read_data
from reportfill.office.pictures import Picture
from reportfill.outputs.json import json_files
from reportfill.outputs.material import Material
from reportfill.pack.validator import PackValidator

# What is drawn is large: a pack with its workbook and its report.
tried = partial(settings, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


ExactValidator = extend(
    Draft202012Validator,
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine("number", lambda _, value: is_number(value)),
)
"""JSON Schema as it stands, with decimals: jsonschema itself finds that 12.35 is no multiple of 0.0001."""


def exact(content: bytes) -> Any:
    """JSON with its decimals."""
    return json.loads(content, parse_float=Decimal)


def written(submission: Submission) -> bytes:
    """The report as JSON."""
    return json_files(Material(submission, b""))["（数据）.json"]


@pytest.mark.parametrize("name", REPORTS)
def test_read_back_it_is_the_same_report(name: str) -> None:
    report = report_of(name)
    back = read_data(written(report))
    assert back.pack is report.pack
    assert back.exact_data == report.exact_data
    assert written(back) == written(report)
    assert [found.code for found in check(back)] == [found.code for found in check(report)]


@tried(max_examples=often(50))
@given(one=drawn())
def test_whatever_a_pack_holds_comes_back(one: Drawn) -> None:
    report = Submission.from_data(one.pack, one.data)
    back = read_data(written(report), one.pack)
    assert back.exact_data == report.exact_data
    assert written(back) == written(report)


@pytest.mark.parametrize("name", REPORTS)
def test_the_schema_takes_it_as_it_stands(name: str) -> None:
    pack = load_pack(name)
    data = exact(json_files(material_of(name))["（数据）.json"])
    assert data.pop("$schema") == pack.schema["$id"]
    assert list(data) == [key for key in pack.schema["properties"] if key in data]
    ExactValidator(exact((ROOT / "templates" / name / "schema.json").read_bytes())).validate(data)
    PackValidator(pack.schema).validate(data)


def test_a_seal_comes_back_as_the_picture_that_it_was() -> None:
    report = report_of("law-enforcement-statistics")
    seal, back = report.values["seal"], read_data(written(report)).values["seal"]
    assert isinstance(seal, Picture)
    assert isinstance(back, Picture)
    assert back == seal
    assert back.content == seal.content


def test_of_a_picture_whose_content_is_not_here_nothing_is_written() -> None:
    report = report_of("law-enforcement-statistics")
    named = Submission(report.pack, {**report.values, "seal": str(report.values["seal"])})
    assert "seal" not in json.loads(written(named))


def test_a_photo_that_lies_on_its_side_comes_back_so() -> None:
    report = report_of("law-enforcement-statistics")
    data = {**report.exact_data, "seal": photo(6)}
    back = read_data(written(Submission.from_data(load_pack("law-enforcement-statistics"), data))).values[
        "seal"
    ]
    assert back.orientation == 6


@pytest.mark.parametrize(
    "digits",
    ["0.1", "7730.280000000000000000001", "123456789012345.6789", "0.000000000000000000000000000001", "1E+3"],
)
def test_an_amount_stands_to_its_last_digit(pack: Pack, digits: str) -> None:
    data = figures_only(pack, {"proactive.fees.amount": Decimal(digits)})
    content = written(Submission.from_data(pack, data))
    amount = json.loads(content, parse_float=Decimal, parse_int=Decimal)["proactive"]["fees"]["amount"]
    assert isinstance(amount, Decimal)
    assert amount == Decimal(digits)
    assert b"E" not in content.split(b'"amount": ')[1].split(b"\n")[0]
    assert read_data(content).values["proactive.fees.amount"] == Decimal(digits)


@pytest.mark.parametrize(
    "words", ['“引号”和"', "反斜杠\\", "两行\n文字", "\u2028行", "𠮷野家", "<!--", "\ud800"]
)
def test_a_text_is_the_text_that_it_was(pack: Pack, words: str) -> None:
    data: dict[str, Any] = figures_only(pack, {"agency.name": f"清河县{words}局"})
    report = Submission.from_data(pack, data)
    content = written(report)
    assert json.loads(content)["agency"]["name"] == report.agency
    assert read_data(content).agency == report.agency


def test_the_pack_that_data_name_reads_them_and_not_the_year() -> None:
    content = written(report_of("law-enforcement-statistics"))
    submission = read_data(content)
    assert submission.pack is not None
    assert submission.pack.id == "law-enforcement-statistics"


def test_a_pack_that_is_not_there_is_told_and_a_foreign_schema_is_passed_over(pack: Pack) -> None:
    data = figures_only(pack, {})
    unknown = read_data(json.dumps({"$schema": "urn:reportfill:pack:no-such-pack", **data}).encode())
    assert [found.code for found in unknown.findings] == ["workbook.pack_not_found"]
    for other in ("https://example.org/report.json", 5, None):
        submission = read_data(json.dumps({"$schema": other, **data}).encode())
        assert submission.pack is not None
        assert submission.pack.id == pack.id
        assert submission.exact_data == Submission.from_data(pack, data).exact_data


def test_what_could_not_be_read_is_not_written() -> None:
    with pytest.raises(SubmissionError, match="could not be read"):
        written(read_data(b"{}"))
