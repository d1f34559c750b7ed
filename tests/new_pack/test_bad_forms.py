"""Forms of which no pack can be made, or not all of it: one clear line each, and nothing written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from new_pack.word_forms import form, lines, saved, table

from reportfill.cli.main import status_of
from reportfill.errors import ReportfillError
from reportfill.new_pack import making
from reportfill.new_pack.making import NewPack, PackIdentity, pack_of_file, pack_of_form

WHO = PackIdentity("made", "", "2025")


def refusal(content: bytes) -> str:
    with pytest.raises(ReportfillError) as error:
        pack_of_form(content, WHO, "form.docx")
    return error.value.chinese


def made_of(document: Document) -> NewPack:
    return pack_of_form(saved(document), WHO, "form.docx")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"<html>"])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    assert refusal(content) == "不是可读的Word文件：文件已损坏"


def test_an_old_file_is_refused_with_what_to_do_where_libreoffice_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "as_docx", lambda content: None)
    old = tmp_path / "form.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    with pytest.raises(ReportfillError, match=r"form\.doc.*save it as \.docx"):
        pack_of_file(old, WHO)


def test_a_form_with_nothing_to_fill_in_is_refused() -> None:
    assert "没有找到要填写的地方" in refusal(saved(lines(form("通知"), "现将有关事项通知如下。")))


def test_a_thousand_tables_are_refused_by_their_number() -> None:
    document = form("统计表")
    for _ in range(201):
        document.add_table(1, 1)
    assert refusal(saved(document)) == "空白表有201个表格，最多200个；请拆成几份，分别建立模板包"


def test_a_table_within_a_cell_is_left_and_named() -> None:
    document = form("统计表一览")
    outer = table(document, ["件数", "", "情况", ""])
    outer.cell(0, 3).add_table(1, 2)
    notices = made_of(document).notices
    assert [str(notice.place) for notice in notices] == ["report.docx table 1, row 1, column 4"]


def test_a_text_box_is_left_and_named() -> None:
    document = lines(form("统计表一览"), "件数：____件")
    box = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>____</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    document.paragraphs[0]._p.append(parse_xml(box))
    assert ["文本框" in notice.words.zh for notice in made_of(document).notices] == [True]


def test_tracked_changes_are_accepted_and_named() -> None:
    document = lines(form("统计表一览"), "件数：____件")
    document.paragraphs[1]._p.append(
        parse_xml(
            f"<w:ins {nsdecls('w')} w:id='1' w:author='某'><w:r><w:t>，人数：____人</w:t></w:r></w:ins>"
        )
    )
    pack = made_of(document)
    assert (pack.fields, ["修订" in notice.words.zh for notice in pack.notices]) == (2, [True])
    assert pack.problems == []


def test_broken_tags_are_named_with_their_place() -> None:
    assert "{{ visits" in refusal(saved(lines(form("统计表一览"), "件数：{{ visits", "人数：____人")))


def test_nothing_is_written_of_a_form_that_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "form.docx"
    source.write_bytes(b"no form")
    assert status_of(["pack", "new", str(tmp_path / "made"), "--from", str(source)]) == 2
    assert not (tmp_path / "made").exists()


def test_a_form_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["pack", "new", str(tmp_path / "made"), "--from", str(tmp_path / "no.docx")]) == 2
    assert "no.docx" in capsys.readouterr().err


def test_a_hundred_tables_are_read_in_seconds() -> None:
    document = form("统计表一览")
    for number in range(100):
        document.add_paragraph(f"表{number + 1} 情况统计表")
        table(document, ["项目", "数量（件）"], ["许可", ""], ["处罚", ""])
    assert made_of(document).fields == 200


def test_rows_with_the_same_labels_are_two_tables_of_rows_and_named() -> None:
    document = form("隐患台账")
    heads, empty = ["部位", "说明"], ["", ""]
    table(document, heads, empty, empty, ["小计", ""], empty, empty)
    made = made_of(document)
    assert [notice.words.zh for notice in made.notices if "标题相同" in notice.words.zh]


def test_a_column_of_rows_without_a_head_is_called_by_its_number() -> None:
    document = form("隐患台账")
    table(document, ["序号", "—", "部位", "说明"], ["1", "", "", ""], ["2", "", "", ""])
    made = made_of(document)
    assert "第2列" in json.loads(made.files["schema.json"])["properties"]["明细"]["items"]["properties"]


def test_a_cell_below_a_word_for_numbers_is_that_of_the_number_and_no_field() -> None:
    document = form("隐患台账")
    heads = ("乙", "日期", "乙", ("项目", 1, 3))
    table(document, heads, ("件", "", ""), ("序号", "", ""), ["", "", "", "乙"], ["%", "", "", ""])
    assert made_of(document).problems == []


def test_a_row_with_a_tag_of_its_own_is_none_of_several(tmp_path: Path) -> None:
    document = form("隐患台账")
    table(document, ["部位", "说明"], ["{{ place }}", ""], ["", ""], ["", ""])
    assert "place" in json.loads(made_of(document).files["schema.json"])["properties"]


def test_a_year_above_text_is_read_once_where_there_is_no_title() -> None:
    document = lines(form("××局20××年情况表"), "20__年", "共检查____次")
    document.paragraphs[0].alignment = None
    assert made_of(document).problems == []


def test_a_refusal_says_every_fault_of_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("form.docx").write_bytes(saved(lines(form("情况表"), "{{ a b }}", "{{ c d }}")))
    assert status_of(["pack", "new", "made", "--from", "form.docx"]) == 2
    told = capsys.readouterr().err
    assert "a b" in told
    assert "c d" in told
