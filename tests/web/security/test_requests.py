"""What comes from elsewhere is refused, and every answer says what the browser may not do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from places import SAMPLES
from starlette.testclient import TestClient
from web_visitor import Visitor

from reportfill.web.application import application
from reportfill.web.security.headers import CONTENT_SECURITY_POLICY
from reportfill.web.setup import ServerSetup, is_loopback, names_of

SOUND = SAMPLES / "weihui-xinfang-2023.xlsx"
FILE = {"files": ("a.xlsx", SOUND.read_bytes())}


def test_a_form_without_the_visitors_own_token_is_refused(visitor: Visitor) -> None:
    assert visitor.client.post("/reports", files=FILE).status_code == 403
    assert visitor.client.post("/reports", data={"csrf": "0" * 64}, files=FILE).status_code == 403
    assert visitor.client.post("/reports", data={"csrf": "四"}, files=FILE).status_code == 403


def test_the_token_of_another_visitor_is_refused(visitor: Visitor) -> None:
    page = visitor.get("/").text
    token = page.split('name="csrf" value="')[1].split('"')[0]
    visitor.client.cookies.clear()
    visitor.get("/")
    assert visitor.client.post("/reports", data={"csrf": token}, files=FILE).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://elsewhere.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://testserver"},
    ],
)
def test_a_request_of_another_websites_page_is_refused(visitor: Visitor, headers: dict[str, str]) -> None:
    answer = visitor.client.post("/api/v1/nowhere", headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}, {}])
def test_a_request_of_our_own_page_or_of_a_program_is_taken(
    visitor: Visitor, headers: dict[str, str]
) -> None:
    assert visitor.client.post("/api/v1/nowhere", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/api/v1/nowhere", "/static/style.css", "/static/nothing.css"]
)
def test_every_answer_has_the_headers(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers
    assert headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert ("no-store" in headers["cache-control"]) is not path.endswith("style.css")


@pytest.fixture
def broken(setup: ServerSetup) -> Iterator[TestClient]:
    """A server with an address at which the program fails."""
    app: FastAPI = application(setup)

    def fail() -> None:
        raise RuntimeError("a bug")

    app.add_api_route("/bug", fail)
    app.add_api_route("/api/v1/bug", fail)
    with TestClient(app) as client:
        yield client


def test_a_bug_is_told_with_all_headers_and_without_its_words(
    broken: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    page, document = broken.get("/bug"), broken.get("/api/v1/bug")
    assert page.status_code == document.status_code == 500
    assert document.json()["status"] == 500
    assert "a bug" not in page.text + document.text
    assert page.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "a bug" in caplog.text


def test_a_server_of_this_computer_answers_to_no_other_name(setup: ServerSetup, tmp_path: Path) -> None:
    own = ServerSetup(tmp_path, "secret", names=names_of("127.0.0.1", ()), jobs=1)
    with TestClient(application(own), base_url="http://localhost:8000") as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"host": "127.0.0.1:8000"}).status_code == 200
        assert client.get("/", headers={"host": "[::1]:8000"}).status_code == 200
        assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_cookies_are_for_this_server_and_never_for_scripts(setup: ServerSetup, tmp_path: Path) -> None:
    secure = ServerSetup(tmp_path, "secret", is_https=True, jobs=1)
    with TestClient(application(secure), base_url="https://testserver") as client:
        answer = client.get("/")
        assert "max-age" in answer.headers["strict-transport-security"]
        (cookie,) = answer.headers.get_list("set-cookie")
    assert cookie.startswith("__Host-visitor=")
    assert all(word in cookie for word in ("HttpOnly", "Path=/", "SameSite=lax", "Secure"))


def test_the_switch_of_language_leads_to_our_own_pages_alone(visitor: Visitor) -> None:
    def leads_to(back: str) -> str:
        answer = visitor.get("/language/en", params={"back": back}, follow_redirects=False)
        return answer.headers["location"]

    assert leads_to("/results/x?a=1") == "/results/x?a=1"
    for elsewhere in (
        "//elsewhere.example",
        "/\\elsewhere.example",
        "https://elsewhere.example",
        "",
        "/\n/x",
    ):
        assert leads_to(elsewhere) == "/"
    assert "Choose workbooks" in visitor.get("/").text


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("a.cn", False)],
)
def test_only_this_computer_reaches_a_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_what_is_larger_than_its_route_takes_is_refused_while_it_comes(visitor: Visitor) -> None:
    answer = visitor.client.post("/workbook", content=b"a" * (65 << 10))
    assert answer.status_code == 413
    assert "太大" in answer.text


def test_more_files_than_a_form_takes_are_refused_as_a_page(visitor: Visitor) -> None:
    many = [("files", (f"{number}.xlsx", b"x")) for number in range(201)]
    answer = visitor.post("/reports", files=many)
    assert answer.status_code in (400, 413)
    assert "200" in answer.text
