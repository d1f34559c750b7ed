"""A campaign in one file, made while others work, and brought back whole or not at all."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from campaign.office import AGENCIES, campaign_in
from campaign.prepared import prepared
from web_campaign import PASSWORD

from reportfill import Campaign
from reportfill.campaign.folder.parts import LEDGER_URL
from reportfill.campaign.operations import backup as backup_module
from reportfill.campaign.operations import restore as restore_module
from reportfill.campaign.records.backup_list import BACKUP_LIST, place_in_backup
from reportfill.errors import CampaignError, OutputError

ARCHIVE = AGENCIES[1]
Keep = tuple[object, ...]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """A campaign in which one agency is accepted, one is faulty, and one has handed in what nobody took in yet."""
    return begun(tmp_path / "2023")


def begun(place: Path | str) -> Campaign:
    campaign = Campaign(campaign_in(place))
    campaign.distribute()
    for agency, is_sound in ((ARCHIVE, True), (AGENCIES[2], False)):
        campaign.hand_in(agency.code, prepared(agency, 1, is_sound=is_sound), file_name="a.xlsx")
    campaign.take_in()
    campaign.accept(ARCHIVE.code, by="王芳")
    campaign.extend(AGENCIES[3].code, until="2024-12-31")
    campaign.add_user("王科长", PASSWORD, "coordinator")
    campaign.hand_in(AGENCIES[3].code, prepared(AGENCIES[3], 1), file_name="b.xlsx")
    return campaign


def known(campaign: Campaign) -> Keep:
    """What is to be the same in a campaign that was brought back."""
    return (
        campaign.name,
        campaign.log(),
        campaign.status(),
        campaign.users,
        [campaign.history_of(agency.code) for agency in AGENCIES],
        {
            file.path: campaign.folder.store.read(file.path)
            for file in campaign.folder.store.files("received")
        },
    )


def test_what_is_brought_back_is_the_same_campaign_and_goes_on(campaign: Campaign, tmp_path: Path) -> None:
    done = campaign.backup(tmp_path / "a.zip")
    restored = Campaign.restore(tmp_path / "a.zip", tmp_path / "again")
    again = Campaign.open(tmp_path / "again")
    assert (restored.files, restored.versions) == (done.files, 2)
    assert known(again) == known(campaign)
    assert [one.agency for one in again.take_in()] == [AGENCIES[3].name]
    assert again.collect() == ()
    assert again.user_with("王科长", PASSWORD) is not None


def test_a_backup_is_for_nobody_else_to_read(campaign: Campaign, tmp_path: Path) -> None:
    campaign.backup(tmp_path / "a.zip")
    if os.name == "posix":
        assert (tmp_path / "a.zip").stat().st_mode & 0o077 == 0


def test_a_sealed_campaign_is_brought_back_intact(campaign: Campaign, tmp_path: Path) -> None:
    campaign.take_in()
    campaign.rebuild()  # a ledger is put aside, which the seal is over
    campaign.close()
    campaign.backup(tmp_path / "a.zip")
    assert campaign.verify().is_intact
    Campaign.restore(tmp_path / "a.zip", tmp_path / "again")
    again = Campaign.open(tmp_path / "again")
    assert again.is_closed
    assert again.verify().is_intact
    assert again.status() == campaign.status()


def test_a_campaign_that_is_new_is_brought_back_too(tmp_path: Path) -> None:
    Campaign.new(tmp_path / "2023", year=2023, issuer="清河县人民政府办公室").backup(tmp_path / "a.zip")
    assert Campaign.restore(tmp_path / "a.zip", tmp_path / "again").versions == 0
    assert Campaign.open(tmp_path / "again").log().entries == ()


def test_from_a_url_and_to_a_url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LEDGER_URL, f"sqlite:///{tmp_path / 'ledger.db'}")
    campaign = begun(f"memory://{uuid4()}")
    campaign.backup(tmp_path / "a.zip")
    before = known(campaign)
    monkeypatch.setenv(LEDGER_URL, f"sqlite:///{tmp_path / 'other.db'}")
    place = f"memory://{uuid4()}"
    assert Campaign.restore(tmp_path / "a.zip", place).versions == 2
    assert known(Campaign.open(place)) == before


def test_a_ledger_on_a_server_is_made_anew_where_it_is_lost_and_left_where_it_is_not(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv(LEDGER_URL, database)
    campaign = begun(tmp_path / "2023")
    campaign.backup(tmp_path / "a.zip")
    before = known(campaign)
    assert Campaign.restore(tmp_path / "a.zip", tmp_path / "beside").versions is None
    assert known(campaign) == before
    import psycopg

    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    assert Campaign.restore(tmp_path / "a.zip", tmp_path / "again").versions == 2
    assert known(Campaign.open(tmp_path / "again")) == before


def test_while_others_hand_in_what_was_acknowledged_before_is_there(
    campaign: Campaign, tmp_path: Path
) -> None:
    agency, given, is_done = AGENCIES[0], [], Event()

    def hand_in_and_take_in() -> None:
        number = 2
        while not is_done.is_set() or number < 6:
            given.append(campaign.hand_in(agency.code, prepared(agency, number), file_name="a.xlsx"))
            campaign.take_in()
            number += 1

    with ThreadPoolExecutor(1) as other:
        work = other.submit(hand_in_and_take_in)
        backups = []
        for number in range(4):
            before = len(given)
            campaign.backup(tmp_path / f"{number}.zip")
            backups.append(before)
        is_done.set()
        work.result()
    for number, before in enumerate(backups):
        Campaign.restore(tmp_path / f"{number}.zip", tmp_path / f"again{number}")
        again = Campaign.open(tmp_path / f"again{number}")
        again.take_in()
        assert not again.log().damage
        history = again.history_of(agency.code)
        receipts = {one.digest for one in history.receipts}
        assert {one.digest for one in given[:before]} <= receipts
        assert receipts <= {one.digest for one in history.versions}


def test_nothing_is_written_over_nor_into_the_campaign(campaign: Campaign, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"of before")
    with pytest.raises(CampaignError, match="already"):
        campaign.backup(tmp_path / "a.zip")
    assert (tmp_path / "a.zip").read_bytes() == b"of before"
    with pytest.raises(CampaignError, match="elsewhere"):
        campaign.backup(tmp_path / "2023" / "a.zip")
    campaign.backup(tmp_path / "b.zip")
    with pytest.raises(CampaignError, match="not empty"):
        Campaign.restore(tmp_path / "b.zip", tmp_path / "2023")


def test_what_breaks_off_leaves_nothing(
    campaign: Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign.backup(tmp_path / "a.zip")
    before = sorted(tmp_path.iterdir())

    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(backup_module.ZipFile, "writestr", full)
        with pytest.raises(OutputError):
            campaign.backup(tmp_path / "b.zip")
    assert sorted(tmp_path.iterdir()) == before
    with monkeypatch.context() as patched:
        patched.setattr(restore_module, "_date", full)
        with pytest.raises(OSError, match="No space left"):
            Campaign.restore(tmp_path / "a.zip", tmp_path / "again")
    assert [path for path in (tmp_path / "again").rglob("*") if path.is_file()] == []
    Campaign.restore(tmp_path / "a.zip", tmp_path / "again")


Change = Callable[[dict[str, bytes]], None]


def _without_toml(entries: dict[str, bytes]) -> None:
    del entries[place_in_backup("campaign.toml")]


def _another(entries: dict[str, bytes]) -> None:
    entries[place_in_backup("roster.xlsx")] += b" "


def _one_more(entries: dict[str, bytes]) -> None:
    entries[place_in_backup("more.txt")] = b""


def _no_list(entries: dict[str, bytes]) -> None:
    del entries[BACKUP_LIST]


def _torn_list(entries: dict[str, bytes]) -> None:
    entries[BACKUP_LIST] = entries[BACKUP_LIST][:-20]


def _list_of_another_kind(entries: dict[str, bytes]) -> None:
    entries[BACKUP_LIST] = b"[]"


def _outside(path: str) -> Change:
    def change(entries: dict[str, bytes]) -> None:
        told = json.loads(entries[BACKUP_LIST])
        told["文件"][path] = {"字节": 0, "SHA-256": ""}
        entries[BACKUP_LIST] = json.dumps(told).encode()
        entries[place_in_backup(path)] = b""

    return change


def _bomb(entries: dict[str, bytes]) -> None:
    entries[place_in_backup("roster.xlsx")] = bytes(80 << 20)


@pytest.mark.parametrize(
    "change",
    [
        *(_without_toml, _another, _one_more, _no_list, _torn_list, _list_of_another_kind, _bomb),
        *map(_outside, ("../a", "/a", "a/../../b", "./a", "a//b", "")),
    ],
)
def test_what_is_not_as_it_was_made_is_refused_and_nothing_is_written(
    campaign: Campaign, tmp_path: Path, change: Change
) -> None:
    campaign.backup(tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    changed = BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    _require_refused(tmp_path, changed.getvalue())


@pytest.mark.parametrize("damage", ["empty", "no archive", "cut", "bit", "entry"])
def test_a_damaged_backup_is_refused_and_nothing_is_written(
    campaign: Campaign, tmp_path: Path, damage: str
) -> None:
    campaign.backup(tmp_path / "a.zip")
    whole = (tmp_path / "a.zip").read_bytes()
    middle = len(whole) // 3
    content = {
        "empty": b"",
        "no archive": b"PK" * 100,
        "cut": whole[:-1000],
        "bit": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "entry": whole.replace(b"campaign.toml", b"campaign.tom1", 1),
    }
    _require_refused(tmp_path, content[damage])


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"none\.zip"):
        Campaign.restore(tmp_path / "none.zip", tmp_path / "again")


def _require_refused(folder: Path, content: bytes) -> None:
    (folder / "b.zip").write_bytes(content)
    with pytest.raises(CampaignError) as refused:
        Campaign.restore(folder / "b.zip", folder / "again")
    assert "什么也没有写入" in refused.value.chinese
    assert not (folder / "again").exists()


@pytest.mark.skipif(os.name != "posix", reason="names that are no text are there on Linux alone")
def test_a_file_whose_name_is_no_text_is_kept_too(campaign: Campaign, tmp_path: Path) -> None:
    for odd in (b"\xff.pdf", b"\xfe.pdf"):
        (tmp_path / "2023" / "inbox" / os.fsdecode(odd)).write_bytes(odd)
    campaign.backup(tmp_path / "a.zip")
    Campaign.restore(tmp_path / "a.zip", tmp_path / "again")
    kept = {path.read_bytes() for path in (tmp_path / "again" / "inbox").glob("*.pdf*")}
    assert kept == {b"\xff.pdf", b"\xfe.pdf"}
