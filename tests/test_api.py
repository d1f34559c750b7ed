"""The Python API as a program of somebody else uses it: streams in, plain data out."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import SAMPLES

from reportfill import (
    Pack,
    PackError,
    Submission,
    UsageError,
    check,
    load_pack,
    new_workbook,
    read_workbook,
    render,
)
from reportfill.model.figures import with_values

SAMPLE = SAMPLES / "weihui-xinfang-2023.xlsx"
AMOUNT = "proactive.fees.amount"


@pytest.fixture(scope="module")
def sound() -> Submission:
    """What the Weihui sample says."""
    return read_workbook(SAMPLE)


def test_whatever_gives_bytes_is_read(sound: Submission) -> None:
    content = SAMPLE.read_bytes()
    for source in (BytesIO(content), bytearray(content), memoryview(content), content, str(SAMPLE), SAMPLE):
        assert read_workbook(source) == sound
    with SAMPLE.open("rb") as stream:
        assert read_workbook(stream) == sound
        assert read_workbook(stream) == sound  # from its beginning again
    for made in (TemporaryFile, SpooledTemporaryFile):
        with made() as stream:
            stream.write(content)
            assert read_workbook(stream) == sound


def test_a_stream_that_cannot_be_set_back_is_read_by_pieces(sound: Submission) -> None:
    class Upload:
        """What comes over a network."""

        def __init__(self) -> None:
            self._stream = BytesIO(SAMPLE.read_bytes())

        def read(self, size: int, /) -> bytes:
            return self._stream.read(min(size, 1000))

    assert read_workbook(Upload()) == sound


@pytest.mark.parametrize("source", [StringIO("a"), 3, None, ["a"]])
def test_what_gives_no_bytes_is_refused(source: Any) -> None:
    with pytest.raises(UsageError, match=r"bytes"):
        read_workbook(source)


def test_a_file_that_is_open_as_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("PK", encoding="utf-8")
    with (tmp_path / "a.xlsx").open(encoding="utf-8") as stream, pytest.raises(UsageError, match="'rb'"):
        read_workbook(stream)  # type: ignore[arg-type]


def test_a_source_without_end_is_too_large(tmp_path: Path) -> None:
    class Endless:
        def read(self, size: int, /) -> bytes:
            return bytes(size)

    assert [found.code for found in read_workbook(Endless()).findings] == ["file.too_large"]
    with (tmp_path / "a.xlsx").open("wb") as stream:
        stream.truncate(1 << 30)
    assert [found.code for found in read_workbook(tmp_path / "a.xlsx").findings] == ["file.too_large"]


def test_data_are_what_json_takes_and_gives_back(sound: Submission, pack: Pack) -> None:
    again = json.loads(json.dumps(sound.data, ensure_ascii=False))
    assert again == sound.data
    assert Submission.from_data(pack, again).figures == sound.figures
    assert render(Submission.from_data(pack, again, digest=sound.digest)) == render(sound)


@given(st.decimals(min_value=0, max_value=10**12, allow_nan=False, places=None))
def test_no_digit_of_an_amount_is_lost(amount: Decimal) -> None:
    told = json.loads(json.dumps(Submission(None, {"amount": amount}).data))["amount"]
    assert Decimal(str(told)) == amount


@pytest.mark.parametrize("amount", ["7730.28", "0.1", "12.50", "0", "1E+3", "123456789012345.67"])
def test_amounts_are_plain_numbers(amount: str) -> None:
    told = Submission(None, {"amount": Decimal(amount)}).data["amount"]
    assert type(told) in (int, float)
    assert Decimal(repr(told)) == Decimal(amount)


def test_check_takes_data_as_it_takes_a_submission(sound: Submission, pack: Pack) -> None:
    assert check(sound.data) == check(sound.data, pack=pack) == check(Submission.from_data(pack, sound.data))
    wrong = with_values(sound.data, {AMOUNT: -1.5})
    assert (AMOUNT, "-1.5") in [(found.field, str(found.value)) for found in check(wrong)]
    assert check(sound.data, last=sound.data) == check(sound, last=sound)
    assert [found.code for found in check({})] == ["schema.missing"]
    assert [found.code for found in check({"year": 1999})] == ["schema.no_pack_for_year"]
    assert check({"year": 2023.0}) == check({"year": 2023}, pack=load_pack(2023))
    with pytest.raises(UsageError, match="mapping"):
        check("2023")  # type: ignore[arg-type]


def test_arguments_of_another_kind_are_refused_in_words(sound: Submission, pack: Pack) -> None:
    wrong: Any = [
        (lambda: render({}), "Submission.from_data"),  # type: ignore[arg-type]
        (lambda: render(sound.data), "Submission.from_data"),  # type: ignore[arg-type]
        (lambda: check(sound.data, pack), "pack="),  # type: ignore[arg-type]
        (lambda: check(sound, pack="2023"), "load_pack"),  # type: ignore[arg-type]
        (lambda: new_workbook(pack, year=2023, agency=5), "agency: a text"),  # type: ignore[arg-type]
        (lambda: new_workbook(pack, year="2023"), "whole number"),  # type: ignore[arg-type]
        (lambda: new_workbook(pack, year=True), "whole number"),
        (lambda: new_workbook(pack, year=2023, last=sound), "mapping"),  # type: ignore[arg-type]
        (lambda: new_workbook("annual-report-2021", year=2023), "load_pack"),  # type: ignore[arg-type]
    ]
    for call, words in wrong:
        with pytest.raises(UsageError, match=words) as refused:
            call()
        assert "需要" in refused.value.chinese
    with pytest.raises(PackError, match="serves the years"):
        new_workbook(pack, year=1)
