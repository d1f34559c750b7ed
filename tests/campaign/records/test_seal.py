"""A closed campaign does not change unless it is opened again on the record, and any change is found."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, taken

from reportfill import Pack
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import Event, read_journal
from reportfill.campaign.records.seal import close, read_seal, reopen, verified
from reportfill.errors import CampaignError


@pytest.fixture
def campaign(tmp_path: Path, pack: Pack) -> CampaignFolder:
    """A campaign that was closed."""
    folder = campaign_in(tmp_path / "2023")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))
    taken(folder)
    close(folder, "王芳", NOW)
    return folder


def test_nothing_in_it_changes_any_more(campaign: CampaignFolder, pack: Pack) -> None:
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[2]))
    for change in (
        lambda: taken(campaign),
        lambda: distribute(campaign),
        lambda: review(campaign, "02", is_accepted=True, remark="", by="", now=NOW),
        lambda: close(campaign, "", NOW),
    ):
        with pytest.raises(CampaignError, match="is closed"):
            change()


def test_it_is_intact_until_somebody_touches_it(campaign: CampaignFolder) -> None:
    assert verified(campaign).is_intact
    assert len(read_seal(campaign.store).files) > 5
    report = next((campaign.root / "reports").rglob("*.docx"))
    report.write_bytes(report.read_bytes() + b" ")
    copy = next((campaign.root / "received").rglob("*.xlsx"))
    copy.unlink()
    (campaign.root / "inbox" / "new.txt").write_text("x")
    found = verified(campaign)
    assert found.changed == (report.relative_to(campaign.root).as_posix(),)
    assert found.gone == (copy.relative_to(campaign.root).as_posix(),)
    assert found.added == ("inbox/new.txt",)


def test_looking_at_it_and_making_its_ledger_anew_changes_nothing(campaign: CampaignFolder) -> None:
    from reportfill.campaign.operations.rebuild import rebuild

    (campaign.root / "campaign.db").unlink()
    assert rebuild(campaign) == 1
    assert verified(campaign).is_intact


def test_it_is_opened_again_on_the_record(campaign: CampaignFolder, pack: Pack) -> None:
    reopen(campaign, "民政局补报", "王芳", NOW)
    drop(campaign, "2.xlsx", completed(pack, AGENCIES[2]))
    assert len(taken(campaign)) == 1
    told = [(entry.event, entry.by, entry.remark) for entry in read_journal(campaign.store).entries]
    assert told == [
        (Event.HANDED_IN, "", ""),
        (Event.CLOSED, "王芳", ""),
        (Event.REOPENED, "王芳", "民政局补报"),
        (Event.HANDED_IN, "", ""),
    ]
    with pytest.raises(CampaignError, match="is not closed"):
        verified(campaign)
    close(campaign, "王芳", NOW)
    assert verified(campaign).is_intact


def test_a_damaged_list_is_named(campaign: CampaignFolder) -> None:
    (campaign.root / "封存清单.json").write_text("{")
    with pytest.raises(CampaignError, match="is damaged"):
        verified(campaign)
