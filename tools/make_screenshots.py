"""Pictures of every page in the browser, at two widths, of the demo campaign as a server shows it.

usage: python -m tools.make_screenshots [FOLDER]      (behind tools.demo_campaign; needs chromium; default:
build/screenshots)

A page that does not answer, and one that is wider than the window, end it.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from reportfill import Campaign
from reportfill.campaign.access.roles import ROLE_NAMES, AccessRole
from reportfill.web.application import application
from reportfill.web.setup import ServerSetup
from tools.demo_campaign import ROOT as DEMO
from tools.demo_server import accounts
from tools.screen import wait_until

ROOT = Path(__file__).resolve().parents[1]
TARGET, SAMPLES = ROOT / "build" / "screenshots", ROOT / "sample_inputs"
WIDTHS = (1280, 390)
_HEIGHT, _TALLEST = 900, 2400
OFFICE = {
    "dashboard": "/office",
    "one-agency": "/office/agencies/{code}",
    "people": "/office/people",
    "log": "/office/log",
    "access-log": "/office/audit",
    "operations": "/office/operations",
}
"""The pages of the office by what their pictures are called."""


@dataclass(frozen=True)
class Camera:
    """Takes pictures of what a visitor sees, into a folder."""

    page: Page
    address: str
    folder: Path

    def go(self, path: str, name: str) -> None:
        """Take a picture of a page."""
        answer = self.page.goto(self.address + path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{path}: {answer and answer.status}")
        self.take(name)

    def press(self, selector: str) -> None:
        """Press a button, and wait for where it leads."""
        with self.page.expect_navigation():
            self.page.click(selector)

    def take(self, name: str) -> None:
        """Take a picture of the page that is shown."""
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            raise RuntimeError(f"{name} is wider than the window")
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        height = min(self.page.evaluate("document.documentElement.scrollHeight"), _TALLEST)
        self.page.screenshot(
            path=self.folder / f"{name}-{width}.png",
            full_page=True,
            clip={"x": 0, "y": 0, "width": width, "height": height},
        )


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        data, place = Path(name), Path(name, "campaign")
        shutil.copytree(DEMO, place)
        campaign = Campaign.open(place)
        link, password = campaign.give_links(renew=True).links[1], accounts(campaign)[AccessRole.COORDINATOR]
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        with served(ServerSetup(_made(data / "alone"), "secret")) as address:
            _at_each_width(browser, address, folder, _of_clerk)
        with served(ServerSetup(_made(data / "office"), "secret", str(place))) as address:
            _at_each_width(browser, address, folder, lambda camera: _of_agency(camera, link.code))
            _at_each_width(
                browser, address, folder, lambda camera: _of_office(camera, link.agency.code, password)
            )
        browser.close()


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@contextmanager
def served(setup: ServerSetup) -> Iterator[str]:
    """The address of a server that runs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(application(setup), log_level="warning"))
        thread = Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        wait_until(lambda: server.started)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _at_each_width(browser: Browser, address: str, folder: Path, look: Callable[[Camera], None]) -> None:
    for width in WIDTHS:
        context = browser.new_context(viewport={"width": width, "height": _HEIGHT})
        look(Camera(context.new_page(), address, folder))
        context.close()


def _of_clerk(camera: Camera) -> None:
    """What a clerk sees without a campaign."""
    camera.go("/", "start")
    names = ("weihui-xinfang-2023", "typical-mistakes-2023")
    camera.page.set_input_files("#files", [SAMPLES / f"{name}.xlsx" for name in names])
    camera.press("form[enctype] button.main")
    camera.take("results")
    first = camera.page.url.removeprefix(camera.address)
    camera.go(f"{first}/1", "result-sound")
    camera.go(f"{first}/1/pages", "result-pages")
    camera.go(f"{first}/2", "result-faulty")
    camera.go("/form/annual-report-2021?agency=清河县某局&year=2025", "form")


def _of_agency(camera: Camera, code: str) -> None:
    """What an agency sees that comes by its link."""
    camera.go("/", "campaign-home")
    camera.go(f"/a/{code}", "agency")
    camera.page.set_input_files("#file", SAMPLES / "typical-mistakes-2023.xlsx")
    camera.press("form[enctype] button.main")
    camera.take("receipt")
    camera.go("/agency/form", "agency-form")


def _of_office(camera: Camera, code: str, password: str) -> None:
    """What the office sees."""
    camera.go("/sign-in", "sign-in")
    camera.page.fill("#name", ROLE_NAMES[AccessRole.COORDINATOR].zh)
    camera.page.fill("#password", password)
    camera.press("main button.main")
    for name, path in OFFICE.items():
        camera.go(path.format(code=code), name)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
