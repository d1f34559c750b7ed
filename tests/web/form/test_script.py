"""The script of the form, in a real browser: sums, balances, conditions, drafts, rows, pasted cells."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from outputs.of_all_packs import REPORTS, report_of
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from web_browser import serving

from reportfill import load_pack
from reportfill.intake.data import read_data
from reportfill.pack.discovery import find_pack_of_id
from reportfill.web.form.form_page import TypedForm, json_of_form
from reportfill.web.form.reckoning import Reckoning
from reportfill.web.setup import ServerSetup

LAW, ANNUAL = "law-enforcement-statistics", "annual-report-2021"
WAITING = 10.0
AXE = "axe.run().then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html).slice(0, 3)]))"
DRAFTS = """new Promise((done) => {
  const opening = indexedDB.open("reportfill", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("drafts");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("drafts").objectStore("drafts").getAll();
    asked.onsuccess = () => { opening.result.close(); done(asked.result.map((one) => one.data)); };
  };
})"""

PICTURE_KEPT = f"""new Promise((done) => {{
  const look = async () => JSON.stringify(await {DRAFTS}).includes("iVBOR") ? done() : setTimeout(look, 20);
  look();
}})"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs."""
    with serving(ServerSetup(tmp_path_factory.mktemp("server"), "secret", jobs=1)) as address:
        yield address


@pytest.fixture(scope="module")
def program() -> str:
    """Debian's Chromium. On a developer's machine without it such tests are left out; in CI never."""
    program = shutil.which("chromium")
    if program is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    assert program, "CI needs Chromium"
    return program


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """What drives it."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def playing(playwright: Playwright, program: str) -> Iterator[Browser]:
    """A Chromium that runs."""
    browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def context(playing: Browser) -> Iterator[BrowserContext]:
    """A visitor, whose console holds no error at the end."""
    context = playing.new_context(locale="zh-CN")
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield context
    context.close()
    assert [words for words in said if "ERR_CONNECTION_REFUSED" not in words] == []


def opened(context: BrowserContext, server: str, pack: str, agency: str = "清河县某局") -> Page:
    page = context.new_page()
    page.goto(f"{server}/form/{pack}?agency={agency}&year={report_of(pack).year}")
    page.locator("#draft:not([hidden])").wait_for()
    return page


def at(pointer: str) -> str:
    """How a script finds the input of a pointer."""
    return f'[id="{pointer}"]'


def bring(page: Page, pack: str, folder: Path) -> None:
    """Upload the report of a pack."""
    file = folder / "report.json"
    file.write_bytes(json_of_form(TypedForm(find_pack_of_id(pack), report_of(pack).exact_data)))
    page.set_input_files("#file", file)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click("button[name=upload]")
    page.locator("#findings").wait_for()


@pytest.mark.parametrize("pack", REPORTS)
def test_sums_and_verdicts_are_those_of_the_server(
    context: BrowserContext, server: str, pack: str, tmp_path: Path
) -> None:
    page = opened(context, server, pack)
    bring(page, pack, tmp_path)
    outputs = page.eval_on_selector_all(
        "output[data-sum]", "all => all.map(one => [one.id, one.textContent])"
    )
    figures = report_of(pack).figures
    paths = {
        id: "".join(f"[{key}]" if key.isdecimal() else f".{key}" for key in id[1:].split("/"))[1:]
        for id, _ in outputs
    }
    assert dict(outputs) == {id: str(figures[paths[id]]) for id in paths}
    verdicts = page.eval_on_selector_all("tr[data-verdict]", "all => all.map(one => one.dataset.verdict)")
    reckoned = Reckoning(load_pack(pack), report_of(pack).exact_data, {})
    assert verdicts == [one.verdict for one in reckoned.balances()]


def test_a_sum_follows_what_is_typed(context: BrowserContext, server: str) -> None:
    page = opened(context, server, ANNUAL)
    page.fill(at("/requests/received/natural_person"), "12")
    page.fill(at("/requests/received/business"), "9999999999999999999")
    assert page.inner_text(at("/requests/received/total")) == "10000000000000000011"
    page.fill(at("/requests/received/business"), "三")
    assert page.inner_text(at("/requests/received/total")) == "12"


def test_sums_of_rows_are_exact(context: BrowserContext, server: str) -> None:
    page = opened(context, server, LAW)
    page.select_option(at("/duties/penalties"), label="有职责且已实施")
    page.fill(at("/penalties/bodies/0/amount"), "0.1")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.click('button[name=add-row][value="/penalties/bodies/1"]')
    page.locator(at("/penalties/bodies/1/amount")).fill("0.2")
    assert page.inner_text(at("/penalties/total/amount")) == "0.3"


def test_what_is_not_asked_for_cannot_be_typed_into(context: BrowserContext, server: str) -> None:
    page = opened(context, server, LAW)
    matter = page.locator("td", has=page.locator(at("/delegations/0/matter")))
    assert matter.get_attribute("data-absent") is not None
    page.select_option(at("/delegated"), "是")
    assert matter.get_attribute("data-absent") is None
    page.fill(at("/delegations/0/matter"), "委托事项")
    page.select_option(at("/delegated"), "否")
    assert matter.get_attribute("data-absent") is not None
    assert not matter.evaluate("one => one.inert"), "what was typed can still be taken out"


def kept(page: Page) -> None:
    """Wait until the draft is kept."""
    page.get_by_text("填写的内容已经保存在本浏览器。").wait_for()


def test_a_draft_survives_a_closed_browser(
    playwright: Playwright, program: str, server: str, tmp_path: Path
) -> None:
    seal = load_pack(LAW).fields["seal"]
    picture = tmp_path / "公章.png"
    picture.write_bytes(seal.kind.sample(seal, long=False).content)
    for number in (1, 2):
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=program, args=["--no-sandbox"]
        )
        page = opened(context, server, LAW)
        if number == 1:
            page.fill(at("/bodies/0/name"), "甲局")
            page.fill(at("/bodies/0/posts"), "三四个")
            with page.expect_response(lambda answer: answer.request.method == "POST"):
                page.click('button[name=add-row][value="/bodies/1"]')
            page.locator(at("/bodies/1/name")).fill("乙局")
            page.set_input_files(at("/seal"), picture)
            kept(page)
            page.evaluate(PICTURE_KEPT)
        else:
            page.get_by_text("已经恢复上次在本浏览器填写的内容。").wait_for()
            typed = [page.input_value(at(f"/bodies/{row}")) for row in ("0/name", "0/posts", "1/name")]
            assert typed == ["甲局", "三四个", "乙局"]
            assert page.locator("img.picture").is_visible()
        context.close()


def test_drafts_of_agencies_are_kept_apart(context: BrowserContext, server: str) -> None:
    page = opened(context, server, ANNUAL)
    page.fill(at("/agency/code"), "07")
    kept(page)
    other = opened(context, server, ANNUAL, "另一个局")
    assert other.input_value(at("/agency/code")) == ""
    again = opened(context, server, ANNUAL)
    again.get_by_text("已经恢复上次在本浏览器填写的内容。").wait_for()
    assert again.input_value(at("/agency/code")) == "07"
    with again.expect_navigation():
        again.click("#draft-forget")
    again.locator("#draft:not([hidden])").wait_for()
    assert again.input_value(at("/agency/code")) == ""


def test_what_was_handed_in_is_no_draft_any_more(
    context: BrowserContext, server: str, tmp_path: Path
) -> None:
    page = opened(context, server, ANNUAL)
    bring(page, ANNUAL, tmp_path)
    kept(page)
    page.click("button[name=hand-in]")
    page.wait_for_url("**/results/**")
    assert page.evaluate(DRAFTS) == []


def test_the_draft_is_saved_as_a_file_that_can_be_read(
    context: BrowserContext, server: str, tmp_path: Path
) -> None:
    page = opened(context, server, LAW)
    bring(page, LAW, tmp_path)
    context.set_offline(True)
    with page.expect_download() as saving:
        page.click("#draft-save")
    content = Path(saving.value.path()).read_bytes()
    wanted = {path: value for path, value in report_of(LAW).values.items() if value not in ([], {}, "")}
    read = read_data(content, load_pack(LAW)).values
    assert {path: read.get(path) for path in wanted} == wanted
    assert json.loads(content)["year"] == report_of(LAW).year


def test_a_server_that_is_away_costs_nothing(context: BrowserContext, server: str) -> None:
    page = opened(context, server, ANNUAL)
    page.fill(at("/agency/code"), "07")
    page.route("**/form/**", lambda route: route.abort("connectionrefused"))
    page.locator("button.main[name=check]").click()
    page.get_by_text("没有连接到服务器").wait_for()
    assert page.input_value(at("/agency/code")) == "07"
    page.unroute_all()
    page.close()


def paste(page: Page, text: str) -> None:
    """Paste where the focus is, as from a table."""
    page.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          const paste = { clipboardData: data, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        text,
    )


def test_of_more_lines_than_the_table_has_it_is_said_that_the_rest_is_not_there(
    context: BrowserContext, server: str
) -> None:
    page = opened(context, server, ANNUAL)
    page.focus(at("/requests/received/natural_person"))
    paste(page, "1\r\n" * 80)
    page.get_by_text("粘贴的行数比表中的多").wait_for()
    assert page.input_value(at("/requests/received/natural_person")) == "1"


def test_a_block_of_cells_is_pasted_into_the_table(context: BrowserContext, server: str) -> None:
    page = opened(context, server, ANNUAL)
    page.focus(at("/requests/received/natural_person"))
    paste(page, "1\t2\t3\t4\t5\t6\t21\r\n7\t8\t9\r\n")
    keys = (
        "natural_person",
        "business",
        "research_institution",
        "public_interest_organization",
        "legal_service",
        "other",
    )
    assert [page.input_value(at(f"/requests/received/{key}")) for key in keys] == list("123456")
    assert [page.input_value(at(f"/requests/carried_over/{key}")) for key in keys] == [
        "7",
        "8",
        "9",
        "",
        "",
        "",
    ]
    assert page.inner_text(at("/requests/received/total")) == "21"


def test_findings_lead_to_their_inputs_by_keyboard(context: BrowserContext, server: str) -> None:
    page = opened(context, server, ANNUAL)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("button.main[name=check]").click()
    page.locator("#findings:focus").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#form') !== null")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("pack", REPORTS)
def test_everybody_can_use_the_form(context: BrowserContext, server: str, pack: str, width: int) -> None:
    page = opened(context, server, pack)
    page.set_viewport_size({"width": width, "height": 900})
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator("button.main[name=check]").click()
    page.locator("#findings:focus").wait_for()
    for hidden in page.locator("#form details").all():
        hidden.evaluate("one => { one.open = true; }")
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    assert page.evaluate(AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_a_draft_of_an_earlier_form_is_given_back_as_a_file(context: BrowserContext, server: str) -> None:
    page = opened(context, server, LAW)
    page.locator("#form").evaluate("one => { one.dataset.version = '0.0.1'; }")
    page.fill(at("/bodies/0/name"), "甲局")
    kept(page)
    with page.expect_download() as saving:
        page.reload()
    assert "甲局" in Path(saving.value.path()).read_text("utf-8")
    page.get_by_text("本浏览器中的草稿是旧版填报表的").wait_for()
    assert page.input_value(at("/bodies/0/name")) == ""


def test_nothing_of_the_form_covers_anything_else(
    context: BrowserContext, server: str, tmp_path: Path
) -> None:
    page = opened(context, server, LAW)
    bring(page, LAW, tmp_path)
    boxes = page.eval_on_selector_all(
        ".question, .sheet, .balances, .actions",
        "all => all.map((one) => [one.scrollHeight, one.clientHeight])",
    )
    assert [box for box in boxes if box[0] > box[1] + 1] == []
