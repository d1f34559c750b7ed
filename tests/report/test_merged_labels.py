"""Labels of cells that are merged over all rows of a loop stand in the first one that is printed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pack.nested_row_pack import DATA, nested_row_pack
from pack.small_pack import small_pack

from reportfill import Pack, load_pack, render
from reportfill.model.submission import Submission
from reportfill.office.word_revisions import W
from reportfill.office.word_structure import structure_faults
from reportfill.pack.check import pack_problems
from reportfill.report.merged_labels import with_merged_labels


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(nested_row_pack(tmp_path_factory.mktemp("nested") / "pack"))


def cells(report: bytes, columns: int = 2) -> list[list[str]]:
    """What stands in the first cells of each row, with | before what begins a merged cell and + before what goes on
    with one."""
    rows = docx.Document(BytesIO(report)).tables[0]._tbl.iterchildren(f"{W}tr")
    return [[_told(cell) for cell in list(row.iterchildren(f"{W}tc"))[:columns]] for row in rows]


def _told(cell: Any) -> str:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    sign = "" if merge is None else "|" if merge.get(f"{W}val") == "restart" else "+"
    return sign + "".join(text.text or "" for text in cell.iter(f"{W}t"))


def test_each_label_stands_beside_all_rows_of_its_loop(pack: Pack) -> None:
    report = render(Submission.from_data(pack, DATA))
    assert structure_faults(report) == []
    assert cells(report) == [
        ["", "类别"],
        ["|清单", "|基本信息3"],
        ["+", "+"],
        ["+", "|招生3"],
        ["合计", "6"],
    ]


def test_a_loop_within_that_prints_nothing_does_not_take_the_label_away(pack: Pack) -> None:
    data = DATA | {"classes": [{"name": "空", "items": []}, DATA["classes"][1]]}
    report = render(Submission.from_data(pack, data))
    assert cells(report)[1:] == [["|清单", "|招生3"], ["合计", "3"]]


def test_the_line_for_none_has_the_label(pack: Pack) -> None:
    report = render(Submission.from_data(pack, DATA | {"classes": []}))
    assert structure_faults(report) == []
    assert cells(report) == [["", "类别"], ["|清单", "无"], ["合计", "0"]]


def test_a_template_without_such_labels_stays_as_it_is(tmp_path: Path) -> None:
    content = (small_pack(tmp_path / "pack") / "report.docx").read_bytes()
    assert with_merged_labels(content) is content


def test_a_record_of_several_rows_has_merged_cells_of_its_own(tmp_path: Path) -> None:
    def printed(document: Any) -> None:
        table = document.add_table(rows=0, cols=2)
        for texts in (
            ("{%tr for line in text %}", ""),
            ("{{ line }}", "a"),
            ("", "b"),
            ("{%tr endfor %}", ""),
        ):
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
        table.cell(1, 0).merge(table.cell(2, 0))

    folder = small_pack(tmp_path / "pack", report=printed)
    assert pack_problems(folder) == []
    data = {**DATA, "text": ["甲", "乙"]}
    report = render(
        Submission.from_data(load_pack(folder), {k: v for k, v in data.items() if k != "classes"})
    )
    assert cells(report) == [["|甲", "a"], ["+", "b"], ["|乙", "a"], ["+", "b"]]


def test_words_beside_the_tag_of_a_loop_are_lost_where_they_are_no_label(tmp_path: Path) -> None:
    def printed(document: Any) -> None:
        table = document.add_table(rows=0, cols=2)
        for texts in (("清单", "{%tr for line in text %}"), ("", "{{ line }}"), ("", "{%tr endfor %}")):
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text

    [problem] = pack_problems(small_pack(tmp_path / "pack", report=printed))
    assert "“清单” beside it would be lost" in problem.message
