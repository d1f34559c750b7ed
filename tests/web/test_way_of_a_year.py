"""A year in two browsers, the office's and an agency's: from the links to the roll-up."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from campaign.office import AGENCIES
from campaign.prepared import FIGURE, prepared
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page
from web_browser import chromiums, serving
from web_campaign import COORDINATOR, PASSWORD, campaign_with_accounts

from reportfill import read_workbook

ARCHIVE, *OTHERS = AGENCIES[1], AGENCIES[0], AGENCIES[2], AGENCIES[3]
REMARK = "主动公开部分过于简单，请补充。"


def _taken(page: Page, link: Locator) -> bytes:
    with page.expect_download() as taking:
        link.click()
    return Path(taking.value.path()).read_bytes()


def _performed(office: Page, kind: str) -> None:
    """Begin an operation at a click, and wait for its end."""
    office.get_by_role("link", name="汇总与发布").click()
    office.click(f"form[action$='/{kind}'] button.main")
    office.get_by_role("heading", name="已完成").wait_for()


def _link_of(workbook: bytes, agency: str, address: str) -> str:
    rows: Sequence[tuple[object, ...]] = list(load_workbook(BytesIO(workbook)).worksheets[0].values)
    (link,) = {
        str(cell) for row in rows if agency in row for cell in row if str(cell).startswith(f"{address}/a/")
    }
    return link


def _hand_in(clerk: Page, folder: Path, content: bytes, result: str) -> None:
    """Hand in a workbook, and wait for what the receipt says of it."""
    file = folder / "填报表.xlsx"
    file.write_bytes(content)
    clerk.set_input_files("#file", file)
    clerk.get_by_role("button", name="报送", exact=True).click()
    clerk.get_by_role("heading", name="报送回执").wait_for()
    clerk.get_by_text(result).wait_for()
    clerk.get_by_role("link", name="返回本单位的页面").click()


def test_a_year_goes_from_the_links_to_the_roll_up(tmp_path: Path) -> None:
    served = campaign_with_accounts(tmp_path)
    with serving(served.setup) as address, chromiums(2) as browsers:
        office, clerk = (browser.new_context(locale="zh-CN").new_page() for browser in browsers)
        office.goto(address)
        office.get_by_role("link", name="登录").click()
        office.fill("#name", COORDINATOR)
        office.fill("#password", PASSWORD)
        office.get_by_role("button", name="登录").click()
        dashboard = office.context.new_page()
        dashboard.goto(f"{address}/office")

        _performed(office, "links")
        links = _taken(office, office.get_by_role("link", name="links.xlsx"))
        clerk.goto(_link_of(links, ARCHIVE.name, address))
        clerk.get_by_text("还没有报送。").wait_for()

        _hand_in(clerk, tmp_path, prepared(ARCHIVE, 1, is_sound=False), "第1次报送，有错误，需要修改")
        dashboard.locator("[data-count=faulty]", has_text="1").wait_for()
        clerk.get_by_text("勾稽关系不平").first.wait_for()
        marked = _taken(clerk, clerk.get_by_role("link", name="下载标出问题的填报表"))
        assert "问题清单" in load_workbook(BytesIO(marked)).sheetnames

        _hand_in(clerk, tmp_path, prepared(ARCHIVE, 2), "第2次报送，校验通过")
        dashboard.locator("[data-count=sound]", has_text="1").wait_for()
        office.get_by_role("link", name="填报进度").click()
        office.get_by_role("link", name=ARCHIVE.name).click()
        office.get_by_role("button", name="退回修改").click()
        office.get_by_text("退回时请写明审核意见").wait_for()
        office.fill("#remark", REMARK)
        office.get_by_role("button", name="退回修改").click()
        office.get_by_text(f"第2次报送已退回（{COORDINATOR}）").wait_for()

        clerk.reload()
        clerk.get_by_text("已退回，请修改后重新报送。").wait_for()
        clerk.get_by_text(REMARK).wait_for()
        remarked = _taken(clerk, clerk.get_by_role("link", name="下载写有意见的填报表"))
        said = [cell for row in load_workbook(BytesIO(remarked)).worksheets[0].values for cell in row]
        assert any(REMARK in str(cell) for cell in said)
        _hand_in(clerk, tmp_path, prepared(ARCHIVE, 3), "第3次报送，校验通过")
        assert clerk.locator("h3:has-text('回执') + ul > li").count() == 3

        for agency in OTHERS:
            served.campaign.hand_in(agency.code, prepared(agency, 10), file_name="填报表.xlsx")
        served.campaign.take_in()
        dashboard.locator("[data-count=sound]", has_text="4").wait_for()
        dashboard.get_by_role("link", name="刷新列表").click()
        dashboard.get_by_role("link", name="批量审核").click()
        dashboard.get_by_text("将审核通过4个单位").wait_for()
        dashboard.get_by_role("button", name="全部审核通过").click()
        dashboard.get_by_text("已审核通过4个单位").wait_for()
        clerk.reload()
        clerk.get_by_text("审核通过。").wait_for()

        _performed(office, "rollup")
        office.get_by_text("已汇总4个单位，缺0个").wait_for()
        rollup = _taken(office, office.get_by_role("link", name="汇总填报表.xlsx"))
        assert read_workbook(rollup).values[FIGURE] == 3 + 10 * len(OTHERS)
        office.get_by_role("link", name="工作记录").click()
        for event in ("开通链接", "审核退回", "审核通过"):
            office.get_by_role("cell", name=event).first.wait_for()
