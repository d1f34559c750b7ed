"""Sums are those of what was typed, totals are worked out anew, and a partial roll-up says that it is one."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from campaign.office import AGENCIES, FAULTY, ISSUER, campaign_in, completed, drop, taken, use_roster
from excel import typed
from openpyxl import load_workbook

from reportfill import Pack, check, read_workbook
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.aggregation.added_up import added_paths
from reportfill.campaign.aggregation.detail_sheets import MOST_COLUMNS, detail_sheets
from reportfill.campaign.aggregation.rollup import rollup, subset
from reportfill.campaign.aggregation.rollup_files import contribution_tables, make_known, rollup_workbook
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.errors import CampaignError
from reportfill.model.figures import value_at

FIGURES = {
    "01": {"proactive.fees.amount": "0.1", "proactive.licensing.decisions": 5},
    "02": {
        "proactive.fees.amount": "0.2",
        "requests.received.natural_person": 3,
        "requests.outcomes.granted.natural_person": 3,
    },
    "03": {"proactive.licensing.decisions": 7, "disputes.reconsideration.upheld": 2},
}


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign in which three of four agencies handed in sound workbooks."""
    folder = campaign_in(tmp_path / "2023")
    for agency in AGENCIES[:3]:
        figures = {
            path: Decimal(value) if isinstance(value, str) else value
            for path, value in FIGURES[agency.code].items()
        }
        drop(folder, f"{agency.code}.xlsx", completed(pack, agency, figures))
    drop(folder, "04.xlsx", completed(pack, AGENCIES[3], FAULTY))
    taken(folder)
    return folder


def test_figures_are_added_exactly_and_totals_worked_out(campaign: CampaignFolder) -> None:
    sums = rollup(campaign).sums
    assert sums["proactive.fees.amount"] == Decimal("0.3")
    assert sums["proactive.licensing.decisions"] == 12
    assert sums["requests.received.total"] == 3
    assert sums["requests.outcomes.total.total"] == 3
    assert sums["disputes.reconsideration.total"] == 2
    assert "year" not in sums


def test_the_sums_are_of_what_was_handed_in_whatever_became_of_the_copies(campaign: CampaignFolder) -> None:
    before = rollup(campaign).sums
    for copy in (campaign.root / "received").rglob("*.xlsx"):
        copy.unlink()
    assert rollup(campaign).sums == before


@pytest.mark.parametrize("table", ["readings", "paths"])
def test_what_the_ledger_lacks_is_read_once_more_and_kept(campaign: CampaignFolder, table: str) -> None:
    before = rollup(campaign).sums
    lost = sqlite3.connect(campaign.root / "campaign.db")
    lost.executescript(f"DELETE FROM {table}")
    lost.close()
    assert rollup(campaign).sums == before
    for copy in (campaign.root / "received").rglob("*.xlsx"):
        copy.unlink()
    assert rollup(campaign).sums == before


def test_a_copy_that_has_to_be_read_once_more_must_be_what_was_handed_in(campaign: CampaignFolder) -> None:
    lost = sqlite3.connect(campaign.root / "campaign.db")
    lost.executescript("DELETE FROM readings; DELETE FROM texts")
    lost.close()
    copy = next((campaign.root / "received").rglob("*.xlsx"))
    copy.write_bytes(copy.read_bytes() + b"\0")
    with pytest.raises(CampaignError, match="was changed after it was handed in"):
        rollup(campaign)


def test_who_is_missing_is_said_and_a_faulty_report_is_not_added(campaign: CampaignFolder) -> None:
    sums = rollup(campaign)
    assert [one.agency.code for one in sums.contributions] == ["01", "02", "03"]
    assert [agency.code for agency in sums.missing] == ["04"]
    assert sums.is_partial
    book = read_workbook(rollup_workbook(sums, ISSUER))
    assert value_at(book.exact_data, "preamble")[0].startswith(
        "【部分汇总，不能作为正式报告】应汇总4个单位，已汇总3个，缺清河县信访局"
    )


def test_an_agency_that_its_superior_counts_is_left_out(campaign: CampaignFolder) -> None:
    affairs, letters = AGENCIES[2]._replace(is_counted_by_superior=True), AGENCIES[3]._replace(is_closed=True)
    use_roster(campaign, (*AGENCIES[:2], affairs, letters))
    sums = rollup(campaign)
    assert sums.sums["proactive.licensing.decisions"] == 5
    assert [agency.code for agency in sums.left_out] == ["03"]
    assert not sums.is_partial


def test_any_part_of_the_agencies_can_be_added(campaign: CampaignFolder) -> None:
    sums = rollup(campaign, subset(campaign.roster(), listed=frozenset(("01", "清河县民政局"))))
    assert sums.sums["proactive.licensing.decisions"] == 12
    assert sums.sums["requests.received.total"] == 0
    assert sums.missing == []
    book = read_workbook(rollup_workbook(sums, ISSUER))
    assert value_at(book.exact_data, "preamble") == [
        "【部分汇总，不能作为正式报告】汇总范围：指定名单，共2个单位，不是全部单位。"
    ]


def test_the_level_that_the_office_adds_up_to_is_no_selection(campaign: CampaignFolder) -> None:
    roster = campaign.roster()
    assert not rollup(campaign, subset(roster, usual=1)).is_partial
    assert rollup(campaign, subset(roster, usual=2, through=1)).is_partial
    assert not rollup(campaign, subset(roster, of="02")).is_partial


def test_the_governments_workbook_holds_the_sums_and_balances(campaign: CampaignFolder, pack: Pack) -> None:
    use_roster(campaign, (*AGENCIES[:3], AGENCIES[3]._replace(is_closed=True)))
    sums = rollup(campaign)
    submission = read_workbook(rollup_workbook(sums, ISSUER))
    assert (submission.agency, submission.year) == (ISSUER, 2023)
    for path, value in sums.sums.items():
        assert submission.figures[path] == value
    balances = [found.code for found in check(submission) if found.code.startswith("balance.")]
    assert balances == []
    assert value_at(submission.exact_data, "preamble") == []


def test_each_sum_can_be_traced_to_the_agencies_behind_it(campaign: CampaignFolder, pack: Pack) -> None:
    sums = rollup(campaign)
    book = load_workbook(BytesIO(contribution_tables(sums).saved()))
    for sheet in detail_sheets(pack):
        rows = list(book[sheet.title].iter_rows(values_only=True))
        (at,) = (number for number, row in enumerate(rows) if row[1] == "部分汇总")
        assert [row[1] for row in rows[at + 1 :]] == [agency.name for agency in AGENCIES[:3]]
        for column, path in enumerate(sheet.paths, 3):
            assert Decimal(str(rows[at][column])) == sums.sums[path]
            assert sums.sums[path] == sum(Decimal(str(row[column])) for row in rows[at + 1 :])
    absent = list(book["未汇总的单位"].iter_rows(min_row=2, values_only=True))
    assert absent == [("04", "清河县信访局", "已报送但有错误或者已退回")]


def test_whoever_is_not_added_is_named_with_the_reason(campaign: CampaignFolder) -> None:
    never = Agency("05", "清河县气象局", superior="01", level=2)
    counted = AGENCIES[1]._replace(is_counted_by_superior=True)
    merged = AGENCIES[2]._replace(is_closed=True, successor="02")
    use_roster(campaign, (AGENCIES[0], counted, merged, AGENCIES[3], never))
    assert [(one.agency.code, one.reason.phrase()) for one in rollup(campaign).absent] == [
        ("04", "已报送但有错误或者已退回"),
        ("05", "未报送"),
        ("02", "数据已计入上级单位的报告，不单独汇总"),
        ("03", "已并入“清河县档案馆”，不再单独汇总"),
    ]


def test_a_roll_up_of_the_campaign_is_not_taken_for_an_agencys_report(campaign: CampaignFolder) -> None:
    use_roster(campaign, AGENCIES[:3])
    workbook = rollup_workbook(rollup(campaign), ISSUER)
    use_roster(campaign, AGENCIES)
    place = "rollup/a.xlsx"
    campaign.store.write(place, workbook)
    make_known(campaign, place, workbook, ISSUER)
    drop(campaign, "sums.xlsx", typed(workbook, {"总体情况!A3": "本级政府的总体情况。"}))
    (collected,) = taken(campaign)
    assert collected.reason is not None
    assert collected.reason.phrase() == "是本项工作的汇总填报表，不是填报单位报送的"
    rebuild(campaign)
    assert taken(campaign)[0].reason == collected.reason


def test_one_superior_or_the_upper_levels_can_be_added(campaign: CampaignFolder) -> None:
    roster = campaign.roster()
    assert [one.agency.code for one in rollup(campaign, subset(roster, through=1)).contributions] == ["01"]
    below = rollup(campaign, subset(roster, of="01"))
    assert [one.agency.code for one in below.contributions] == ["01", "02", "03"]
    assert below.covers == f"{ISSUER}及其下级"
    alone = rollup(campaign, subset(roster, of="02"))
    assert [one.agency.code for one in alone.contributions] == ["02"]


def test_each_figure_names_the_agencies_behind_it(campaign: CampaignFolder, pack: Pack) -> None:
    book = load_workbook(BytesIO(contribution_tables(rollup(campaign)).saved()))
    sources = [row[3] for row in book["数据来源"].iter_rows(min_row=2) if row[3].value]
    assert sources
    assert all(cell.alignment.wrap_text for cell in sources)
    told = {row[0]: row[1:] for row in book["数据来源"].iter_rows(min_row=2, values_only=True)}
    label = pack.fields["proactive.licensing.decisions"].label
    assert told[label] == (12, 2, f"清河县民政局（7）；{ISSUER}（5）")


def test_the_table_is_divided_as_the_form_is_and_holds_every_figure(pack: Pack) -> None:
    sheets = {sheet.title: sheet for sheet in detail_sheets(pack)}
    assert list(sheets) == ["表二", "表三", *(f"表三（{number}）" for number in range(1, 5)), "表四"]
    assert all(len(sheet.paths) <= MOST_COLUMNS for sheet in sheets.values())
    assert {path for sheet in sheets.values() for path in sheet.paths} >= set(added_paths(pack))
    assert sheets["表二"].heads[0] == ("规章", "本年制发件数")
    granted = sheets["表三"].heads[sheets["表三"].paths.index("requests.outcomes.granted.total")]
    assert granted == ("三、本年度办理结果", "（一）予以公开")
    assert max(len(head) for sheet in sheets.values() for head in sheet.heads) == 3


def test_each_sheet_prints_on_a3_with_its_heads_and_names_on_every_page(
    campaign: CampaignFolder, pack: Pack
) -> None:
    book = load_workbook(BytesIO(contribution_tables(rollup(campaign)).saved()))
    for title, depth in (("表二", 2), ("表三", 3), ("表三（1）", 3), ("表四", 2)):
        sheet = book[title]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.print_title_rows, sheet.print_title_cols) == (f"$1:${depth}", "$A:$B")
        assert sheet.freeze_panes == f"C{depth + 2}"
        assert f"A1:A{depth}" in {area.coord for area in sheet.merged_cells.ranges}
        heads = [cell for row in sheet.iter_rows(1, depth) for cell in row if cell.value]
        assert all(cell.alignment.wrap_text for cell in heads)
    assert "D1:F1" in {area.coord for area in book["表二"].merged_cells.ranges}
