"""A clerk drops workbooks and gets what the command line gives."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from httpx2 import Response
from places import ROOT
from web_visitor import Visitor

from reportfill.outputs.kind import KINDS, suffix_of_ending

SOUND = ROOT / "sample_inputs" / "weihui-xinfang-2023.xlsx"
FAULTY = ROOT / "sample_inputs" / "typical-mistakes-2023.xlsx"
OF_DATA = [name for name, kind in KINDS.items() if not kind.is_of_pages]


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command line makes of the sound workbook, in every kind of output that is made of data."""
    folder = tmp_path_factory.mktemp("by-command")
    command = [
        sys.executable,
        "-m",
        "reportfill",
        "fill",
        str(SOUND),
        "--to",
        ",".join(OF_DATA),
        "-o",
        str(folder),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def test_a_sound_workbook_becomes_its_report(visitor: Visitor) -> None:
    page = visitor.drop(SOUND)
    assert page.status_code == 200
    assert page.url.path.startswith("/results/")
    assert "校验通过，报告已生成" in page.text


def test_every_kind_of_output_is_byte_for_byte_that_of_the_command_line(
    visitor: Visitor, by_command: Path
) -> None:
    address = visitor.drop(SOUND).url.path
    made = {path.name: path.read_bytes() for path in by_command.iterdir()}
    for name in OF_DATA:
        for ending in KINDS[name].endings:
            answer = visitor.get(f"{address}/{name}{suffix_of_ending(ending)}")
            assert answer.status_code == 200, answer.text
            assert answer.content == made[_name_of(answer.headers["content-disposition"])]


def test_pages_are_made_when_they_are_asked_for(visitor: Visitor) -> None:
    address = visitor.drop(SOUND).url.path
    assert visitor.get(f"{address}/pages/1.jpg").status_code == 404
    assert visitor.get(f"{address}/pdf.pdf").content.startswith(b"%PDF")
    page = visitor.get(f"{address}/pages")
    pictures = re.findall(r'<img src="([^"]+)"', page.text)
    assert len(pictures) >= 4
    first = [visitor.get(one).content for one in pictures]
    assert all(one.startswith(b"\xff\xd8\xff") for one in first)
    assert visitor.get(f"{address}/pages").text == page.text
    assert [visitor.get(one).content for one in pictures] == first


def test_a_faulty_workbook_is_told_cell_by_cell_and_comes_back_marked(visitor: Visitor) -> None:
    page = visitor.drop(FAULTY)
    assert "需要修改，还没有生成报告" in page.text
    assert (
        page.text.index("<h3>总体情况</h3>")
        < page.text.index("<h3>表二</h3>")
        < page.text.index("<h3>表三</h3>")
    )
    assert "“22（其中修订16件）”不是数字" in page.text
    marked = visitor.get(f"{page.url.path}/marked.xlsx")
    assert marked.content.startswith(b"PK")
    assert _name_of(marked.headers["content-disposition"]) == "typical-mistakes-2023-需修改.xlsx"
    assert visitor.get(f"{page.url.path}/docx.docx").status_code == 404


def test_several_workbooks_have_a_page_of_their_own_each(visitor: Visitor) -> None:
    page = visitor.drop(SOUND, FAULTY)
    assert "共2个文件" in page.text
    first, second = re.findall(r'href="(/results/[^"]+/\d)"', page.text)
    assert "校验通过" in visitor.get(first).text
    assert "需要修改" in visitor.get(second).text


def test_last_years_report_is_checked_beside_this_years(visitor: Visitor, by_command: Path) -> None:
    def dropped(*last: tuple[str, bytes]) -> Response:
        sent = [("files", ("a.xlsx", SOUND.read_bytes())), *(("last", one) for one in last)]
        return visitor.post("/reports", files=sent)

    without = dropped()
    assert "没有核对跨年度的衔接关系" in without.text
    beside = dropped(("去年.xlsx", SOUND.read_bytes()))
    assert "没有核对跨年度的衔接关系" not in beside.text
    assert visitor.get(f"{beside.url.path}/json.json").status_code == 200
    unreadable = dropped(("去年.pdf", b"%PDF"))
    assert unreadable.status_code == 422
    assert "上年度的报告无法读取" in unreadable.text


def test_what_was_made_is_found_by_its_own_address_alone(visitor: Visitor) -> None:
    address = visitor.drop(SOUND).url.path
    for other in (
        "/results/guessed",
        "/results/..%2f..",
        f"{address}0",
        f"{address}/..%2fgiven",
        "/results/x/1/given",
    ):
        assert visitor.get(other).status_code in (404, 422), other


@pytest.mark.parametrize("path", ["/results/x/one", "/results/x/1/nothing.docx", "/nowhere", "/results/x/-1"])
def test_what_is_not_there_is_a_page_that_says_so(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code in (404, 422)
    assert "无法完成" in answer.text


def _name_of(disposition: str) -> str:
    return unquote(disposition.rpartition("UTF-8''")[2])
