"""--lang, wherever it stands, decides in which language everything is said: help, refusals, the system's reasons."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from places import SAMPLES

SAMPLE = str(SAMPLES / "weihui-xinfang-2023.xlsx")
FULL = str(SAMPLES / "hongze-2023-corrected.xlsx")


@pytest.mark.parametrize("command", ["fill", "check", "new", "watch", "explain"])
@pytest.mark.parametrize("in_front", [True, False])
def test_help_is_in_the_language_that_is_asked_for(
    reportfill: Callable[..., Any], command: str, in_front: bool
) -> None:
    for language, words in (
        ("zh", ("用法：", "选项：", "显示本说明。")),
        ("en", ("Usage: ", "Options:", "Show this")),
    ):
        lang = ["--lang", language]
        run = reportfill(*lang, command, "--help") if in_front else reportfill(command, "--help", *lang)
        assert run.status == 0
        assert all(word in run.out for word in words)
        assert ("要" in run.out or "的" in run.out) == (language == "zh") or command in (
            "new",
            "fill",
            "check",
        )


def test_chinese_help_holds_no_english_words_of_its_own(reportfill: Callable[..., Any]) -> None:
    for command in ([], ["fill"], ["new"], ["campaign"], ["campaign", "new"], ["pack"], ["pack", "new"]):
        out = reportfill("--lang=zh", *command, "--help").out
        for word in ("Usage", "Options", "Arguments", "Commands", "required", "default:", "Show", "[ARGS]"):
            assert word not in out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_names_no_types_of_python_and_has_chinese_brackets(
    reportfill: Callable[..., Any], language: str
) -> None:
    arguments = (
        ["fill"],
        ["watch"],
        ["explain"],
        ["campaign", "new"],
        ["campaign", "rollup"],
        ["pack", "new"],
    )
    for command in arguments:
        out = reportfill("--lang", language, *command, "--help").out
        for sign in ("<str>", "<Path>", "list["):
            assert sign not in out
        if language == "zh":
            assert not re.search(r"  \[|x>=|; ", out.partition("\n\n")[2])
            assert "〔必填〕" in out or command == ["explain"]
    assert "〔默认：0；不小于0〕" in reportfill("--lang=zh", "fill", "--help").out


def test_a_process_of_another_language_speaks_the_one_that_is_asked_for(process: Callable[..., Any]) -> None:
    assert "生成正式的Word报告" in process("fill", "--help", "--lang", "zh", language="en").out
    assert "Check workbooks and write" in process("--lang", "en", "fill", "--help", language="zh").out


REFUSALS = [
    (["fill"], "缺少参数FILE"),
    (["fil"], "没有这个命令：fil，是不是fill？"),
    (["fill", SAMPLE, "--colour"], "没有这个选项：--colour"),
    (["fill", SAMPLE, "--outpu", "a"], "没有这个选项：--outpu，是不是--output？"),
    (["fill", SAMPLE, "-o"], "选项-o后面要写值"),
    (["fill", SAMPLE, "-o", ""], "选项-o / --output的值不对：是空的"),
    (["fill", SAMPLE, "--draft=3"], "选项--draft后面不跟值"),
    (["fill", SAMPLE, "--jobs", "-1"], "选项--jobs的值不对：不能小于0"),
    (["fill", SAMPLE, "--jobs", "x"], "选项--jobs的值不对：应当是整数"),
    (["check", SAMPLE, "--format", "xml"], "选项--format的值不对：没有xml，只能是text、json"),
    (["pack", "list", "a"], "多出的参数：a"),
    (["campaign", "new", "a"], "缺少选项--year"),
    (["campaign", "foo"], "没有这个命令：foo"),
]


@pytest.mark.parametrize(("arguments", "said"), REFUSALS)
def test_what_typer_refuses_is_said_in_chinese(
    reportfill: Callable[..., Any], arguments: list[str], said: str
) -> None:
    run = reportfill(*arguments, "--lang", "zh") if arguments[-1] != "-o" else reportfill(*arguments)
    assert run.status == 2
    assert run.err.startswith(f"reportfill: {said}")
    assert run.err.count("\n") == 1
    assert reportfill("--lang", "en", *arguments).err.isascii()


@pytest.mark.parametrize(
    "arguments",
    [
        ["fill", SAMPLE, "-o", "/proc/no"],
        ["fill", SAMPLE, FULL, "-o", "/proc/no"],
        ["check", "/proc/self/mem"],
        ["check", "a" * 300],
        ["new", "--year", "2023", "-o", "/proc/no/a.xlsx"],
        ["watch", ".", "-o", "/proc/no"],
        ["pack", "export", "annual-report-2021", "-o", "/proc/no"],
        ["campaign", "new", "/proc/no", "--year", "2023", "--issuer", "甲"],
        ["campaign", "status", "a" * 300],
    ],
)
def test_the_reasons_of_the_system_are_said_in_chinese(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    run = reportfill(*arguments, "--lang", "zh")
    assert run.status == 2
    english = {os.strerror(number) for number in range(1, 134)}
    assert not any(reason in run.out + run.err for reason in english)
    assert any(character >= "\u4e00" for character in run.err)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("group", [[], ["campaign"], ["pack"]])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_group_without_more_tells_its_help(
    reportfill: Callable[..., Any], group: list[str], language: str
) -> None:
    run = reportfill(*group, "--lang", language)
    assert (run.status, run.out) == (2, "")
    assert run.err == reportfill(*group, "--help", "--lang", language).out


@pytest.mark.parametrize("year", ["0", "-1", "99999", "2008", "3000"])
def test_a_year_that_no_pack_serves_is_refused_with_the_years(
    reportfill: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for pack in ([], ["--pack", "annual-report-2021"]):
        for arguments in (["new"], ["campaign", "new", "a", "--issuer", "甲"]):
            run = reportfill(*arguments, "--year", year, *pack)
            assert (run.status, run.err.count("\n")) == (2, 1)
            assert "2021–" in run.err
    assert list(tmp_path.iterdir()) == []


def test_processes_that_help_speak_the_same_language(reportfill: Callable[..., Any], tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"{number}.xlsx").mkdir()
    for language, words in (("zh", "这是文件夹，不是文件"), ("en", "this is a folder, not a file")):
        assert reportfill("check", tmp_path, "--jobs", "2", "--lang", language).err.count(words) == 20


@pytest.mark.parametrize(
    "command",
    [
        ("--help",),
        ("check", SAMPLES / "hongze-2023.xlsx"),
        ("fill", SAMPLES / "weihui-xinfang-2023.xlsx", "-o", "."),
        ("fill", "没有.xlsx"),
        ("campaign", "new", "年报", "--year", "2023", "--issuer", "清河县政府办"),
        ("campaign", "new", "2023", "--year", "2023", "--issuer", "清河县政府办"),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_where_the_system_knows_ascii_only_nothing_ends_in_a_traceback(
    tmp_path: Path, command: tuple[str | Path, ...], language: str
) -> None:
    done = run_in_ascii(tmp_path, "--lang", language, *command)
    assert done.returncode in (0, 1, 2)
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1
    assert done.stdout or done.stderr


def test_where_the_system_knows_ascii_only_files_have_their_chinese_names(tmp_path: Path) -> None:
    done = run_in_ascii(tmp_path, "--lang", "zh", "fill", SAMPLES / "weihui-xinfang-2023.xlsx", "-o", ".")
    assert done.stdout == "报告：卫辉市信访局2023年政府信息公开工作年度报告.docx\n", done.stderr
    assert [path.suffix for path in tmp_path.iterdir()] == [".docx"]
    new = ("campaign", "new", "年报", "--year", "2023", "--issuer", "清河县政府办")
    assert "已新建：年报" in run_in_ascii(tmp_path, "--lang", "zh", *new).stdout
    assert os.path.exists(os.fsencode(tmp_path) + "/年报/通知模板.docx".encode())


def run_in_ascii(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """A run of the program in a folder, where the system's encoding has no Chinese."""
    ascii_only = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONIOENCODING"}
    return subprocess.run(
        [sys.executable, "-m", "reportfill", *(str(word).encode() for word in command)],
        capture_output=True,
        cwd=folder,
        env=environment | ascii_only,
        encoding="utf-8",
        timeout=60,
    )
