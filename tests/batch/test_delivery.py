"""Where reports and marked workbooks go, and what makes room for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from held import Held, contents
from places import deep

from reportfill.batch.delivery import delivered, output_path, returned_name
from reportfill.batch.preparing import Prepared
from reportfill.outputs.kind import Output

WORD = Output("docx", ".docx", b"report")


def test_a_marked_workbook_is_never_named_as_the_input() -> None:
    assert [returned_name(name) for name in ("表", "表-需修改", "表-需修改2", "表-需修改稿")] == [
        "表-需修改",
        "表-需修改2",
        "表-需修改3",
        "表-需修改稿-需修改",
    ]


@pytest.mark.parametrize(
    ("output", "place"), [(None, "in/甲年报.docx"), ("out", "out/甲年报.docx"), ("一.docx", "一.docx")]
)
def test_a_report_goes_beside_its_input_into_the_folder_or_to_the_file(
    output: str | None, place: str
) -> None:
    prepared = Prepared(Path("in/a.xlsx"), report_name="甲年报", outputs=(WORD,))
    assert output_path(prepared, WORD, Path(output) if output else None) == Path(place)


def test_several_outputs_take_the_name_of_a_file_named_each_with_its_own_ending() -> None:
    data = Output("docx", "（数据）.docx", b"data")
    prepared = Prepared(Path("in/a.xlsx"), report_name="甲", outputs=(WORD, data))
    named = Path("out/一.docx")
    assert [output_path(prepared, one, named).name for one in prepared.outputs] == [
        "一.docx",
        "一（数据）.docx",
    ]
    alone = Prepared(Path("in/a.xlsx"), report_name="甲", outputs=(data,))
    assert output_path(alone, data, named) == named


def test_in_a_deep_folder_a_report_has_a_short_name_and_a_named_file_has_its_own(tmp_path: Path) -> None:
    folder = deep(tmp_path, 195)
    prepared = Prepared(
        folder / "a.xlsx",
        agency="清河县档案馆",
        code="02",
        report_name="清河县档案馆2023年政府信息公开报告",
        outputs=(WORD,),
    )
    assert output_path(prepared, WORD, None) == folder / "档案馆政府信息公开报告（02）.docx"
    named = folder / ("清河县档案馆" * 5 + ".docx")
    assert output_path(prepared, WORD, named) == named


def test_what_cannot_be_written_is_told_in_both_languages_and_what_can_is_written(tmp_path: Path) -> None:
    (tmp_path / "taken").write_bytes(b"a file, where a folder is needed")
    prepared = Prepared(tmp_path / "a.xlsx", report_name="甲年报", outputs=(WORD,), returned=b"marked")
    for outcome in (
        delivered(prepared, tmp_path / "taken"),
        delivered(prepared, returned=tmp_path / "taken"),
    ):
        (why,) = outcome.not_written
        assert "无法写入" in why.zh
        assert "无法写入" not in why.en
        assert len(outcome.written) == 1


def test_a_marked_copy_that_is_open_in_excel_stays_and_that_of_now_gets_a_number(
    tmp_path: Path, held: Held
) -> None:
    (tmp_path / "a-需修改.xlsx").write_bytes(b"former")
    held.hold("a-需修改.xlsx")
    outcome = delivered(Prepared(tmp_path / "a.xlsx", returned=b"marked"))
    held.let_go()
    assert outcome.not_written == ()
    assert outcome.written == [tmp_path / "a-需修改 (1).xlsx"]
    assert contents(tmp_path) == {"a-需修改.xlsx": b"former", "a-需修改 (1).xlsx": b"marked"}
