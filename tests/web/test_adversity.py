"""What goes wrong around a server: the disk is full, far too much comes at once, a visitor goes away midway."""

from __future__ import annotations

import resource
import socket
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from office_processes import comes_true
from places import DATA, SAMPLES
from web_campaign import served_campaign
from web_server import RunningServer, running_server

from reportfill.web.security.upload_rate import EACH_SECOND, MOST_AT_ONCE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")

SOUND = SAMPLES / "weihui-xinfang-2023.xlsx"


@contextmanager
def _full_disk(server: RunningServer, largest: int) -> Iterator[None]:
    """Let a server's processes write no file further than so many bytes, as on a disk without room."""
    unlimited = resource.RLIM_INFINITY
    for number in server.processes():
        resource.prlimit(number, resource.RLIMIT_FSIZE, (largest, unlimited))
    yield
    for number in server.processes():
        resource.prlimit(number, resource.RLIMIT_FSIZE, (unlimited, unlimited))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RunningServer]:
    with running_server(tmp_path) as server:
        yield server


def _kept(server: RunningServer) -> list[str]:
    return [path.name for path in (server.folder / "tmp").glob("reportfill-*/kept/*")]


def test_a_full_disk_is_told_and_the_page_goes_on_when_there_is_room_again(server: RunningServer) -> None:
    with server.visited() as visitor:
        assert visitor.drop(SOUND).status_code == 200
        with _full_disk(server, 1000):
            refused = visitor.drop(SOUND)
            assert refused.status_code == 507
            assert "磁盘已满" in refused.text
            assert visitor.get("/").status_code == 200
        assert visitor.drop(SOUND).status_code == 200


def test_what_cannot_be_handed_in_for_want_of_room_is_not_acknowledged(tmp_path: Path) -> None:
    served = served_campaign(tmp_path)
    agency = AGENCIES[1]
    with running_server(tmp_path / "own", served.setup.campaign) as server, server.visited() as visitor:
        visitor.get(f"/a/{served.codes[agency.code]}")
        for size, status in ((1000, 507), (resource.RLIM_INFINITY, 200)):
            token = visitor.token("/agency")
            with _full_disk(server, size):
                answer = visitor.client.post(
                    "/agency/hand-in",
                    data={"csrf": token},
                    files={"file": ("填报表.xlsx", prepared(agency, 1))},
                )
            assert answer.status_code == status, answer.text
            receipts = served.campaign.history_of(agency.code).receipts
            assert len(receipts) == (status == 200)


def test_ten_thousand_files_at_once_are_refused_in_words(server: RunningServer) -> None:
    with server.visited() as visitor:
        files = [("files", (f"{number}.xlsx", b"{}")) for number in range(10_000)]
        refused = visitor.post("/reports", files=files)
        assert refused.status_code == 400
        assert "请分几次上传" in refused.text
        assert visitor.drop(SOUND).status_code == 200
        assert len(_kept(server)) == 1


FLOODS = {
    "/": b"",
    "/results/nobody-has-this/1": b"",
    "/form/annual-report-2021": b"",
    "/api/v1/checks": (DATA / "weihui-2023.json").read_bytes(),
}


@pytest.mark.parametrize("path", FLOODS)
def test_a_flood_by_one_address_lets_others_in(server: RunningServer, path: str) -> None:
    is_over, statuses = Event(), Counter[int]()

    def flood() -> None:
        with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
            while not is_over.is_set():
                body = FLOODS[path]
                connection.request(
                    "POST" if body else "GET", path, body, {"Content-Type": "application/json"}
                )
                answer = connection.getresponse()
                answer.read()
                statuses[answer.status] += 1

    with ThreadPoolExecutor(50) as pool, server.visited() as visitor:
        floods = [pool.submit(flood) for _ in range(50)]
        try:
            assert visitor.get("/").status_code == 200
            assert visitor.drop(SOUND).status_code == 200
        finally:
            is_over.set()
        assert [one.exception() for one in floods] == [None] * 50
    assert set(statuses) <= {200, 404, 429, 503}


def test_what_an_address_may_upload_is_counted_over_all_processes(tmp_path: Path) -> None:
    served = served_campaign(tmp_path)
    arguments = (served.setup.campaign, "--proxy", "127.0.0.1", "--processes", "2")
    statuses: dict[str, Counter[int]] = {}
    with running_server(tmp_path / "own", *arguments) as server:
        begun = time.monotonic()
        for address, uploads in (("192.0.2.7", 3 * MOST_AT_ONCE // 2), ("192.0.2.8", 1)):
            asked = partial(_upload_status, server.port, address)
            with ThreadPoolExecutor(8) as pool:
                statuses[address] = Counter(pool.map(asked, range(uploads)))
        seconds = time.monotonic() - begun
    assert set(statuses["192.0.2.7"]) == {403, 429}
    assert statuses["192.0.2.7"][403] <= MOST_AT_ONCE + EACH_SECOND * seconds + 2
    assert statuses["192.0.2.8"] == {403: 1}


def _upload_status(port: int, address: str, number: int) -> int:
    """What becomes of an upload without a token, over a connection of its own, which either process takes."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", "/reports", b"", {"X-Forwarded-For": address})
        return connection.getresponse().status


def test_an_upload_that_is_cut_off_leaves_nothing_and_is_no_trouble(server: RunningServer) -> None:
    head = (
        "POST /reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 90000000\r\n\r\n"
        '--x\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'
    )
    before = server.temporary
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", server.port), 20) as connection:
            connection.sendall(head.encode() + bytes(3_000_000))  # more than is kept in memory
    assert comes_true(lambda: server.temporary == before)
    with server.visited() as visitor:
        assert visitor.drop(SOUND).status_code == 200
    assert len(_kept(server)) == 1
    assert comes_true(lambda: _open_files(server) == [])
    assert server.log == ""


def _open_files(server: RunningServer) -> list[str]:
    """The files without a name that a server still has open."""
    links = Path(f"/proc/{server.process.pid}/fd").iterdir()
    places = [str(link.readlink()) for link in links if link.is_symlink()]
    return [place for place in places if place.startswith(f"{server.folder}/tmp") and "(deleted)" in place]
