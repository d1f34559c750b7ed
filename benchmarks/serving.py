"""What a server of the page takes: fifty clerks at once, pages that cost nothing, and its memory over many uploads.

usage: python -m benchmarks.serving [UPLOADS]      (10,000 uploads for its memory, or so many; prints what was seen)
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server import Browser, Server, p95, served

SAMPLE = Path(__file__).parents[1] / "sample_inputs" / "weihui-xinfang-2023.xlsx"
CLERKS, CLIENT_PROCESSES = 50, 4
_PAGES = 500


def report_waits(browser: Browser, kinds: Sequence[str]) -> list[float]:
    """How long a workbook takes to each of these addresses of its result, from the one before."""
    browser.got("/")
    begun, taken = time.perf_counter(), []
    location = browser.posted("/reports", {}, {"files": SAMPLE.read_bytes()})
    for kind in kinds:
        browser.got(f"{location}/{kind}")
        taken.append(time.perf_counter() - begun)
        begun = time.perf_counter()
    return taken


def _reports(port: int, clerks: int, each: int, kinds: Sequence[str]) -> list[list[float]]:
    """What several clerks at once wait for their reports."""

    def of_one(_: int) -> list[list[float]]:
        with Browser(port) as browser:
            return [report_waits(browser, kinds) for _ in range(each)]

    with ThreadPoolExecutor(clerks) as threads:
        return [one for every in threads.map(of_one, range(clerks)) for one in every]


def _told_waits(port: int, kinds: Sequence[str], each: int) -> None:
    """Print what fifty clerks wait who all begin at the same moment."""
    shares = [CLERKS // CLIENT_PROCESSES + (n < CLERKS % CLIENT_PROCESSES) for n in range(CLIENT_PROCESSES)]
    with get_context("spawn").Pool(CLIENT_PROCESSES) as pool:
        asked = partial(_reports, port, each=each, kinds=kinds)
        waits = [one for every in pool.map(asked, shares) for one in every]
    for place, kind in enumerate(kinds):
        seconds = [one[place] for one in waits]
        print(f"{CLERKS} clerks, {kind}: p95 {p95(seconds):.2f} s, longest {max(seconds):.2f} s", flush=True)


def _told_pages(server: Server, browser: Browser) -> None:
    """Print how many pages the server can give a second: by its processor time, which others do not change."""
    browser.got("/")
    location = browser.posted("/reports", {}, {"files": SAMPLE.read_bytes()})
    for name, path in (("/", "/"), ("a result", location), ("the stylesheet", "/static/style.css")):
        begun = server.processor
        for _ in range(_PAGES):
            browser.got(path)
        print(f"{name}: {_PAGES / (server.processor - begun):.0f} a second of a processor", flush=True)


def main() -> None:
    """Measure, and print."""
    uploads = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as folder, served(folder) as server:
        _reports(
            server.port, os.cpu_count() or 1, 2, ["docx.docx", "pdf.pdf"]
        )  # its processes begin with files
        _told_waits(server.port, ["docx.docx"], 4)
        for kind in ("pdf.pdf", "ofd.ofd", "pages"):
            _told_waits(server.port, ["docx.docx", kind], 1)
        with Browser(server.port) as browser:
            _told_pages(server, browser)
            _told_memory(server, browser, uploads)


def _told_memory(server: Server, browser: Browser, uploads: int) -> None:
    """Print what memory the server has over so many uploads."""
    for number in range(uploads):
        if number % (uploads // 5) == 0:
            print(f"after {number} more uploads: {server.memory} MiB", flush=True)
        report_waits(browser, [])
    print(f"after {uploads} more uploads: {server.memory} MiB, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
