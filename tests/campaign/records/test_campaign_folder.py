"""The folder of a campaign: a long roster is read once as long as its file stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from campaign.office import campaign_in, settings_for

from reportfill.campaign.agencies import roster_file
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.campaign.folder.parts import LEDGER, SEAL
from reportfill.campaign.operations.catching_up import changing
from reportfill.campaign.records.campaign_folder import (
    LONG,
    CampaignFolder,
    create_campaign_folder,
    open_campaign_folder,
)
from reportfill.campaign.records.kept_roster import digest_of_roster

AGENCIES = [Agency(f"{number:04}", f"清河省第{number}局") for number in range(5000)]


def use(folder: CampaignFolder, agencies: list[Agency]) -> bytes:
    """Let the roster have these agencies; its content."""
    rows = "".join(f"{agency.code},{agency.name}\n" for agency in agencies)
    content = f"单位编码,单位名称\n{rows}".encode()
    folder.store.write("roster.csv", content)
    return content


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    """A campaign with a long roster."""
    folder = create_campaign_folder(tmp_path / "2023", settings_for(issuer="清河省人民政府办公厅"), b"", b"")
    (folder.root / "roster.xlsx").unlink()
    assert len(use(folder, AGENCIES)) > LONG
    return folder


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of rosters that are read."""
    names: list[str] = []
    read_roster = roster_file.read_roster

    def noted(content: bytes, name: str) -> Roster:
        names.append(name)
        return read_roster(content, name)

    monkeypatch.setattr(roster_file, "read_roster", noted)
    return names


def read_anew(folder: CampaignFolder) -> Roster:
    """The roster as the next command reads it."""
    return open_campaign_folder(folder.root).roster()


def test_a_long_roster_is_not_read_again_until_its_file_changes(
    folder: CampaignFolder, reads: list[str]
) -> None:
    assert folder.roster().agencies == read_anew(folder).agencies == tuple(AGENCIES)
    assert reads == ["roster.csv"]
    use(folder, [*AGENCIES, Agency("new", "清河省新设局")])
    assert folder.roster().agencies[-1].name == read_anew(folder).agencies[-1].name == "清河省新设局"
    assert reads == ["roster.csv"] * 2


def test_one_run_asks_the_ledger_once(folder: CampaignFolder) -> None:
    content = use(folder, AGENCIES)
    digest = digest_of_roster(content, "roster.csv")
    with folder.read_ledger() as ledger, ledger.writing() as record:
        record.roster(digest, Roster((AGENCIES[0]._replace(name="台账里的名册"),)))
    assert folder.roster().agencies[0].name == "台账里的名册"
    assert folder.roster() is folder.roster()


def test_a_short_roster_is_not_kept(folder: CampaignFolder, reads: list[str]) -> None:
    use(folder, AGENCIES[:100])
    assert len(folder.roster().agencies) == len(read_anew(folder).agencies) == 100
    assert reads == ["roster.csv"] * 2


def test_without_a_ledger_that_can_be_used_the_roster_is_read_anew(
    folder: CampaignFolder, reads: list[str]
) -> None:
    whole = folder.roster()
    for damage in (b"no database", b""):
        (folder.root / LEDGER).write_bytes(damage)
        (folder.root / f"{LEDGER}-wal").unlink(missing_ok=True)
        assert read_anew(folder) == whole
    (folder.root / LEDGER).unlink()
    (folder.root / LEDGER).mkdir()
    assert read_anew(folder) == whole
    assert reads == ["roster.csv"] * 4


def test_the_ledger_of_another_version_keeps_nothing_and_stays_as_it_is(
    folder: CampaignFolder, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with folder.read_ledger():
        pass
    monkeypatch.setattr("reportfill.campaign.records.open_ledger.VERSION", 1_000)
    assert len(read_anew(folder).agencies) == len(read_anew(folder).agencies) == len(AGENCIES)
    assert reads == ["roster.csv"] * 2


def test_nothing_is_kept_in_a_closed_campaign(folder: CampaignFolder, reads: list[str]) -> None:
    with folder.read_ledger():
        pass
    folder.store.write(SEAL, b"{}")
    assert len(read_anew(folder).agencies) == len(read_anew(folder).agencies) == len(AGENCIES)
    assert reads == ["roster.csv"] * 2


@pytest.mark.parametrize("name", ["年报%20a", "b#c", "d?e", "f&g'h", "i+j k", "l%", "m=n;o", "p:q"])
def test_a_folder_may_be_called_anything(tmp_path: Path, name: str) -> None:
    folder = campaign_in(tmp_path / name)
    with changing(folder) as ledger:
        assert ledger.journal() == {}
    assert (tmp_path / name / "campaign.db").is_file()
    assert [path.name for path in tmp_path.iterdir()] == [name]
