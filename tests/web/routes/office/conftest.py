"""A campaign in which some have handed in, and somebody who looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from web_campaign import ServedCampaign, served_campaign
from web_visitor import Visitor


@pytest.fixture
def served(tmp_path: Path) -> ServedCampaign:
    """The archive's is sound, that of the bureau of civil affairs has mistakes; the others owe theirs."""
    served = served_campaign(tmp_path)
    for agency, is_sound in ((AGENCIES[1], True), (AGENCIES[2], False)):
        served.campaign.hand_in(agency.code, prepared(agency, 1, is_sound=is_sound), file_name="a.xlsx")
    served.campaign.take_in()
    return served


@pytest.fixture
def visitor(served: ServedCampaign) -> Iterator[Visitor]:
    with served.visited() as visitor:
        yield visitor
