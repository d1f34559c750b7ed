"""A server of the page that is measured, and browsers that ask it."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, Self
from urllib.parse import urlencode

_BOUNDARY = "reportfill"
_FORM = "application/x-www-form-urlencoded"
_TOKEN = re.compile(rb'name="csrf" value="([0-9a-f]+)"')
_PATIENCE = 120


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

    @property
    def processor(self) -> float:
        """Seconds of a processor that it took itself, without the processes that it started."""
        fields = Path(f"/proc/{self.number}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(folder: str, campaign: Path | None = None) -> Iterator[Server]:
    """A server of one process, with a campaign or without, and with its own files in a folder."""
    command = [
        sys.executable,
        "-m",
        "reportfill",
        "serve",
        *([str(campaign)] if campaign else []),
        "--port",
        "0",
    ]
    own = {"TMPDIR": folder, "XDG_DATA_HOME": folder}
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=os.environ | own) as process:
        assert process.stdout
        told = re.search(r":(\d+)/", process.stdout.readline())
        assert told
        try:
            yield Server(int(told[1]), process.pid)
        finally:
            process.terminate()


class Answer(NamedTuple):
    """What a server answered: its status, where it leads, and the page."""

    status: int
    location: str
    content: bytes


class Browser:
    """A browser, a context, that keeps its connection, its cookies and the token of the last form that it saw."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        self._cookies: dict[str, str] = {}
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def got(self, path: str) -> Answer:
        """A page, wherever its address leads. Raises RuntimeError where there is none."""
        answer = self._asked("GET", path)
        while answer.status == 303:
            answer = self._asked("GET", answer.location)
        return _required(answer, 200, path)

    def posted(self, path: str, fields: Mapping[str, str], files: Mapping[str, bytes] | None = None) -> str:
        """Where a form leads that was posted with fields, or with files by the names of theirs."""
        fields = {"csrf": self._token, **fields}
        if files is None:
            answer = self._asked("POST", path, urlencode(fields).encode(), _FORM)
        else:
            kind = f"multipart/form-data; boundary={_BOUNDARY}"
            answer = self._asked("POST", path, _multipart(fields, files), kind)
        return _required(answer, 303, path).location

    def lines(self, path: str) -> Iterator[bytes]:
        """The lines of an answer that ends with the server, as they come."""
        self._connection.request("GET", path, headers=self._headers)
        with suppress(OSError, http.client.HTTPException):
            yield from self._connection.getresponse()

    @property
    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}

    def _asked(self, method: str, path: str, body: bytes = b"", kind: str = "") -> Answer:
        headers = self._headers | ({"Content-Type": kind} if kind else {})
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("set-cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        content = answer.read()
        if found := _TOKEN.search(content):
            self._token = found[1].decode()
        return Answer(answer.status, answer.headers.get("location", ""), content)


def p95(seconds: Sequence[float]) -> float:
    """What 95 of a hundred do not take longer than."""
    return sorted(seconds)[int(len(seconds) * 0.95)]


def _required(answer: Answer, status: int, path: str) -> Answer:
    if answer.status != status:
        raise RuntimeError(f"{path}: {answer.status}")
    return answer


def _multipart(fields: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    part = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"'.format
    texts = "".join(f"{part(name)}\r\n\r\n{value}\r\n" for name, value in fields.items())
    pieces = [texts.encode()]
    for name, content in files.items():
        pieces += [f'{part(name)}; filename="a.xlsx"\r\n\r\n'.encode(), content, b"\r\n"]
    return b"".join((*pieces, f"--{_BOUNDARY}--\r\n".encode()))
