"""An agency's code may have any characters: its pages and what the API says of it are found all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from campaign.office import ISSUER
from campaign.prepared import prepared
from web_campaign import PASSWORD, READER, ServedCampaign, served_campaign, sign_in
from web_program import Program
from web_server import RunningServer, running_server
from web_visitor import Visitor

from reportfill.campaign.agencies.agency import Agency

CODES = (
    "2025/01",
    "/",
    "a//b",
    "../x",
    ".x",
    "1?2",
    "1#2",
    "50%",
    "a%2Fb",
    "档案-01",
    "a&b=c+d",
    "1;2",
    "'\"<b>",
)
AGENCIES = (
    Agency("01", ISSUER, "县政府办"),
    *(Agency(code, f"清河县第{number}中学", "", "01", 2) for number, code in enumerate(CODES, 1)),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> ServedCampaign:
    served = served_campaign(tmp_path_factory.mktemp("served"), AGENCIES)
    for agency in AGENCIES[1:]:
        for version in (1, 2):
            served.campaign.hand_in(agency.code, prepared(agency, version), file_name="a.xlsx")
    served.campaign.take_in()
    return served


@pytest.fixture(scope="module")
def server(served: ServedCampaign, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A real one: Starlette's TestClient decodes addresses twice."""
    with running_server(tmp_path_factory.mktemp("server"), served.setup.campaign) as server:
        yield server


@pytest.fixture
def visitor(server: RunningServer) -> Iterator[Visitor]:
    with server.visited() as visitor:
        sign_in(visitor)
        yield visitor


@pytest.mark.parametrize("agency", AGENCIES[1:], ids=lambda agency: agency.code)
def test_the_offices_pages_of_an_agency_are_reached_by_what_leads_to_them(
    visitor: Visitor, agency: Agency
) -> None:
    dashboard = visitor.get("/office").text
    (address,) = re.findall(rf'<a href="([^"]+)">{agency.name}</a>', dashboard)
    page = visitor.get(address)
    assert page.status_code == 200
    own = [unescape(one) for one in re.findall(rf'href="({re.escape(address)}/[^"]+)"', page.text)]
    assert len(own) > 5
    for one in own:
        if not one.endswith("/pages") and "pdf" not in one and "ofd" not in one:  # which LibreOffice draws
            assert visitor.get(one).status_code == 200, one
    decided = visitor.post(
        f"{address}/review", {"decision": "accept", "versions": "2", "reviews": "0"}, page=address
    )
    assert decided.status_code == 200
    assert str(decided.url).endswith(address)
    assert "第2次报送已审核通过" in decided.text
    assert visitor.post(f"{address}/link", {"renew": ""}, page=address).status_code == 200
    back = re.search('href="([^"]+)">返回', visitor.get(f"{address}/changes?before=1&now=2").text)
    assert back
    assert unescape(back[1]) == address


@pytest.mark.parametrize("agency", AGENCIES[1:], ids=lambda agency: agency.code)
def test_signing_in_and_switching_the_language_lead_back_to_it(server: RunningServer, agency: Agency) -> None:
    address = f"/office/agencies/{quote(agency.code, safe='')}"
    with server.visited() as visitor:
        asked = str(visitor.get(address).url)
        page = visitor.post(
            "/sign-in", {"name": READER, "password": PASSWORD, "back": _back(asked)}, page="/sign-in"
        )
        assert str(page.url).endswith(address)
        switch = re.search('href="(/language/en[^"]+)"', page.text)
        assert switch
        assert str(visitor.get(unescape(switch[1])).url).endswith(address)


def _back(address: str) -> str:
    """Where signing in leads back to."""
    return parse_qs(urlsplit(address).query)["back"][0]


@pytest.mark.parametrize("agency", AGENCIES[1:], ids=lambda agency: agency.code)
def test_the_api_tells_of_it_and_takes_what_it_hands_in(
    visitor: Visitor, served: ServedCampaign, agency: Agency
) -> None:
    program = Program(visitor.client, served.campaign.add_key(f"key of {agency.code}", "coordinator").text)
    code = quote(agency.code, safe="")
    assert program.get(f"/agencies/{code}").json()["name"] == agency.name
    sent = program.send("/submissions", prepared(agency, 1), fields={"agency": agency.code})
    assert sent.status_code == 201, sent.text
    receipt = sent.json()["receipt"]
    assert program.get(f"/submissions/{code}/{receipt}").json()["agency"] == agency.code
