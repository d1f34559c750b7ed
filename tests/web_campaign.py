"""A campaign that a server serves, with links and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from campaign.office import AGENCIES, campaign_in
from httpx2 import Response
from starlette.testclient import TestClient
from web_visitor import Visitor

from reportfill import Campaign
from reportfill.campaign.agencies.agency import Agency
from reportfill.web.application import application
from reportfill.web.setup import ServerSetup

PASSWORD = "correct horse battery staple"
COORDINATOR, REVIEWER, READER = "王科长", "李审核", "赵查阅"
ACCOUNTS = {COORDINATOR: "coordinator", REVIEWER: "reviewer", READER: "reader"}


@dataclass(frozen=True)
class ServedCampaign:
    """A campaign with its server's setup and the codes of its agencies' links."""

    campaign: Campaign
    setup: ServerSetup
    codes: dict[str, str]

    @contextmanager
    def visited(self) -> Iterator[Visitor]:
        """A server that runs, and somebody who has just come."""
        with TestClient(application(self.setup), raise_server_exceptions=False) as client:
            yield Visitor(client)


def campaign_with_accounts(folder: Path, agencies: tuple[Agency, ...] = AGENCIES) -> ServedCampaign:
    """A campaign of some agencies and three accounts, in which nobody has a link."""
    campaign = Campaign(campaign_in(folder / "campaign", agencies))
    for name, role in ACCOUNTS.items():
        campaign.add_user(name, PASSWORD, role)
    data = folder / "server"
    data.mkdir()
    return ServedCampaign(campaign, ServerSetup(data, "secret", str(folder / "campaign"), jobs=1), {})


def served_campaign(folder: Path, agencies: tuple[Agency, ...] = AGENCIES) -> ServedCampaign:
    """The same with a link for each agency."""
    served = campaign_with_accounts(folder, agencies)
    codes = {link.agency.code: link.code for link in served.campaign.give_links().links}
    return replace(served, codes=codes)


def sign_in(visitor: Visitor, name: str = COORDINATOR, password: str = PASSWORD) -> Response:
    """Where somebody comes who signs in."""
    return visitor.post("/sign-in", {"name": name, "password": password}, page="/sign-in")
