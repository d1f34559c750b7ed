"""The packs that the tool comes with are not tried out by every run; a keeper's own are, once a process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from places import ROOT

from reportfill import Pack
from reportfill.pack.known_packs import is_known, pack_digest
from reportfill.pack.pack import pack_in
from reportfill.trials import report_trial
from reportfill.trials.report_trial import refuse_unworkable
from reportfill.trials.trial import all_problems
from tools.make_docs import KNOWN_PACKS

SHIPPED = sorted(path.parent for path in (ROOT / "templates").glob("*/pack.toml"))


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_each_that_is_shipped_is_known_and_sound(folder: Path) -> None:
    assert is_known(pack_in(folder)), "run: python -m tools.make_docs"
    assert all_problems(folder) == []


def test_no_other_is_known() -> None:
    known = KNOWN_PACKS.read_text("ascii").split()
    assert sorted(known) == sorted(pack_digest(pack_in(folder)) for folder in SHIPPED)


def test_one_that_a_keeper_has_changed_is_tried_out_once(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = replace(pack, manifest=replace(pack.manifest, version="1.0.1"))
    assert not any(is_known(other) for other in (changed, replace(pack, report=pack.report + b" ")))
    tried: list[Pack] = []
    monkeypatch.setattr(report_trial, "prints_of", lambda one: tried.append(one) or ())
    for one in (pack, changed, changed):
        refuse_unworkable(one)
    assert tried == [changed]
