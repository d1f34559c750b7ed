"""Data → workbook → data, whoever saved the workbook in between."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from builders import figures_only
from excel import codes, typed
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SAMPLES

from reportfill import Pack, Submission, check, load_pack, new_workbook, read_workbook
from reportfill.checks.findings import Severity
from reportfill.intake.data import read_data
from reportfill.pack.figures import value_at

PATHS = [
    "requests.received.natural_person",
    "requests.outcomes.denied.state_secret.business",
    "disputes.reconsideration.upheld",
    "proactive.licensing.decisions",
]
COUNTS = st.integers(0, 999_999_999)
# What reading leaves as it is: no marks without width, no breaks, no space at the ends.
PARAGRAPH = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=60,
).filter(lambda text: text == text.strip())


@settings(max_examples=12)
@given(
    figures=st.dictionaries(st.sampled_from(PATHS), COUNTS),
    amount=st.decimals(0, 10**8, places=4),
    paragraphs=st.lists(PARAGRAPH, min_size=1, max_size=11),
)
def test_what_goes_into_a_workbook_comes_out_of_it(
    pack: Pack, figures: dict[str, int], amount: Decimal, paragraphs: list[str]
) -> None:
    data = figures_only(pack, {**figures, "proactive.fees.amount": amount, "overview.platform": paragraphs})
    workbook = new_workbook(pack, agency="清河县档案馆", year=2023, data=data)
    submission = read_workbook(workbook)
    expected = Submission.from_data(pack, data)
    assert [found for found in submission.findings if found.severity is not Severity.NOTE] == []
    for path in pack.fields:
        there, wanted = value_at(submission.data, path), value_at(expected.data, path)
        assert there == wanted or (there, wanted) in (([], None), (None, None))


@pytest.fixture(scope="module")
def filled() -> bytes:
    """A workbook with figures in every table, a decimal, and a narrative."""
    return (SAMPLES / "hongze-2023-corrected.xlsx").read_bytes()


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_the_same_workbook_saved_by_libreoffice_reads_the_same(
    filled: bytes, suffix: str, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    original = tmp_path / "填报表.xlsx"
    original.write_bytes(filled)
    saved = convert(original, suffix)
    submission = read_workbook(saved)
    whole = read_workbook(filled)
    assert codes(submission) == []
    assert submission.data == whole.data
    assert submission.cells == whole.cells
    assert [found.code for found in check(submission)] == ["history.unknown"]


def test_what_libreoffice_saves_after_typing_reads_as_typed(
    filled: bytes, convert: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    original = tmp_path / "填报表.xlsx"
    original.write_bytes(typed(filled, {"表三!D7": 30, "表四!A6": 12}))
    submission = read_workbook(convert(original, "ods"))
    assert value_at(submission.data, "requests.received.total") == 30
    assert value_at(submission.data, "disputes.reconsideration.total") == 13


def test_json_keeps_decimals_exact(hongze: dict[str, Any]) -> None:
    content = json.dumps(hongze, ensure_ascii=False, default=float).encode()
    submission = read_data(content)
    assert submission.pack is not None
    assert value_at(submission.data, "proactive.fees.amount") == Decimal("7730.28")
    assert value_at(submission.data, "disputes.reconsideration.total") == 0


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"\xff\xfe", "file.json", "UTF-8"),
        (b"{\n 1}", "file.json", "第2行"),
        (b'{"year": NaN}', "file.json", "数值"),
        (b"[1]", "file.json", "对象"),
        (b"[" * 100_000, "file.json", ""),
        (b"{}", "schema.missing", "年度"),
        (b'{"year": 1999}', "schema.missing", "年度"),
        (b'{"year": "2023"}', "schema.missing", "年度"),
    ],
)
def test_json_that_is_no_data_is_one_finding(content: bytes, code: str, said: str) -> None:
    submission = read_data(content)
    assert codes(submission) == [(code, "")]
    assert said in submission.findings[0].message.zh


def test_a_byte_order_mark_before_json_is_no_harm(weihui: dict[str, Any]) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(weihui, ensure_ascii=False).encode()
    assert read_data(content).agency == "卫辉市信访局"
    assert read_data(content, load_pack(2023)).pack is load_pack(2023)
