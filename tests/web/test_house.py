"""What goes on beside all requests goes on, whatever happened."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportfill.web import house
from reportfill.web.house import opened_house
from reportfill.web.setup import ServerSetup

_LONGEST = 30.0


def test_results_are_swept_again_after_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(house, "_BETWEEN_SWEEPS", 0.01)
    monkeypatch.setattr(house, "_BETWEEN_BEGINNINGS", 0.01)
    setup = ServerSetup(tmp_path, "secret", jobs=1)
    old = setup.kept / "old"

    async def swept_again() -> None:
        async with opened_house(setup):
            shutil.rmtree(setup.kept)
            await _until(lambda: "is begun anew" in caplog.text)
            old.mkdir(parents=True)
            os.utime(old, (0, 0))
            await _until(lambda: not old.exists())

    with caplog.at_level(logging.ERROR):
        asyncio.run(swept_again())


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(_LONGEST):
        while not is_so():
            await asyncio.sleep(0.01)
