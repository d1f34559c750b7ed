"""Parts that are there only where another field says so: where not, they are not asked for, checked or printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from ooxml_judges import ooxml_problems
from openpyxl import Workbook, load_workbook
from pack.small_pack import LINES, small_pack
from places import ROOT

from reportfill import Pack, Submission, check, load_pack, new_workbook, read_workbook, render
from reportfill.pack.problems import BrokenPackError
from reportfill.trials.trial import all_problems

TEXT = "对所有的场所进行了检查，督促有关单位改正存在的问题。"
COUNT = {"type": "integer", "minimum": 0, "unit": "件"}
DUTY = {
    "title": "处罚职责",
    "type": "string",
    "oneOf": [
        {"const": "acted", "title": "有职责并实施"},
        {"const": "idle", "title": "有职责未实施"},
        {"const": "none", "title": "无此职责"},
    ],
}
PENALTIES = {
    "title": "行政处罚",
    "type": "object",
    "applies_when": {"duty": ["acted", "idle"]},
    "required": ["warnings", "fines", "all"],
    "balances": [{"id": "all", "title": "合计", "left": ["/all"], "right": ["/warnings", "/fines"]}],
    "properties": {
        "warnings": {"title": "警告", **COUNT},
        "fines": {"title": "罚款", **COUNT},
        "all": {"title": "合计", **COUNT},
        "amount": {"title": "罚没金额", "type": "number", "unit": "万元", "applies_when": {"duty": "acted"}},
    },
}
FIELDS: dict[str, Any] = {
    "duty": DUTY,
    "penalties": PENALTIES,
    "delegated": {"title": "是否委托", "type": "boolean"},
    "body": {"title": "受委托组织", "type": "string", "applies_when": {"delegated": True}},
    "remarks": {"title": "委托说明", "type": "array", "items": {"type": "string"}},
}
CELLS = (
    "duty",
    "penalties.warnings",
    "penalties.fines",
    "penalties.all",
    "penalties.amount",
    "delegated",
    "body",
)
PRINTED = (
    "{%p if duty == 'none' %}",
    "本单位无相关行政执法职责",
    "{%p else %}",
    "处罚{{ penalties.all }}={{ penalties.warnings }}+{{ penalties.fines }}，{{ penalties.amount }}",
    "{%p endif %}",
    "{% if delegated %}委托{{ body }}{% else %}未委托{% endif %}",
    "{%p for line in remarks %}",
    "{{ line }}",
    "{%p endfor %}",
)


def folder_of(place: Path, fields: dict[str, Any]) -> Path:
    """The small pack with these fields below its own."""

    def schema(described: dict[str, Any]) -> None:
        described["properties"] |= fields
        described["required"] += [name for name in fields if name != "remarks"]
        described["if"] = {"properties": {"delegated": {"const": True}}, "required": ["delegated"]}
        described["then"] = {"required": ["remarks"]}

    def intake(book: Workbook) -> None:
        for path in CELLS:
            book["Form"].append([path, f"{{{{ {path} }}}}"])
        book["Form"].append(["委托说明", "{{ remarks }}"])
        live = book.create_sheet("校验")
        live.append(["还有", "{{ form.open.total }}"])
        parts = ("title", "place", "left", "right", "difference", "verdict")
        live.append([f"{{{{ form.balance.{part} }}}}" for part in parts])

    def report(document: Any) -> None:
        for line in PRINTED:
            document.add_paragraph(line)

    return small_pack(place, schema=schema, intake=intake, report=report)


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack of which parts are there under conditions."""
    return load_pack(folder_of(tmp_path / "parts", FIELDS))


def filled(pack: Pack, typed: dict[str, Any]) -> bytes:
    """A workbook of the pack with that typed into it."""
    known = {"visits": {"sites": 1, "shops": 2}, "text": [TEXT]}
    book = load_workbook(BytesIO(new_workbook(pack, year=2025, agency="甲局", data=known)))
    for path, value in typed.items():
        cell = pack.form.inputs[path][0]
        book[cell.sheet][cell.address] = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def printed(submission: Submission) -> list[str]:
    """What the lines of the test become."""
    report = docx.Document(BytesIO(render(submission)))
    return [one.text for one in report.paragraphs][len(LINES) - 2 :]


def told(submission: Submission) -> list[tuple[str, str]]:
    """The codes and fields of what is no note."""
    return [(f.code, f.field) for f in check(submission) if f.severity.value != "note"]


NOTHING = {"duty": "无此职责", "delegated": "否"}
ALL = {
    "duty": "有职责并实施",
    "penalties.warnings": 2,
    "penalties.fines": 3,
    "penalties.amount": 1.5,
    "delegated": "是",
    "body": "管理服务中心",
    "remarks": "依法委托管理服务中心实施处罚。",
}


def test_the_pack_is_sound_whatever_is_answered(pack: Pack, tmp_path: Path) -> None:
    assert all_problems(tmp_path / "parts") == []


def test_what_does_not_apply_is_not_asked_for_and_not_printed(pack: Pack) -> None:
    submission = read_workbook(filled(pack, NOTHING), pack)
    assert told(submission) == []
    assert printed(submission) == ["本单位无相关行政执法职责", "未委托"]
    assert not any(path.startswith("penalties") for path in submission.values)


def test_what_applies_is_asked_for_and_printed(pack: Pack) -> None:
    submission = read_workbook(filled(pack, ALL), pack)
    assert told(submission) == []
    assert printed(submission) == ["处罚5=2+3，1.5", "委托管理服务中心", "依法委托管理服务中心实施处罚。"]


def test_what_applies_and_is_blank_is_missing(pack: Pack) -> None:
    typed = {"duty": "有职责未实施", "delegated": "是"}
    assert told(read_workbook(filled(pack, typed), pack)) == [
        ("schema.needed", "penalties.warnings"),
        ("schema.needed", "penalties.fines"),
        ("schema.needed", "body"),
        ("schema.needed", "remarks"),
    ]


def test_what_was_typed_where_nothing_is_asked_for_is_named_and_counts_for_nothing(pack: Pack) -> None:
    submission = read_workbook(filled(pack, ALL | NOTHING), pack)
    assert told(submission) == [
        ("cell.not_asked_for", "penalties.warnings"),
        ("cell.not_asked_for", "penalties.fines"),
        ("cell.not_asked_for", "penalties.amount"),
        ("cell.not_asked_for", "body"),
        ("cell.not_asked_for", "remarks"),
    ]
    assert printed(submission) == ["本单位无相关行政执法职责", "未委托"]
    [words] = [f.message.zh for f in check(submission) if f.field == "penalties.warnings"]
    assert words == "警告：“处罚职责”是“有职责并实施”或“有职责未实施”的才填写，这里的内容不会出现在报告中。"


def test_data_are_read_in_the_same_way(pack: Pack) -> None:
    known = {
        "agency": {"name": "甲局"},
        "year": 2025,
        "visits": {"sites": 1, "shops": 2},
        "text": [TEXT],
    }
    nothing = Submission.from_data(pack, known | {"duty": "none", "delegated": False})
    assert (told(nothing), printed(nothing)) == ([], ["本单位无相关行政执法职责", "未委托"])
    typed = {"duty": "none", "penalties": {"warnings": 1}, "delegated": False, "body": "中心"}
    assert told(Submission.from_data(pack, known | typed)) == [
        ("cell.not_asked_for", "penalties.warnings"),
        ("cell.not_asked_for", "body"),
    ]
    asked = Submission.from_data(pack, known | {"duty": "acted", "delegated": True})
    assert ("schema.missing", "penalties") in told(asked)
    assert {field for _, field in told(asked)} >= {"penalties", "body", "remarks"}


def test_the_workbook_greys_it_out_and_says_when_it_is_asked_for(pack: Pack, tmp_path: Path) -> None:
    blank = new_workbook(pack, year=2025, agency="甲局")
    sheet = load_workbook(BytesIO(blank))["Form"]
    grey = {
        cell: (rule.formula[0], rule.dxf.fill.bgColor.rgb)
        for area in sheet.conditional_formatting
        for rule in area.rules
        for cell in str(area.sqref).split()
    }
    address = {path: pack.form.inputs[path][0].address for path in CELLS}
    assert grey[f"{address['body']}:{pack.form.inputs['remarks'][0].address}"] == (
        'NOT(delegated="是")',
        "FFD9D9D9",
    )
    both = 'NOT(AND(OR(duty="有职责并实施",duty="有职责未实施"),duty="有职责并实施"))'
    assert grey[address["penalties.amount"]] == (both, "FFD9D9D9")
    prompts = {str(rule.sqref): rule.prompt for rule in sheet.data_validations.dataValidation}
    assert prompts[address["body"]].startswith("“是否委托”是“是”的填写。")
    (tmp_path / "blank.xlsx").write_bytes(blank)
    assert ooxml_problems(tmp_path / "blank.xlsx") == []


@pytest.mark.parametrize(
    ("typed", "still_open"),
    [
        ({}, 2),
        (NOTHING, 0),
        (NOTHING | {"duty": "有职责并实施"}, 2),
        (NOTHING | {"delegated": "是"}, 2),
        (ALL, 0),
    ],
)
def test_what_is_open_is_counted_live(
    pack: Pack, typed: dict[str, Any], still_open: int, convert: Callable[..., Path], tmp_path: Path
) -> None:
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(filled(pack, typed))
    saved = load_workbook(convert(path, "xlsx", recalculate=True), data_only=True)
    [count] = [row[1] for row in saved["校验"].iter_rows(values_only=True) if row[0] == "还有"]
    assert count == still_open


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"dutty": "acted"}, "no field dutty"),
        ({"duty": "maybe"}, "never has this value"),
        ({"penalties.all": 1}, "would ask for itself"),
        ({"text": "a"}, "is no choice"),
        ({"visits.total": 1}, "is worked out"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_refused(
    tmp_path: Path, condition: dict[str, Any], said: str
) -> None:
    fields = FIELDS | {"penalties": PENALTIES | {"applies_when": condition}}
    with pytest.raises(BrokenPackError) as refused:
        load_pack(folder_of(tmp_path / "odd", fields))
    assert said in str(refused.value)


def test_a_field_of_a_row_decides_nothing(tmp_path: Path) -> None:
    rows = {
        "title": "单位",
        "type": "array",
        "items": {"type": "object", "properties": {"own": {"title": "有无", "type": "boolean"}}},
    }
    fields = FIELDS | {"units": rows, "body": FIELDS["body"] | {"applies_when": {"units.own": True}}}
    with pytest.raises(BrokenPackError, match="has a value in each row"):
        load_pack(folder_of(tmp_path / "rows", fields))


def test_two_parts_that_ask_for_each_other_are_refused(tmp_path: Path) -> None:
    delegated = FIELDS["delegated"] | {"applies_when": {"duty": "acted"}}
    fields = FIELDS | {"duty": DUTY | {"applies_when": {"delegated": True}}, "delegated": delegated}
    with pytest.raises(BrokenPackError, match="would ask for itself"):
        load_pack(folder_of(tmp_path / "round", fields))


@pytest.mark.parametrize("page", ["schema-vocabulary.md", "schema-vocabulary.zh-CN.md"])
def test_the_pages_show_it(page: str) -> None:
    shown = (ROOT / "docs" / page).read_text("utf-8")
    assert re.search(r'"applies_when": \{ "delegated": true \}', shown)


def test_pack_check_lists_a_condition_on_nothing_with_all_else(tmp_path: Path) -> None:
    wrong = FIELDS | {"body": {"title": "受委托组织", "type": "string", "applies_when": {"delegate": True}}}
    folder = folder_of(tmp_path / "parts", wrong)
    assert "schema.json#/properties/body/applies_when/delegate" in {
        str(problem.place) for problem in all_problems(folder)
    }
