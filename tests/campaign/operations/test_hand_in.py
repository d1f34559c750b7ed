"""What an agency hands in itself is acknowledged when it is there for good, and is that agency's, whatever it says."""

from __future__ import annotations

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from campaign.crashes import killed_at_step
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop, use_roster
from campaign.prepared import prepared

from reportfill import Campaign, Pack
from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.folder.parts import HANDED_IN, LEDGER_URL
from reportfill.campaign.operations.close import close
from reportfill.errors import CampaignError, OutputError, UsageError
from reportfill.files import TEMPORARY

ARCHIVE, CIVIL_AFFAIRS = AGENCIES[1], AGENCIES[2]


def copied(campaign: Campaign) -> Campaign:
    """The same campaign in a copy of its folder."""
    place = campaign.folder.root.with_name("copy")
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(campaign.folder.root, place)
    return Campaign.open(place)


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    """A campaign of four agencies."""
    return Campaign(campaign_in(tmp_path / "2023"))


def test_a_file_that_is_handed_in_lies_in_the_inbox_and_its_receipt_says_so(campaign: Campaign) -> None:
    content = prepared(ARCHIVE, 1)
    given = campaign.hand_in("02", content, file_name="年报.xlsx", by="王芳")
    assert (given.digest, given.holder) == (sha256(content).hexdigest(), ARCHIVE.holder)
    assert (given.file_name, given.by) == ("年报.xlsx", "王芳")
    assert campaign.content_of(given.path) == content
    assert campaign.pending_of("02") == campaign.history_of("档案馆").receipts == (given,)
    assert campaign.pending_of("03") == campaign.history_of("02").versions == ()


def test_what_is_handed_in_is_taken_in_as_that_agencys_and_the_receipt_stays(campaign: Campaign) -> None:
    first = campaign.hand_in("02", prepared(ARCHIVE, 1, is_sound=False), file_name="1.xlsx")
    second = campaign.hand_in("02", prepared(ARCHIVE, 2), file_name="2.xlsx")
    other = campaign.hand_in("03", prepared(CIVIL_AFFAIRS, 3), file_name="2.xlsx")
    assert [one.agency for one in campaign.take_in([first])] == [ARCHIVE.name]
    assert campaign.pending_of("02") == (second,)
    assert {one.file for one in campaign.take_in()} == {second.path, other.path}
    history = campaign.history_of("02")
    assert [(one.number, one.is_sound, one.digest) for one in history.versions] == [
        (1, False, first.digest),
        (2, True, second.digest),
    ]
    assert history.receipts == (first, second)
    assert not history.refused
    assert campaign.pending_of("02") == campaign.take_in() == campaign.collect() == ()
    assert campaign.content_of(history.versions[1].report)


def test_the_same_content_handed_in_again_has_the_same_receipt_and_is_taken_in_once(
    campaign: Campaign,
) -> None:
    content = prepared(ARCHIVE, 1)
    given = campaign.hand_in("02", content, file_name="a.xlsx", by="王芳")
    assert campaign.hand_in("清河县档案馆", content, file_name="b.xls", by="李强") == given
    campaign.take_in()
    assert campaign.hand_in("02", content, file_name="c.xlsx") == given
    (campaign.folder.root / given.path).unlink()
    assert campaign.hand_in("02", content, file_name="d.xlsx") == given
    assert campaign.take_in() == ()
    assert len(campaign.history_of("02").versions) == 1


def test_a_file_that_went_before_it_was_taken_in_is_laid_there_again(campaign: Campaign) -> None:
    given = campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a.xlsx")
    (campaign.folder.root / given.path).unlink()
    assert campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a.xlsx") == given
    assert [one.agency for one in campaign.take_in()] == [ARCHIVE.name]


def test_handed_in_by_many_at_once_it_has_one_receipt(campaign: Campaign) -> None:
    content = prepared(ARCHIVE, 1)
    with ThreadPoolExecutor(8) as pool:
        calls = [
            pool.submit(campaign.hand_in, "02", content, file_name=f"{number}.xlsx") for number in range(24)
        ]
        assert len({call.result() for call in calls}) == 1
    assert len(campaign.folder.store.files(HANDED_IN)) == len(campaign.folder.store.files("log")) == 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../封存清单.json", "封存清单.json"),
        ("C:\\fakepath\\年报.xlsx", "年报.xlsx"),
        ("/etc/passwd", "passwd"),
        ("a\0b\r\n\u202excod.xlsx", "ab xcod.xlsx"),
        ("", "未命名"),
        ("....", "未命名"),
        (f"{'很' * 300}.xls", f"…{'很' * 95}.xls"),
        ("CON.xlsx", "CON.xlsx"),
        ("a→b.zip", "a→b.zip"),
    ],
)
def test_the_name_that_a_sender_gives_decides_nothing(campaign: Campaign, name: str, shown: str) -> None:
    given = campaign.hand_in("02", prepared(ARCHIVE, 1), file_name=name)
    assert given.file_name == shown
    path = Path(given.path)
    assert path.parent.as_posix() == f"{HANDED_IN}/02"
    assert (path.stem, path.suffix in {".xlsx", ".xls"}) == (given.digest, True)
    assert [one.agency for one in campaign.take_in()] == [ARCHIVE.name]


def test_a_workbook_of_another_agency_counts_for_nobody_and_who_handed_it_in_is_told(
    campaign: Campaign,
) -> None:
    given = campaign.hand_in("02", prepared(CIVIL_AFFAIRS, 1), file_name="a.xlsx")
    (one,) = campaign.take_in()
    assert one.reason is not None
    assert (one.version, one.reason.code) == (None, "stray.handed_in_by_another")
    assert one.reason.message.zh == (
        "是“清河县民政局”（编码03）的填报表，报送的却是“清河县档案馆”（编码02）。"
    )
    for code in ("02", "03"):
        assert campaign.history_of(code).versions == ()
    assert campaign.history_of("02").refused == {given.number: one.reason}
    assert campaign.pending_of("02") == campaign.take_in() == ()
    campaign.collect()
    assert campaign.history_of("02").refused == {given.number: one.reason}


def test_what_its_owner_has_handed_in_before_is_not_anothers_either(campaign: Campaign) -> None:
    content = prepared(CIVIL_AFFAIRS, 1)
    campaign.hand_in("03", content, file_name="a.xlsx")
    campaign.take_in()
    given = campaign.hand_in("02", content, file_name="a.xlsx")
    campaign.take_in()
    assert campaign.history_of("02").versions == ()
    assert campaign.history_of("02").refused[given.number].code == "stray.handed_in_by_another"
    assert len(campaign.history_of("03").versions) == 1
    assert campaign.history_of("03").refused == {}


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_what_cannot_be_read_is_kept_and_said(campaign: Campaign, content: bytes) -> None:
    given = campaign.hand_in("02", content, file_name="a.xlsx")
    (one,) = campaign.take_in()
    assert one.reason is not None
    assert campaign.history_of("02").refused == {given.number: one.reason}
    assert campaign.content_of(given.path) == content


def test_a_workbook_without_a_name_is_that_of_who_handed_it_in(campaign: Campaign, pack: Pack) -> None:
    campaign.hand_in("02", completed(pack, Agency("", "")), file_name="a.xlsx")
    assert [one.agency for one in campaign.take_in()] == [ARCHIVE.name]


def test_who_has_another_code_meanwhile_still_handed_it_in(campaign: Campaign) -> None:
    given = campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a.xlsx")
    campaign.take_in()
    campaign.hand_in("02", prepared(ARCHIVE, 2), file_name="b.xlsx")
    use_roster(campaign.folder, (AGENCIES[0], ARCHIVE._replace(code="22"), *AGENCIES[2:]))
    assert [one.agency for one in campaign.take_in()] == [ARCHIVE.name]
    assert next(one.digest for one in campaign.history_of("22").versions) == given.digest
    assert len(campaign.history_of("22").versions) == 2


def test_nobody_hands_in_for_an_agency_that_is_not_there_nor_in_a_closed_campaign(campaign: Campaign) -> None:
    content = prepared(ARCHIVE, 1)
    with pytest.raises(UsageError):
        campaign.hand_in("99", content, file_name="a.xlsx")
    close(campaign.folder, "王芳", NOW)
    with pytest.raises(CampaignError, match="is closed"):
        campaign.hand_in("02", content, file_name="a.xlsx")
    assert campaign.verify().is_intact


def test_on_a_full_disk_nothing_was_handed_in(campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OutputError) as refused:
            campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a.xlsx")
    assert "磁盘" in refused.value.chinese
    assert campaign.pending_of("02") == campaign.history_of("02").receipts == campaign.take_in() == ()


def test_what_was_taken_in_waits_for_nothing_after_the_ledger_was_made_anew(campaign: Campaign) -> None:
    first = campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a.xlsx")
    campaign.take_in()
    second = campaign.hand_in("02", prepared(ARCHIVE, 2), file_name="b.xlsx")
    campaign.rebuild()
    assert campaign.history_of("02").receipts == (first, second)
    assert campaign.pending_of("02") == (second,)


def test_in_a_bucket_it_is_handed_in_and_taken_in_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LEDGER_URL, f"sqlite:///{tmp_path / 'ledger.db'}")
    campaign = Campaign(campaign_in(f"memory://{uuid4()}"))
    content = prepared(ARCHIVE, 1)
    given = campaign.hand_in("02", content, file_name="a.xlsx")
    assert campaign.hand_in("02", content, file_name="a.xlsx") == given
    assert campaign.pending_of("02") == (given,)
    assert [one.agency for one in campaign.take_in()] == [ARCHIVE.name]
    assert campaign.take_in() == campaign.pending_of("02") == ()
    assert campaign.history_of("02").receipts == (given,)


def test_only_files_of_agencies_are_given_out(campaign: Campaign) -> None:
    for path in ("campaign.toml", "roster.xlsx", "received/../campaign.toml", "/etc/passwd", "log/x"):
        with pytest.raises(UsageError):
            campaign.content_of(path)
    with pytest.raises(OutputError):
        campaign.content_of("received/02/none.xlsx")


def test_the_mark_is_another_one_whenever_anything_was_recorded(campaign: Campaign) -> None:
    marks = [campaign.journal_mark()]
    assert campaign.journal_mark() == marks[0]
    for change in (
        lambda: drop(campaign.folder, "x.pdf", b"%PDF-1.7") and campaign.collect(),
        lambda: campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a") and campaign.take_in(),
        lambda: campaign.accept("02"),
        lambda: campaign.extend("03", until="2024-03-01"),
    ):
        assert change()
        marks.append(campaign.journal_mark())
        assert campaign.journal_mark() == marks[-1]
    assert len(set(marks)) == len(marks)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which Windows does not")
@pytest.mark.parametrize("by_collect", [False, True])
def test_broken_off_at_any_step_it_is_handed_in_by_the_next_try_once(
    campaign: Campaign, *, by_collect: bool
) -> None:
    content, faulty = prepared(ARCHIVE, 1), prepared(ARCHIVE, 2, is_sound=False)
    campaign.hand_in("02", faulty, file_name="a.xlsx")
    for number in count(1):
        broken = copied(campaign)
        if not killed_at_step(number, lambda: broken.hand_in("02", content, file_name="a.xlsx")):  # noqa: B023
            assert number > 4, "hardly anything was done"
            return
        broken.take_in()  # what is there is whole, or is not there
        given = broken.hand_in("02", content, file_name="a.xlsx")
        broken.collect() if by_collect else broken.take_in()
        history = broken.history_of("02")
        assert sorted(one.digest for one in history.versions) == sorted(
            (given.digest, sha256(faulty).hexdigest())
        )
        assert given in history.receipts
        assert len(history.receipts) == 2
        assert not [
            path for path in broken.folder.root.rglob("*") if path.suffix == ".xlsx" and not path.read_bytes()
        ]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked, which Windows does not")
def test_broken_off_at_any_step_taking_in_is_finished_by_the_next(campaign: Campaign) -> None:
    campaign.hand_in("02", prepared(ARCHIVE, 1), file_name="a.xlsx")
    campaign.take_in()
    campaign.hand_in("02", prepared(ARCHIVE, 2), file_name="b.xlsx")
    campaign.hand_in("03", prepared(CIVIL_AFFAIRS, 3, is_sound=False), file_name="c.xlsx")
    for number in count(1, 3):
        broken = copied(campaign)
        if not killed_at_step(number, broken.take_in):
            assert number > 6, "hardly anything was done"
            return
        broken.take_in()
        assert [one.number for one in broken.history_of("02").versions] == [1, 2]
        assert [one.number for one in broken.history_of("03").versions] == [1]
        assert broken.pending_of("02") == broken.pending_of("03") == broken.collect() == ()
        assert not list((broken.folder.root / "received").rglob(TEMPORARY))
