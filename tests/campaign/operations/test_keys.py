"""Keys are facts of the campaign: what a program may do, by a key of which only SHA-256 is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import campaign_in

from reportfill import Campaign
from reportfill.campaign.access.roles import AccessRole
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.records.journal import Event
from reportfill.errors import UsageError


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """A campaign without keys."""
    return Campaign(campaign_in(tmp_path / "2023"))


def test_a_key_is_told_once_and_kept_nowhere(campaign: Campaign) -> None:
    given = campaign.add_key("数据平台", "reader", by="王芳")
    key = campaign.key_of(f" {given.text}\n")
    assert key is not None
    assert (key.name, key.role) == ("数据平台", AccessRole.READER)
    assert campaign.keys == (key,)
    for path in campaign.folder.root.rglob("*"):
        assert path.is_dir() or given.text.encode() not in path.read_bytes()
    assert [(one.event, one.remark, one.result, one.by) for one in campaign.log().entries] == [
        (Event.KEY_GIVEN, "数据平台", "查阅员", "王芳")
    ]


def test_a_link_is_no_key_and_a_key_no_link(campaign: Campaign) -> None:
    given = campaign.add_key("数据平台", "coordinator")
    (link,) = campaign.give_links("02").links
    assert campaign.link_of(given.text) is None
    assert campaign.key_of(link.code) is None
    assert campaign.key_of("") is None


def test_one_that_is_withdrawn_is_none_any_more(campaign: Campaign) -> None:
    former = campaign.add_key("数据平台", "reader")
    with pytest.raises(UsageError, match="has a key already"):
        campaign.add_key("数据 平台", "reader")
    assert campaign.withdraw_key("数据平台").name == "数据平台"
    assert campaign.key_of(former.text) is None
    with pytest.raises(UsageError, match="there is no key"):
        campaign.withdraw_key("数据平台")
    new = campaign.add_key("数据平台", "reviewer")
    assert campaign.key_of(former.text) is None
    assert campaign.key_of(new.text) is not None


def test_made_anew_the_ledger_knows_of_them(campaign: Campaign) -> None:
    former, kept = campaign.add_key("旧系统", "reader"), campaign.add_key("数据平台", "coordinator")
    campaign.withdraw_key("旧系统")
    before = campaign.keys
    (campaign.folder.root / "campaign.db").unlink()
    rebuild(campaign.folder)
    assert campaign.keys == before
    assert (campaign.key_of(former.text), campaign.key_of(kept.text)) == (None, before[0])
