"""What a clerk takes away in a real browser, with JavaScript and without, is byte for byte the command line's."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pdf_texts import text_of
from places import SAMPLES
from playwright.sync_api import Browser, Locator, Page
from web_browser import chromium, serving

from reportfill.outputs.kind import KINDS
from reportfill.web.setup import ServerSetup

SOUND, FAULTY = (SAMPLES / f"{name}-2023.xlsx" for name in ("weihui-xinfang", "typical-mistakes"))
AGENCY, YEAR = "卫辉市信访局", "2023"
FILES = {ending for kind in KINDS.values() for ending in kind.endings}


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the command line makes of both workbooks, and a blank one, by the files' names."""
    folder = tmp_path_factory.mktemp("by-command")
    faulty = Path(shutil.copy(FAULTY, folder))  # beside which the marked one is written
    for arguments, code in (
        (["fill", str(SOUND), "--to", ",".join(KINDS)], 0),
        (["fill", str(faulty)], 1),
        (["new", "--agency", AGENCY, "--year", YEAR], 0),
    ):
        command = [sys.executable, "-m", "reportfill", "--lang", "zh", *arguments, "-o", str(folder)]
        done = subprocess.run(command, check=False, capture_output=True)
        assert done.returncode == code, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(ServerSetup(tmp_path_factory.mktemp("server"), "secret", jobs=1)) as address:
        yield address


@pytest.fixture(scope="module")
def playing() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(playing: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = playing.new_context(locale="zh-CN", java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def _taken(page: Page, link: Locator) -> tuple[str, bytes]:
    """The name and the content of what a link or a button gives."""
    with page.expect_download() as taking:
        link.click()
    return taking.value.suggested_filename, Path(taking.value.path()).read_bytes()


def _is_same(name: str, content: bytes, made: bytes) -> bool:
    """Whether two files are the same; of a PDF, which has the moment in it at which it was made, what is in it."""
    return text_of(content) == text_of(made) if name.endswith(".pdf") else content == made


def test_a_clerk_drops_workbooks_and_takes_away_what_the_command_line_makes(
    page: Page, server: str, by_command: dict[str, bytes]
) -> None:
    page.goto(server)
    page.set_input_files("#files", [SOUND, FAULTY])
    page.get_by_role("button", name="开始校验").click()
    page.get_by_text("校验结果：共2个文件").first.wait_for()
    results = page.url

    page.get_by_role("link", name=SOUND.name).click()
    page.get_by_text("校验通过，报告已生成").wait_for()
    page.get_by_text("其他格式").click()
    links = page.locator("a[download]").all()
    taken = dict(_taken(page, link) for link in links)
    assert len(taken) == len(links)
    assert {name for name in taken if not _is_same(name, taken[name], by_command[name])} == set()
    assert {ending for ending in FILES if not any(name.endswith(ending) for name in taken)} == set()

    page.goto(results)
    page.get_by_role("link", name=FAULTY.name).click()
    page.get_by_text("需要修改，还没有生成报告").wait_for()
    page.get_by_text("“22（其中修订16件）”不是数字").first.wait_for()
    name, marked = _taken(page, page.get_by_role("link", name="下载标出问题的填报表"))
    assert marked == by_command[name]
    page.get_by_role("link", name="返回全部结果").click()
    page.get_by_role("link", name="继续上传").click()
    page.get_by_text("上传填报表，生成报告").wait_for()


def test_a_blank_workbook_is_that_of_the_command_line(
    page: Page, server: str, by_command: dict[str, bytes]
) -> None:
    page.goto(server)
    page.fill("#agency", AGENCY)
    page.fill("#year", YEAR)
    name, blank = _taken(page, page.get_by_role("button", name="下载"))
    assert blank == by_command[name]
