"""A campaign's files are handled alike on disk, in memory and in an S3 bucket, each written whole or not at all."""

from __future__ import annotations

import pickle
from contextlib import suppress
from pathlib import Path

import pytest

from reportfill.campaign.storage.putting_away import digest_of_file
from reportfill.campaign.storage.store import FolderStore, Store, store_at
from reportfill.errors import OutputError, UsageError


def test_what_is_written_is_read(store: Store) -> None:
    store.write("收件/a.xlsx", b"1")
    assert store.read("收件/a.xlsx") == b"1"
    store.write("收件/a.xlsx", b"22")
    with store.open("收件/a.xlsx") as stream:
        stream.seek(1)
        assert stream.read() == b"2"
    assert store.exists("收件/a.xlsx")
    assert not store.exists("收件/b.xlsx")
    assert store.place("收件/a.xlsx").endswith("收件/a.xlsx")


def test_files_are_listed_with_a_stamp_that_changes_with_the_content(store: Store) -> None:
    assert store.files("in") == []
    for path, content in {"in/b": b"1", "in/a/c": b"2", "other": b"3"}.items():
        store.write(path, content)
    before = {file.path: file.stamp for file in store.files("in")}
    assert list(before) == ["in/a/c", "in/b"]
    assert [file.path for file in store.files()] == ["in/a/c", "in/b", "other"]
    store.write("in/b", b"something else")
    after = {file.path: file.stamp for file in store.files("in")}
    assert after["in/a/c"] == before["in/a/c"]
    assert after["in/b"] != before["in/b"]


def test_files_are_moved_and_removed(store: Store) -> None:
    store.write("a", b"1")
    store.move("a", "old/a")
    assert not store.exists("a")
    assert store.read("old/a") == b"1"
    store.remove("old/a")
    store.remove("old/a")
    assert not store.exists("old/a")


def test_a_large_file_is_there_only_when_all_of_it_was_written(store: Store) -> None:
    store.write("a", b"before")
    with suppress(ZeroDivisionError), store.writing("a") as stream:
        stream.write(b"half")
        _ = 1 / 0
    assert store.read("a") == b"before"
    with store.writing("a") as stream:
        stream.write(b"all")
        stream.write(b" of it")
    assert store.read("a") == b"all of it"


def test_it_can_be_sent_to_another_process(store: Store) -> None:
    store.write("a", b"1")
    sent: Store = pickle.loads(pickle.dumps(store))
    assert sent == store
    assert sent.read("a") == b"1"
    assert digest_of_file(sent, "a") == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b"


def test_a_path_and_a_file_url_are_a_folder_on_disk(tmp_path: Path) -> None:
    assert store_at(str(tmp_path)) == store_at(f"file://{tmp_path}") == FolderStore(tmp_path)


def test_a_place_that_nothing_here_reaches_is_refused() -> None:
    with pytest.raises(UsageError):
        store_at("nowhere://x/y")


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.write("a", b"1")
    with pytest.raises(OutputError) as error:
        store.write("a/b", b"2")
    assert str(error.value).startswith(str(tmp_path / "a" / "b"))
    assert store.read("a") == b"1"
