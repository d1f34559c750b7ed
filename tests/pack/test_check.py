"""reportfill pack check: every problem of a pack, each with its place."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from places import PACK_FOLDER

from reportfill import load_pack, render
from reportfill.model.submission import Submission
from reportfill.pack.check import pack_problems
from tools.make_cases.moving import opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the annual report's pack, to break."""
    return Path(shutil.copytree(PACK_FOLDER, tmp_path / "pack"))


def problems(folder: Path) -> list[tuple[str, str]]:
    """Place and message of everything that is wrong."""
    return [(str(problem.place), problem.message) for problem in pack_problems(folder)]


def change_schema(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    schema = json.loads((folder / "schema.json").read_text("utf-8"))
    change(schema)
    (folder / "schema.json").write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


def change_workbook(folder: Path, cell: str, value: str | None) -> None:
    sheet, _, address = cell.partition("!")
    book = opened((folder / "intake.xlsx").read_bytes())
    book[sheet][address] = value
    book.save(folder / "intake.xlsx")


def change_report(folder: Path, change: Callable[[Any], None]) -> None:
    document = docx.Document(str(folder / "report.docx"))
    change(document)
    document.save(str(folder / "report.docx"))


def paragraph_with(document: Any, text: str) -> Any:
    return next(paragraph for paragraph in document.paragraphs if text in paragraph.text)


def test_the_annual_report_has_no_problem() -> None:
    assert problems(PACK_FOLDER) == []


def test_a_tag_that_the_schema_lacks_is_named_with_what_may_have_been_meant(folder: Path) -> None:
    change_workbook(folder, "表三!D7", "{{ requests.received.natural_persons }}")
    assert (
        "intake.xlsx 表三!D7",
        "the schema has no field requests.received.natural_persons; is requests.received.natural_person meant?",
    ) in problems(folder)


def test_a_field_that_the_workbook_lacks_is_named(folder: Path) -> None:
    change_workbook(folder, "表三!D7", None)
    [(place, message)] = problems(folder)
    assert place == "intake.xlsx"
    assert "requests.received.natural_person" in message


def test_a_tag_twice_in_the_workbook_is_named_with_both_places(folder: Path) -> None:
    change_workbook(folder, "表三!E7", "{{ requests.received.natural_person }}")
    found = dict(problems(folder))
    assert (
        found["intake.xlsx 表三!E7"]
        == "the tag requests.received.natural_person stands twice; first in 表三!D7"
    )


def test_a_block_of_paragraphs_with_a_gap_is_named(folder: Path) -> None:
    change_workbook(folder, "总体情况!B9", None)
    assert [place for place, _ in problems(folder)] == ["intake.xlsx 总体情况!B8"]


def test_a_tag_of_the_tool_that_does_not_exist_is_named(folder: Path) -> None:
    change_workbook(folder, "校验!A15", "{{ form.balance.titel }}")
    assert [place for place, _ in problems(folder)] == ["intake.xlsx 校验!A15"]


def test_a_group_is_no_field(folder: Path) -> None:
    change_workbook(folder, "表三!D7", "{{ requests.received }}")
    assert ("intake.xlsx 表三!D7", "requests.received is a group of fields, not a field") in problems(folder)


def test_a_field_that_the_report_never_prints_is_named(folder: Path) -> None:
    def leave_out(document: Any) -> None:
        document.tables[0].cell(2, 1).paragraphs[0].runs[0].text = "0"

    change_report(folder, leave_out)
    [(place, message)] = problems(folder)
    assert place == "report.docx"
    assert "proactive.rules.issued" in message


def test_a_wrong_tag_in_a_table_is_named_by_table_row_and_column(folder: Path) -> None:
    def misspell(document: Any) -> None:
        document.tables[0].cell(2, 1).paragraphs[0].runs[0].text = "{{ proactive.rules.isued }}"

    change_report(folder, misspell)
    assert "report.docx table 1, row 3, column 2" in dict(problems(folder))


def test_a_tag_split_over_runs_is_joined(folder: Path, weihui: dict[str, Any]) -> None:
    def split(document: Any) -> None:
        paragraph = document.tables[0].cell(2, 1).paragraphs[0]
        paragraph.runs[0].text = "{"
        for words in ("{ proactive", ".rules", ".issued }", "}"):
            paragraph.add_run(words).bold = words == ".rules"

    change_report(folder, split)
    assert problems(folder) == []
    whole = Submission.from_data(load_pack(PACK_FOLDER), weihui)
    split_up = Submission.from_data(load_pack(folder), weihui)
    assert text_of(render(split_up)) == text_of(render(whole))


def test_a_tag_with_a_line_break_within_is_named(folder: Path) -> None:
    def split(document: Any) -> None:
        paragraph = document.tables[0].cell(2, 1).paragraphs[0]
        paragraph.runs[0].text = "{{ proactive.rules"
        paragraph.runs[0].add_break()
        paragraph.add_run(".issued }}")

    change_report(folder, split)
    assert any("split over runs, with a break within" in message for _, message in problems(folder))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{%p endfor %}", "", "never closed"),
        ("{%p for paragraph in preamble %}", "", "endfor without a for"),
        ("{%p for paragraph in preamble %}", "{%p for paragraph preamble %}", "a loop is written"),
        ("{%p for paragraph in preamble %}", "{%p for paragraph in year %}", "cannot be looped over"),
        ("{%p for paragraph in preamble %}", "{%p foreach paragraph in preamble %}", "no statement foreach"),
        ("{{ paragraph }}", "{{ paragraph }", "belongs to no complete tag"),
        ("{{ paragraph }}", "{{ paragraph + }}", "it is not complete"),
        ("{{ paragraph }}", "{{ overview.summary }}", "needs a loop"),
    ],
)
def test_a_broken_loop_or_tag_is_named_with_its_paragraph(
    folder: Path, old: str, new: str, said: str
) -> None:
    def break_it(document: Any) -> None:
        run = paragraph_with(document, old).runs[0]
        run.text = run.text.replace(old, new)

    change_report(folder, break_it)
    assert any(
        re.match(r"report\.docx paragraph \d+$", place) and said in message
        for place, message in problems(folder)
    )


@pytest.mark.parametrize(
    ("change", "place", "said"),
    [
        (
            lambda s: s["properties"]["requests"]["balances"][0]["left"].append("/recieved"),
            "schema.json#/properties/requests/balances/0",
            "points to nowhere",
        ),
        (
            lambda s: s["properties"]["requests"]["balances"][0].update(left=["/outcomes"]),
            "schema.json#/properties/requests/balances/0",
            "does not hold the same figures",
        ),
        (
            lambda s: s["properties"]["requests"]["balances"][0].update(
                left=["/received/total"], right=["/received/total", "/outcomes"]
            ),
            "schema.json#/properties/requests/balances/0",
            "does not hold the same figures",
        ),
        (
            lambda s: s["balances"][0].update(left=["/requests/received/total"], right=["/agency/name"]),
            "schema.json#/balances/0",
            "/agency/name is neither a number",
        ),
        (
            lambda s: s["mentions"][0].update(equals=["/agency/name"]),
            "schema.json#/mentions/0",
            "is no number",
        ),
        (
            lambda s: s["mentions"][0].update(pattern="收到{n}件"),
            "schema.json#/mentions/0",
            "list the words instead",
        ),
        (
            lambda s: s["mentions"].insert(0, {"id": "old", "title": "旧", "pattern": "无申请", "states": 0}),
            "schema.json#/mentions/0",
            "list the words instead",
        ),
        (
            lambda s: s["mentions"][0].update(words=[["@requests"]]),
            "schema.json#/mentions/0",
            "stand nowhere in wordings",
        ),
        (
            lambda s: s["wordings"]["words"].update(petition=["@around"], around=["@petition"]),
            "schema.json#/wordings",
            "are made of themselves",
        ),
        (
            lambda s: s["mentions"][0].update(about="requests"),
            "schema.json#/mentions/0",
            "names no subject requests",
        ),
        (
            lambda s: s["mentions"][0].update(of=["recieved"]),
            "schema.json",
            "no mention has the id recieved",
        ),
        (
            lambda s: s["mentions"].append({"id": "idle", "title": "无用", "words": [["申请"]]}),
            "schema.json",
            "it has no effect",
        ),
        (
            lambda s: s["mentions"][0].update(or_equals=["/year"]),
            "schema.json#/mentions/0",
            "or_equals",
        ),
        (
            lambda s: s["properties"]["year"].update(wordings={"units": ["年"]}),
            "schema.json#/properties/year/wordings",
            "has no effect",
        ),
        (
            lambda s: s["properties"]["year"].update(rollup="max"),
            "schema.json#/properties/year/rollup",
            'must be "sum", "join" or "none"',
        ),
        (
            lambda s: s["properties"]["preamble"].update({"$ref": "#/$defs/none"}),
            "schema.json#/properties/preamble",
            "points to nowhere",
        ),
        (
            lambda s: s["properties"]["year"].update(type="date"),
            "schema.json#/properties/year/type",
            "must be object, array",
        ),
        (
            lambda s: s["properties"]["year"].update(type="null"),
            "schema.json#/properties/year/type",
            "must be object, array",
        ),
    ],
)
def test_a_broken_schema_is_refused_with_the_place_named(
    folder: Path, change: Callable[[dict[str, Any]], None], place: str, said: str
) -> None:
    change_schema(folder, change)
    found = [(where, message) for where, message in problems(folder) if where.startswith("schema.json")]
    assert [where for where, _ in found] == [place]
    assert said in found[0][1]


def test_json_that_is_none_is_named_by_line_and_column(folder: Path) -> None:
    (folder / "schema.json").write_text('{\n  "title": 1,,\n}', encoding="utf-8")
    assert any("line 2, column 14" in f"{place} {message}" for place, message in problems(folder))


def test_a_key_that_stands_twice_in_the_schema_is_named(folder: Path) -> None:
    (folder / "schema.json").write_text('{"type": "object", "properties": {}, "properties": {}}', "utf-8")
    assert '"properties" stands more than once' in problems(folder)[0][1]


def test_all_problems_are_named_at_once(folder: Path) -> None:
    change_workbook(folder, "表三!D7", "{{ nothing }}")
    change_report(folder, lambda document: document.add_paragraph("{{ nothing.either }}"))
    (folder / "pack.toml").write_text('id = "Other Id"\n', encoding="utf-8")
    places = [place for place, _ in problems(folder)]
    assert {"intake.xlsx 表三!D7"} <= set(places)
    assert any(place.startswith("pack.toml") for place in places)
    assert any(place.startswith("report.docx") for place in places)


def test_files_that_are_missing_or_something_else_are_named(folder: Path) -> None:
    (folder / "report.docx").write_bytes(b"no Word file")
    (folder / "intake.xlsx").unlink()
    found = dict(problems(folder))
    assert {"report.docx", "intake.xlsx"} <= set(found)


def test_templates_saved_anew_by_libreoffice_work_the_same(
    folder: Path, convert: Callable[[Path, str], Path], weihui: dict[str, Any]
) -> None:
    original = Submission.from_data(load_pack(PACK_FOLDER), weihui)
    for name in ("report.docx", "intake.xlsx"):
        shutil.copy(convert(PACK_FOLDER / name, name.partition(".")[2]), folder / name)
    assert problems(folder) == []
    saved = Submission.from_data(load_pack(folder), weihui)
    assert text_of(render(saved)) == text_of(render(original))


def text_of(report: bytes) -> list[str]:
    """The text of a report, paragraph by paragraph, those in tables included, empty ones left out."""
    paragraphs = docx.Document(BytesIO(report)).element.body.iter(qn("w:p"))
    texts = ("".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)
    return [text for text in texts if text]
