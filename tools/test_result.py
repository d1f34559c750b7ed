"""Keeps the result of a whole run of the tests in docs/testing.md: a plugin of pytest, which `make test-all` loads."""

from __future__ import annotations

import os
import re
import time
from datetime import date
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[1] / "docs" / "testing.md"
LINE = re.compile(r"(?<=<!-- make test-all -->\n).*")
_BEGIN = time.monotonic()


def with_result(page: str, day: date, counts: dict[str, int], minutes: float, processor: float) -> str:
    """The page with the result of that day: how many tests passed, were skipped and so on, and what they took."""
    counted = ", ".join(f"{count:,} {outcome}" for outcome, count in counts.items() if count)
    told = f"{day.isoformat()}: {counted}; {minutes:.0f} minutes, {processor:.0f} of a processor."
    changed, found = LINE.subn(lambda _: told, page)
    assert found == 1, f"{PAGE} has no place for the result"
    return changed


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int) -> None:
    """Write the result of a run in which nothing failed."""
    outcomes = ("passed", "skipped", "xfailed")
    counts = {outcome: len(terminalreporter.stats.get(outcome, ())) for outcome in outcomes}
    if exitstatus == pytest.ExitCode.OK and counts["passed"]:
        processor = sum(os.times()[:4]) / 60
        minutes = (time.monotonic() - _BEGIN) / 60
        page = with_result(PAGE.read_text("utf-8"), date.today(), counts, minutes, processor)
        PAGE.write_text(page, encoding="utf-8")
