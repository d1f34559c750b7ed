"""The same campaign in a bucket, with its ledger on PostgreSQL and its workers on a cluster, is the same campaign."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest
from campaign.office import AGENCIES, FAULTY, NOW, TODAY, campaign_in, completed, drop

from reportfill import Campaign, Pack
from reportfill.campaign.aggregation.rollup import rollup
from reportfill.campaign.folder.parts import LEDGER_URL
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.operations.dispatch import archives
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder, open_campaign_folder
from reportfill.campaign.records.seal import verified
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.errors import CampaignError
from reportfill.workers import Workers, workers


def whole_campaign(campaign: CampaignFolder, pack: Pack, crew: Workers) -> tuple[object, ...]:
    """What comes of a campaign in which two agencies are sound, one is faulty and one is missing."""
    made = distribute(campaign, workers=crew).workbooks
    figures = {"proactive.fees.amount": Decimal("0.1"), "proactive.licensing.decisions": 5}
    for number, agency in enumerate(AGENCIES[:3]):
        drop(campaign, f"{number}.xlsx", completed(pack, agency, FAULTY if number == 2 else figures))
    taken = [one.file for one in collect(campaign, NOW, crew)]
    assert list(collect(campaign, NOW, crew)) == []
    review(campaign, "02", is_accepted=True, remark="", by="王芳", now=NOW)
    standing = campaign_status(campaign, TODAY)
    sums = rollup(campaign, workers=crew)
    return (
        [(one.agency.code, one.path, one.is_new) for one in made],
        taken,
        [(one.agency.code, one.state, one.versions, one.report, one.returned) for one in standing.agencies],
        sums.sums,
        [(one.agency.code, one.version) for one in sums.contributions],
        [(file.path, campaign.store.read(file.path)) for file in campaign.store.files("reports")],
    )


@pytest.fixture
def on_disk(tmp_path: Path, pack: Pack) -> tuple[object, ...]:
    """What comes of it in a folder on disk, done by this process."""
    with workers(1) as crew:
        return whole_campaign(campaign_in(tmp_path / "2023"), pack, crew)


@pytest.mark.long
def test_in_a_bucket_with_a_ledger_on_postgresql_and_a_cluster(
    bucket: str, database: str, monkeypatch: pytest.MonkeyPatch, pack: Pack, on_disk: tuple[object, ...]
) -> None:
    monkeypatch.setenv(LEDGER_URL, database)
    campaign = campaign_in(bucket)
    with workers(2, "local") as crew:
        assert whole_campaign(campaign, pack, crew) == on_disk
    before = campaign_status(campaign, TODAY)
    rebuild(campaign)
    assert campaign_status(campaign, TODAY) == before
    close(campaign, "王芳", NOW)
    assert verified(campaign).is_intact
    with pytest.raises(CampaignError, match="is closed"):
        list(collect(campaign, NOW))


def test_in_memory_with_a_ledger_in_a_file_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Pack, on_disk: tuple[object, ...]
) -> None:
    monkeypatch.setenv(LEDGER_URL, f"sqlite:///{tmp_path / 'ledger.db'}")
    campaign = campaign_in(f"memory://{uuid4()}")
    with workers(1) as crew:
        assert whole_campaign(campaign, pack, crew) == on_disk
    for path, number in archives(campaign.store, distribute(campaign).workbooks, []):
        assert len(campaign.store.read(path)) > 1000 * number


def test_who_may_come_in_is_known_on_postgresql_too(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEDGER_URL, database)
    campaign = Campaign(campaign_in(tmp_path / "2023"))
    former, code = (campaign.give_links("02", renew=True).links[0].code for _ in range(2))
    key = campaign.add_key("数据平台", "reader")
    user = campaign.add_user("王芳", "雨伞 火车 土豆 月亮", "reader")
    user = campaign.change_role("王芳", "reviewer")
    for _ in range(2):
        opened = [link.is_open for link in map(campaign.link_of, (former, code)) if link]
        assert opened == [False, True]
        assert campaign.key_of(key.text) == campaign.keys[0]
        assert campaign.users == (user,)
        campaign.rebuild()


@pytest.mark.usefixtures("impatient")
def test_two_at_once_on_postgresql_the_second_says_so(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEDGER_URL, database)
    campaign = campaign_in(tmp_path / "2023")
    with campaign.locked(), pytest.raises(CampaignError, match="another process"):
        list(collect(campaign, NOW))
    assert list(collect(campaign, NOW)) == []
    assert not (tmp_path / "2023" / "campaign.db").exists()


def test_a_bucket_cannot_hold_the_ledger_and_one_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(LEDGER_URL, raising=False)
    campaign = campaign_in(f"memory://{uuid4()}")
    with pytest.raises(CampaignError, match=LEDGER_URL):
        list(collect(campaign, NOW))
    assert "postgresql" in campaign_error(campaign)


def campaign_error(campaign: CampaignFolder) -> str:
    """What is said in Chinese."""
    with pytest.raises(CampaignError) as error, campaign.read_ledger():
        pass
    return error.value.chinese


def test_a_url_without_a_campaign_is_refused(bucket: str) -> None:
    with pytest.raises(CampaignError, match="no campaign"):
        open_campaign_folder(bucket)
