"""A report as a row of columns: read back by pyarrow it is the data, with every type and every digit."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders import figures_only
from hypothesis import HealthCheck, given, settings
from often import often
from outputs.of_all_packs import REPORTS, report_of
from test_random_packs import Drawn, drawn

from reportfill import Pack, Submission
from reportfill.model.figures import with_values
from reportfill.office.pictures import Picture
from reportfill.outputs.material import Material
from reportfill.outputs.parquet import parquet_files

# What is drawn is large: a pack with its workbook and its report.
tried = partial(settings, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def table_of(submission: Submission) -> pa.Table:
    """The table as pyarrow reads it."""
    return pq.read_table(BytesIO(parquet_files(Material(submission, b""))[".parquet"]))


def without_blanks(value: Any) -> Any:
    """Data as JSON has them: what is blank is not there, a day is a text, and a group of nothing is none."""
    if isinstance(value, Mapping):
        kept = {key: without_blanks(child) for key, child in value.items() if not isinstance(child, Picture)}
        return {key: child for key, child in kept.items() if child not in (None, "", {})}
    if isinstance(value, list):
        return [without_blanks(child) for child in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def read_back(submission: Submission) -> Any:
    """The data that the table holds."""
    [row] = table_of(submission).to_pylist()
    return without_blanks(with_values({}, row))


@pytest.mark.parametrize("name", REPORTS)
def test_read_back_it_is_the_data(name: str) -> None:
    assert read_back(report_of(name)) == without_blanks(report_of(name).exact_data)


@tried(max_examples=often(50))
@given(one=drawn())
def test_whatever_a_pack_holds_comes_back(one: Drawn) -> None:
    report = Submission.from_data(one.pack, one.data)
    assert read_back(report) == without_blanks(report.exact_data)


def test_columns_have_types_and_labels() -> None:
    schema = table_of(report_of("law-enforcement-statistics")).schema
    assert schema.field("delegated").type == pa.bool_()
    assert schema.field("issued").type == pa.date32()
    assert schema.field("penalties.total.amount").type == pa.decimal128(38, 18)
    assert schema.field("licensing.total.decisions.applied").type == pa.int64()
    assert schema.field("delegations").type.value_type.field("since").type == pa.date32()
    assert "seal" not in schema.names
    assert schema.field("licensing.total.decisions.applied").metadata == {
        b"title": "表1　行政许可实施情况统计表 · 合计 · 行政许可实施数量（件） · 申请数量".encode(),
        b"unit": "件".encode(),
    }
    assert schema.metadata[b"schema"] == b"urn:reportfill:pack:law-enforcement-statistics"


@pytest.mark.parametrize(
    ("digits", "kind"),
    [
        ("99999999999999999999.999999999999999999", pa.decimal128(38, 18)),
        ("0.0000000000000000001", pa.decimal256(76, 30)),
        ("7730.280000000000000000000000000001", pa.decimal256(76, 30)),
    ],
)
def test_a_decimal_has_as_many_digits_as_it_needs(pack: Pack, digits: str, kind: pa.DataType) -> None:
    report = Submission.from_data(pack, figures_only(pack, {}))
    table = table_of(Submission(pack, {**report.values, "proactive.fees.amount": Decimal(digits)}))
    assert table.schema.field("proactive.fees.amount").type == kind
    assert table["proactive.fees.amount"].to_pylist() == [Decimal(digits)]


def test_a_sum_larger_than_any_integer_of_64_bits_is_not_lost(pack: Pack) -> None:
    report = Submission.from_data(pack, figures_only(pack, {}))
    table = table_of(Submission(pack, {**report.values, "requests.received.total": 10**20}))
    assert table["requests.received.total"].to_pylist() == [10**20]


def test_the_same_report_gives_the_same_bytes() -> None:
    material = Material(report_of("annual-report-2019"), b"")
    assert parquet_files(material) == parquet_files(material)
