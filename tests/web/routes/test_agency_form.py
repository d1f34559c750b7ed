"""The form behind an agency's link, and the agency's whole way in a browser: faulty, corrected, accepted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import figures_only
from campaign.office import AGENCIES, FAULTY
from campaign.prepared import FIGURE, prepared
from lxml import html
from office_processes import comes_true
from playwright.sync_api import Browser, Page
from web_browser import chromium, serving, violations
from web_campaign import REVIEWER, ServedCampaign, served_campaign
from web_visitor import Visitor

from reportfill import Pack
from reportfill.campaign.agencies.agency import Holder
from reportfill.campaign.records.last_figures import (
    LastFigures,
    LastReport,
    paths_that_matter,
    write_last_figures,
)
from reportfill.campaign.records.readings import packed
from reportfill.outputs.open_data.json_data import as_utf8, json_text

ARCHIVE = AGENCIES[1]
POINTER = f"/{FIGURE.replace('.', '/')}"
WRONG = f"/{next(iter(FAULTY)).replace('.', '/')}"


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    return served_campaign(tmp_path)


@pytest.fixture
def archive(served: ServedCampaign) -> Iterator[Visitor]:
    with served.visited() as visitor:
        visitor.get(f"/a/{served.codes[ARCHIVE.code]}")
        yield visitor


@pytest.fixture(scope="module")
def playing() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


def data_of(pack: Pack, figures: dict[str, int], **more: str) -> bytes:
    """A report's data as another system writes them, which says of whom it is what is given."""
    named = {"agency.name": ARCHIVE.name, "agency.code": ARCHIVE.code} | more
    return as_utf8(json_text(figures_only(pack, {**figures, **named}), "\n"))


def typed_in(page: str) -> dict[str, str]:
    """What stands in the inputs of a form."""
    form = html.document_fromstring(page).get_element_by_id("form")
    return {name: value or "" for name, value in form.form_values() if name.startswith("/")}


def test_the_form_begins_with_whose_it_is_and_then_with_what_was_handed_in_last(archive: Visitor) -> None:
    typed = typed_in(archive.get("/agency/form").text)
    assert (typed["/agency/name"], typed["/year"], typed[POINTER]) == (ARCHIVE.name, "2023", "")
    archive.post("/agency/hand-in", files={"file": ("a.xlsx", prepared(ARCHIVE, 41))}, page="/agency")
    assert typed_in(archive.get("/agency/form").text)[POINTER] == "41"


def test_drafts_of_two_agencies_are_two(served: ServedCampaign) -> None:
    drafts = set()
    for agency in AGENCIES[1:3]:
        with served.visited() as visitor:
            visitor.get(f"/a/{served.codes[agency.code]}")
            drafts.add(visitor.get("/agency/form").text.split('data-draft="')[1].split('"')[0])
    assert len(drafts) == 2


def test_data_of_another_system_are_handed_in_as_a_workbook(
    archive: Visitor, served: ServedCampaign, pack: Pack
) -> None:
    answer = archive.post(
        "/agency/hand-in", files={"file": ("数据.json", data_of(pack, {FIGURE: 17}))}, page="/agency"
    )
    assert "校验通过" in answer.text
    (version,) = served.campaign.history_of(ARCHIVE.code).versions
    assert version.is_sound
    assert archive.get("/agency/versions/1/handed-in").content.startswith(b"PK")
    assert typed_in(archive.get("/agency/form").text)[POINTER] == "17"


def test_data_of_another_agency_are_nobodys_version(
    archive: Visitor, served: ServedCampaign, pack: Pack
) -> None:
    other = data_of(pack, {}, **{"agency.name": AGENCIES[2].name, "agency.code": AGENCIES[2].code})
    archive.post("/agency/hand-in", files={"file": ("数据.json", other)}, page="/agency")
    assert served.campaign.history_of(ARCHIVE.code).versions == ()
    assert served.campaign.history_of(AGENCIES[2].code).versions == ()


@pytest.mark.parametrize("content", [b"{", b'{"a": [}', b'{"year": 1e999999999}', b"{}"])
def test_what_is_no_data_is_told_so(archive: Visitor, served: ServedCampaign, content: bytes) -> None:
    answer = archive.post("/agency/hand-in", files={"file": ("数据.json", content)}, page="/agency")
    assert answer.status_code in (200, 422)
    assert not any(one.is_sound for one in served.campaign.history_of(ARCHIVE.code).versions)


def test_last_years_figures_are_shown_where_they_are_known(
    archive: Visitor, served: ServedCampaign, pack: Pack
) -> None:
    assert archive.get("/agency/last-year").status_code == 404
    path = paths_that_matter(pack)[0]
    known = LastFigures(
        (path,), {Holder(ARCHIVE.code, ARCHIVE.name): LastReport("0" * 64, packed((path,), {path: 739}))}
    )
    write_last_figures(served.campaign.folder.store, known)
    assert "739" in archive.get("/agency/last-year").text
    assert "查看上年度数据" in archive.get("/agency").text


@pytest.mark.parametrize("path", ["/agency/form", "/agency/last-year"])
def test_nobody_fills_in_without_a_link(served: ServedCampaign, path: str) -> None:
    with served.visited() as visitor:
        refused = visitor.get(path)
        assert refused.status_code == 401
        assert "请先打开填报链接" in refused.text


def press(page: Page, button: str, with_script: bool) -> None:
    """Press a button of the form, until the form is there anew with findings."""
    if with_script:
        page.locator("#form").evaluate("one => { one.dataset.former = ''; }")
        page.locator(f"button[name={button}]").click()
        page.locator("#form:not([data-former])").wait_for()
    else:
        with page.expect_navigation():
            page.locator(f"button[name={button}]").click()
    page.locator("#findings").wait_for()


@pytest.mark.parametrize("with_script", [True, False])
def test_an_agency_hands_in_a_faulty_form_corrects_it_and_is_accepted(
    playing: Browser, served: ServedCampaign, pack: Pack, tmp_path: Path, with_script: bool
) -> None:
    draft = tmp_path / "data.json"
    draft.write_bytes(data_of(pack, FAULTY))
    context = playing.new_context(locale="zh-CN", java_script_enabled=with_script)
    with serving(served.setup) as address:
        page = context.new_page()
        page.goto(f"{address}/a/{served.codes[ARCHIVE.code]}")
        page.get_by_role("link", name="在线填写").click()
        page.set_input_files("#file", draft)
        press(page, "upload", with_script)
        press(page, "hand-in", with_script)
        assert page.url.endswith("/agency/form")
        assert served.campaign.history_of(ARCHIVE.code).versions == ()
        page.locator(f'[id="{WRONG}"]').fill("0")
        page.locator("button[name=hand-in]").click()
        page.wait_for_url("**/agency/receipts/*")
        assert comes_true(lambda: bool(served.campaign.history_of(ARCHIVE.code).versions))
        page.reload()
        page.get_by_text("校验通过").first.wait_for()
        served.campaign.accept(ARCHIVE.code, by=REVIEWER)
        page.goto(f"{address}/agency")
        page.get_by_text("审核通过。").wait_for()
        if with_script:
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                assert violations(page) == []
        context.close()
