"""The office's pages in a real browser: everybody can use them, and what is open renews itself."""

from __future__ import annotations

from playwright.sync_api import Page
from web_browser import chromium, serving, violations
from web_campaign import COORDINATOR, PASSWORD, REVIEWER, ServedCampaign

PAGES = ("/office", "/office?under=x&sort=-name", "/office/accept", "/office/reminders", "/office/log")


def _sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in")
    page.fill("[name=name]", COORDINATOR)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/office")


def test_everybody_can_use_the_pages_of_the_office(served: ServedCampaign) -> None:
    with serving(served.setup) as url, chromium() as browser:
        page = browser.new_page(locale="zh-CN")
        _sign_in(page, url)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in PAGES:
                page.goto(f"{url}{path}")
                assert violations(page) == [], path
        page.close()


def test_an_open_page_renews_its_numbers_and_says_so(served: ServedCampaign) -> None:
    with serving(served.setup) as url, chromium() as browser:
        page = browser.new_page(locale="zh-CN")
        _sign_in(page, url)
        assert page.inner_text("[data-count=accepted]") == "0"
        served.campaign.accept("02", by=REVIEWER)
        page.get_by_text("有新的报送或者其他变化").wait_for()
        assert page.inner_text("[data-count=accepted]") == "1"
        page.goto(f"{url}/office/reminders")
        page.click("[data-copies]")
        page.get_by_text("已复制").wait_for()
        page.close()
