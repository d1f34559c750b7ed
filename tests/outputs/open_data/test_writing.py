"""The reports of many agencies as open data: one file of each kind, told of in a data package, in flat memory."""

from __future__ import annotations

import csv
import gc
import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from weakref import ref

import frictionless
import pyarrow.parquet as pq
import pytest
from builders import figures_only
from openpyxl import load_workbook
from outputs.of_all_packs import REPORTS, report_of
from outputs.test_json import ExactValidator, exact

from reportfill import OutputError, Pack, Submission, UsageError, load_pack
from reportfill.outputs.open_data import wide_workbook, writing
from reportfill.outputs.open_data.data_package import AboutData, Licence
from reportfill.outputs.open_data.writing import write_open_data

ABOUT = AboutData("reports-2023", "清河县2023年报告数据")


def agencies(name: str, number: int) -> Iterator[Submission]:
    """The report of a pack as that of so many agencies, each with a name and a code of its own."""
    report, pack = report_of(name), load_pack(name)
    for one in range(number):
        yield Submission(
            pack, {**report.values, "agency.code": f"{one:02}", "agency.name": f"清河县第{one}局"}
        )


def package_in(folder: Path) -> dict[str, Any]:
    """What datapackage.json says."""
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return package


@pytest.mark.parametrize("name", REPORTS)
def test_frictionless_finds_the_data_package_valid(name: str, tmp_path: Path) -> None:
    written = write_open_data(load_pack(name), agencies(name, 3), tmp_path, ABOUT)
    assert {path.name for path in written} == {path.name for path in tmp_path.iterdir()}
    checked = frictionless.validate(tmp_path / "datapackage.json")
    assert checked.flatten(["name", "message"]) == []
    assert {task.name for task in checked.tasks} == {"values", "reports", "workbook", "columns", "schema"}
    for resource in package_in(tmp_path)["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_frictionless_would_tell_of_a_file_that_is_another_one(tmp_path: Path) -> None:
    write_open_data(load_pack("annual-report-2021"), agencies("annual-report-2021", 2), tmp_path, ABOUT)
    with open(tmp_path / "data.csv", "ab") as stream:
        stream.write("清河县,,many,a,b,c\r\n".encode())
    told = frictionless.validate(tmp_path / "datapackage.json").flatten(["type"])
    assert {"hash-count", "byte-count", "type-error", "missing-cell"} & {kind for (kind,) in told}


@pytest.mark.parametrize("name", REPORTS)
def test_every_agency_is_in_every_file(name: str, tmp_path: Path) -> None:
    reports = list(agencies(name, 3))
    write_open_data(load_pack(name), reports, tmp_path, ABOUT)
    with open(tmp_path / "data.csv", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["code"] for row in rows] == sorted(row["code"] for row in rows)
    assert {row["agency"] for row in rows} == {report.agency for report in reports}
    data = json.loads((tmp_path / "data.json").read_bytes())
    assert [one["agency"]["code"] for one in data] == ["00", "01", "02"]
    assert len((tmp_path / "data.json").read_text("utf-8").splitlines()) == 5
    assert pq.read_table(tmp_path / "data.parquet")["agency.code"].to_pylist() == ["00", "01", "02"]
    book = load_workbook(tmp_path / "data.xlsx")
    for sheet in book:
        codes = [row[0] for row in sheet.iter_rows(values_only=True) if row[0] and row[0].isdecimal()]
        assert set(codes) <= {"00", "01", "02"}
        assert codes == sorted(codes)


@pytest.mark.parametrize("name", REPORTS)
def test_each_line_of_the_json_is_what_its_schema_asks_for(name: str, tmp_path: Path) -> None:
    write_open_data(load_pack(name), agencies(name, 2), tmp_path, ABOUT, ["json"])
    validator = ExactValidator(exact((tmp_path / "schema.json").read_bytes()))
    for line in (tmp_path / "data.json").read_bytes().splitlines()[1:-1]:
        validator.validate(exact(line.removesuffix(b",")))
    with pytest.raises(Exception, match="was expected"):
        validator.validate({**exact(line), "$schema": "urn:another"})


def test_figures_of_all_stand_under_the_labels_of_the_form(tmp_path: Path) -> None:
    name = "annual-report-2021"
    write_open_data(load_pack(name), agencies(name, 2), tmp_path, ABOUT, ["xlsx"])
    sheet = load_workbook(tmp_path / "data.xlsx")["三、收到和处理政府信息公开申请情况"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:5] == ("单位编码", "单位名称", "年度", "一、本年新收政府信息公开申请数量", None)
    assert "自然人（件）" in rows[1]
    report = report_of(name)
    assert rows[-1][:3] == ("01", "清河县第1局", 2023)
    figures = [path for path in report.figures if path.startswith("requests.")]
    assert rows[-1][3:] == tuple(report.figures[path] for path in figures)


def test_a_sheet_that_is_full_goes_on_in_another_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wide_workbook, "MOST_ROWS", 7)
    name = "law-enforcement-statistics"
    write_open_data(load_pack(name), agencies(name, 4), tmp_path, ABOUT, ["xlsx"])
    book = load_workbook(tmp_path / "data.xlsx")
    sheets = [sheet for sheet in book if sheet.title.startswith("行政执法主体")]
    assert [sheet.title for sheet in sheets] == ["行政执法主体", "行政执法主体（2）"]
    rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert max(sheet.max_row for sheet in book) == 7
    assert [row[0] for row in rows] == [code for code in ("00", "01", "02", "03") for _ in range(3)]


def test_no_more_reports_are_in_memory_than_a_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_AT_ONCE", 5)
    alive: list[ref[Submission]] = []
    most = 0

    def watched() -> Iterator[Submission]:
        nonlocal most
        for report in agencies("annual-report-2021", 40):
            alive.append(ref(report))
            most = max(most, sum(one() is not None for one in alive))
            yield report

    gc.collect()
    write_open_data(load_pack("annual-report-2021"), watched(), tmp_path, ABOUT)
    assert len(alive) == 40
    assert most <= 12


def test_what_is_not_known_is_not_said(tmp_path: Path) -> None:
    pack = load_pack("university-disclosure")
    write_open_data(pack, (), tmp_path, ABOUT, ["csv"])
    assert set(package_in(tmp_path)) == {"profile", "name", "title", "sources", "resources"}
    licence = Licence("CC-BY-4.0", "署名 4.0 国际")
    more = AboutData("x", "数据", "说明", "清河县人民政府办公室", "https://www.example.gov.cn/", licence)
    write_open_data(pack, (), tmp_path, more, ["csv"])
    package = package_in(tmp_path)
    assert package["licenses"] == [{"name": "CC-BY-4.0", "title": "署名 4.0 国际"}]
    assert package["contributors"] == [{"title": "清河县人民政府办公室", "role": "publisher"}]
    assert package["homepage"] == "https://www.example.gov.cn/"
    assert frictionless.validate(tmp_path / "datapackage.json").valid


@pytest.mark.parametrize("number", [0, 1])
def test_few_agencies_are_data_too(number: int, tmp_path: Path) -> None:
    name = "annual-report-2019"
    write_open_data(load_pack(name), agencies(name, number), tmp_path, ABOUT)
    assert len(json.loads((tmp_path / "data.json").read_bytes())) == number
    assert pq.read_table(tmp_path / "data.parquet").num_rows == number
    assert frictionless.validate(tmp_path / "datapackage.json").valid


def test_a_seal_is_not_among_the_data_of_all(tmp_path: Path) -> None:
    name = "law-enforcement-statistics"
    assert "seal" in report_of(name).values
    write_open_data(load_pack(name), agencies(name, 1), tmp_path, ABOUT)
    assert "seal" not in json.loads((tmp_path / "data.json").read_bytes())[0]
    assert "seal" not in pq.read_table(tmp_path / "data.parquet").column_names
    assert b",seal," not in (tmp_path / "data.csv").read_bytes()


def test_one_figure_of_many_digits_makes_the_columns_wide_for_all(
    pack: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_AT_ONCE", 2)
    amounts = [Decimal(f"0.{number}") for number in range(1, 4)] + [Decimal("0." + "1" * 30), Decimal(5)]
    reports = [
        Submission.from_data(pack, figures_only(pack, {"proactive.fees.amount": one})) for one in amounts
    ]
    write_open_data(pack, reports, tmp_path, ABOUT, ["parquet", "json"])
    table = pq.read_table(tmp_path / "data.parquet")
    assert table["proactive.fees.amount"].to_pylist() == amounts
    assert table["requests.received.total"].to_pylist() == [0] * 5
    data = exact((tmp_path / "data.json").read_bytes())
    assert [Decimal(one["proactive"]["fees"]["amount"]) for one in data] == amounts


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    name = "law-enforcement-statistics"
    for folder in ("一", "二"):
        write_open_data(load_pack(name), agencies(name, 3), tmp_path / folder, ABOUT)
    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("一", "二")
    )
    assert one == two


def test_a_kind_that_is_none_and_a_place_that_is_none_are_refused(tmp_path: Path) -> None:
    pack = load_pack("annual-report-2021")
    with pytest.raises(UsageError, match="no kind of output is called yaml"):
        write_open_data(pack, (), tmp_path, ABOUT, ["yaml"])
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError):
        write_open_data(pack, (), tmp_path / "file", ABOUT, ["csv"])
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]
