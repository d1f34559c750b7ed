"""A report as one long table: a row a value, figures as they are, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from builders import figures_only
from hypothesis import given
from hypothesis import strategies as st
from outputs.of_all_packs import REPORTS, material_of, report_of
from pyarrow.csv import ConvertOptions, read_csv

from reportfill import Pack, Submission, load_pack
from reportfill.model.row_paths import field_path
from reportfill.outputs.csv import csv_files
from reportfill.outputs.material import Material


def written(submission: Submission) -> bytes:
    """The report as CSV."""
    return csv_files(Material(submission, b""))[".csv"]


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows by the names of their columns."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", REPORTS)
def test_every_value_has_its_row_in_the_order_of_the_report(name: str) -> None:
    report = report_of(name)
    rows = rows_of(csv_files(material_of(name))[".csv"])
    assert {(row["agency"], row["code"], row["year"]) for row in rows} == {
        (report.agency, report.code, str(report.year))
    }
    paths = [row["path"] for row in rows]
    assert len(set(paths)) == len(paths)
    wanted = {path for path, value in report.values.items() if not isinstance(value, list | dict)}
    lists = {path for path, value in report.values.items() if isinstance(value, list) and value}
    left_out = {"agency.name", "agency.code", "year", "seal"}
    assert {path for path in paths if not path.endswith("]")} == wanted - left_out
    assert {path.rpartition("[")[0] for path in paths if path.endswith("]")} == lists
    assert report.pack is not None
    outside = [path for path in paths if not report.pack.fields[field_path(path)].rows]
    places = [report.pack.fields[field_path(path)].order for path in outside]
    assert places == sorted(places)


def test_labels_units_and_words_stand_beside_figures() -> None:
    rows = {
        row["path"]: (row["labels"], row["value"], row["unit"])
        for row in rows_of(csv_files(material_of("law-enforcement-statistics"))[".csv"])
    }
    assert rows["licensing.bodies[1].decisions.applied"] == (
        "表1　行政许可实施情况统计表 · 清河县动物卫生监督所 · 行政许可实施数量（件） · 申请数量",
        "58",
        "件",
    )
    assert rows["penalties.total.amount"][1:] == ("62.3565", "万元")
    assert rows["delegated"] == ("是否委托执法", "是", "")
    assert rows["duties.licensing"][1] == "有职责且已实施"
    assert rows["delegations[0].since"][1] == "2021-07-15"


@given(amount=st.decimals("0", "999999999999999", places=8), count=st.integers(0, 99_999))
def test_figures_come_back_to_the_last_digit(amount: Decimal, count: int) -> None:
    pack = load_pack("annual-report-2021")
    figures = {"proactive.fees.amount": amount, "proactive.rules.issued": count}
    rows = rows_of(written(Submission.from_data(pack, figures_only(pack, figures))))
    values = {row["path"]: row["value"] for row in rows}
    assert Decimal(values["proactive.fees.amount"]) == amount
    assert int(values["proactive.rules.issued"]) == count
    assert "E" not in values["proactive.fees.amount"]


FORMULAS = ("=1+1", "+1", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "\t=1+1", "\r=1")


@pytest.mark.parametrize("words", FORMULAS)
def test_a_text_that_looks_like_a_formula_stays_one(pack: Pack, words: str) -> None:
    report = Submission.from_data(pack, figures_only(pack, {}))
    report = Submission(pack, {**report.values, "agency.name": words, "other_matters": [words]})
    rows = rows_of(written(report))
    assert {row["agency"] for row in rows} == {f"'{words}"}
    [said] = [row["value"] for row in rows if row["path"] == "other_matters[0]"]
    assert said == f"'{words}"


def test_quotes_commas_and_lines_of_a_text_are_kept(pack: Pack) -> None:
    words = '一、"引号"，逗号,\n第二行'
    report = Submission.from_data(pack, figures_only(pack, {}))
    rows = rows_of(written(Submission(pack, {**report.values, "preamble": [words, "坏\ud800字"]})))
    assert [row["value"] for row in rows if row["path"].startswith("preamble")] == [words, "坏?字"]


def test_it_says_by_its_first_bytes_that_it_is_in_utf_8_and_other_programs_take_it() -> None:
    content = csv_files(material_of("annual-report-2021"))[".csv"]
    assert content.startswith(b"\xef\xbb\xbfagency,code,year,path,labels,value,unit\r\n")
    rows = read_csv(BytesIO(content), convert_options=ConvertOptions(column_types={"value": "string"}))
    [amount] = [row for row in rows.to_pylist() if row["path"] == "proactive.fees.amount"]
    assert amount == {
        "agency": "洪泽区人民政府",
        "code": None,
        "year": 2023,
        "path": "proactive.fees.amount",
        "labels": "二、主动公开政府信息情况 · 行政事业性收费 · 本年收费金额",
        "value": "7730.28",
        "unit": "万元",
    }


def test_the_same_report_gives_the_same_bytes() -> None:
    material = material_of("university-disclosure")
    assert csv_files(material) == csv_files(material)
