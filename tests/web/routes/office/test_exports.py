"""Tables to keep hold exactly the agencies that are filtered, in the order in which they are seen."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from campaign.office import AGENCIES
from web_campaign import READER, sign_in
from web_visitor import Visitor

ARCHIVE, CIVIL_AFFAIRS, LETTERS = AGENCIES[1:]


@pytest.mark.parametrize(
    ("query", "codes"),
    [("", ["01", "02", "03", "04"]), ("text=清河县&sort=-code&state=missing", ["04", "01"]), ("text=无", [])],
)
def test_exactly_what_is_filtered_is_exported(visitor: Visitor, query: str, codes: list[str]) -> None:
    sign_in(visitor, READER)
    text = visitor.get(f"/office/export.csv?{query}").content.decode("utf-8-sig")
    assert [row[0] for row in csv.reader(StringIO(text))] == ["单位编码", *codes]
    book = openpyxl.load_workbook(BytesIO(visitor.get(f"/office/export.xlsx?{query}").content))
    assert [row[0] for row in book["明细"].values] == ["单位编码", *codes]
    assert dict(zip(*list(book["汇总"].values)[:2], strict=True))["应报送"] == len(codes)


def test_a_superior_that_is_filtered_out_is_named_all_the_same(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    text = visitor.get(f"/office/export.csv?text={ARCHIVE.name}").content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert row["上级单位"] == AGENCIES[0].name


def test_who_was_late_is_told_apart_from_who_owes_a_report(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    text = visitor.get("/office/export.csv?timing=late").content.decode("utf-8-sig")
    assert {row["单位名称"]: row["逾期"] for row in csv.DictReader(StringIO(text))} == {
        ARCHIVE.name: "逾期报送",
        CIVIL_AFFAIRS.name: "逾期未完成、逾期报送",
    }


def test_nobody_without_an_account_gets_a_table(visitor: Visitor) -> None:
    assert visitor.get("/office/export.csv").url.path == "/sign-in"
    sign_in(visitor, READER)
    assert visitor.get("/office/export.exe").status_code == 404
