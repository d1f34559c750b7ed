"""The breakdown watches functions by their names; each must still be there and take part."""

from __future__ import annotations

from benchmarks.breakdown import PROBES, STAGES, breakdown


def test_every_step_takes_part_in_a_report() -> None:
    steps = breakdown(1)
    assert len(steps) == len(PROBES) + len(STAGES)
    assert [step.name for step in steps if step.milliseconds == 0] == []
