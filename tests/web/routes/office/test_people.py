"""Accounts, one's own password and the keys of programs, by whom that is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from web_browser import chromium, serving, violations
from web_campaign import (
    COORDINATOR,
    PASSWORD,
    READER,
    REVIEWER,
    ServedCampaign,
    served_campaign,
    sign_in,
)
from web_visitor import Visitor

from reportfill.campaign.access.roles import AccessRole

HERE = "/office/people"
OTHER = "another four words here"


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    return served_campaign(tmp_path)


@pytest.fixture
def visitor(served: ServedCampaign) -> Iterator[Visitor]:
    with served.visited() as visitor:
        yield visitor


def test_a_reader_changes_the_own_password_and_signs_in_anew(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor, READER)
    wrong = {"former": "x", "new": OTHER, "again": OTHER}
    assert "原密码不对" in visitor.post(f"{HERE}/password", wrong, page=HERE).text
    differs = {"former": PASSWORD, "new": OTHER, "again": f"{OTHER} 2"}
    assert "不一致" in visitor.post(f"{HERE}/password", differs, page=HERE).text
    poor = {"former": PASSWORD, "new": "1234567890", "again": "1234567890"}
    assert "过于常见" in visitor.post(f"{HERE}/password", poor, page=HERE).text
    right = {"former": PASSWORD, "new": OTHER, "again": OTHER}
    assert visitor.post(f"{HERE}/password", right, page=HERE).url.path == "/sign-in"
    assert served.campaign.user_with(READER, OTHER) is not None


def test_a_reader_sees_no_accounts_and_posts_none(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    assert COORDINATOR not in visitor.get(HERE).text
    for path in ("accounts", "accounts/change", "keys", "keys/withdraw"):
        assert visitor.post(f"{HERE}/{path}", {"name": REVIEWER}, page=HERE).status_code == 403


def test_a_coordinator_adds_changes_and_removes_accounts_but_not_the_own_one(
    visitor: Visitor, served: ServedCampaign
) -> None:
    sign_in(visitor)
    new = {"name": "孙新来", "role": "reader", "password": OTHER}
    assert "孙新来" in visitor.post(f"{HERE}/accounts", new, page=HERE).text
    assert "已经存在" in visitor.post(f"{HERE}/accounts", new, page=HERE).text
    visitor.post(f"{HERE}/accounts/change", {"name": "孙新来", "role": "reviewer"}, page=HERE)
    roles = {user.name: user.role for user in served.campaign.users}
    assert roles["孙新来"] is AccessRole.REVIEWER
    visitor.post(f"{HERE}/accounts/change", {"name": "孙新来", "remove": ""}, page=HERE)
    own = visitor.post(f"{HERE}/accounts/change", {"name": COORDINATOR, "remove": ""}, page=HERE)
    assert "不能删除自己的账号" in own.text
    assert {user.name for user in served.campaign.users} == {COORDINATOR, REVIEWER, READER}
    assert {entry.by for entry in served.campaign.log().entries if entry.by} == {COORDINATOR}


def test_a_key_is_shown_once_opens_and_is_withdrawn(visitor: Visitor, served: ServedCampaign) -> None:
    sign_in(visitor)
    shown = visitor.post(f"{HERE}/keys", {"name": "财政系统", "role": "reader"}, page=HERE).text
    key = shown.split('readonly value="')[1].split('"')[0]
    assert served.campaign.key_of(key) is not None
    assert key not in visitor.get(HERE).text
    visitor.post(f"{HERE}/keys/withdraw", {"name": "财政系统"}, page=HERE)
    assert served.campaign.key_of(key) is None


def test_everybody_can_use_the_page(served: ServedCampaign) -> None:
    with chromium() as browser, serving(served.setup) as address:
        page = browser.new_page(locale="zh-CN")
        page.goto(f"{address}{HERE}")
        page.fill("input[name=name]", COORDINATOR)
        page.fill("input[name=password]", PASSWORD)
        page.locator("button.main").click()
        page.wait_for_url(f"**{HERE}")
        for path in (HERE, "/office/agencies/02", "/office/audit"):
            page.goto(f"{address}{path}")
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 900})
                assert violations(page) == []
