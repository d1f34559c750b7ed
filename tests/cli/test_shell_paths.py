"""Arguments name paths, whatever PowerShell, cmd, a browser or the window of Explorer left on them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest
import typer
from places import SAMPLES

from reportfill.cli.shell_paths import path_meant


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with two folders in it."""
    (tmp_path / "收件 箱").mkdir()
    (tmp_path / "年报%20a").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("收件 箱", "收件 箱"),
        ('收件 箱"', "收件 箱"),
        ("'收件 箱\\'", "收件 箱"),
        ("'收件 箱'", "收件 箱"),
        ("“收件 箱”", "收件 箱"),
        ("收件 箱\\", "收件 箱"),
        (" 收件 箱 ", "收件 箱"),
        ("\u202a收件 箱", "收件 箱"),
        ("收件%20箱", "收件 箱"),
        ("%E6%94%B6%E4%BB%B6%20%E7%AE%B1", "收件 箱"),
        ("年报%20a", "年报%20a"),
        ('年报%20a"', "年报%20a"),
        ('还没有的"', "还没有的"),
        ("还没有的%20", "还没有的%20"),
        ("*.xlsx", "*.xlsx"),
        ("memory://年报%20a", "memory://年报%20a"),
        ("2023", "2023"),
    ],
)
def test_what_stands_around_a_name_is_left_out(said: str, meant: str) -> None:
    assert path_meant(said) == meant


def test_the_url_of_a_file_names_it(here: Path) -> None:
    assert Path(path_meant((here / "收件 箱").as_uri())) == here / "收件 箱"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", ['收"件', "'年报'", "箱 ", "a\\", "%20"])
def test_what_is_there_under_the_very_name_is_meant(here: Path, name: str) -> None:
    (here / name).mkdir()
    assert path_meant(name) == name


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('C:"', "C:\\"),
        ("'C:\\'", "C:\\"),
        ('\\\\server\\share\\年报"', r"\\server\share\年报"),
        ("'\\\\server\\share\\年报\\'", r"\\server\share\年报"),
        ("//server/share/年报", r"\\server\share\年报"),
        ('Z:\\年报 a\\2023"', r"Z:\年报 a\2023"),
        ('\\\\?\\D:\\收件"', r"\\?\D:\收件"),
        ("\\\\?\\UNC\\server\\share\\年报", r"\\?\UNC\server\share\年报"),
    ],
)
def test_shares_and_drives_stay_what_they_are(said: str, meant: str) -> None:
    assert PureWindowsPath(path_meant(said)) == PureWindowsPath(meant)


@pytest.mark.parametrize("said", ["", "  ", "\u3000", '"', "''", '""', "“”", '" "'])
def test_an_empty_name_is_no_path(said: str) -> None:
    with pytest.raises(typer.BadParameter):
        path_meant(said)


@pytest.mark.parametrize(
    "arguments",
    [
        ("fill", '收件 箱" -o 报告'),
        ("check", '收件 箱" --json'),
        ("fill", "a.xlsx", "-o", '报告" --draft'),
        ("fill", "a.xlsx", "--pack", '包" x'),
        ("watch", '收件 箱" -o 报告'),
        ("doctor", '收件 箱" x'),
        ("pack", "show", '包" x'),
        ("new", "--agency", "甲局", "--last", 'a" b'),
        ("campaign", "status", '2023 年报" --html'),
        ("campaign", "distribute", "2023", "--last", '2022 年报" --zip'),
        ("campaign", "rollup", "2023", "--list", 'a" b'),
    ],
)
def test_what_a_backslash_ran_together_is_refused_with_what_to_do(
    reportfill: Callable[..., Any], arguments: tuple[str, ...]
) -> None:
    run = reportfill("--lang", "zh", *arguments)
    assert run.status == 2
    assert "请去掉末尾的\\再运行" in run.err


def test_commands_take_what_the_shells_leave(reportfill: Callable[..., Any], here: Path) -> None:
    shutil.copy(SAMPLES / "weihui-xinfang-2023.xlsx", here / "收件 箱")
    assert reportfill("fill", '收件 箱"', "-o", '报 告"').status == 0
    assert [path.suffix for path in (here / "报 告").iterdir()] == [".docx"]
    assert (
        reportfill("campaign", "new", "'2023 年报\\'", "--year", 2023, "--issuer", "清河县政府办").status == 0
    )
    assert reportfill("campaign", "status", '2023 年报"').status == 2
    assert (here / "2023 年报" / "campaign.toml").is_file()
