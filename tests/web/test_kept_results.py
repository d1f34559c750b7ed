"""What was made is kept for an hour, under an address that cannot be guessed."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from reportfill.web.kept_results import LONGEST_KEPT, KeptResults


@pytest.fixture
def kept(tmp_path: Path) -> KeptResults:
    return KeptResults(tmp_path / "kept")


def _age(folder: Path, seconds: float) -> None:
    for place in folder.iterdir():
        os.utime(place, (time.time() - seconds,) * 2)


def test_what_was_put_is_read_again(kept: KeptResults) -> None:
    token = kept.put({"a": b"1", "b/c": b"2"})
    kept.add(token, "b/d", b"3")
    assert [kept.read(token, name) for name in ("a", "b/c", "b/d")] == [b"1", b"2", b"3"]


def test_each_has_an_address_of_its_own_that_the_folder_does_not_tell(
    kept: KeptResults, tmp_path: Path
) -> None:
    tokens = {kept.put({"a": b""}) for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) >= 32 for token in tokens)
    assert not tokens & {place.name for place in (tmp_path / "kept").iterdir()}


def test_after_an_hour_nothing_is_read_and_after_a_sweep_nothing_is_there(
    kept: KeptResults, tmp_path: Path
) -> None:
    old = kept.put({"a": b"1"})
    _age(tmp_path / "kept", LONGEST_KEPT + 1)
    new = kept.put({"a": b"2"})
    with pytest.raises(FileNotFoundError):
        kept.read(old, "a")
    kept.sweep()
    assert kept.read(new, "a") == b"2"
    assert len(list((tmp_path / "kept").iterdir())) == 1


def test_what_is_added_later_is_kept_no_longer_than_the_rest(kept: KeptResults, tmp_path: Path) -> None:
    token = kept.put({"a": b"1"})
    _age(tmp_path / "kept", LONGEST_KEPT - 5)
    kept.add(token, "b", b"2")
    (place,) = (tmp_path / "kept").iterdir()
    assert time.time() - place.stat().st_mtime > LONGEST_KEPT - 60


@pytest.mark.parametrize("name", ["", "..", "../x", "/etc/passwd", "a/../../b"])
def test_no_name_leads_out_of_the_folder(kept: KeptResults, name: str) -> None:
    token = kept.put({"a": b"1"})
    with pytest.raises(FileNotFoundError):
        kept.read(token, name)


def test_a_full_disk_leaves_nothing_half_kept(
    kept: KeptResults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        kept.put({"a": b"1"})
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_folder_that_somebody_tidied_up_is_made_anew(kept: KeptResults, tmp_path: Path) -> None:
    (tmp_path / "kept").rmdir()
    kept.sweep()
    (tmp_path / "kept").rmdir()
    assert kept.read(kept.put({"a": b"1"}), "a") == b"1"
