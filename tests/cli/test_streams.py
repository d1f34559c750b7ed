"""Nowhere to print to: one line on stderr, where that is open, exit status 2 and never a traceback."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys

import pytest
from places import SAMPLES

SAMPLE = shlex.quote(str(SAMPLES / "weihui-xinfang-2023.xlsx"))


def run(command: str, streams: str) -> tuple[int, list[str]]:
    """Run the program with its streams led elsewhere by a shell; its exit status and what came on stderr."""
    environment = {**os.environ, "REPORTFILL_LANG": "zh"}
    line = f"{shlex.quote(sys.executable)} -m reportfill {command} {streams}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, env=environment, encoding="utf-8", timeout=60
    )
    return done.returncode, done.stderr.splitlines()


@pytest.mark.parametrize(
    "command", [f"check {SAMPLE}", f"check {SAMPLE} --format json", "--help", "fill --help", "pack list"]
)
@pytest.mark.parametrize("streams", [">/dev/full", ">&-"])
def test_a_full_or_closed_output_is_said_in_one_line(command: str, streams: str) -> None:
    status, (line,) = run(command, streams)
    assert status == 2
    assert line.startswith("reportfill: ")
    assert ("标准输出已经关闭" if streams == ">&-" else "磁盘已满") in line


@pytest.mark.parametrize("streams", [">&- 2>&-", "<&- >&- 2>&-", ">/dev/full 2>/dev/full"])
def test_without_any_stream_the_status_tells(streams: str) -> None:
    assert run(f"check {SAMPLE}", streams) == (2, [])


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full"])
def test_without_the_error_stream_work_goes_on(streams: str) -> None:
    assert run(f"check {SAMPLE}", streams) == (0, [])


def test_a_reader_that_goes_away_is_no_fault() -> None:
    status, lines = run("explain", "| head -c 1; exit ${PIPESTATUS[1]}")
    assert (status, lines) == (0, [])
