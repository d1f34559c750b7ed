"""Rows: a list of objects in a schema is read, checked and printed, row by row."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from pack.row_pack import DATA, row_pack
from places import ROOT

from reportfill import Pack, check, load_pack, render
from reportfill.errors import SubmissionError
from reportfill.finding import Finding
from reportfill.model.submission import Submission
from reportfill.pack.check import pack_problems
from reportfill.trials.sample_data import sample_data
from reportfill.trials.trial import all_problems


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(row_pack(tmp_path_factory.mktemp("rows") / "pack"))


def changed(**units: Any) -> dict[str, Any]:
    """The data with the second unit changed."""
    data = deepcopy(DATA)
    data["units"][1] |= units
    return data


def told(pack: Pack, data: dict[str, Any]) -> list[tuple[str, str]]:
    """The codes and paths of what is said of data, in the order in which it is said."""
    return [(found.code, found.field) for found in check(Submission.from_data(pack, data))]


def printed(pack: Pack, data: dict[str, Any], **how: Any) -> list[list[str]]:
    """The rows of the report's table."""
    table = docx.Document(BytesIO(render(Submission.from_data(pack, data), **how))).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_pack_with_rows_is_sound(pack: Pack, tmp_path: Path) -> None:
    assert pack_problems(row_pack(tmp_path / "pack")) == []
    assert list(pack.rows) == ["units"]
    assert pack.fields["units.total"].rows == "units"


def test_each_value_has_a_path_with_the_number_of_its_row(pack: Pack) -> None:
    submission = Submission.from_data(pack, DATA)
    assert submission.values["units[1].permits"] == 4
    assert submission.data["units"][0]["name"] == "甲局"
    assert submission.label("units[1].permits") == "乙局 · 许可"
    assert Submission.from_data(pack, submission.data).data == submission.data


def test_derived_figures_follow_in_rows_and_from_all_rows(pack: Pack) -> None:
    submission = Submission.from_data(pack, DATA)
    assert [row["total"] for row in submission.data["units"]] == [4, 4]
    assert submission.data["sums"] == {"permits": 7, "total": 8}
    assert check(submission) == []


def test_rows_without_anything_are_passed_over(pack: Pack) -> None:
    data = deepcopy(DATA)
    data["units"][1:1] = [{}, {"name": " ", "permits": None}, None]
    assert Submission.from_data(pack, data).data == Submission.from_data(pack, DATA).data


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ({"permits": "x"}, [("cell.not_a_number", "units[1].permits")]),
        ({"fines": -1}, [("cell.negative", "units[1].fines")]),
        ({"fines": None}, [("cell.blank", "units[1].fines")]),
        ({"kind": "机构"}, [("cell.not_listed", "units[1].kind")]),
        ({"name": "名" * 21}, [("cell.too_long", "units[1].name")]),
        ({"signed": "2024-12-31"}, [("day.too_early", "units[1].signed")]),
        ({"rank": 1}, [("schema.unknown", "units[1].rank")]),
        ({"name": " 甲 局"}, [("cell.tidied", "units[1].name"), ("rows.twice", "units[1].name")]),
        ({"number": 0}, [("rows.unsorted", "units[1].number")]),
        ({"total": 5}, [("balance.unequal", "units[1].total")]),
        ({"permits": 0, "fines": 4}, [("balance.doubtful", "units[1].fines")]),
    ],
)
def test_what_is_wrong_in_a_row_is_named_with_its_path(
    pack: Pack, units: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert told(pack, changed(**units)) == expected


def test_a_day_by_which_rows_are_sorted_is_told_as_people_write_it(tmp_path: Path) -> None:
    sorted_by = {"sorted_by": ["/signed"]}
    folder = row_pack(tmp_path / "days", schema=lambda s: s["properties"]["units"].update(sorted_by))
    data = deepcopy(DATA)
    data["units"][0]["signed"], data["units"][1]["signed"] = "2025-03-01", "2025-02-01"
    (found,) = [one for one in check(Submission.from_data(load_pack(folder), data)) if "rows" in one.code]
    assert found.value == "2025年2月1日"


def test_a_key_that_is_missing_is_named_with_its_row(pack: Pack) -> None:
    data = deepcopy(DATA)
    del data["units"][1]["fines"], data["units"][0]["name"]
    found: list[Finding] = check(Submission.from_data(pack, data))
    assert [(one.code, one.field, one.message.zh) for one in found] == [
        ("schema.missing", "units[0].name", "缺少“第1行 · 名称”。"),
        ("schema.missing", "units[1].fines", "缺少“乙局 · 处罚”。"),
    ]


@pytest.mark.parametrize(
    ("rows", "codes"),
    [([], ["rows.empty"]), ([{}], ["rows.empty"]), (["x"], ["schema.type"]), ("x", ["schema.type"])],
)
def test_a_table_without_rows_and_what_is_none_is_named(pack: Pack, rows: Any, codes: list[str]) -> None:
    assert [code for code, _ in told(pack, DATA | {"units": rows})] == codes


def test_more_rows_than_there_may_be_are_counted(pack: Pack) -> None:
    rows = [{"name": f"第{number}局", "permits": 1, "fines": 0} for number in range(7)]
    [found] = check(Submission.from_data(pack, DATA | {"units": rows}))
    assert found.message.zh == "执法主体：最多6行，现为7行。"


def test_sums_over_rows_that_do_not_balance_name_the_rows(pack: Pack) -> None:
    [found] = check(Submission.from_data(pack, DATA | {"sums": {"permits": 8, "total": 8}}))
    assert (found.code, found.field, found.value, found.expected) == ("balance.unequal", "sums.permits", 8, 7)
    assert [str(cell) for cell in found.cells] == ["sums.permits", "units[0].permits", "units[1].permits"]


def test_rows_are_printed_one_by_one_and_none_by_the_line_for_that(tmp_path: Path, pack: Pack) -> None:
    assert printed(pack, DATA)[1:] == [
        ["1.甲局1", "3", "1", "4", "机关2025年3月1日"],
        ["2.乙局2", "4", "0", "4", ""],
        ["总计", "7", "", "8", ""],
    ]

    def may_be_none(schema: dict[str, Any]) -> None:
        schema["properties"]["units"]["minItems"] = 0

    without = load_pack(row_pack(tmp_path / "none", schema=may_be_none))
    assert printed(without, DATA | {"units": []})[1:] == [["无", "", "", "", ""], ["总计", "0", "", "0", ""]]


def test_a_report_is_not_printed_without_what_a_row_must_have(pack: Pack) -> None:
    with pytest.raises(SubmissionError, match="is missing; only a draft"):
        render(Submission.from_data(pack, changed(fines=None)))
    assert printed(pack, {}, draft=True)[1] == ["1.", "", "", "", ""]


def test_made_up_data_have_rows(pack: Pack) -> None:
    data = sample_data(pack)
    assert [len(row) for row in data["units"]] == [6, 6]
    assert [found.code for found in check(Submission.from_data(pack, data)) if "rows" in found.code] == []


def test_a_rule_over_all_rows_that_does_not_say_so_is_told_how(tmp_path: Path) -> None:
    def without_star(root: dict[str, Any]) -> None:
        root["balances"] = [
            {"id": "all", "title": "全部", "left": ["/sums/permits"], "right": ["/units/permits"]}
        ]

    problems = [
        problem.message for problem in pack_problems(row_pack(tmp_path / "pack", schema=without_star))
    ]
    assert "/units/permits has no * for all rows before permits" in " ".join(problems)


def faults(tmp_path: Path, line: tuple[str, ...]) -> list[str]:
    """What is wrong with a pack whose report has one more paragraph for each of these."""

    def more(document: Any) -> None:
        for text in line:
            document.add_paragraph(text)

    return [problem.message for problem in pack_problems(row_pack(tmp_path / "faulty", report=more))]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("{{ units.name }}",), "units.name stands in rows and needs a loop around it"),
        (("{{ units }}",), "the rows units need a loop around them"),
        (("{%p for unit in units %}", "{{ unit.nmae }}", "{%p endfor %}"), "units.nmae"),
        (
            ("{%p for line in text %}", "{{ line.first }}", "{%p endfor %}"),
            "a paragraph of text has no parts",
        ),
        (("{%p for x in units.name %}", "{{ x }}", "{%p endfor %}"), "units.name stands in rows"),
    ],
)
def test_tags_that_do_not_fit_rows_are_named(tmp_path: Path, line: tuple[str, ...], said: str) -> None:
    [problem] = faults(tmp_path, line)
    assert said in problem


LIST_WITHIN = {
    "title": "列表",
    "type": "array",
    "items": {"type": "object", "properties": {"name": {"title": "名称", "type": "string", "maxLength": 9}}},
}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda units: units.update(unique_by=["/nmae"]), "/nmae is no field of a row"),
        (lambda units: units["items"].update(mentions=[]), '"mentions" has no effect in rows'),
        (
            lambda units: units["items"]["properties"].update(seal={"type": "string", "format": "picture"}),
            "a picture has no place in rows",
        ),
        (lambda units: units.update(uniqueItems=True), '"uniqueItems" has no effect beside rows'),
        (lambda units: units["items"].update(properties={}), 'a group needs "properties"'),
        (
            lambda units: units["items"]["balances"].append(
                {"id": "last", "title": "上年", "left": ["/total"], "right": ["last:/total"]}
            ),
            "rows of last year cannot be told apart",
        ),
        (
            lambda units: units["items"]["balances"].append(
                {"id": "out", "title": "外", "left": ["/total"], "right": ["/sums/total"]}
            ),
            "/sums/total points to nowhere",
        ),
        (lambda units: units.update(rollup="sum"), 'rows are added by "join", {"sum_by": …} or "none"'),
        (lambda units: units.update(rollup={"join": "/permits"}), "/permits is no text of a row"),
        (lambda units: units.update(rollup={"sum_by": ["/nme"]}), "/nme is no field of a row with one value"),
        (
            lambda units: units.update(maxItems=1, prescribed=[{"name": "甲局"}, {"name": "乙局"}]),
            'there are more prescribed rows than "maxItems" allows',
        ),
        (
            lambda units: units["items"]["properties"]["name"].update(listed_in="units.permits"),
            "units.permits is no text of rows",
        ),
        (lambda units: units.update(prefill=["/nme"]), "/nme is no field of a row with one value"),
        (
            lambda units: units["items"]["properties"]["permits"].update(rollup="join"),
            'a number is added by "sum" or "none"',
        ),
        (
            lambda units: units["items"]["properties"].update(
                first=LIST_WITHIN, more={"title": "组", "type": "object", "properties": {"list": LIST_WITHIN}}
            ),
            "each row may hold rows of one kind: first, more.list share the rows of a workbook",
        ),
    ],
)
def test_a_schema_whose_rows_cannot_be_used_is_refused(tmp_path: Path, change: Any, said: str) -> None:
    def schema(root: dict[str, Any]) -> None:
        change(root["properties"]["units"])

    problems = [problem.message for problem in pack_problems(row_pack(tmp_path / "wrong", schema=schema))]
    assert any(said in message for message in problems), problems


def test_sums_of_last_year_are_compared(tmp_path: Path) -> None:
    def schema(root: dict[str, Any]) -> None:
        root["balances"].append(
            {"id": "last", "title": "上年", "left": ["/sums/total"], "right": ["last:/units/*/permits"]}
        )

    pack = load_pack(row_pack(tmp_path / "last", schema=schema))
    now = Submission.from_data(pack, DATA)
    assert [found.code for found in check(now)] == ["history.unknown"]
    assert [(found.code, found.expected) for found in check(now, DATA)] == [("history.unequal", 7)]


@pytest.mark.parametrize("page", ["schema-vocabulary.md", "schema-vocabulary.zh-CN.md"])
def test_the_example_of_the_vocabulary_is_one_that_can_be_used(tmp_path: Path, page: str) -> None:
    shown = re.search(
        r"```json\n(\{\n  \"units\".*?\n\})\n```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL
    )
    assert shown
    units = json.loads(shown[1])["units"]

    def schema(root: dict[str, Any]) -> None:
        root["properties"]["units"] = units
        root["properties"]["units"]["items"]["properties"] |= {
            key: {"title": key, "type": "string"} for key in ("number", "kind", "signed")
        }

    pack = load_pack(row_pack(tmp_path / "example", schema=schema))
    data = {**DATA, "units": [{"name": name, "permits": 2, "fines": 1} for name in ("乙局", "甲局", "乙局")]}
    submission = Submission.from_data(pack, data)
    assert submission.data["units"][2]["total"] == 3
    assert {found.code for found in check(submission)} == {"rows.twice", "rows.unsorted"}


@pytest.mark.parametrize("page", ["packs.md", "packs.zh-CN.md"])
def test_what_the_page_on_packs_shows_of_rows_works(tmp_path: Path, page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    shown = re.search(
        r"^ +\{%tr for unit in units %\}\n(.*?)\n +\{%tr endif %\}", text, re.DOTALL | re.MULTILINE
    )
    number = re.search(r"^ +\[\[rows\]\]\n +(of = .*)\n +(number = .*)$", text, re.MULTILINE)
    assert shown
    assert number
    lines = [line.strip().split(" | ") for line in shown[0].splitlines()]

    def report(document: Any) -> None:
        table = document.add_table(rows=0, cols=3)
        for texts in lines:
            for cell, words in zip(table.add_row().cells, texts, strict=False):
                cell.text = words

    def may_be_none(schema: dict[str, Any]) -> None:
        schema["properties"]["units"]["minItems"] = 0

    folder = row_pack(tmp_path / "pack", report=report, schema=may_be_none)
    with (folder / "pack.toml").open("a", encoding="utf-8") as manifest:
        manifest.write(f"[[rows]]\n{number[1]}\n{number[2]}\n")
    assert all_problems(folder) == []
    pack = load_pack(folder)
    assert len(pack.form.inputs["units.name"]) == 60

    def table(data: dict[str, Any]) -> list[list[str]]:
        made = docx.Document(BytesIO(render(Submission.from_data(pack, data)))).tables[1]
        return [[cell.text for cell in row.cells] for row in made.rows]

    assert table(DATA) == [["1", "甲局", "3"], ["2", "乙局", "4"]]
    assert table(DATA | {"units": []}) == [["无", "", ""]]
