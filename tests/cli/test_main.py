"""The program called by another one: what it sets for itself does not stay behind."""

from __future__ import annotations

import gc
import shutil
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLES

from reportfill import windows
from reportfill.cli import main
from reportfill.outputs.page_making import stood_in


def test_a_process_that_calls_a_command_keeps_its_own_settings(reportfill: Callable[..., Any]) -> None:
    before = gc.get_threshold(), gc.isenabled(), sys.getswitchinterval()
    assert reportfill("check", SAMPLES / "weihui-xinfang-2023.xlsx").status == 0
    assert (gc.get_threshold(), gc.isenabled(), sys.getswitchinterval()) == before


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_file_in_the_place_of_a_command_is_told_what_to_run(
    reportfill: Callable[..., Any], tmp_path: Path, is_folder: bool
) -> None:
    dropped = tmp_path / "a & b"
    if is_folder:
        dropped.mkdir()
    else:
        shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", dropped)
    run = reportfill(dropped)
    assert run.status == 2
    assert f'“a & b”不是命令；要生成报告，请运行：reportfill fill "{dropped}"' in run.err
    assert run.err.count("\n") == 1
    assert "reportfill desktop" in reportfill("--lang", "en", dropped).err
    assert list(tmp_path.iterdir()) == [dropped]


@pytest.mark.parametrize(
    ("arguments", "waits"),
    [([], True), ([str(SAMPLES)], True), (["fill", str(SAMPLES)], False), (["--version"], False)],
)
@pytest.mark.parametrize("is_ours", [True, False])
def test_a_console_that_was_opened_by_a_click_waits_for_its_reader(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], waits: bool, is_ours: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(windows, "console_closes_with_us", lambda: is_ours)
    monkeypatch.setattr(sys, "stdin", StringIO("\nmore"))
    main.wait_for_reader(arguments)
    assert sys.stdin.read() == ("more" if waits and is_ours else "\nmore")


@pytest.mark.parametrize(
    ("command", "default"),
    [
        ("fill", "默认docx，或者按-o的文件名"),
        ("watch", "默认docx。"),
        ("convert", "默认pdf，或者按-o的文件名"),
        ("campaign publish", "默认html,docx，再次发布的与上次相同。"),
    ],
)
def test_the_help_says_which_kinds_are_made_where_none_is_named(
    reportfill: Callable[..., Any], command: str, default: str
) -> None:
    assert default in reportfill(*command.split(), "--help").out.replace("\n", "").replace(" ", "")


def test_what_stands_in_for_a_typeface_is_said_with_the_commands_that_take_others(
    reportfill: Callable[..., Any],
) -> None:
    hint = stood_in({"楷体_GB2312": "AR PL UKai CN"}).hint.zh
    commands = ("fill", "watch", "convert", "campaign collect", "campaign publish")
    with_fonts = [name for name in commands if "--fonts" in reportfill(*name.split(), "--help").out]
    assert f"{'、'.join(with_fonts[:-1])}和{with_fonts[-1]}命令也可以用--fonts" in hint
