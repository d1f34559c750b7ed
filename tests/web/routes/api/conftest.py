"""Programs that use the API."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from web_program import Program


@pytest.fixture
def program(client: TestClient) -> Program:
    """A program that asks a server without a campaign."""
    return Program(client)
