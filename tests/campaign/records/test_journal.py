"""A table of the journal that is not what it was is named, and takes nothing else with it."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, TODAY, campaign_in, completed, drop, states, taken, versions
from hypothesis import given
from hypothesis import strategies as st

from reportfill import Pack
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal
from reportfill.campaign.records.journal import Event, JournalEntry, next_number, read_journal, write_entries
from reportfill.campaign.records.journal_table import TableError, rows_of
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.status.campaign_status import campaign_status
from reportfill.campaign.storage.store import FolderStore, store_at
from reportfill.errors import CampaignError

FIRST = "log/000001.csv"
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "other bytes": lambda table: b"a\rb\r\x00",
    "empty": lambda table: b"",
    "no heading": lambda table: table.partition(b"\r\n")[2],
    "cut short in a row": lambda table: table[: len(table) * 2 // 3],
    "cut short in the last field": lambda table: table[:-9],
    "a row with fewer fields": lambda table: table + b"2024-01-20 09:30:00.000000,x\r\n",
    "carriage returns": lambda table: table.replace(b"\r\n", b"\r"),
    "a NUL": lambda table: table.replace(b"inbox", b"in\x00ox"),
    "a field without an end": lambda table: table.replace(b"inbox", b'"inbox'),
    "an endless field": lambda table: table.replace(b"inbox", b"i" * 200_000),
    "UTF-16": lambda table: table.decode("utf-8-sig").encode("utf-16"),
    "saved by Excel": lambda table: table.replace(b"2024-01-20 09:30:00.000000", b"30:00.0"),
    "a code without its zero": lambda table: table.replace(b"2024-01-20 09:30", b"2024/1/20 9:30"),
    "another event": lambda table: table.replace("报送".encode(), "收到".encode()),
}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Path:
    """The folder of a campaign in which two agencies handed in, one after the other, and one of them was accepted."""
    made = campaign_in(tmp_path_factory.mktemp("recorded") / "2023")
    for agency in AGENCIES[1:3]:
        drop(made, f"{agency.code}.xlsx", completed(pack, agency))
        taken(made)
    review(made, "02", is_accepted=True, remark="", by="王芳", now=NOW)
    return made.root


@pytest.fixture
def campaign(tmp_path: Path, recorded: Path) -> CampaignFolder:
    """A copy of that campaign."""
    return CampaignFolder(FolderStore(shutil.copytree(recorded, tmp_path / "2023")))


def assert_only_the_first_is_damaged(campaign: CampaignFolder) -> None:
    """The table is named, what the others say is there, and the ledger stays as it is."""
    journal = read_journal(campaign.store)
    assert [(found.code, found.value) for found in journal.damage] == [("journal.damaged", FIRST)]
    assert [entry.event for entry in journal.entries] == [Event.HANDED_IN, Event.ACCEPTED]
    assert journal.is_whole_through == 0
    before = versions(campaign)
    with pytest.raises(CampaignError, match="000001"):
        rebuild(campaign)
    assert versions(campaign) == before
    assert sorted(path.name for path in campaign.root.glob("campaign.db*")) == ["campaign.db"]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_table_stops_nothing_but_what_needs_it(
    campaign: CampaignFolder, pack: Pack, damage: Callable[[bytes], bytes]
) -> None:
    whole = campaign.store.read(FIRST)
    campaign.store.write(FIRST, damage(whole))
    assert_only_the_first_is_damaged(campaign)
    drop(campaign, "04.xlsx", completed(pack, AGENCIES[3]))
    assert [one.agency for one in taken(campaign)] == [AGENCIES[3].name]
    assert states(campaign)["02"] is State.ACCEPTED
    assert rebuild(campaign, without_damaged=True) == 3
    assert {one.code for one in versions(campaign)} == {"02", "03", "04"}
    campaign.store.write(FIRST, whole)
    assert rebuild(campaign) == 3


def test_a_table_that_is_gone_or_a_folder_is_named(campaign: CampaignFolder) -> None:
    whole = campaign.store.read(FIRST)
    campaign.store.remove(FIRST)
    assert_only_the_first_is_damaged(campaign)
    (campaign.root / FIRST).mkdir()
    assert_only_the_first_is_damaged(campaign)
    (campaign.root / FIRST).rmdir()
    campaign.store.write(FIRST, whole)
    (campaign.root / "log" / "000004.csv").mkdir()
    assert read_journal(campaign.store).damage == ()
    assert next_number(campaign.store) == 5


@pytest.mark.parametrize("first_lost", [1, 2, 3])
def test_last_tables_that_are_lost_are_missed_where_the_ledger_knows_them(
    campaign: CampaignFolder, first_lost: int
) -> None:
    assert checked_journal(campaign).damage == ()
    for number in range(first_lost, 4):
        campaign.store.remove(f"log/{number:06}.csv")
    assert [found.code for found in checked_journal(campaign).damage] == ["journal.lost"]
    with pytest.raises(CampaignError, match="not complete"):
        rebuild(campaign)
    assert states(campaign)["02"] is State.ACCEPTED
    assert rebuild(campaign, without_damaged=True) == 2
    assert checked_journal(campaign).damage == ()


def test_words_fit_what_is_lost(campaign: CampaignFolder) -> None:
    for number in (1, 2, 3):
        campaign.store.remove(f"log/{number:06}.csv")
    (lost,) = checked_journal(campaign).damage
    assert lost.message.zh == "工作记录不全：log/000001.csv及以后的表已丢失。"
    write_entries(campaign.store, 3, [])
    assert [found.value for found in checked_journal(campaign).damage] == [FIRST, "log/000002.csv"]
    for number in (1, 2):
        write_entries(campaign.store, number, [])
    (lost,) = checked_journal(campaign).damage
    assert lost.message.zh == "工作记录不全：台账中有的审核意见，log中已没有。"


@pytest.mark.parametrize("has_ledger", [True, False])
def test_folders_in_the_place_of_the_last_tables_are_damaged_tables(
    campaign: CampaignFolder, *, has_ledger: bool
) -> None:
    for number in (1, 2, 3):  # of the last one, a review, the ledger does not know the number
        campaign.store.remove(f"log/{number:06}.csv")
        (campaign.root / f"log/{number:06}.csv").mkdir()
    if not has_ledger:
        campaign.store.remove("campaign.db")
    damage = checked_journal(campaign).damage
    assert [(found.code, found.value) for found in damage] == [
        ("journal.damaged", f"log/{number:06}.csv") for number in ((1, 2) if has_ledger else (1, 2, 3))
    ]
    with pytest.raises(CampaignError, match="000001"):
        rebuild(campaign)


def test_without_record_and_ledger_what_came_in_is_not_nothing(campaign: CampaignFolder) -> None:
    for path in [*(campaign.root / "log").iterdir(), *campaign.root.glob("campaign.db*")]:
        path.unlink()
    with pytest.raises(CampaignError, match="the ledger is lost"):
        states(campaign)
    assert rebuild(campaign) == 2


def test_a_folder_that_is_none_is_no_empty_record(campaign: CampaignFolder) -> None:
    (campaign.root / "log").rename(campaign.root / "elsewhere")
    (campaign.root / "log").write_text("x")
    with pytest.raises(CampaignError, match="cannot be read"):
        read_journal(campaign.store)
    with pytest.raises(CampaignError, match="cannot be read"):
        campaign_status(campaign, TODAY)


def test_what_an_editor_saved_without_changing_anything_is_read(campaign: CampaignFolder) -> None:
    table = campaign.store.read(FIRST)
    text = table.decode("utf-8-sig")
    rows = rows_of(table)
    assert rows_of(text.encode("gb18030")) == rows
    assert rows_of(text.replace("\r\n", "\n").encode()) == rows
    assert rows_of(codecs.BOM_UTF8 + text.encode()) == rows


def test_tables_of_the_first_version_are_read(campaign: CampaignFolder) -> None:
    table = campaign.store.read(FIRST).decode("utf-8-sig")
    former = "".join(f"{line.rsplit(',', 2)[0]}\r\n" for line in table.splitlines()).replace("报送", "交来")
    assert ",交来," in former
    campaign.store.write(FIRST, former.encode("utf-8-sig"))
    assert read_journal(campaign.store).damage == ()
    before = versions(campaign)
    rebuild(campaign)
    assert [one.digest for one in versions(campaign)] == [one.digest for one in before]


def test_what_earlier_versions_called_otherwise_is_the_same() -> None:
    former = {
        "交来": Event.HANDED_IN,
        "通过": Event.ACCEPTED,
        "退回": Event.SENT_BACK,
        "编码变更": Event.RECODED,
        "更名确认": Event.RENAMED,
        "封存": Event.CLOSED,
        "启封": Event.REOPENED,
    }
    assert {word: Event(word) for word in former} == former
    with pytest.raises(ValueError, match="收到"):
        Event("收到")


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=5))
def test_whatever_is_written_is_read_again(texts: list[tuple[str, str]]) -> None:
    store = store_at("memory://journal")
    entries = [
        JournalEntry(NOW, Event.SENT_BACK, name.replace("\0", ""), "x", 1, remark=remark.replace("\0", ""))
        for name, remark in texts
    ]
    write_entries(store, 1, entries)
    assert list(read_journal(store).entries) == entries


@given(st.binary(max_size=300))
def test_whatever_a_table_holds_it_is_read_or_refused(content: bytes) -> None:
    with suppress(TableError):
        assert all(len(row) in (10, 12) for row in rows_of(content))
