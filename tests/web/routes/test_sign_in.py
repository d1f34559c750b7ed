"""Who has an account comes in with its password, waits after wrong ones, and is out when the password changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_campaign import COORDINATOR, PASSWORD, ServedCampaign, served_campaign, sign_in
from web_visitor import Visitor

from reportfill.web.application import application
from reportfill.web.security.mistakes import FREE_FOR_ACCOUNT

LATIN = "wang"


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    return served_campaign(tmp_path)


@pytest.fixture
def visitor(served: ServedCampaign) -> Iterator[Visitor]:
    with served.visited() as visitor:
        yield visitor


def test_a_wrong_password_and_an_unknown_account_are_told_alike(visitor: Visitor) -> None:
    wrong, unknown = sign_in(visitor, password="x"), sign_in(visitor, name="没有的人")
    assert wrong.status_code == unknown.status_code == 401
    assert "账号或密码不对" in wrong.text
    assert "账号或密码不对" in unknown.text


def test_who_is_wrong_too_often_waits_with_that_account_even_for_the_right_password(visitor: Visitor) -> None:
    for _ in range(FREE_FOR_ACCOUNT):
        sign_in(visitor, password="x")
    refused = sign_in(visitor)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_an_account_is_the_same_however_its_name_is_written(visitor: Visitor) -> None:
    wide = "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in LATIN)
    for name in (LATIN, LATIN.upper(), wide, f"{LATIN} "):
        assert sign_in(visitor, name=name, password="x").status_code == 401
    assert sign_in(visitor, name=LATIN, password="x").status_code == 429


def test_who_tries_many_passwords_at_once_has_no_more_tries(visitor: Visitor) -> None:
    form = {"csrf": visitor.token("/sign-in"), "name": COORDINATOR, "password": "x"}
    with ThreadPoolExecutor(24) as several:
        sent = [several.submit(visitor.client.post, "/sign-in", data=form) for _ in range(24)]
        answers = Counter(one.result().status_code for one in sent)
    assert answers[401] + answers[429] == 24
    assert answers[401] <= FREE_FOR_ACCOUNT + 2  # as many as are looked at together


def test_the_token_of_a_session_is_another_one_for_each_sign_in(visitor: Visitor) -> None:
    sign_in(visitor)
    first = visitor.client.cookies["session"]
    sign_in(visitor)
    assert visitor.client.cookies["session"] != first


def test_a_session_is_nothing_once_somebody_has_signed_out(visitor: Visitor) -> None:
    sign_in(visitor)
    token = visitor.client.cookies["session"]
    visitor.post("/sign-out", page="/sign-in")
    visitor.client.cookies.set("session", token)
    assert visitor.get("/office").url.path == "/sign-in"


def test_a_session_ends_with_a_changed_password_or_a_removed_account(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor)
    assert visitor.get("/office").url.path == "/office"
    served.campaign.change_password(COORDINATOR, f"{PASSWORD} 2")
    visitor.client.portal.call(visitor.client.app.state.house.overview.look)
    assert visitor.get("/office").url.path == "/sign-in"


def test_sessions_outlive_a_server_that_is_started_anew(visitor: Visitor, served: ServedCampaign) -> None:
    sign_in(visitor)
    with TestClient(application(served.setup)) as again:
        again.cookies.update(visitor.client.cookies)
        assert again.get("/office").url.path == "/office"


def test_a_session_leads_back_to_our_own_pages_alone(visitor: Visitor) -> None:
    form = {"name": COORDINATOR, "password": PASSWORD, "back": "//elsewhere.example/"}
    assert visitor.post("/sign-in", form, page="/sign-in").url.host == "testserver"


def test_without_a_campaign_nobody_signs_in(tmp_path: Path) -> None:
    from reportfill.web.setup import ServerSetup

    with TestClient(application(ServerSetup(tmp_path, "secret", jobs=1))) as client:
        assert client.get("/sign-in").status_code == 404
        assert client.get("/a/X").status_code == 404
