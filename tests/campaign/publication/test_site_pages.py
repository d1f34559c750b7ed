"""A site in a browser, opened from disk: what people search, read and reach without a script."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import Browser
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, taken
from lxml import html

from reportfill import Pack
from reportfill.campaign.operations.publish import publish
from reportfill.campaign.operations.review import review
from reportfill.campaign.publication.site_places import (
    WITHOUT_SUPERIOR,
    SitePlaces,
    address_of_code,
    relative_link,
)

PLACES = SitePlaces("annual-report", 2023)
TYPE = "var box = document.querySelector('input'); box.value = %r; box.dispatchEvent(new Event('input'));"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Path:
    """A site of four agencies."""
    folder = campaign_in(tmp_path_factory.mktemp("campaign") / "2023")
    for number, agency in enumerate(AGENCIES):
        drop(folder, f"{number}.xlsx", completed(pack, agency, {"proactive.licensing.decisions": number}))
    taken(folder)
    for agency in AGENCIES:
        review(folder, agency.code, is_accepted=True, remark="", by="王芳", now=NOW)
    place = tmp_path_factory.mktemp("site") / "网站 1"
    publish(folder, place, ("html", "docx", "picture"), NOW)
    return place


def results(page: str) -> list[tuple[str, str]]:
    """What a search has found: names, with where their links lead."""
    links = html.fromstring(page).xpath('//*[@id="search"]//li/a')
    return [(found.text_content(), found.get("href")) for found in links]


def test_a_part_of_a_name_or_a_code_finds_the_agency_from_disk(chromium: Browser, site: Path) -> None:
    address = (site / PLACES.home).as_uri()
    for words, names in (
        ("民政局", ["清河县民政局"]),
        (" 04 ", ["清河县信访局"]),
        ("档案馆", ["清河县档案馆"]),
    ):
        found = results(chromium.shown(address, TYPE % words))
        assert [name for name, _ in found] == names
        assert all((site / PLACES.folder / place).is_file() for _, place in found)


def test_a_superior_lists_all_of_its_agencies_and_nothing_found_is_said(
    chromium: Browser, site: Path
) -> None:
    address = (site / PLACES.home).as_uri()
    choose = (
        "var list = document.querySelector('select'); list.selectedIndex = 2;"
        "list.dispatchEvent(new Event('change'));"
    )
    assert [name for name, _ in results(chromium.shown(address, choose))] == [
        one.name for one in AGENCIES[1:]
    ]
    assert "找到0个单位" in chromium.shown(address, TYPE % "没有这个单位")


def test_without_scripts_every_report_is_reached_from_the_first_page(site: Path) -> None:
    reached, waiting = set(), [site / "index.html"]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".html":
            reached.add(page)
            for _, name, target, _ in html.fromstring(page.read_bytes()).iterlinks():
                if name == "href" and ":" not in target:
                    waiting.append((page.parent / target.partition("#")[0]).resolve())
    assert {(site / PLACES.report_page(one.code)).resolve() for one in AGENCIES} <= reached


def test_no_two_downloads_of_a_report_are_called_the_same(site: Path) -> None:
    for page in (html.fromstring(path.read_bytes()) for path in site.rglob("lists/*.html")):
        for row in page.xpath("//tbody/tr"):
            names = [link.text_content() for link in row.xpath(".//a")]
            assert {"Word报告", "图解（PNG）", "图解（SVG）"} < set(names)
            assert len(set(names)) == len(names)


def test_no_page_asks_for_anything_elsewhere_and_only_the_search_has_a_script(site: Path) -> None:
    for path in site.rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        scripts = page.xpath("//script")
        assert len(scripts) == (path == site / PLACES.home), path
        assert not page.xpath("//@*[starts-with(., 'http')]"), path


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_is_wider_than_the_window(chromium: Browser, site: Path, width: int) -> None:
    wider = "document.title = document.documentElement.scrollWidth > window.innerWidth ? 'wider' : 'fits'"
    pages = [
        PLACES.home,
        PLACES.list_file("01", ".html"),
        PLACES.report_page("02"),
        PLACES.sums_file("index.html"),
    ]
    for place in ["index.html", *pages]:
        shown = chromium.shown((site / place).as_uri(), wider, width=width)
        assert "<title>fits</title>" in shown, place


@pytest.mark.parametrize(
    ("code", "address"),
    [("410781", "410781"), ("A-1", "A-1"), ("CON", "con-"), ("a", "a-"), ("甲", "a-"), ("", "a-")],
)
def test_a_code_becomes_a_plain_part_of_an_address(code: str, address: str) -> None:
    assert address_of_code(code).startswith(address)


def test_no_two_codes_have_one_address_on_any_system() -> None:
    codes = ["a", "A", "甲", "乙", "con", "CON", "A-1", "a-1", "A_1", "A 1", "x" * 39, "x" * 40, "X" * 40]
    addresses = [address_of_code(code).lower() for code in codes]
    assert len(set(addresses)) == len(codes)


def test_no_code_has_the_address_of_those_without_a_superior() -> None:
    assert address_of_code("TOP").lower() != WITHOUT_SUPERIOR


def test_links_lead_from_page_to_page_wherever_the_site_lies() -> None:
    assert relative_link("a/b/index.html", "a/c/index.html") == "../c/index.html"
    assert relative_link("index.html", "a/b.html") == "a/b.html"
    assert relative_link("a/index.html", "a/index.html#data") == "index.html#data"
