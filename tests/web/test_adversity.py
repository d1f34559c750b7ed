"""What goes wrong around a server: the disk is full, far too much comes at once, a visitor goes away midway."""

from __future__ import annotations

import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from office_processes import comes_true
from places import SAMPLES
from web_campaign import served_campaign
from web_server import RunningServer, running_server

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
