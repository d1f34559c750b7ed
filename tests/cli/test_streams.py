"""Nowhere to print to: one line on stderr, where that is open, exit status 2 and never a traceback."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys

import pytest
from places import SAMPLES
from printed import PRINTED

from reportfill.cli.streams import NEAREST

HONGZE = SAMPLES / "hongze-2023.xlsx"
SAMPLE = shlex.quote(str(SAMPLES / "weihui-xinfang-2023.xlsx"))


def printed(*arguments: str, **variables: str) -> bytes:
    """What the program prints into a pipe."""
    command = [sys.executable, "-m", "reportfill", *arguments]
    environment = {**os.environ, "REPORTFILL_LANG": "zh", **variables}
    return subprocess.run(command, capture_output=True, env=environment, timeout=60).stdout


def run(command: str, streams: str) -> tuple[int, list[str]]:
    """Run the program with its streams led elsewhere by a shell; its exit status and what came on stderr."""
    environment = {**os.environ, "REPORTFILL_LANG": "zh"}
    line = f"{shlex.quote(sys.executable)} -m reportfill {command} {streams}"
    done = subprocess.run(
        ["bash", "-c", line], capture_output=True, env=environment, encoding=PRINTED, timeout=60
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


@pytest.mark.parametrize(
    "command", [f"fill {SAMPLE} {SAMPLE}", "campaign status .", "explain", "desktop", ""]
)
def test_without_any_stream_every_command_ends_in_the_same_way(command: str) -> None:
    assert run(command, "<&- >&- 2>&-") == (2, [])


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full"])
def test_without_the_error_stream_work_goes_on(streams: str) -> None:
    assert run(f"check {SAMPLE}", streams) == (0, [])


def test_a_reader_that_goes_away_is_no_fault() -> None:
    status, lines = run("explain", "| head -c 1; exit ${PIPESTATUS[1]}")
    assert (status, lines) == (0, [])


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "gb18030", "gbk:strict"])
def test_a_pipe_gets_the_encoding_that_was_asked_for(encoding: str) -> None:
    said = printed("check", str(HONGZE), PYTHONIOENCODING=encoding)
    assert "错误2处" in said.decode(encoding.partition(":")[0])


def test_json_is_in_utf_8_whatever_the_encoding() -> None:
    said = printed("check", str(HONGZE), "--format", "json", PYTHONIOENCODING="gbk")
    assert json.loads(said.decode("utf-8"))["counts"]["error"] == 2


@pytest.mark.parametrize("command", [["--help"], ["fill", "--help"], ["campaign", "--help"], ["explain"]])
def test_help_can_be_read_in_gbk(command: list[str]) -> None:
    said = printed(*command, PYTHONIOENCODING="gbk").decode("gbk")
    assert "?" not in said.replace("??", "")


def test_what_an_encoding_lacks_is_replaced_by_what_comes_nearest() -> None:
    assert "−12.5%，𬭊".encode("gbk", NEAREST).decode("gbk") == "-12.5%，?"
