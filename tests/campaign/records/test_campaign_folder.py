"""The folder of a campaign: a long roster is read once as long as its file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.kept_roster import FEWEST, digest_of_roster, kept_form
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.parts import KEPT_ROSTER, SEAL
from reportfill.campaign.folder.settings import default_settings
from reportfill.campaign.records.campaign_folder import CampaignFolder, create_campaign_folder

LONG = [Agency(f"{number:04}", f"清河省第{number}局") for number in range(FEWEST)]


def use(folder: CampaignFolder, agencies: list[Agency]) -> None:
    """Let the roster have these agencies."""
    rows = "".join(f"{agency.code},{agency.name}\n" for agency in agencies)
    folder.store.write("roster.csv", f"单位编码,单位名称\n{rows}".encode())


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    """A campaign with a long roster."""
    folder = create_campaign_folder(
        tmp_path / "2023", default_settings("annual-report-2021", 2023, "清河省人民政府办公厅"), b"", b""
    )
    (folder.root / "roster.xlsx").unlink()
    use(folder, LONG)
    return folder


def test_a_long_roster_is_not_read_again_until_its_file_changes(folder: CampaignFolder) -> None:
    assert folder.roster().agencies == tuple(LONG)
    changed = [*LONG[:7], LONG[7]._replace(name="从留存的名册读来"), *LONG[8:]]
    digest = digest_of_roster((folder.root / "roster.csv").read_bytes(), "roster.csv")
    (folder.root / KEPT_ROSTER).write_bytes(kept_form(Roster(tuple(changed)), digest))
    assert folder.roster().agencies[7].name == "从留存的名册读来"
    use(folder, [*LONG, Agency("new", "清河省新设局")])
    assert [agency.name for agency in folder.roster().agencies[7 :: FEWEST - 7]] == [
        "清河省第7局",
        "清河省新设局",
    ]


def test_a_short_roster_leaves_nothing_in_the_folder(folder: CampaignFolder) -> None:
    use(folder, LONG[:-1])
    assert len(folder.roster().agencies) == FEWEST - 1
    assert not folder.store.exists(KEPT_ROSTER)


def test_what_was_kept_can_be_removed_or_damaged_at_any_time(folder: CampaignFolder) -> None:
    whole = folder.roster()
    folder.store.write(KEPT_ROSTER, b"{")
    assert folder.roster() == whole
    folder.store.remove(KEPT_ROSTER)
    assert folder.roster() == whole


def test_a_closed_campaign_and_a_folder_that_cannot_be_written_to_stay_as_they_are(
    folder: CampaignFolder,
) -> None:
    folder.store.write(SEAL, b"{}")
    assert len(folder.roster().agencies) == FEWEST
    assert not folder.store.exists(KEPT_ROSTER)
    folder.store.remove(SEAL)
    (folder.root / KEPT_ROSTER).mkdir()  # what cannot be written over, also for an administrator
    assert len(folder.roster().agencies) == FEWEST
    assert (folder.root / KEPT_ROSTER).is_dir()
