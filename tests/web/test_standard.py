"""What OWASP ASVS 5.0.0 asks of every page at level 1, where nothing else tests it (docs/security.md)."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from campaign.office import AGENCIES
from places import ROOT
from web_campaign import PASSWORD, READER, ServedCampaign, served_campaign, sign_in
from web_visitor import Visitor

WEB = ROOT / "src" / "reportfill" / "web"
NOT_TO_BE_CALLED = {"eval", "exec", "compile", "system", "popen", "Popen"}


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    return served_campaign(tmp_path)


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/static/style.css", "/api/v1/packs", "/api/v1/openapi.json"]
)
def test_no_other_website_may_read_an_answer(visitor: Visitor, path: str) -> None:
    for method in ("GET", "OPTIONS"):
        headers = {"origin": "https://elsewhere.example", "access-control-request-method": "POST"}
        answer = visitor.client.request(method, path, headers=headers)
        assert [name for name in answer.headers if name.startswith("access-control-")] == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/static/office.js", "text/javascript; charset=utf-8"),
        ("/api/v1/packs", "application/json"),
        ("/api/v1/nowhere", "application/problem+json"),
    ],
)
def test_every_answer_says_what_it_is(visitor: Visitor, path: str, kind: str) -> None:
    assert visitor.get(path).headers["content-type"] == kind


def test_scripts_write_texts_and_no_html(visitor: Visitor) -> None:
    for script in (WEB / "static").glob("*.js"):
        text = script.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        )


def test_templates_escape_what_they_show(served: ServedCampaign) -> None:
    templates = (WEB / "templates").rglob("*.jinja")
    assert [path.name for path in templates if re.search(r"\|\s*safe\b", path.read_text("utf-8"))] == []
    with served.visited() as visitor:
        sign_in(visitor)
        page = visitor.get("/office", params={"text": "<script>alert(1)</script>"}).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_what_is_typed_is_never_run() -> None:
    called = {
        f"{path.name}: {name}"
        for path in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "id", getattr(node.func, "attr", ""))) in NOT_TO_BE_CALLED
        and not (name == "compile" and getattr(getattr(node.func, "value", None), "id", "") == "re")
    }
    assert called == set()


def test_passwords_are_hidden_and_may_be_pasted_and_kept_by_the_browser(served: ServedCampaign) -> None:
    with served.visited() as visitor:
        fields = re.findall(r'<input[^>]*name="password"[^>]*>', visitor.get("/sign-in").text)
        sign_in(visitor)
        people = visitor.get("/office/people").text
        fields += re.findall(r'<input[^>]*name="(?:former|new|again|password)"[^>]*>', people)
    assert len(fields) >= 5
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(?:current|new)-password"', field)
        assert "onpaste" not in field


def test_every_visitor_and_sign_in_has_a_long_token_of_its_own(served: ServedCampaign) -> None:
    tokens = set()
    for _ in range(3):
        with served.visited() as visitor:
            sign_in(visitor, READER, PASSWORD)
            tokens.add(visitor.client.cookies["session"])
    assert len(tokens) == 3
    assert min(map(len, tokens)) * 6 >= 128


def test_nothing_is_changed_by_looking(served: ServedCampaign) -> None:
    with served.visited() as visitor:
        sign_in(visitor)
        before = served.campaign.log()
        agency = f"/office/agencies/{AGENCIES[1].code}"
        for path in ("/sign-out", "/office/people/accounts", "/office/people/keys", f"{agency}/review"):
            assert visitor.get(path).status_code in (404, 405, 422), path
        assert visitor.get("/office").url.path == "/office"
        assert served.campaign.log() == before
