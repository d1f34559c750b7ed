"""A real browser, and a server for it in a thread of this process."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from threading import Thread
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from reportfill.web.application import application
from reportfill.web.setup import ServerSetup

_WAITING = 10.0
_AXE = "axe.run().then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html).slice(0, 3)]))"


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with chromiums(1) as (browser,):
        yield browser


@contextmanager
def chromiums(number: int) -> Iterator[Sequence[Browser]]:
    """So many of Debian's Chromium, each a program of its own. On a developer's machine without it such tests are left
    out; in CI never."""
    program = shutil.which("chromium")
    if program is None and not os.environ.get("CI"):
        pytest.skip("Chromium is not installed")
    assert program, "CI needs Chromium"
    with sync_playwright() as playwright:
        launch = partial(playwright.chromium.launch, executable_path=program, args=["--no-sandbox"])
        browsers = [launch() for _ in range(number)]
        yield browsers
        for browser in browsers:
            browser.close()


@contextmanager
def serving(setup: ServerSetup) -> Iterator[str]:
    """The address of a server that runs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        running = uvicorn.Server(uvicorn.Config(application(setup), log_level="warning"))
        thread = Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        until = time.monotonic() + _WAITING
        while not running.started and time.monotonic() < until:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join()


def violations(page: Page) -> Any:
    """What axe finds on a page as it is shown: what keeps somebody from using it. Nothing may stand outside it."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    return page.evaluate(_AXE)
