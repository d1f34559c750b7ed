"""Inputs that are too large, no plain files, or not to be looked at: one line each, and the others go on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLES
from printed import PRINTED

from reportfill.batch.inputs import LARGEST_INPUT

SAMPLE = SAMPLES / "weihui-xinfang-2023.xlsx"


def sparse(path: Path, size: int = 1 << 30, head: bytes = b"") -> Path:
    """A file of that size that takes no room."""
    with path.open("wb") as stream:
        stream.write(head)
        stream.truncate(size)
    return path


@pytest.mark.parametrize("suffix", LARGEST_INPUT)
def test_a_large_file_is_named_by_its_size(
    reportfill: Callable[..., Any], tmp_path: Path, suffix: str
) -> None:
    big = sparse(tmp_path / f"big{suffix}", head=SAMPLE.read_bytes())
    for command in (
        ["check", big],
        ["fill", big],
        ["check", tmp_path],
        ["fill", tmp_path, "-o", tmp_path / "out"],
    ):
        run = reportfill(*command)
        assert run.status == 2
        assert "1024MB" in run.out
    assert list(tmp_path.iterdir()) == [big]


@pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux tells a process its own peak")
def test_a_large_file_takes_no_memory(tmp_path: Path) -> None:
    big = sparse(tmp_path / "big.xlsx", 1 << 32)
    program = (
        "import re, sys; from reportfill.cli.main import status_of; status = status_of(sys.argv[1:]);"
        "print(re.search(r'VmHWM:\\s+(\\d+) kB', open('/proc/self/status').read())[1]); sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "check", str(big)], capture_output=True, encoding=PRINTED
    )
    assert done.returncode == 2
    assert int(done.stdout.splitlines()[-1]) < 150 * 1024


@pytest.mark.parametrize("option", ["--last", "--data"])
def test_a_large_file_of_an_option_is_refused(
    reportfill: Callable[..., Any], tmp_path: Path, option: str
) -> None:
    big = sparse(tmp_path / "big.json")
    named = ("--pack", "annual-report-2021", "--year", "2023", "--agency", "甲局")
    run = reportfill("new", *named, option, big, "-o", tmp_path)
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "1024MB" in run.err
    assert list(tmp_path.iterdir()) == [big]


def odd_files(folder: Path) -> list[Path]:
    """What is named like a workbook and is none."""
    os.mkfifo(folder / "a-pipe.xlsx")
    (folder / "b-folder.xls").mkdir()
    (folder / "c-link.json").symlink_to("/dev/zero")
    (folder / "d-dangling.ods").symlink_to(folder / "nowhere")
    (folder / "e-loop.xlsb").symlink_to(folder / "e-loop.xlsb")
    sparse(folder / "f-large.xlsm")
    (folder / "~$lock.xlsx").write_bytes(b"x")
    (folder / "._resource.xlsx").write_bytes(b"x")
    return sorted(path for path in folder.iterdir() if path.name[0] not in "~.")


def test_a_folder_that_holds_odd_things_goes_on_with_the_rest(
    reportfill: Callable[..., Any], tmp_path: Path
) -> None:
    odd = odd_files(tmp_path)
    shutil.copy(SAMPLE, tmp_path / "z-sound.xlsx")
    run = reportfill("fill", tmp_path, "-o", tmp_path / "out")
    assert run.status == 2
    assert len(list((tmp_path / "out").iterdir())) == 1
    for path in odd:
        assert str(path) in run.out + run.err
    assert "lock" not in run.out + run.err
    assert "resource" not in run.out + run.err
    assert f"共{len(odd) + 1}个文件：生成报告1份，有错误0份，无法使用{len(odd)}个" in run.out


@pytest.mark.parametrize("command", ["check", "fill"])
def test_each_alone_is_refused_in_one_line(
    reportfill: Callable[..., Any], tmp_path: Path, command: str
) -> None:
    for path in odd_files(tmp_path):
        run = reportfill(command, path)
        assert run.status == 2
        assert len((run.out + run.err).strip().splitlines()) == 1 or path.suffix == ".xlsm"
    for path in ("/dev/zero", "/dev/null", "/dev/stdin"):
        assert reportfill(command, path).status == 2


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 300, "局" * 90, "a\0b.xlsx", "?" * 300, "[\0]*.xlsx", "\ud800.xlsx"]
)
@pytest.mark.parametrize("command", ["check", "fill"])
def test_a_name_that_is_none_is_refused_in_one_line(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLE, tmp_path)
    run = reportfill(command, name)
    assert (run.status, run.out, run.err.count("\n")) == (2, "", 1)
    assert len(run.err) < 300
    assert [path.name for path in tmp_path.iterdir()] == [SAMPLE.name]


OPTIONS = [
    ("fill", SAMPLE, "-o"),
    ("fill", SAMPLE, "--last"),
    ("fill", SAMPLE, "--pack"),
    ("check", SAMPLE.with_name("hongze-2023.xlsx"), "--returned"),
    ("new", "--pack", "annual-report-2021", "--year", "2023", "--data"),
    ("new", "--pack", "annual-report-2021", "--year", "2023", "-o"),
    ("pack", "export", "annual-report-2021", "-o"),
    ("pack", "new", "other", "--from"),
    ("watch", ".", "-o"),
    ("watch", "-o", "out"),
    ("pack", "show"),
    ("pack", "check"),
    ("campaign", "status"),
    ("campaign", "collect"),
]


@pytest.mark.parametrize("value", ["", "x" * 300, "局" * 90, "a\0b", "\ud800"])
@pytest.mark.parametrize("arguments", OPTIONS, ids=lambda arguments: f"{arguments[0]} {arguments[-1]}")
def test_a_value_that_can_name_nothing_is_refused_in_one_line(
    reportfill: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    value: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    run = reportfill(*arguments, value)
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert list(tmp_path.iterdir()) == []


def test_a_removed_working_folder_is_no_obstacle(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert reportfill("check", SAMPLE).status == 0
    for arguments in (
        ["check", "."],
        ["fill", "a.xlsx"],
        ["new", "--pack", "annual-report-2021", "--year", "2023"],
        ["pack", "new", "other"],
    ):
        run = reportfill(*arguments)
        assert (run.status, run.err.count("\n")) == (2, 1)
    monkeypatch.chdir(tmp_path)
