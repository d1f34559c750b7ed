"""Stores of every kind."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from reportfill.campaign.storage.store import Store, store_at


@pytest.fixture(params=["folder", "memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each kind."""
    if request.param == "folder":
        return store_at(tmp_path / "2023")
    if request.param == "memory":
        return store_at(f"memory://{uuid4()}")
    return store_at(request.getfixturevalue("bucket"))
