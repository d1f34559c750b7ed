"""Two people of the office decide about the same agency at the same time, each in a browser of its own."""

from __future__ import annotations

from campaign.office import AGENCIES
from playwright.sync_api import Browser, Page
from web_browser import chromiums, serving
from web_campaign import COORDINATOR, PASSWORD, REVIEWER, ServedCampaign

ARCHIVE = AGENCIES[1]
REMARK = "主动公开部分过于简单，请补充。"


def _signed_in(browser: Browser, url: str, name: str) -> Page:
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{url}/sign-in")
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/office")
    return page


def test_who_decides_later_is_told_so_in_words_and_what_was_typed_is_still_there(
    served: ServedCampaign,
) -> None:
    with serving(served.setup) as url, chromiums(2) as (one, other):
        dashboards = [_signed_in(one, url, COORDINATOR), _signed_in(other, url, REVIEWER)]
        first, second = (dashboard.context.new_page() for dashboard in dashboards)
        for page in (first, second):
            page.goto(f"{url}/office/agencies/{ARCHIVE.code}")
            page.get_by_text("第1次报送校验通过，等待审核。").wait_for()
        second.fill("#remark", REMARK)
        first.click("button[value=accept]")
        first.get_by_text(f"已审核通过（{COORDINATOR}）").wait_for()
        for dashboard in dashboards:
            dashboard.locator("[data-count=accepted]", has_text="1").wait_for()
            dashboard.get_by_text("有新的报送或者其他变化").wait_for()

        second.click("button[value=send-back]")
        second.locator("[role=alert]").wait_for()
        assert "已由他人审核" in second.inner_text("[role=alert]")
        assert second.input_value("#remark") == REMARK
        assert f"已审核通过（{COORDINATOR}）" in second.inner_text("main")
        (review,) = served.campaign.history_of(ARCHIVE.code).reviews
        assert (review.is_accepted, review.by) == (True, COORDINATOR)

        second.click("button[value=send-back]")
        second.get_by_text(f"第1次报送已退回（{REVIEWER}）").wait_for()
        for dashboard in dashboards:
            dashboard.locator("[data-count='sent back']", has_text="1").wait_for()
            assert dashboard.inner_text("[data-count=accepted]") == "0"
