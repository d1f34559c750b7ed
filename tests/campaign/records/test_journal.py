"""A table of the journal that is not what it was is named, and takes nothing else with it."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, TODAY, campaign_in, completed, drop, states, taken, versions
from hypothesis import given
from hypothesis import strategies as st

from reportfill import Campaign, Pack
from reportfill.campaign.operations.rebuild import rebuild
from reportfill.campaign.operations.review import review
from reportfill.campaign.records import checked_journal as checking
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.checked_journal import checked_journal, journal_damage
from reportfill.campaign.records.journal import (
    Event,
    Journal,
    JournalEntry,
    JournalWriter,
    read_journal,
    read_tables,
    table_names,
    table_path,
)
from reportfill.campaign.records.journal_table import TableError, rows_of
from reportfill.campaign.status.agency_status import State
from reportfill.campaign.storage.store import FolderStore, Store, store_at
from reportfill.errors import CampaignError

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


@pytest.fixture
def first(campaign: CampaignFolder) -> str:
    """The path of the first table."""
    return table_path(table_names(campaign.store)[0])


def assert_only_the_first_is_amiss(campaign: CampaignFolder, code: str = "journal.damaged") -> None:
    """It is named, what the others say is there, and the ledger stays as it is."""
    journal = read_journal(campaign.store)
    (found,) = journal.damage
    assert journal_damage(campaign) == checked_journal(campaign).damage == (found,)
    assert (found.code, "log/000001" in found.message.zh) == (code, True)
    assert [entry.event for entry in journal.entries] == [Event.HANDED_IN, Event.ACCEPTED]
    before = versions(campaign)
    with pytest.raises(CampaignError, match="000001"):
        rebuild(campaign)
    assert versions(campaign) == before
    assert sorted(path.name for path in campaign.root.glob("campaign.db*")) == ["campaign.db"]


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_a_damaged_table_stops_nothing_but_what_needs_it(
    campaign: CampaignFolder, pack: Pack, first: str, damage: Callable[[bytes], bytes]
) -> None:
    whole = campaign.store.read(first)
    campaign.store.write(first, damage(whole))
    assert_only_the_first_is_amiss(campaign)
    drop(campaign, "04.xlsx", completed(pack, AGENCIES[3]))
    assert [one.agency for one in taken(campaign)] == [AGENCIES[3].name]
    assert states(campaign)["02"] is State.ACCEPTED
    assert rebuild(campaign, without_damaged=True) == 3
    assert {one.code for one in versions(campaign)} == {"02", "03", "04"}
    campaign.store.write(first, whole)
    assert rebuild(campaign) == 3


def test_a_table_that_is_gone_or_a_folder_is_named(campaign: CampaignFolder, first: str) -> None:
    campaign.store.remove(first)
    assert_only_the_first_is_amiss(campaign, "journal.lost")
    (campaign.root / first).mkdir()
    assert_only_the_first_is_amiss(campaign)


@pytest.mark.parametrize("first_lost", [1, 2, 3])
def test_last_tables_that_are_lost_are_missed_where_the_ledger_knows_them(
    campaign: CampaignFolder, first_lost: int
) -> None:
    assert checked_journal(campaign).damage == ()
    for name in table_names(campaign.store)[first_lost - 1 :]:
        campaign.store.remove(table_path(name))
    assert [found.code for found in checked_journal(campaign).damage] == ["journal.lost"]
    with pytest.raises(CampaignError, match="not complete"):
        rebuild(campaign)
    assert states(campaign)["02"] is State.ACCEPTED
    assert rebuild(campaign, without_damaged=True) == 2
    assert checked_journal(campaign).damage == ()


def test_tables_that_are_as_the_ledger_got_them_are_not_read_again(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def watched(store: Store, names: Iterable[str]) -> Journal:
        some = list(names)
        read.extend(some)
        return read_tables(store, some)

    monkeypatch.setattr(checking, "read_tables", watched)
    assert (journal_damage(campaign), read) == ((), [])
    *_, last = table_names(campaign.store)
    text = campaign.store.read(table_path(last)).decode("utf-8-sig")
    campaign.store.write(table_path(last), text.encode("gb18030"))  # as an editor saves it
    assert (journal_damage(campaign), read) == ((), [last])


def test_words_fit_what_is_lost(campaign: CampaignFolder, first: str) -> None:
    *others, last = table_names(campaign.store)
    campaign.store.remove(table_path(last))
    (lost,) = checked_journal(campaign).damage
    assert lost.message.zh == f"工作记录不全：{table_path(last)}已丢失。"
    for name in others:
        campaign.store.remove(table_path(name))
    (lost,) = checked_journal(campaign).damage
    assert lost.message.zh == f"工作记录不全：{first}等3张表已丢失。"


@pytest.mark.parametrize("has_ledger", [True, False])
def test_folders_in_the_place_of_tables_are_damaged_tables(
    campaign: CampaignFolder, *, has_ledger: bool
) -> None:
    paths = list(map(table_path, table_names(campaign.store)))
    for path in paths:
        campaign.store.remove(path)
        (campaign.root / path).mkdir()
    if not has_ledger:
        campaign.store.remove("campaign.db")
    damage = checked_journal(campaign).damage
    assert [(found.code, found.value) for found in damage] == [("journal.damaged", path) for path in paths]
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
        Campaign(campaign).status(TODAY)


def test_what_an_editor_saved_without_changing_anything_is_read(campaign: CampaignFolder, first: str) -> None:
    table = campaign.store.read(first)
    text = table.decode("utf-8-sig")
    rows = rows_of(table)
    assert rows_of(text.encode("gb18030")) == rows
    assert rows_of(text.replace("\r\n", "\n").encode()) == rows
    assert rows_of(codecs.BOM_UTF8 + text.encode()) == rows


@pytest.mark.parametrize("columns", [10, 12])
def test_tables_of_earlier_versions_are_read(campaign: CampaignFolder, columns: int) -> None:
    for number, name in enumerate(table_names(campaign.store), 1):
        table = campaign.store.read(table_path(name)).decode("utf-8-sig")
        rows = [",".join(line.split(",")[:columns]) for line in table.splitlines()]
        campaign.store.write(f"log/{number:06}.csv", "\r\n".join([*rows, ""]).encode("utf-8-sig"))
        campaign.store.remove(table_path(name))
    journal = read_journal(campaign.store)
    assert journal.damage == ()
    assert journal.seen == {"000001": (), "000002": ("000001",), "000003": ("000002",)}
    before = versions(campaign)
    campaign.store.remove("campaign.db")  # which knows of the others
    rebuild(campaign)
    assert [one.digest for one in versions(campaign)] == [one.digest for one in before]
    campaign.store.remove("log/000002.csv")
    assert [found.code for found in read_journal(campaign.store).damage] == ["journal.lost"]


def test_a_table_stands_behind_all_that_its_writer_had_seen(campaign: CampaignFolder) -> None:
    seen = read_journal(campaign.store).seen
    *_, last = seen
    here, there = JournalWriter(campaign.store, seen), JournalWriter(campaign.store, seen)
    mine, theirs = here.next([]), there.next([])
    assert (mine.previous, theirs.previous) == ((last,), (last,))
    assert mine.name != theirs.name
    assert mine.name[:6] == theirs.name[:6] == "000004"
    entry = JournalEntry(NOW, Event.REOPENED)
    for writer in (here, there):
        writer.write(writer.next([entry]))
    both = read_journal(campaign.store)
    after = JournalWriter(campaign.store, both.seen).next([entry])
    assert after.name.startswith("000005-")
    assert set(after.previous) == set(both.seen) - set(seen)
    assert JournalWriter(campaign.store, seen).next([]).name.startswith("000005-")


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
    writer = JournalWriter(store, {})
    table = writer.next(entries)
    writer.write(table)
    assert list(read_journal(store).entries) == entries
    store.remove(table.path)


@given(st.binary(max_size=300))
def test_whatever_a_table_holds_it_is_read_or_refused(content: bytes) -> None:
    with suppress(TableError):
        assert all(len(row) in (10, 12, 13) for row in rows_of(content))
