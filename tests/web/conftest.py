"""Servers for the tests of the page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from campaign.conftest import database, postgresql
from starlette.testclient import TestClient
from web_visitor import Visitor

from reportfill.web.application import application
from reportfill.web.setup import ServerSetup

__all__ = ["database", "postgresql"]


@pytest.fixture(scope="session")
def setup(tmp_path_factory: pytest.TempPathFactory) -> ServerSetup:
    """A server without a campaign."""
    return ServerSetup(tmp_path_factory.mktemp("server"), "secret", jobs=1)


@pytest.fixture(scope="session")
def client(setup: ServerSetup) -> Iterator[TestClient]:
    """Requests to a server without a campaign that runs, of nobody yet."""
    with TestClient(application(setup), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    """Somebody who has just come."""
    client.cookies.clear()
    return Visitor(client)
