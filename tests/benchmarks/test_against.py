"""Two revisions are run by the same interpreter, and what a process costs is what it and those that it started cost."""

from __future__ import annotations

import os
import sys

import pytest

from benchmarks.against import CAMPAIGN, READING, Tree, Trees, against, both
from benchmarks.campaign_course import LABELS
from benchmarks.cost import FailedRunError, cost_of
from benchmarks.places import ROOT

BUSY = "import time\nwhile time.process_time() < 0.3: pass"


def test_the_processor_time_of_what_a_process_starts_counts() -> None:
    starting = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    assert cost_of([sys.executable, "-c", starting], os.environ).processor >= 0.3


def test_the_memory_is_that_of_the_process_and_not_of_the_one_that_measures() -> None:
    ours = bytes(64 << 20)
    small = cost_of([sys.executable, "-I", "-S", "-c", ""], os.environ)
    large = cost_of([sys.executable, "-I", "-S", "-c", "b'x' * (64 << 20)"], os.environ)
    assert len(ours) == 64 << 20
    assert small.mib < 32
    assert 64 < large.mib < 96


@pytest.mark.parametrize(
    "program", ["raise SystemError('too old')", "import sys; print('too old', file=sys.stderr); sys.exit(2)"]
)
def test_a_run_that_fails_is_said_with_what_it_printed(program: str) -> None:
    with pytest.raises(FailedRunError, match="too old"):
        cost_of([sys.executable, "-c", program], os.environ)


def test_each_tree_runs_its_own_modules() -> None:
    with both("HEAD", sys.executable) as trees:
        assert trees.ours.root == ROOT
        assert (trees.theirs.root / "templates").is_dir()
        for tree in trees:
            assert tree.environment()["PYTHONPATH"] == str(tree.root / "src")
    assert not trees.theirs.root.exists()


def test_who_comes_first_changes_from_round_to_round() -> None:
    trees = Trees(Tree("ours", ROOT, ROOT, ""), Tree("theirs", ROOT, ROOT, ""))
    order: list[str] = []
    for number in range(2):
        assert trees.in_turn(number, lambda tree: order.append(tree.name) or tree.name) == ("ours", "theirs")
    assert order == ["ours", "theirs", "theirs", "ours"]


def test_a_revision_that_git_does_not_know_is_refused() -> None:
    with pytest.raises(FailedRunError, match="no-such-revision"):
        against("no-such-revision")


def test_reading_and_checking_is_measured_by_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.against._ROUNDS_WITHIN", 1)
    found = against("HEAD", [READING], rounds=1)
    assert [pair.name.split(" a ")[0] for pair in found.pairs] == ["read", "check", "read and check"]
    assert all(pair.lowest <= pair.ratio <= pair.highest for pair in found.pairs)


@pytest.mark.long
def test_the_whole_course_of_a_campaign_is_run() -> None:
    found = against("HEAD", [CAMPAIGN], rounds=1, agencies=3)
    assert [pair.name.partition(": ")[2] for pair in found.pairs] == list(LABELS)
