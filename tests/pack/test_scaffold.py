"""A copy of a pack."""

from __future__ import annotations

from pathlib import Path

import pytest
from places import ROOT

from reportfill.pack.scaffold import copy_pack

SHIPPED = sorted(path.parent for path in ROOT.glob("templates/*/pack.toml"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_what_a_readme_tells_to_type_is_of_its_own_pack(tmp_path: Path, folder: Path) -> None:
    copied = copy_pack(folder, tmp_path / "copied", "copied")
    for place, name in ((folder, folder.name), (copied, "copied")):
        assert f"`reportfill pack check {name}`" in (place / "README.md").read_text("utf-8")
