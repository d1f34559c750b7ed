"""status.xlsx says of every agency what the standing says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from builders import a_finding
from campaign.office import AGENCIES, ISSUER
from openpyxl import load_workbook

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.records.history import StrayFile
from reportfill.campaign.status.agency_status import AgencyStatus, CampaignStatus, State
from reportfill.campaign.status.status_sheet import status_tables
from reportfill.finding import finding

MISTAKE = a_finding("cell.blank", "表三!D7", "没有填写。", "请填写；没有发生的填0。")
STANDING = CampaignStatus(
    "政府信息公开工作年度报告",
    ISSUER,
    2023,
    date(2024, 1, 31),
    date(2024, 1, 20),
    [
        AgencyStatus(AGENCIES[0], State.MISSING),
        AgencyStatus(
            AGENCIES[1],
            State.SOUND,
            1,
            datetime(2024, 1, 5),
            datetime(2024, 1, 5, 9, 30),
            report="reports/a.docx",
        ),
        AgencyStatus(AGENCIES[2], State.FAULTY, 2, findings=[MISTAKE], returned="returned/b.xlsx"),
        AgencyStatus(Agency("9", "=1+1局", superior="01"), State.MISSING),
    ],
    [StrayFile("inbox/x.xlsx", finding("stray.unknown_agency", value="清河县气象局"), datetime(2024, 1, 20))],
)


def test_each_agency_has_its_row_and_each_mistake() -> None:
    book = load_workbook(BytesIO(status_tables(STANDING).saved()))
    assert book.sheetnames == ["汇总", "明细", "问题", "未识别文件"]
    rows = list(book["明细"].iter_rows(min_row=2, max_col=9, values_only=True))
    assert [row[2] for row in rows] == ["未报送", "校验通过", "有错误", "未报送"]
    assert rows[1][3:] == (1, "2024-01-05 09:30", 0, 0, None, "reports/a.docx")
    assert [row[5] for row in rows] == [0, 0, 1, 0]
    assert [cell.value for cell in book["明细"]["O"]] == [
        "首次报送时间",
        None,
        "2024-01-05 00:00",
        None,
        None,
    ]
    findings = list(book["问题"].iter_rows(min_row=2, values_only=True))
    assert findings == [("03", "清河县民政局", "错误", "表三!D7", MISTAKE.message.zh, MISTAKE.hint.zh)]
    assert list(book["未识别文件"].iter_rows(min_row=2, values_only=True)) == [
        (
            "inbox/x.xlsx",
            "名册中没有“清河县气象局”",
            "名称写错的，请更正后再放入；漏列的，在名册中补上该单位，再运行一次collect。",
        )
    ]


def test_the_numbers_are_those_below_each_superior() -> None:
    rows = list(
        load_workbook(BytesIO(status_tables(STANDING).saved()))["汇总"].iter_rows(min_row=2, values_only=True)
    )
    assert rows == [
        ("全部", 4, 1, 0, 0, 1, 2),
        ("无上级单位", 1, 0, 0, 0, 0, 1),
        (ISSUER, 3, 1, 0, 0, 1, 1),
    ]


def test_there_is_a_column_of_more_time_where_any_agency_has_some() -> None:
    later = date(2024, 2, 10)
    agencies = [STANDING.agencies[0]._replace(until=later), STANDING.agencies[1]._replace(until=later)]
    standing = replace(STANDING, agencies=[*agencies, *STANDING.agencies[2:]], today=date(2024, 2, 12))
    sheet = load_workbook(BytesIO(status_tables(standing).saved()))["明细"]
    assert [cell.value for cell in sheet["D"]] == [
        "延期至",
        "2024-02-10（已逾期2天）",
        "2024-02-10",
        None,
        None,
    ]
    headings = [cell.value for cell in load_workbook(BytesIO(status_tables(STANDING).saved()))["明细"][1]]
    assert "延期至" not in headings


def test_a_name_that_looks_like_a_formula_is_a_text_and_the_bytes_are_the_same() -> None:
    content = status_tables(STANDING).saved()
    assert load_workbook(BytesIO(content))["明细"]["B5"].data_type == "s"
    assert content == status_tables(STANDING).saved()


def test_agencies_that_do_not_report_any_more_have_a_sheet_of_their_own() -> None:
    merged = Agency("7", "清河县粮食局", superior="01", is_closed=True, successor="03")
    closed = [
        AgencyStatus(
            merged, State.SOUND, 1, None, datetime(2024, 1, 5), report="a.docx", received="received/7"
        ),
        AgencyStatus(Agency("8", "清河县盐务局", is_closed=True), State.MISSING),
    ]
    book = load_workbook(BytesIO(status_tables(replace(STANDING, closed=closed)).saved()))
    assert list(book["撤并单位"].iter_rows(min_row=2, values_only=True)) == [
        ("7", "清河县粮食局", "并入清河县民政局", "03", 1, "2024-01-05 00:00", "a.docx", "received/7"),
        ("8", "清河县盐务局", "已撤销", None, 0, None, None, None),
    ]
    assert book["汇总"]["B2"].value == 4, "they are not due"
    assert "7" not in [cell.value for cell in book["明细"]["A"]]


def test_strict_readers_have_nothing_against_it(
    ooxml_problems: Callable[[Path], list[str]], tmp_path: Path
) -> None:
    path = tmp_path / "status.xlsx"
    path.write_bytes(status_tables(STANDING).saved())
    assert ooxml_problems(path) == []


def test_heads_and_the_agencys_name_stay_in_view_and_stand_on_every_page() -> None:
    sheet = load_workbook(BytesIO(status_tables(STANDING).saved()))["明细"]
    assert sheet.freeze_panes == "C2"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$B")
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)


def test_on_paper_remarks_stand_where_there_are_any() -> None:
    said = replace(
        STANDING, agencies=[*STANDING.agencies[:1], STANDING.agencies[1]._replace(remark="请补充")]
    )
    areas = [
        load_workbook(BytesIO(status_tables(one).saved()))["明细"].print_area for one in (STANDING, said)
    ]
    assert areas == ["'明细'!$A$1:$G$5", "'明细'!$A$1:$H$3"]
