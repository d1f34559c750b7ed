"""Whoever sends slowly is told so or is not waited for, and the page goes on for all others: over real sockets."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx2
import pytest
import uvicorn
from office_processes import comes_true

from reportfill.web.application import application
from reportfill.web.security import patience
from reportfill.web.setup import ServerSetup

POST = (
    b"POST /reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
    b"Content-Length: %d\r\n\r\n"
)
FILE = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server in this process that waits for half a second where others wait for half a minute."""
    monkeypatch.setattr(patience, "LONGEST_SILENCE", 0.5)
    monkeypatch.setattr(patience, "LONGEST_START", 1.0)
    monkeypatch.setattr(patience, "LONGEST_WITHOUT_REQUEST", 0.5)
    app = application(ServerSetup(tmp_path, "secret", jobs=1))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, http=patience.PatientProtocol, log_level="error"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        assert comes_true(lambda: server.started)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(30)


def _connected(port: int, sent: bytes = b"") -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), 20)
    connection.sendall(sent)
    return connection


def _rest(connection: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    try:
        return b"".join(iter(lambda: connection.recv(65536), b""))
    except ConnectionResetError:
        return b""


def _is_alive(port: int) -> bool:
    return httpx2.get(f"http://127.0.0.1:{port}/", timeout=20).status_code == 200


def _trickled(connection: socket.socket, piece: bytes) -> float:
    """Seconds until the server has closed a connection over which something comes time and again."""
    begun = time.monotonic()
    connection.settimeout(0.1)
    while time.monotonic() - begun < 20:
        try:
            connection.sendall(piece)
            if not connection.recv(65536):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - begun


def test_a_body_that_stops_is_answered_by_a_page(port: int) -> None:
    with _connected(port, POST % 1000 + FILE) as connection:
        answer = _rest(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert "内容传送太慢".encode() in answer
    assert b"content-security-policy" in answer
    assert _is_alive(port)


def test_a_body_that_trickles_is_not_waited_for(port: int) -> None:
    with _connected(port, POST % 100_000 + FILE) as connection:
        assert _trickled(connection, b"a") < 10
    assert _is_alive(port)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: loc"])
def test_a_connection_without_a_request_is_closed(port: int, sent: bytes) -> None:
    with _connected(port, sent) as connection:
        assert _rest(connection) == b""
    assert _is_alive(port)


def test_headers_that_trickle_are_not_waited_for(port: int) -> None:
    with _connected(port, b"GET / HTTP/1.1\r\nHost: localhost\r\n") as connection:
        assert _trickled(connection, b"X-More: 1\r\n") < 10
    assert _is_alive(port)


def test_what_comes_on_after_an_answer_is_not_read_for_ever(port: int) -> None:
    """A body that is too large is answered at once."""
    with _connected(port, POST % (1 << 40)) as connection:
        assert connection.recv(12) == b"HTTP/1.1 413"
        assert _trickled(connection, b"a") < 10
    assert _is_alive(port)


def test_a_connection_is_kept_between_two_requests_and_closed_then(port: int) -> None:
    request = b"GET /tools HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with _connected(port, request) as connection:
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        connection.sendall(request)
        assert b"HTTP/1.1 200 OK" in _rest(connection)


def test_an_answer_may_take_longer_than_a_connection_waits(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportfill.web.routes import start

    usual = start.find_packs
    monkeypatch.setattr(start, "find_packs", lambda: (time.sleep(1.5), usual())[1])
    assert httpx2.get(f"http://127.0.0.1:{port}/tools", timeout=20).status_code == 200


def test_many_connections_without_a_request_leave_room(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "MOST_CONNECTIONS", 50)
    monkeypatch.setattr(patience, "LONGEST_WITHOUT_REQUEST", 60)
    with ExitStack() as opened:
        every = [opened.enter_context(_connected(port)) for _ in range(200)]
        assert _is_alive(port)
        assert _rest(every[0]) == b""


def test_connections_that_are_cut_off_leave_nothing(port: int, tmp_path: Path) -> None:
    kept = sorted((tmp_path / "kept").iterdir())
    for _ in range(20):
        with _connected(port, POST % 10_000_000 + FILE + bytes(100_000)):
            pass
    assert _is_alive(port)
    assert sorted((tmp_path / "kept").iterdir()) == kept
