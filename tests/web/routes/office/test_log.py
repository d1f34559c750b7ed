"""The office reads who did what and when, the newest first."""

from __future__ import annotations

import re

from campaign.office import AGENCIES
from web_campaign import COORDINATOR, READER, ServedCampaign, sign_in
from web_visitor import Visitor

ARCHIVE, CIVIL_AFFAIRS = AGENCIES[1:3]


def _entries(visitor: Visitor, query: str = "") -> list[tuple[str, str]]:
    """What happened to whom."""
    page = visitor.get(f"/office/log?{query}")
    assert page.status_code == 200
    return re.findall(r'</th><td>([^<]*)</td><td class="words">([^<]*)</td>', page.text)


def test_the_newest_stands_first_and_is_there_at_once(visitor: Visitor, served: ServedCampaign) -> None:
    sign_in(visitor, READER)
    before = _entries(visitor)
    served.campaign.accept(ARCHIVE.code, by=COORDINATOR)
    visitor.client.portal.call(visitor.client.app.state.house.overview.look)
    assert _entries(visitor) == [("审核通过", ARCHIVE.name), *before]


def test_one_agency_has_its_own(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    assert {name for _, name in _entries(visitor, f"of={ARCHIVE.name}")} == {ARCHIVE.name}
    assert {name for _, name in _entries(visitor, f"of={CIVIL_AFFAIRS.code}")} == {CIVIL_AFFAIRS.name}


def test_an_agency_that_is_none_is_told_so(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    assert _entries(visitor, "of=没有的局") == []
    assert "没有的局" in visitor.get("/office/log?of=没有的局").text


def test_nothing_that_is_kept_of_a_password_is_shown(visitor: Visitor) -> None:
    sign_in(visitor, READER)
    page = visitor.get("/office/log").text
    assert "设置登录密码" in page
    assert "argon2" not in page
    assert "$" not in page


def test_nobody_without_an_account_reads_it(visitor: Visitor, served: ServedCampaign) -> None:
    assert visitor.get("/office/log").url.path == "/sign-in"
    visitor.get(f"/a/{served.codes[ARCHIVE.code]}")
    assert visitor.get("/office/log").url.path == "/sign-in"
