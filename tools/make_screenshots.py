"""Pictures of every page in the browser, at two widths, of the demo campaign as a server shows it, small enough for the
docs.

usage: python -m tools.make_screenshots [FOLDER]      (behind tools.demo_campaign; needs chromium; default:
docs/screenshots)

A page that does not answer, and one that is wider than the window, end it.
"""

from __future__ import annotations

import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from threading import Thread

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from reportfill import Campaign
from reportfill.campaign.access.roles import ROLE_NAMES, AccessRole
from reportfill.web.application import application
from reportfill.web.setup import ServerSetup
from tools.demo_campaign import AGENCIES, handed_in, report_of
from tools.demo_campaign import ROOT as DEMO
from tools.demo_server import accounts
from tools.screen import wait_until
from tools.web_pages import FOLDER, PAGES, WIDTHS
from tools.web_walk import Stage, Walk

ROOT = Path(__file__).resolve().parents[1]
TARGET, SAMPLES = ROOT / "docs" / FOLDER, ROOT / "sample_inputs"
_INPUTS = ("weihui-xinfang-2023", "typical-mistakes-2023")
_FORM = "/form/annual-report-2021?agency=清河县某局&year=2025"
_MISTAKES = {"requests.received.natural_person": 99, "proactive.licensing.decisions": -3}
_HEIGHT, _TALLEST = 900, {1280: 1500, 390: 1400}
_COLOURS, _SCALE = 96, {1280: 0.6, 390: 0.75}


def main(folder: Path) -> None:
    """Write the pictures."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        data, place, look = Path(name), Path(name, "campaign"), partial(take, folder)
        page = browser.new_context(locale="zh-CN").new_page()
        with served(ServerSetup(_made(data / "alone"), "secret")) as address:
            sound, faulty = (SAMPLES / f"{name}.xlsx" for name in _INPUTS)
            Walk(page, address, look).alone(sound, faulty, _FORM)
        shutil.copytree(DEMO, place)
        with served(ServerSetup(_made(data / "office"), "secret", str(place))) as address:
            Walk(page, address, look).of_campaign(_stage(Campaign.open(place), data))
        browser.close()
    print(*missing(folder), sep="\n", end="")


def _stage(campaign: Campaign, folder: Path) -> Stage:
    agency = AGENCIES[1]
    faulty = folder / "填报表.xlsx"
    faulty.write_bytes(handed_in(agency, report_of(agency, Random(1)), _MISTAKES))
    link = next(one for one in campaign.give_links(renew=True).links if one.agency.code == agency.code)
    role = AccessRole.COORDINATOR
    return Stage(agency.code, link.code, faulty, ROLE_NAMES[role].zh, accounts(campaign)[role])


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


def take(folder: Path, page: Page, name: str) -> None:
    """Take the pictures of the page that is shown."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            raise RuntimeError(f"{name} is wider than the window")
        page.evaluate("for (const one of document.images) one.loading = 'eager'")
        page.wait_for_function("Array.from(document.images).every(one => one.complete)")
        height = min(page.evaluate("document.body.scrollHeight"), _TALLEST[width])
        clip = {"x": 0, "y": 0, "width": width, "height": height}
        picture = page.screenshot(full_page=True, clip=clip)  # type: ignore[arg-type]
        (folder / PAGES[name].picture(width)).write_bytes(small(picture, _SCALE[width]))


def small(picture: bytes, scale: float) -> bytes:
    """A picture in few pixels and colours."""
    with Image.open(BytesIO(picture)) as whole:
        size = (round(whole.width * scale), round(whole.height * scale))
        reduced = whole.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    target = BytesIO()
    reduced.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(
        target, "PNG", optimize=True
    )
    return target.getvalue()


def missing(folder: Path) -> list[str]:
    """The pictures that docs/pages.md shows and a folder has not."""
    wanted = {one.picture(width) for one in PAGES.values() for width in WIDTHS}
    return sorted(wanted - {path.name for path in folder.iterdir()})


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
