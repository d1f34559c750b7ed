"""A stranger's pack: made of a blank form, checked, handed out, filled in, printed, without a line of Python."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from excel import typed
from new_pack.truths import KNOWN
from new_pack.word_forms import annual_report_2019, assets, costs, form, lines, saved, table
from ooxml_judges import ooxml_problems
from openpyxl import load_workbook
from word import lines_of

from reportfill import Submission, load_pack, new_workbook, render
from reportfill.cli.main import status_of
from reportfill.errors import OutputError
from reportfill.new_pack.making import (
    NewPack,
    PackIdentity,
    blank_pack,
    pack_of_file,
    pack_of_form,
    write_pack,
)
from reportfill.office.libreoffice.program import office_program

WHO = PackIdentity("made", "", "2025")


@pytest.fixture(scope="module")
def made() -> Callable[[str], NewPack]:
    """The packs of all forms, each made once."""
    packs: dict[str, NewPack] = {}

    def pack(name: str) -> NewPack:
        if name not in packs:
            packs[name] = pack_of_form(KNOWN[name].make(), WHO, f"{name}.docx")
        return packs[name]

    return pack


@pytest.mark.parametrize("name", KNOWN)
def test_a_pack_made_of_a_form_passes_at_once(made: Callable[[str], NewPack], name: str) -> None:
    assert [str(problem) for problem in made(name).problems] == []


@pytest.mark.parametrize("name", KNOWN)
def test_its_files_are_sound(made: Callable[[str], NewPack], name: str, tmp_path: Path) -> None:
    assert judged(made(name).files["intake.xlsx"], tmp_path / "intake.xlsx") == []
    of_the_form = judged(KNOWN[name].make(), tmp_path / "form.docx")
    assert judged(made(name).files["report.docx"], tmp_path / "report.docx") == of_the_form


def judged(content: bytes, path: Path) -> list[str]:
    """What the judges say of a file, without where in a part: python-docx's own template is not all sound."""
    path.write_bytes(content)
    return sorted(set(ooxml_problems(path)))


@pytest.mark.parametrize("name", KNOWN)
def test_the_same_form_makes_the_same_pack(made: Callable[[str], NewPack], name: str) -> None:
    again = pack_of_form(KNOWN[name].make(), WHO, f"{name}.docx")
    assert again.files == made(name).files


@pytest.mark.parametrize("name", KNOWN)
def test_the_readme_lists_every_blank_with_its_tag(made: Callable[[str], NewPack], name: str) -> None:
    told = made(name).files["README.md"].decode()
    assert told.count("\n| 第") == made(name).fields


def test_what_is_typed_into_the_workbook_stands_in_the_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "固定资产.docx"
    source.write_bytes(assets())
    assert status_of(["pack", "new", "assets", "--from", str(source), "--years", "2026"]) == 0
    assert status_of(["pack", "check", "assets"]) == 0
    pack = load_pack("assets")
    cells = {str(cells[0]): number for number, cells in enumerate(pack.form.inputs.values(), 100)}
    cells |= {
        str(pack.form.inputs[path][0]): value
        for path, value in (("agency.name", "清河县财政局"), ("year", 2026))
    }
    workbook = tmp_path / "filled.xlsx"
    workbook.write_bytes(typed(new_workbook(pack, agency="清河县财政局", year=2026), cells))
    assert status_of(["fill", str(workbook), "-o", str(tmp_path / "out")]) == 0
    [report] = (tmp_path / "out").glob("*.docx")
    assert judged(report.read_bytes(), tmp_path / "r.docx") == judged(assets(), tmp_path / "f.docx")
    printed = lines_of(report.read_bytes())
    assert "清河县财政局2026年固定资产情况表" in printed
    typed_figures = {str(number) for number in cells.values()} - {"清河县财政局", "2026"}
    assert all(any(figure in line for line in printed) for figure in typed_figures - {"101"})


def test_rows_of_a_form_are_printed_with_their_numbers_and_sums(tmp_path: Path) -> None:
    made = pack_of_form(costs(), WHO, "明细表.docx")
    write_pack(made, tmp_path / "costs")
    pack = load_pack(tmp_path / "costs")
    rows = [
        {
            "接待日期": f"2025-03-0{day}",
            "来访单位": "某局",
            "人数": day,
            "接待金额": 100 * day,
            "经办人": "甲",
        }
        for day in (1, 2, 3, 4)
    ]
    data = {"agency": {"name": "清河县财政局"}, "year": 2025, "明细": rows}
    printed = lines_of(render(Submission.from_data(pack, data)))
    assert "1\t2025年3月1日\t某局\t1\t100\t甲" in printed
    assert "4\t2025年3月4日\t某局\t4\t400\t甲" in printed
    assert "合计\t—\t—\t10\t1000\t—" in printed


def test_nothing_of_the_form_is_changed_but_what_is_filled_in() -> None:
    source = annual_report_2019()
    before, after = lines_of(source), lines_of(pack_of_form(source, WHO, "a.docx").files["report.docx"])
    labels = [line for line in before if line.strip(" |") and "××" not in line]
    told = "\n".join(after)
    assert [label for label in labels if label.split("|")[0].strip() not in told] == []


def test_a_line_above_the_title_names_office_and_year_where_the_form_does_not() -> None:
    document = lines(form("人员登记表"))
    table(document, ["姓名", ""])
    report = pack_of_form(saved(document), WHO, "登记表.docx").files["report.docx"]
    assert lines_of(report)[:2] == ["{{ agency.name }}{{ year }}年", "人员登记表"]


def test_tags_that_a_form_has_are_kept() -> None:
    schema = json.loads(pack_of_form(KNOWN["tagged"].make(), WHO, "a.docx").files["schema.json"])
    assert schema["properties"]["visits"]["properties"]["all"]["type"] == "integer"
    assert schema["properties"]["overview"]["properties"]["text"]["type"] == "array"
    assert schema["properties"]["head"]["properties"]["name"]["title"] == "负责人"


def test_title_and_years_are_those_that_were_named() -> None:
    pack = pack_of_form(assets(), PackIdentity("assets", "资产年度报告", "2019-2020"), "a.docx")
    manifest = pack.files["pack.toml"].decode()
    assert 'title = "资产年度报告"' in manifest
    assert "first = 2019\nlast = 2020" in manifest


def test_a_blank_pack_passes_too() -> None:
    assert blank_pack(PackIdentity("blank", "工作总结", "2025")).problems == []


def test_a_pack_is_never_written_over_something(tmp_path: Path) -> None:
    pack = blank_pack(PackIdentity("blank", "工作总结", "2025"))
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(OutputError):
        write_pack(pack, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_form_of_an_older_word_is_taken_where_libreoffice_is_there(tmp_path: Path) -> None:
    import subprocess

    program = office_program()
    assert program is not None
    source = tmp_path / "form.docx"
    source.write_bytes(annual_report_2019())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    call = [program, profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path), str(source)]
    subprocess.run(call, capture_output=True, check=True, timeout=120)
    assert pack_of_file(tmp_path / "form.doc", WHO).fields == 201


def test_the_schema_holds_the_sums_of_a_form() -> None:
    schema: dict[str, Any] = json.loads(
        pack_of_form(annual_report_2019(), WHO, "a.docx").files["schema.json"]
    )
    text = json.dumps(schema, ensure_ascii=False)
    assert text.count('"balances"') == 23 + 1 + 3


@pytest.mark.parametrize("numbers", [("1", "2", "3"), ("", "", "")])
def test_rows_that_a_form_numbers_are_numbered_in_the_workbook(
    tmp_path: Path, numbers: tuple[str, ...]
) -> None:
    document = form("隐患台账")
    table(document, ["序号", "部位", "说明"], *([number, "", ""] for number in numbers))
    folder = tmp_path / "made"
    write_pack(pack_of_form(saved(document), WHO, "form.docx"), folder)
    blank = load_workbook(BytesIO(new_workbook(load_pack(folder), year=2025, agency="某局")))
    [sheet] = [sheet for sheet in blank if sheet["A3"].value == "序号"]
    assert [sheet.cell(row, 1).value for row in range(4, 34)] == list(range(1, 31))
