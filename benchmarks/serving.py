"""What a server of the page takes: fifty clerks at once, pages that cost nothing, and its memory over many uploads.

usage: python -m benchmarks.serving [UPLOADS]      (10,000 uploads for its memory, or so many; prints what was seen)
"""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

SAMPLE = Path(__file__).parents[1] / "sample_inputs" / "weihui-xinfang-2023.xlsx"
CLERKS, CLIENT_PROCESSES = 50, 4
_BOUNDARY = "reportfill"
_TOKEN = re.compile(rb'name="csrf" value="([0-9a-f]+)"')


class Server(NamedTuple):
    """A server that runs: its port and the number of its process."""

    port: int
    number: int

    @property
    def memory(self) -> int:
        """MiB that it has in memory."""
        status = Path(f"/proc/{self.number}/status").read_text("ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) // 1024 if found else 0


@contextmanager
def served(folder: str) -> Iterator[Server]:
    """A server of one process, with its temporary files in a folder."""
    command = [sys.executable, "-m", "reportfill", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ | {"TMPDIR": folder}
    ) as process:
        assert process.stdout
        told = re.search(r":(\d+)/", process.stdout.readline())
        assert told
        try:
            yield Server(int(told[1]), process.pid)
        finally:
            process.terminate()


class Clerk:
    """A browser that keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        _, answer, page = self._asked("GET", "/")
        found = _TOKEN.search(page)
        assert found
        self._token = found[1].decode()
        self._cookie = answer["set-cookie"].partition(";")[0]

    def seconds_for_report(self, kinds: Sequence[str]) -> list[float]:
        """How long a workbook takes to each of these addresses of its result, from the beginning each time."""
        begun, taken = time.perf_counter(), []
        status, answer, _ = self._asked("POST", "/reports", self._form(SAMPLE.read_bytes()))
        assert status == 303, status
        for kind in kinds:
            status, _, _ = self._asked("GET", f"{answer['location']}/{kind}")
            assert status == 200, (kind, status)
            taken.append(time.perf_counter() - begun)
            begun = time.perf_counter()
        return taken

    def pages(self, count: int) -> None:
        """Look at a page so many times."""
        for _ in range(count):
            assert self._asked("GET", "/")[0] == 200

    def _form(self, content: bytes) -> bytes:
        token = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{self._token}\r\n'
        head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'
        return f"{token}{head}".encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()

    def _asked(self, method: str, path: str, body: bytes = b"") -> tuple[int, http.client.HTTPMessage, bytes]:
        headers = {"Cookie": self._cookie} if hasattr(self, "_cookie") else {}
        if body:
            headers["Content-Type"] = f"multipart/form-data; boundary={_BOUNDARY}"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.headers, answer.read()


def _reports(port: int, clerks: int, each: int, kinds: Sequence[str]) -> list[list[float]]:
    """What several clerks at once wait for their reports."""

    def of_one(_: int) -> list[list[float]]:
        clerk = Clerk(port)
        return [clerk.seconds_for_report(kinds) for _ in range(each)]

    with ThreadPoolExecutor(clerks) as threads:
        return [one for every in threads.map(of_one, range(clerks)) for one in every]


def _pages(port: int, count: int) -> None:
    Clerk(port).pages(count)


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _told_waits(port: int, kinds: Sequence[str], each: int) -> None:
    """Print what fifty clerks wait who all begin at the same moment."""
    shares = [CLERKS // CLIENT_PROCESSES + (n < CLERKS % CLIENT_PROCESSES) for n in range(CLIENT_PROCESSES)]
    with get_context("spawn").Pool(CLIENT_PROCESSES) as pool:
        asked = partial(_reports, port, each=each, kinds=kinds)
        waits = [one for every in pool.map(asked, shares) for one in every]
    for place, kind in enumerate(kinds):
        seconds = [one[place] for one in waits]
        print(f"{CLERKS} clerks, {kind}: p95 {_p95(seconds):.2f} s, longest {max(seconds):.2f} s", flush=True)


def main() -> None:
    """Measure, and print."""
    uploads = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"cores {os.cpu_count()}, load {os.getloadavg()[0]:.1f}")
    with TemporaryDirectory() as folder, served(folder) as server:
        Clerk(server.port).seconds_for_report(["docx.docx", "pdf.pdf"])  # processes begin with the first file
        _told_waits(server.port, ["docx.docx"], 4)
        _told_waits(server.port, ["docx.docx", "pdf.pdf", "pages"], 1)
        count, begun = 1000, time.perf_counter()
        with get_context("spawn").Pool(2) as pool:
            pool.map(partial(_pages, server.port), [count] * 2)
        print(
            f"pages: {2 * count / (time.perf_counter() - begun):.0f} a second, start of two clients included"
        )
        clerk = Clerk(server.port)
        for number in range(uploads):
            if number % (uploads // 5) == 0:
                print(f"after {number} more uploads: {server.memory} MiB", flush=True)
            clerk.seconds_for_report([])
        print(f"after {uploads} more uploads: {server.memory} MiB")


if __name__ == "__main__":
    main()
