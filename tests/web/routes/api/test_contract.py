"""What the API says of itself is so."""

from __future__ import annotations

import pytest
from often import often
from web_contract import broken_promises

from reportfill.web.application import application
from reportfill.web.setup import ServerSetup


def test_without_a_campaign_every_answer_is_one_that_is_described(setup: ServerSetup) -> None:
    assert broken_promises(application(setup), examples=often(100)) == []


@pytest.mark.long
def test_so_it_is_however_often_it_is_asked(setup: ServerSetup) -> None:
    assert broken_promises(application(setup), examples=300) == []
