"""What goes on beside all requests goes on, whatever happened; nothing holds up all of them."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from campaign.office import AGENCIES
from campaign.prepared import prepared
from web_campaign import served_campaign, sign_in

from reportfill.campaign.storage.store import FolderStore
from reportfill.web import house
from reportfill.web.house import opened_house
from reportfill.web.kept_results import KeptResults
from reportfill.web.setup import ServerSetup

_LONGEST = 30.0


def test_results_are_swept_again_after_that_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house, "_BETWEEN_SWEEPS", 0.01)
    monkeypatch.setattr(house, "_BETWEEN_BEGINNINGS", 0.01)
    setup, really, has_failed = ServerSetup(tmp_path, "secret", jobs=1), KeptResults.sweep, Event()
    old = setup.kept / "old"

    def sweep(kept: KeptResults) -> None:
        try:
            really(kept)
        except OSError:
            has_failed.set()
            raise

    monkeypatch.setattr(KeptResults, "sweep", sweep)

    async def swept_again() -> None:
        async with opened_house(setup):
            shutil.rmtree(setup.kept)
            setup.kept.write_bytes(b"no folder")
            await _until(has_failed.is_set)
            setup.kept.unlink()
            old.mkdir(parents=True)
            os.utime(old, (0, 0))
            await _until(lambda: not old.exists())

    asyncio.run(swept_again())
    assert has_failed.is_set()
    assert not old.exists()


@pytest.fixture
def touched_in_loop(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of campaigns that are asked for in an event loop: while a share does not answer, nobody is served."""
    touched: list[str] = []
    for name in ("read", "open", "exists", "stored", "files", "names"):
        really = getattr(FolderStore, name)

        def noted(store: FolderStore, *asked: Any, really: Callable[..., Any] = really, **more: Any) -> Any:
            with suppress(RuntimeError):
                asyncio.get_running_loop()
                touched.append(" ".join(map(str, asked)))
            return really(store, *asked, **more)

        monkeypatch.setattr(FolderStore, name, noted)
    return touched


def test_no_page_waits_for_the_campaigns_disk_where_all_requests_are_served(
    tmp_path: Path, touched_in_loop: list[str]
) -> None:
    served, archive = served_campaign(tmp_path), AGENCIES[1]
    of_agency = f"/office/agencies/{archive.code}"
    with served.visited() as visitor:
        touched_in_loop.clear()  # the server has begun
        visitor.get(f"/a/{served.codes[archive.code]}")
        sent = visitor.post(
            "/agency/hand-in", files={"file": ("1.xlsx", prepared(archive, 3))}, page="/agency"
        )
        data = {"file": ("1.json", b'{"requests": {}}')}
        of_data = visitor.post("/agency/hand-in", files=data, page="/agency")
        seen = [visitor.get(path) for path in ("/agency", "/agency/form")]
        sign_in(visitor)
        office = ("", "/operations", "/people", "/audit", "/log", "/reminders", "/accept", "/export.csv")
        seen += [visitor.get(f"/office{path}") for path in office]
        extended = visitor.post(f"{of_agency}/extension", {"until": "2033-12-31"}, page=of_agency)
        withdrawn = visitor.post(f"{of_agency}/extension", {"withdraw": "1"}, page=of_agency)
    assert {one.status_code for one in (sent, of_data, *seen, extended, withdrawn)} == {200}
    assert touched_in_loop == []


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(_LONGEST):
        while not is_so():
            await asyncio.sleep(0.01)
