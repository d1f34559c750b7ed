"""A closed campaign does not change unless it is opened again on the record, and any change is found."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, taken
from held import Held

from reportfill import Pack
from reportfill.campaign.operations.close import close
from reportfill.campaign.operations.distribute import distribute
from reportfill.campaign.operations.log import journal_of
from reportfill.campaign.operations.review import review
from reportfill.campaign.records.campaign_folder import CampaignFolder
from reportfill.campaign.records.journal import Event, JournalEntry, JournalWriter, read_journal
from reportfill.campaign.records.seal import read_seal, reopen, verified
from reportfill.campaign.storage.store import FolderStore
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


@pytest.mark.parametrize(
    "left",
    [
        "reports/~$年报.docx",
        "reports/.~年报.docx",
        "reports/Thumbs.db",
        "outgoing/desktop.ini",
        ".DS_Store",
        "reports/@eaDir/年报.docx/SYNOINDEX",
        "received/02/@eaDir/第1次.xlsx",
        "$RECYCLE.BIN/年报.docx",
        ".stversions/reports/年报.docx",
    ],
)
def test_what_systems_and_office_programs_leave_behind_is_nothing_new(
    campaign: CampaignFolder, left: str
) -> None:
    (campaign.root / left).parent.mkdir(parents=True, exist_ok=True)
    (campaign.root / left).write_bytes(b"1")
    assert verified(campaign).is_intact


@pytest.mark.parametrize("new", ["received/.02/第1次.xlsx", "reports/年报.docx", "附件/说明.docx"])
def test_what_somebody_adds_is_told(campaign: CampaignFolder, new: str) -> None:
    (campaign.root / new).parent.mkdir(parents=True, exist_ok=True)
    (campaign.root / new).write_bytes(b"1")
    assert verified(campaign).added == (new,)


def test_what_an_earlier_version_listed_of_these_is_not_missed(campaign: CampaignFolder) -> None:
    reopen(campaign, "补报", "", NOW)
    (campaign.root / "reports" / "Thumbs.db").write_bytes(b"1")
    assert "reports/Thumbs.db" not in close(campaign, "", NOW).files


def test_a_file_that_cannot_be_read_is_named_before_anything_is_recorded(
    campaign: CampaignFolder, held: Held
) -> None:
    reopen(campaign, "补报", "", NOW)
    before = read_journal(campaign.store).entries
    held.hold(".docx")
    with pytest.raises(CampaignError, match="cannot be read: another program has the file open") as refused:
        close(campaign, "王芳", NOW)
    held.let_go()
    assert "什么也没有改动" in refused.value.chinese
    assert not campaign.is_sealed
    assert read_journal(campaign.store).entries == before
    close(campaign, "王芳", NOW)
    assert verified(campaign).is_intact


@pytest.mark.parametrize("step", range(3))
def test_broken_off_at_any_step_closing_leaves_a_campaign_open_or_closed(
    campaign: CampaignFolder, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    reopen(campaign, "补报", "", NOW)
    writes = count()
    usual = FolderStore.write

    def write(store: FolderStore, path: str, content: bytes) -> None:
        if next(writes) == step:
            raise KeyboardInterrupt
        usual(store, path, content)

    with monkeypatch.context() as broken:
        broken.setattr(FolderStore, "write", write)
        with suppress(KeyboardInterrupt):
            close(campaign, "王芳", NOW)
    closed = [entry for entry in read_journal(campaign.store).entries if entry.event is Event.CLOSED]
    if campaign.is_sealed:
        assert verified(campaign).is_intact
        assert len(read_journal(campaign.store).entries) == 4
    else:
        assert len(closed) == 1
        close(campaign, "王芳", NOW)
        assert verified(campaign).is_intact


def test_what_a_closing_had_not_come_to_write_is_in_the_log(campaign: CampaignFolder) -> None:
    (last,) = [
        table for table in read_journal(campaign.store).tables if table.entries[0].event is Event.CLOSED
    ]
    campaign.store.remove(last.path)
    assert journal_of(campaign).entries[-1] == last.entries[0]
    assert campaign.store.read(last.path) == last.content


def test_what_came_from_elsewhere_after_a_closing_does_not_keep_it_from_being_finished(
    campaign: CampaignFolder,
) -> None:
    closing = read_journal(campaign.store).tables[-1]
    campaign.store.remove(closing.path)
    other = JournalWriter(campaign.store, read_journal(campaign.store).seen)
    other.write(other.next([JournalEntry(NOW, Event.SENT_BACK, *AGENCIES[1].holder, 1)]))
    found = verified(campaign)
    assert (found.gone, len(found.added)) == ((), 1)
    assert campaign.store.read(closing.path) == closing.content
