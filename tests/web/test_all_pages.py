"""Every page can be used by everybody: with a screen reader, by keyboard, on a phone, in the dark, on paper.
A page that tools/web_pages.py does not list is found here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from fastapi.routing import iter_route_contexts
from places import ROOT, SAMPLES
from playwright.sync_api import Browser, Page
from starlette.routing import compile_path
from web_browser import chromium, serving, violations
from web_campaign import COORDINATOR, PASSWORD, served_campaign

from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.last_figures import (
    LastFigures,
    LastReport,
    paths_that_matter,
    write_last_figures,
)
from reportfill.campaign.records.readings import packed
from reportfill.pack.pack import pack_in
from reportfill.web.application import application
from reportfill.web.routes.api.routers import PREFIX
from reportfill.web.setup import ServerSetup
from tools.make_screenshots import missing
from tools.web_pages import AGENCY, ALONE, FOLDER, NO_PAGES, OFFICE, PAGES, WIDTHS, pages_page
from tools.web_walk import Stage, Walk

ARCHIVE = AGENCIES[1]
SCHEMES = ("light", "dark")
_PAPER = 718
"""As many pixels as a sheet of A4 has between its margins."""
_UNREACHED = """() => Array.from(document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"))
  .filter(one => one.checkVisibility() && one.tabIndex >= 0 && !one.disabled && !("reached" in one.dataset))
  .map(one => one.outerHTML.slice(0, 200))"""
_REACHED = """() => {
  const one = document.activeElement;
  if (one === document.body || one.dataset.reached === "twice") return "round";
  one.dataset.reached = "once";
  const style = getComputedStyle(one);
  return style.outlineStyle === "none" || style.outlineWidth === "0px" ? one.outerHTML.slice(0, 200) : "";
}"""
_MOST_STOPS = 2000


@pytest.fixture(scope="module")
def playing() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def test_every_route_is_that_of_a_page_or_of_none(tmp_path: Path) -> None:
    routes = {one.path for one in iter_route_contexts(application(ServerSetup(tmp_path, "secret")).routes)}
    listed = {page.route for page in PAGES.values()}
    assert {route for route in routes if not route.startswith(PREFIX)} == listed | NO_PAGES.keys()
    assert listed & NO_PAGES.keys() == set()


@pytest.mark.parametrize(("name", "language"), [("pages.md", "en"), ("pages.zh-CN.md", "zh")])
def test_the_page_of_pages_is_what_is_listed(name: str, language: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == pages_page(language), "run: python -m tools.make_docs"


def test_every_page_has_its_pictures() -> None:
    folder = ROOT / "docs" / FOLDER
    assert missing(folder) == [], "run: python -m tools.make_screenshots"
    assert len(list(folder.iterdir())) == len(PAGES) * len(WIDTHS)
    assert sum(one.stat().st_size for one in folder.iterdir()) < 2_500_000


class Judge:
    """Looks at each page as everybody has to be able to use it."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        """Judge a page."""
        self.seen.append(name)
        pattern, _, _ = compile_path(PAGES[name].route)
        path = page.evaluate("location.pathname")
        assert pattern.match(path), f"{name} is at {path}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert violations(page) == [], f"{name}, {width}, {scheme}"
        page.set_viewport_size({"width": _PAPER, "height": 900})
        page.emulate_media(media="print", color_scheme="dark")
        assert violations(page) == [], f"{name}, printed"
        assert page.locator("header nav").is_hidden(), f"{name}, printed"
        page.emulate_media(media="screen", color_scheme="light")
        page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        _walk_by_keyboard(page, name)


def _walk_by_keyboard(page: Page, name: str) -> None:
    """Press Tab until all was reached; where the focus is can be seen."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(_MOST_STOPS):
        page.keyboard.press("Tab")
        unseen = page.evaluate(_REACHED)
        if unseen == "round":
            break
        assert unseen == "", f"{name}: the focus is not to be seen"
    assert page.evaluate(_UNREACHED) == [], name


def test_everybody_can_use_the_pages_without_a_campaign(playing: Browser, tmp_path: Path) -> None:
    judge, form = Judge(), "/form/annual-report-2021?agency=清河县某局&year=2025"
    with serving(ServerSetup(tmp_path, "secret", jobs=1)) as address:
        page = playing.new_page(locale="zh-CN")
        sound, faulty = (SAMPLES / f"{name}-2023.xlsx" for name in ("weihui-xinfang", "typical-mistakes"))
        Walk(page, address, judge).alone(sound, faulty, form)
        page.close()
    assert judge.seen == [one.name for one in ALONE]


def test_everybody_can_use_the_pages_of_a_campaign(playing: Browser, tmp_path: Path) -> None:
    served, judge, faulty = served_campaign(tmp_path), Judge(), tmp_path / "填报表.xlsx"
    campaign = served.campaign
    for agency, figure in ((ARCHIVE, 1), (ARCHIVE, 2), (AGENCIES[2], 1)):
        campaign.hand_in(agency.code, prepared(agency, figure), file_name="填报表.xlsx")
        campaign.take_in()
    path = paths_that_matter(pack_in(campaign.pack))[0]
    last = {Holder(ARCHIVE.code, ARCHIVE.name): LastReport("0" * 64, packed((path,), {path: 739}))}
    write_last_figures(campaign.folder.store, LastFigures((path,), last))
    faulty.write_bytes(prepared(ARCHIVE, 3, is_sound=False))
    stage = Stage(ARCHIVE.code, served.codes[ARCHIVE.code], faulty, COORDINATOR, PASSWORD)
    with serving(served.setup) as address:
        page = playing.new_page(locale="zh-CN")
        Walk(page, address, judge).of_campaign(stage)
        page.close()
    assert sorted(judge.seen) == sorted(one.name for one in (*AGENCY, *OFFICE))
