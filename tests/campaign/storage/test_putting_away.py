"""What stood where something else is written is kept."""

from __future__ import annotations

from contextlib import suppress

from reportfill.campaign.storage.putting_away import free_path, keeping
from reportfill.campaign.storage.store import Store


def test_what_stands_there_is_kept_under_a_number(store: Store) -> None:
    kept = []
    for content in (b"1", b"1", b"2", b"3"):
        with keeping(store, "sum.xlsx", "old/sum.xlsx") as before:
            store.write("sum.xlsx", content)
        kept.append(before.path)
    assert kept == ["", "", "old/sum.xlsx", "old/sum (1).xlsx"]
    with suppress(ZeroDivisionError), keeping(store, "sum.xlsx", "old/sum.xlsx"):
        _ = 1 / 0
    contents = [store.read(path) for path in ("sum.xlsx", "old/sum.xlsx", "old/sum (1).xlsx")]
    assert contents == [b"3", b"1", b"2"]
    assert free_path(store, "old/sum.xlsx") == "old/sum (2).xlsx"
    with suppress(ZeroDivisionError), keeping(store, "new.xlsx", "old/new.xlsx"):
        store.write("new.xlsx", b"1")
        _ = 1 / 0
    assert not store.exists("new.xlsx")
