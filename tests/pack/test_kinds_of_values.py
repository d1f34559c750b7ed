"""The kinds of values that docs/schema-vocabulary.md shows: a pack of its example is filled in as people do, read,
checked and printed."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import Workbook, load_workbook
from pack.small_pack import LINES, small_pack
from places import ROOT

from reportfill import Pack, check, load_pack, new_workbook, read_workbook, render
from reportfill.intake.returning.returned import returned_workbook
from reportfill.model.submission import Submission
from reportfill.pack.check import pack_problems

PAGES = ("schema-vocabulary.md", "schema-vocabulary.zh-CN.md")
TYPED: dict[str, Any] = {
    "body_kind": "本级行政机关",
    "grade": "优秀",
    "channels": "政府网站、新闻发布会",
    "signed": datetime.date(2026, 1, 16),
    "founded": datetime.date(1998, 7, 1),
    "delegated": "是",
    "share": 98.5,
    "change": -8,
}
VALUES = {
    "body_kind": "office",
    "grade": "优秀",
    "channels": ["政府网站", "新闻发布会"],
    "signed": "2026-01-16",
    "founded": "1998-07",
    "delegated": True,
    "share": 98.5,
    "change": -8,
}
PRINTED = (
    "{{ body_kind }}|{{ grade }}|{{ channels }}|{{ signed }}|{{ founded }}|{{ delegated }}|{{ share }}|{{ change }}",
    "{{ signed | 大写日期 }}|{{ founded | 大写日期 }}|{{ delegated | 勾选 }}是 {{ (not delegated) | 勾选 }}否",
    "{% if body_kind == 'office' and body_kind == '本级行政机关' and delegated and signed > '2026' %}甲{% endif %}",
    "{% for one in channels %}{{ loop.index }}.{{ one }};{% endfor %}{% if '政府公报' in channels %}公报{% endif %}",
)


def example(page: str) -> dict[str, Any]:
    """The example of a page of the vocabulary."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    shown = re.search(r"```json\n(\{\n  \"body_kind\".*?\n\})\n```", text, re.DOTALL)
    assert shown
    found: dict[str, Any] = json.loads(shown[1])
    return found


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack with a field of each kind, each required, below those of the small one."""
    fields = example(PAGES[0])

    def schema(described: dict[str, Any]) -> None:
        described["properties"] |= fields
        described["required"] += list(fields)

    def intake(book: Workbook) -> None:
        for name, node in fields.items():
            book["Form"].append([node["title"], f"{{{{ {name} }}}}"])

    def report(document: Any) -> None:
        for line in PRINTED:
            document.add_paragraph(line)

    return load_pack(small_pack(tmp_path / "kinds", schema=schema, intake=intake, report=report))


def filled(pack: Pack, typed: dict[str, Any], save: Callable[[Any], object] = lambda book: None) -> bytes:
    """A workbook of the pack with that typed into it."""
    known = {"visits": {"sites": 1, "shops": 2}, "text": ["做了。"]}
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲局", data=known)))
    for path, value in typed.items():
        cell = pack.form.inputs[path][0]
        book[cell.sheet][cell.address] = value
    save(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def words_of(report: bytes) -> list[str]:
    """The paragraphs that the lines of the test make."""
    return [paragraph.text for paragraph in docx.Document(BytesIO(report)).paragraphs][len(LINES) - 2 :]


def test_both_pages_show_the_same_example() -> None:
    assert example(PAGES[0]) == example(PAGES[1])


def test_the_pack_of_the_example_is_sound(pack: Pack, tmp_path: Path) -> None:
    assert pack_problems(tmp_path / "kinds") == []


def test_what_is_typed_is_read_and_printed(pack: Pack) -> None:
    submission = read_workbook(filled(pack, TYPED), pack)
    assert [f for f in check(submission) if f.severity.value == "error"] == []
    assert {path: submission.data[path] for path in VALUES} == VALUES
    assert words_of(render(submission)) == [
        "本级行政机关|优秀|政府网站、新闻发布会|2026年1月16日|1998年7月|是|98.5|-8",
        "二〇二六年一月十六日|一九九八年七月|☑是 ☐否",
        "甲",
        "1.政府网站;2.新闻发布会;",
    ]


def test_a_workbook_made_of_data_says_the_same(pack: Pack) -> None:
    data = VALUES | {"visits": {"sites": 1, "shops": 2}, "text": ["做了。"]}
    submission = read_workbook(new_workbook(pack, year=2025, agency="甲局", data=data), pack)
    assert {path: submission.data[path] for path in VALUES} == VALUES
    again = Submission.from_data(pack, submission.data)
    assert (again.findings, again.data) == ((), submission.data)
    assert render(again) != b""


def test_its_cells_have_lists_and_look_like_days(pack: Pack) -> None:
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲局")))
    rules = {
        str(rule.sqref): (rule.type, rule.formula1, rule.formula2)
        for rule in book["Form"].data_validations.dataValidation
    }
    address = {path: pack.form.inputs[path][0].address for path in VALUES}
    assert rules[address["body_kind"]] == ("list", '"本级行政机关,法律法规授权组织"', None)
    assert rules[address["delegated"]] == ("list", '"是,否"', None)
    assert rules[address["signed"]] == ("date", "DATE('Form'!$B$2+1,1,1)", "DATE('Form'!$B$2+1,3,31)")
    assert book["Form"][address["signed"]].number_format == 'yyyy"年"m"月"d"日"'
    assert book["Form"][address["founded"]].number_format == 'yyyy"年"m"月"'


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("body_kind", " 本级 行政机关", "office"),
        ("body_kind", "office", "office"),
        ("channels", "政府网站，新闻发布会；", ["政府网站", "新闻发布会"]),
        ("channels", "政府网站\n政府网站", ["政府网站"]),
        ("signed", "2026-01-16", "2026-01-16"),
        ("signed", "2026.1.16", "2026-01-16"),
        ("signed", "2026/1/16", "2026-01-16"),
        ("signed", "２０２６年１月１６日", "2026-01-16"),
        ("signed", "二〇二六年一月十六日", "2026-01-16"),
        ("signed", "二零二六年三月三十一日", "2026-03-31"),
        ("signed", "2026年1月16日（星期五）", "2026-01-16"),
        ("signed", "2026-01-16 00:00:00", "2026-01-16"),
        ("signed", "20260116", "2026-01-16"),
        ("signed", 20260116, "2026-01-16"),
        ("signed", datetime.datetime(2026, 1, 16, 9, 30), "2026-01-16"),
        ("founded", "1998年7月", "1998-07"),
        ("founded", "199807", "1998-07"),
        ("founded", datetime.date(1998, 7, 31), "1998-07"),
        ("founded", "一九九八年七月", "1998-07"),
        ("delegated", "√", True),
        ("delegated", "×", False),
        ("delegated", False, False),
        ("delegated", " 否 ", False),
        ("share", "98.5%", 98.5),
        ("change", "+2", 2),
    ],
)
def test_it_is_read_in_every_usual_way(pack: Pack, path: str, typed: Any, value: Any) -> None:
    submission = read_workbook(filled(pack, TYPED | {path: typed}), pack)
    assert [f.message.zh for f in check(submission) if f.severity.value == "error"] == []
    assert submission.data[path] == value


@pytest.mark.parametrize(
    ("path", "typed", "code", "said"),
    [
        ("body_kind", "行政机关", "cell.not_listed", "是不是“本级行政机关”"),
        ("grade", None, "cell.not_chosen", "没有选择"),
        ("channels", None, "cell.not_chosen", "没有选择"),
        ("channels", "政府网站、微博", "cell.not_listed", "“微博”"),
        ("signed", "3/4/25", "cell.not_a_day", "哪个数是年份不能确定"),
        ("signed", "26-01-16", "cell.not_a_day", "哪个数是年份不能确定"),
        ("signed", "1月16日", "cell.not_a_day", "缺少年份"),
        ("signed", "2026年1月", "cell.not_a_day", "缺少日"),
        ("signed", "2026-02-30", "cell.not_a_day", "没有这一天"),
        ("signed", "年初", "cell.not_a_day", "无法识别"),
        ("signed", 99_999_999, "cell.not_a_day", "99999999"),
        ("signed", None, "cell.no_day", "没有填写"),
        ("signed", datetime.date(2025, 1, 16), "day.too_early", "早于2026年1月1日"),
        ("signed", datetime.date(2026, 4, 1), "day.too_late", "晚于2026年3月31日"),
        ("founded", "1949-09", "day.too_early", "早于1949年10月"),
        ("delegated", "不清楚", "cell.not_listed", "“不清楚”"),
        ("delegated", None, "cell.not_chosen", "没有选择"),
        ("share", 98.555, "schema.invalid", "最多2位小数"),
        ("share", 101, "cell.too_large", "101"),
    ],
)
def test_what_is_doubtful_is_named_with_its_cell(
    pack: Pack, path: str, typed: Any, code: str, said: str
) -> None:
    found = check(read_workbook(filled(pack, TYPED | {path: typed}), pack))
    errors = [(f.code, f.cell, said in f.message.zh) for f in found if f.severity.value == "error"]
    assert errors == [(code, str(pack.form.inputs[path][0]), True)], [f.message.zh for f in found]


def test_a_day_whose_cell_lost_its_format_is_named_as_the_day_that_it_was(pack: Pack) -> None:
    def general(book: Any) -> None:
        book["Form"][pack.form.inputs["signed"][0].address].number_format = "General"

    found = check(read_workbook(filled(pack, TYPED | {"signed": 46038}, general), pack))
    [said] = [f for f in found if f.code == "cell.day_as_number"]
    assert (said.value, said.expected) == ("46038", "2026年1月16日")


def test_a_workbook_that_counts_days_from_1904_has_the_same_days(pack: Pack) -> None:
    def from_1904(book: Any) -> None:
        book.epoch = datetime.datetime(1904, 1, 1)

    submission = read_workbook(filled(pack, TYPED, from_1904), pack)
    assert (submission.data["signed"], submission.data["founded"]) == ("2026-01-16", "1998-07")


def test_a_share_is_what_its_cell_shows(pack: Pack) -> None:
    def in_percent(book: Any) -> None:
        cell = book["Form"][pack.form.inputs["share"][0].address]
        cell.value, cell.number_format = 0.985, "0.0%"

    submission = read_workbook(filled(pack, TYPED, in_percent), pack)
    assert "cell.shown_otherwise" not in {f.code for f in check(submission)}
    assert submission.data["share"] == 98.5


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_it_is_read_from_other_formats_too(
    pack: Pack, suffix: str, convert: Callable[..., Path], tmp_path: Path
) -> None:
    def in_percent(book: Any) -> None:
        cell = book["Form"][pack.form.inputs["share"][0].address]
        cell.value, cell.number_format = 0.985, "0.0%"

    path = tmp_path / "填报表.xlsx"
    path.write_bytes(filled(pack, TYPED, in_percent))
    submission = read_workbook(convert(path, suffix).read_bytes(), pack)
    assert {path: submission.data.get(path) for path in VALUES} == VALUES
    assert [f.code for f in check(submission) if f.severity.value == "error"] == []


def test_a_long_list_stands_on_the_hidden_sheet(tmp_path: Path) -> None:
    towns = [f"第{number}街道办事处，含社区" for number in range(60)]

    def schema(described: dict[str, Any]) -> None:
        described["properties"]["town"] = {"title": "街道", "type": "string", "enum": towns}

    made = small_pack(
        tmp_path / "long",
        schema=schema,
        intake=lambda book: book["Form"].append(["街道", "{{ town }}"]),
        report=lambda document: document.add_paragraph("{{ town }}"),
    )
    pack = load_pack(made)
    content = new_workbook(pack, year=2025, data={"town": towns[7]})
    book = load_workbook(BytesIO(content))
    [rule] = [rule for rule in book["Form"].data_validations.dataValidation if rule.type == "list"]
    assert rule.formula1 == "'_reportfill'!$G$1:$G$60"
    assert [book["_reportfill"].cell(row, 7).value for row in range(1, 61)] == towns
    assert read_workbook(content, pack).values["town"] == towns[7]
    assert pack_problems(made) == []


def test_a_title_that_is_another_ones_value_is_read_as_the_title_and_data_as_the_value(
    tmp_path: Path,
) -> None:
    options = [{"const": 0, "title": "1"}, {"const": 1, "title": "无"}, {"const": 2, "title": "0"}]
    one_of = {"type": "integer", "oneOf": options}
    fields: dict[str, Any] = {
        "one": {"title": "一项", **one_of},
        "more": {"title": "多项", "type": "array", "uniqueItems": True, "items": one_of},
    }

    def intake(book: Workbook) -> None:
        for name in fields:
            book["Form"].append([name, f"{{{{ {name} }}}}"])

    made = small_pack(
        tmp_path / "titles",
        schema=lambda described: described["properties"].update(fields),
        intake=intake,
        report=lambda document: document.add_paragraph("{{ one }}、{{ more }}"),
    )
    pack, data = load_pack(made), {"one": 2, "more": [1, 0, 2]}
    read = read_workbook(new_workbook(pack, year=2025, data=data), pack).data
    assert {name: read[name] for name in data} == data
    read = Submission.from_data(pack, data).data
    assert {name: read[name] for name in data} == data


def test_a_choice_that_this_years_pack_no_longer_has_is_one_finding_and_nothing_is_lost(
    tmp_path: Path,
) -> None:
    def made(name: str, *options: str) -> Pack:
        return load_pack(
            small_pack(
                tmp_path / name,
                schema=lambda described: described["properties"].update(
                    kind={"title": "类别", "type": "string", "enum": list(options)}
                ),
                intake=lambda book: book["Form"].append(["类别", "{{ kind }}"]),
                report=lambda document: document.add_paragraph("{{ kind }}"),
            )
        )

    before, now = made("before", "甲", "丙"), made("now", "甲", "乙")
    data = {"visits": {"sites": 1, "shops": 2}, "text": ["做了。"], "kind": "丙"}
    for pack in (before, now):
        workbook = new_workbook(pack, year=2025, agency="甲局", data=data)
        submission = read_workbook(workbook, now)
        findings = [found for found in check(submission) if found.severity.value == "error"]
        assert [(found.code, found.cell) for found in findings] == [("cell.not_listed", "Form!B8")]
        marked = load_workbook(BytesIO(returned_workbook(workbook, submission, findings)))
        assert marked["Form"]["B8"].value == "丙"
