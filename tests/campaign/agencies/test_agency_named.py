"""An agency is named by its code or a name, and never by nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from campaign.office import AGENCIES, campaign_in

from reportfill import Campaign
from reportfill.campaign.agencies.agency_named import agency_named
from reportfill.campaign.agencies.roster import Roster
from reportfill.errors import UsageError

ROSTER = Roster(AGENCIES)


@pytest.mark.parametrize("said", ["04", "清河县信访局"])
def test_its_code_and_its_name_mean_it(said: str) -> None:
    assert agency_named(ROSTER, said) is AGENCIES[3]


def test_its_short_name_means_it() -> None:
    assert agency_named(ROSTER, "档案馆") is AGENCIES[1]


@pytest.mark.parametrize(
    "verb",
    [
        lambda campaign: campaign.extend("", until="2024-03-01"),
        lambda campaign: campaign.extend(under="", until="2024-03-01"),
        lambda campaign: campaign.accept(""),
        lambda campaign: campaign.send_back("", "请补充说明"),
        lambda campaign: campaign.accept_all_sound(under=""),
        lambda campaign: campaign.rollup(of=""),
        lambda campaign: campaign.rollup(listed=["02", " "]),
        lambda campaign: campaign.log(""),
    ],
)
def test_an_empty_name_is_not_the_agency_that_has_no_short_one(
    tmp_path: Path, verb: Callable[[Campaign], object]
) -> None:
    assert [one.name for one in AGENCIES if not one.short_name] == ["清河县信访局"]
    campaign = Campaign(campaign_in(tmp_path / "2023"))
    with pytest.raises(UsageError) as refused:
        verb(campaign)
    assert refused.value.chinese == "单位编码或者名称是空的，请写上"
    assert campaign.log().entries == ()
