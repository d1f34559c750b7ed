"""One computer at a time holds a campaign on a share, and whoever lost it writes nothing more."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from campaign.office import AGENCIES, NOW, campaign_in, completed, drop

from reportfill import Pack
from reportfill.campaign.operations import intake
from reportfill.campaign.operations.collect import collect
from reportfill.campaign.records import campaign_folder
from reportfill.campaign.records.share_lock import LOCK, OLD, ShareLock, noticed
from reportfill.campaign.storage.store import Store
from reportfill.campaign.storage.writing import write_all
from reportfill.errors import CampaignError, OneFileError, OutputError
from reportfill.finding import Finding
from reportfill.folder_kind import FolderKind

OTHER = {"computer": "PC-07", "user": "王芳", "process": 4, "token": "f00d"}


def held_by_another(folder: Path, seconds_ago: float) -> Path:
    """The file of another computer, touched so long ago by the clock of the disk."""
    lock = folder / LOCK
    lock.write_text(json.dumps(OTHER), "utf-8")
    touched = lock.stat().st_mtime - seconds_ago
    os.utime(lock, (touched, touched))
    return lock


def test_who_holds_it_is_named_and_when_they_were_heard_of(tmp_path: Path) -> None:
    for seconds, heard in ((40, "刚才"), (90, "1分钟前")):
        held_by_another(tmp_path, seconds)
        with pytest.raises(CampaignError) as refused, ShareLock(tmp_path).held():
            pass
        assert refused.value.chinese.startswith(
            f"王芳（计算机PC-07）正在处理这项年度报告工作（{heard}有回应）"
        )
    assert json.loads((tmp_path / LOCK).read_text("utf-8")) == OTHER


def test_a_file_that_was_left_behind_is_taken_over(tmp_path: Path) -> None:
    held_by_another(tmp_path, OLD + 1)
    with ShareLock(tmp_path).held():
        assert json.loads((tmp_path / LOCK).read_text("utf-8"))["process"] == os.getpid()
    assert list(tmp_path.iterdir()) == []


def test_what_this_computer_left_behind_is_taken_over_at_once(tmp_path: Path) -> None:
    """Where the system says that whoever had it has ended: it lets one at a time have a seat."""
    with ShareLock(tmp_path, seat="ledger").held():
        left = (tmp_path / LOCK).read_bytes()
    (tmp_path / LOCK).write_bytes(left)
    for seat in ("another", ""):
        with pytest.raises(CampaignError), ShareLock(tmp_path, seat=seat).held():
            pass
    with ShareLock(tmp_path, seat="ledger").held():
        assert (tmp_path / LOCK).read_bytes() != left
    assert list(tmp_path.iterdir()) == []


def test_where_it_cannot_be_told_who_holds_it_nothing_is_written(tmp_path: Path) -> None:
    lock = ShareLock(tmp_path)
    with lock.held():
        lock.require()
        (tmp_path / LOCK).unlink()
        (tmp_path / LOCK).mkdir()  # which cannot be read as a file
        with pytest.raises(OutputError):
            lock.require()


def test_a_clock_that_is_two_hours_off_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held_by_another(tmp_path, 40)
    now = time.time()
    for off in (-7200, 7200):
        monkeypatch.setattr(time, "time", lambda off=off: now + off)
        with pytest.raises(CampaignError, match="王芳 on PC-07"), ShareLock(tmp_path).held():
            pass


def test_it_is_touched_again_and_again(tmp_path: Path) -> None:
    with ShareLock(tmp_path, heartbeat=0.01).held():
        lock = tmp_path / LOCK
        os.utime(lock, (0, 0))
        deadline = time.monotonic() + 10
        while lock.stat().st_mtime == 0:
            assert time.monotonic() < deadline
            time.sleep(0.005)


def test_of_many_at_once_one_holds_it(tmp_path: Path) -> None:
    for _ in range(20):
        held_by_another(tmp_path, OLD + 1)
        begin, inside, most = threading.Barrier(8), [], []

        def work(begin: threading.Barrier, inside: list[int], most: list[int]) -> None:
            begin.wait()
            with suppress(CampaignError), ShareLock(tmp_path).held():
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.01)
                inside.pop()

        workers = [threading.Thread(target=work, args=(begin, inside, most)) for _ in range(8)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        assert max(most) == 1
        assert list(tmp_path.iterdir()) == []


def test_who_is_just_taking_it_over_does_so_alone_unless_they_ended_at_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = []
    held_by_another(tmp_path, OLD + 1)
    with monkeypatch.context() as broken_off:
        broken_off.setattr(ShareLock, "_remove_left", lambda self: claims.extend(tmp_path.glob("*.0")))
        with pytest.raises(CampaignError), ShareLock(tmp_path).held():
            pass
    (claim,) = set(claims)
    claim.touch()
    with pytest.raises(CampaignError, match="another computer is working"), ShareLock(tmp_path).held():
        pass
    assert json.loads((tmp_path / LOCK).read_text("utf-8")) == OTHER
    long_ago = claim.stat().st_mtime - OLD - 1
    os.utime(claim, (long_ago, long_ago))
    with ShareLock(tmp_path).held():
        assert [path.name for path in tmp_path.iterdir()] == [LOCK]
    assert list(tmp_path.iterdir()) == []


def test_who_lost_it_writes_no_table_of_the_journal(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(campaign_folder, "kind_of_folder", lambda path: FolderKind.SHARE)
    folder = campaign_in(tmp_path / "2023")
    drop(folder, "1.xlsx", completed(pack, AGENCIES[1]))

    def taken_over(store: Store, contents: Mapping[str, bytes]) -> Mapping[str, OneFileError]:
        held_by_another(folder.root, 0)
        return write_all(store, contents)

    with monkeypatch.context() as patch:
        patch.setattr(intake, "write_all", taken_over)
        with pytest.raises(CampaignError) as refused:
            collect(folder, NOW)
    assert "王芳（计算机PC-07）已接手处理" in refused.value.chinese
    assert list(folder.root.glob("log/*.csv")) == []
    assert (folder.root / LOCK).exists()
    (folder.root / LOCK).unlink()
    (taken,) = collect(folder, NOW)
    assert taken.version is not None
    assert not (folder.root / LOCK).exists()


def test_in_a_synced_folder_others_are_only_told(tmp_path: Path) -> None:
    said: list[Finding] = []
    held_by_another(tmp_path, 60)
    with noticed(tmp_path, said):
        assert [found.code for found in said] == ["campaign.worked_on_elsewhere"]
    assert said[0].message.zh == "王芳（计算机PC-07）可能也在处理这项工作。"
    assert not (tmp_path / LOCK).exists()
    said.clear()
    held_by_another(tmp_path, 90_000)
    with noticed(tmp_path, said):
        assert said == []


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b'{"computer": 1}', b"[" * 9000, b"\xff"])
def test_what_names_nobody_is_taken_over_when_it_is_old(tmp_path: Path, content: bytes) -> None:
    (tmp_path / LOCK).write_bytes(content)
    with pytest.raises(CampaignError) as refused, ShareLock(tmp_path).held():
        pass
    assert "另一台计算机" in refused.value.chinese
    os.utime(tmp_path / LOCK, (0, 0))
    with ShareLock(tmp_path).held():
        pass
