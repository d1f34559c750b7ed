"""Two processes and more with one target lose nothing: each output is there at the end, under a name of its own."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_once import Processes, processes
from builders import figures_only
from often import IN_FULL

from reportfill.model.figures import with_values
from reportfill.office.package import parts_of
from reportfill.pack.pack import Pack

AT_ONCE = 12 if IN_FULL else 4
OFTEN = [3, pytest.param(30, marks=pytest.mark.long)]
ON_ANY_DISK = pytest.mark.parametrize("links", [True, False], ids=["hard-links", "no-hard-links"])


@pytest.fixture(scope="module")
def running() -> Iterator[Processes]:
    """Several processes of the program."""
    with processes(AT_ONCE) as them:
        yield them


@pytest.fixture
def data(tmp_path: Path, pack: Pack) -> list[str]:
    """Sound data of one agency, each time with another text: what they print has one name."""
    paths = [tmp_path / f"{number}.json" for number in range(AT_ONCE)]
    for number, path in enumerate(paths):
        text = f"第{number}个进程的总体情况，各项工作都按规定开展。"
        told = with_values(figures_only(pack, {}), {"overview.summary": [text]})
        path.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return list(map(str, paths))


@ON_ANY_DISK
@pytest.mark.parametrize("often", OFTEN)
def test_reports_of_one_name_all_stay(
    running: Processes, tmp_path: Path, data: list[str], often: int, links: bool
) -> None:
    for turn in range(often):
        folder = tmp_path / f"报告{turn}"
        named = folder / "年报.docx" if turn % 2 else folder
        assert set(running.run([["fill", path, "-o", str(named)] for path in data], links=links)) == {0}
        assert sorted(map(number_of, folder.iterdir())) == list(range(AT_ONCE))


@pytest.mark.long
@ON_ANY_DISK
def test_workbooks_of_one_name_all_stay(running: Processes, tmp_path: Path, links: bool) -> None:
    codes = [str(number) for number in range(AT_ONCE)]
    for turn in range(30):
        target = tmp_path / f"{turn}" / "填报表.xlsx"
        commands = [["new", "--year", "2023", "--code", code, "-o", str(target)] for code in codes]
        assert set(running.run(commands, links=links)) == {0}
        assert len({path.read_bytes() for path in target.parent.iterdir()}) == AT_ONCE


def test_the_same_output_of_all_is_there_once(running: Processes, tmp_path: Path, data: list[str]) -> None:
    assert set(running.run([["fill", data[0], "-o", str(tmp_path / "同")]] * AT_ONCE)) == {0}
    assert len(list((tmp_path / "同").iterdir())) == 1


def number_of(report: Path) -> int:
    """Which of the data a report was printed from."""
    told = re.search("第([0-9]+)个进程", parts_of(report.read_bytes())["word/document.xml"].decode())
    assert told
    return int(told[1])
