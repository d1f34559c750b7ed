"""A flood from one address is held off, as a page and as a problem document; others go on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from reportfill.web.application import application
from reportfill.web.security import upload_rate
from reportfill.web.setup import ServerSetup


@pytest.fixture
def flooded(setup: ServerSetup, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server to which an address has sent as much as it may."""
    now = [1000.0]
    monkeypatch.setattr(upload_rate, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(upload_rate, "monotonic", lambda: now[0])
    app = application(setup)
    app.state.now = now
    with TestClient(app, raise_server_exceptions=False) as client:
        for _ in range(3):
            assert client.post("/reports").status_code == 403
        yield client


def test_a_flood_is_told_when_to_come_again(flooded: TestClient) -> None:
    answer = flooded.post("/reports")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert "操作太频繁" in answer.text
    assert "content-security-policy" in answer.headers
    problem = flooded.post("/api/v1/reports")
    assert problem.headers["content-type"] == "application/problem+json"
    assert problem.json()["status"] == 429


def test_it_may_look_at_pages_and_come_again_later(flooded: TestClient) -> None:
    assert flooded.get("/").status_code == 200
    now = flooded.app.state.now  # type: ignore[attr-defined]
    now[0] += 0.2
    assert flooded.post("/reports").status_code == 403
    assert flooded.post("/reports").status_code == 429
    now[0] += 1000
    assert [flooded.post("/reports").status_code for _ in range(4)] == [403, 403, 403, 429]


def test_another_address_goes_on(flooded: TestClient) -> None:
    other = TestClient(flooded.app, client=("192.0.2.7", 5000), raise_server_exceptions=False)
    assert flooded.post("/reports").status_code == 429
    assert other.post("/reports").status_code == 403


def test_a_program_on_this_computer_is_not_held_off(flooded: TestClient) -> None:
    here = TestClient(flooded.app, client=("127.0.0.1", 5000), raise_server_exceptions=False)
    assert {here.post("/reports").status_code for _ in range(10)} == {403}
