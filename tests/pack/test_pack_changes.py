"""What `pack diff` tells: every change of a field or rule, and the version that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from pack.row_pack import row_pack
from pack.small_pack import MANIFEST, Change, replaced, small_pack

from reportfill import Pack, check, load_pack, new_workbook, read_workbook
from reportfill.cli.main import status_of
from reportfill.pack.pack_changes import PackChange, pack_changes, version_due

Schema = dict[str, Any]


def sites(schema: Schema) -> dict[str, Any]:
    """The schema of the count of sites."""
    found: dict[str, Any] = schema["properties"]["visits"]["properties"]["sites"]
    return found


@pytest.fixture
def old(tmp_path: Path) -> Pack:
    """The small pack as it was."""
    return load_pack(small_pack(tmp_path / "old"))


@pytest.fixture
def changed(tmp_path: Path, old: Pack) -> Callable[..., list[PackChange]]:
    """What differs where something of the small pack is changed."""

    def changes(**kept: Any) -> list[PackChange]:
        return pack_changes(old, load_pack(small_pack(tmp_path / "new", **kept)))

    return changes


def told(changes: list[PackChange]) -> list[tuple[str, str, str, str]]:
    """Changes as the screen has them."""
    return [(one.path, one.what.en, one.was, one.now) for one in changes]


def test_of_the_same_pack_nothing_differs(changed: Callable[..., list[PackChange]]) -> None:
    assert changed() == []
    assert changed(manifest=MANIFEST.replace("1.0.0", "9.9.9")) == []


@pytest.mark.parametrize(
    ("change", "said", "due"),
    [
        (lambda s: sites(s).update(title="Places"), ("visits.sites", "label", "Sites", "Places"), "1.0.1"),
        (lambda s: sites(s).update(type="number"), ("visits.sites", "kind", "integer", "number"), "2.0.0"),
        (lambda s: sites(s).update(unit="件"), ("visits.sites", "unit", "", "件"), "2.0.0"),
        (lambda s: sites(s).update(rollup="none"), ("visits.sites", "roll-up", "sum", "none"), "1.1.0"),
        (lambda s: sites(s).update(maximum=9), ("visits.sites", "bounds", "0–", "0–9"), "1.1.0"),
        (lambda s: sites(s).update(exclusiveMaximum=9), ("visits.sites", "bounds", "0–", "0–, <9"), "1.1.0"),
        (lambda s: sites(s).update(multipleOf=5), ("visits.sites", "multipleOf", "", "5"), "1.1.0"),
        (
            lambda s: s["properties"]["visits"].update(dependentRequired={"sites": ["shops"]}),
            ("visits", "dependentRequired", "", '{"sites": ["shops"]}'),
            "1.1.0",
        ),
        (
            lambda s: s["properties"]["visits"]["required"].remove("sites"),
            ("visits.sites", "required", "是", "否"),
            "2.0.0",
        ),
    ],
)
def test_what_changed_of_a_field_is_told(
    changed: Callable[..., list[PackChange]], change: Change, said: tuple[str, ...], due: str
) -> None:
    changes = changed(schema=change)
    assert said in told(changes)
    assert version_due("1.0.0", changes) == due


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"maxItems": 9}, ("units", "number of rows", "1–6", "1–9")),
        (
            {"unique_by": ["/name", "/kind"]},
            ("units", "what no two rows share", "units.name", "units.name、units.kind"),
        ),
        ({"rollup": {"sum_by": ["/name"]}}, ("units", "roll-up", "join", "sum_by units.name")),
        ({"rollup": "none"}, ("units", "roll-up", "join", "none")),
        ({"rollup": "join", "prescribed": [{"name": "甲"}]}, ("units", "prescribed", "", '[{"name": "甲"}]')),
        ({"prefill": ["/name"]}, ("units", "prefilled", "", "units.name")),
    ],
)
def test_what_changed_of_rows_is_told(tmp_path: Path, change: Any, said: tuple[str, ...]) -> None:
    was = load_pack(row_pack(tmp_path / "old"))
    now = load_pack(row_pack(tmp_path / "new", schema=lambda s: s["properties"]["units"].update(change)))
    changes = [one for one in pack_changes(was, now) if one.what.en != "cells"]
    assert told(changes) == [said]
    assert version_due("1.0.0", changes) == "1.1.0"


def test_a_choice_with_the_same_title_and_another_value_is_another(tmp_path: Path) -> None:
    def other_values(schema: Schema) -> None:
        kind = schema["properties"]["units"]["items"]["properties"]["kind"]
        kind["oneOf"][0]["const"] = "other"

    was, now = (
        load_pack(row_pack(tmp_path / "old")),
        load_pack(row_pack(tmp_path / "new", schema=other_values)),
    )
    (change,) = pack_changes(was, now)
    assert (change.path, change.what.en, change.was.startswith("office=")) == ("units.kind", "choices", True)
    assert change.now.startswith("other=")


def test_what_is_looked_for_in_the_narrative_is_told(changed: Callable[..., list[PackChange]]) -> None:
    def look(schema: Schema) -> None:
        schema["wordings"] = {"units": ["处"]}
        schema["mentions"] = [
            {"id": "sites", "title": "检查场所", "words": [["场所"]], "equals": ["/visits/sites"]}
        ]

    assert told(changed(schema=look)) == [
        ("", "mentions", "", "检查场所"),
        ("", "wordings", "", "units"),
    ]


def add(schema: Schema) -> None:
    """Add an optional field."""
    schema["properties"]["extra"] = {"title": "Extra", "type": "integer"}


def with_extra(book: Workbook) -> None:
    """Add its cell."""
    book["Form"].append(["Extra", "{{ extra }}"])


def test_a_field_that_came_and_one_that_went_are_told_with_their_cells(
    changed: Callable[..., list[PackChange]], old: Pack, tmp_path: Path
) -> None:
    came = changed(schema=add, intake=with_extra)
    assert told(came) == [("extra", "new field", "", "Extra（Form!B8）")]
    assert version_due("1.4.2", came) == "1.5.0"
    larger = load_pack(small_pack(tmp_path / "larger", schema=add, intake=with_extra))
    went = pack_changes(larger, old)
    assert told(went) == [("extra", "field gone", "Extra（Form!B8）", "")]
    assert version_due("1.4.2", went) == "2.0.0"


def test_a_field_with_another_path_is_no_other_field(changed: Callable[..., list[PackChange]]) -> None:
    def rename(schema: Schema) -> None:
        schema["properties"]["words"] = schema["properties"].pop("text")
        schema["required"][-1] = "words"

    def rename_cells(book: Workbook) -> None:
        for row in (6, 7):
            book["Form"].cell(row, 2).value = "{{ words }}"

    changes = changed(schema=rename, intake=rename_cells)
    assert ("words", "field with another path", "text", "words") in told(changes)


def test_a_cell_and_a_place_in_the_report_that_moved_are_told(
    changed: Callable[..., list[PackChange]],
) -> None:
    changes = changed(
        intake=lambda book: book["Form"].insert_rows(3),
        report=lambda document: document.paragraphs[0].insert_paragraph_before("Report"),
    )
    assert ("visits.sites", "cells", "Form!B3", "Form!B4") in told(changes)
    assert any(what == "places in the report" for _, what, *_ in told(changes))


def test_a_page_that_came_or_changed_is_told_with_its_first_line(tmp_path: Path, old: Pack) -> None:
    def with_page(name: str, text: str) -> Pack:
        folder = small_pack(tmp_path / name)
        (folder / "report.html").write_text(text, encoding="utf-8")
        return load_pack(folder)

    one, other = with_page("one", "<p>\na\n"), with_page("other", "<p>\nb\n")
    assert told(pack_changes(old, one)) == [("", "page template", "", "report.html")]
    assert told(pack_changes(one, old)) == [("", "page template", "report.html", "")]
    changes = pack_changes(one, other)
    assert told(changes) == [("", "page template", "report.html第2行：a", "report.html第2行：b")]
    assert version_due("1.0.0", changes) == "1.0.1"


def test_rules_that_came_went_or_changed_are_told(changed: Callable[..., list[PackChange]]) -> None:
    def soften(schema: Schema) -> None:
        schema["properties"]["visits"]["balances"][0]["severity"] = "warning"

    assert [what for _, what, *_ in told(changed(schema=soften))] == ["rule changed"]

    def without(schema: Schema) -> None:
        del schema["properties"]["visits"]["balances"]

    assert [what for _, what, *_ in told(changed(schema=without))] == ["rule gone"]


def test_the_command_names_the_version_that_is_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = small_pack(tmp_path / "old")
    same, larger = (
        small_pack(tmp_path / "same"),
        small_pack(tmp_path / "larger", schema=add, intake=with_extra),
    )
    assert status_of(["pack", "diff", str(old), str(same), "--lang", "zh"]) == 0
    assert "没有改动" in capsys.readouterr().out
    assert status_of(["pack", "diff", str(old), str(larger), "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert "新增栏目" in out
    assert "应当为1.1.0" in out
    assert status_of(["pack", "diff", str(old), str(larger), "--format", "json"]) == 1
    assert '"due": "1.1.0"' in capsys.readouterr().out


def test_sums_of_a_workbook_of_an_older_version_are_worked_out_anew(tmp_path: Path, old: Pack) -> None:
    """The clerk typed none of them: what the form of then added up is not what the form of now does."""
    known = {
        "visits": {"sites": 1, "shops": 2},
        "text": ["对所有的场所进行了检查，督促有关单位改正存在的问题。"],
    }
    workbook = new_workbook(old, year=2025, agency="甲局", data=known)

    def fewer(schema: Schema) -> None:
        visits = schema["properties"]["visits"]
        del visits["properties"]["shops"]
        visits["required"].remove("shops")
        visits["balances"][0]["right"] = ["/sites"]

    now = load_pack(
        small_pack(
            tmp_path / "fewer",
            schema=fewer,
            intake=lambda book: book["Form"].delete_rows(4),
            manifest=MANIFEST.replace("1.0.0", "2.0.0"),
            parts_of_report=replaced("word/document.xml", " + {{ visits.shops }}", ""),
        )
    )
    submission = read_workbook(workbook, now)
    assert submission.values["visits.total"] == 1
    assert "balance.unequal" not in {found.code for found in check(submission)}
