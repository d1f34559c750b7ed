"""Rows of many reports become those of one as the schema says."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pack.nested_row_pack import DATA as NESTED
from pack.nested_row_pack import nested_row_pack
from pack.row_pack import row_pack

from reportfill import Pack, load_pack
from reportfill.campaign.aggregation.rolled_rows import RowsOf, RowsRolledUp, rows_rolled_up

FIRST = [
    {"number": 1, "name": "甲局", "permits": 3, "fines": Decimal("0.1"), "total": 4, "kind": "office"},
    {"number": 2, "name": "乙局", "permits": 4, "fines": 0, "kind": "office", "signed": "2025-03-01"},
]
SECOND = [
    {"number": 1, "name": "甲 局", "permits": 1, "fines": Decimal("0.2"), "kind": "body"},
    {"name": "丙局", "permits": 5},
]


def rolled(tmp_path: Path, word: Any, *reported: list[dict[str, Any]]) -> RowsRolledUp:
    """Rows of a pack that has this word for how they add up."""

    def schema(root: dict[str, Any]) -> None:
        root["properties"]["units"]["rollup"] = word
        root["properties"]["units"]["items"]["properties"]["office"] = {"type": "string", "title": "填报单位"}

    pack = load_pack(row_pack(tmp_path / "pack", schema=schema))
    rows = [RowsOf(owner, rows) for owner, rows in zip(("甲市", "乙市", "丙市"), reported, strict=False)]
    return rows_rolled_up(pack, pack.rows["units"], rows)


def test_joined_rows_stand_one_after_another(tmp_path: Path) -> None:
    assert rolled(tmp_path, "join", FIRST, SECOND).rows == [*FIRST, *SECOND]


def test_whose_a_joined_row_is_stands_in_the_field_that_the_pack_names(tmp_path: Path) -> None:
    own = [SECOND[0] | {"office": "乙市河东区"}, SECOND[1]]
    rows = rolled(tmp_path, {"join": "/office"}, FIRST, own).rows
    assert [row["office"] for row in rows] == ["甲市", "甲市", "乙市河东区", "乙市"]
    assert [{key: row[key] for key in row if key != "office"} for row in rows] == [*FIRST, *SECOND]


def test_rows_with_the_same_key_become_one_whose_figures_are_added_exactly(tmp_path: Path) -> None:
    found = rolled(tmp_path, {"sum_by": ["/name"]}, FIRST, SECOND)
    assert found.rows == [
        {"number": 1, "name": "甲局", "permits": 4, "fines": Decimal("0.3"), "kind": None},
        {"number": 2, "name": "乙局", "permits": 4, "fines": 0, "kind": "office", "signed": "2025-03-01"},
        {"name": "丙局", "permits": 5},
    ]
    assert found.differing == {"units.kind": 1}


def test_summed_rows_are_in_order_where_all_have_what_they_are_sorted_by(tmp_path: Path) -> None:
    third = [{"number": 3, "name": "丁局", "permits": 1}]
    found = rolled(tmp_path, {"sum_by": ["/name"]}, third, FIRST)
    assert [row["name"] for row in found.rows] == ["甲局", "乙局", "丁局"]


def test_width_and_blanks_do_not_count_for_the_order_of_summed_rows(tmp_path: Path) -> None:
    def schema(root: dict[str, Any]) -> None:
        root["properties"]["units"] |= {"rollup": {"sum_by": ["/name"]}, "sorted_by": ["/name"]}

    pack = load_pack(row_pack(tmp_path / "pack", schema=schema))
    rows = [RowsOf("甲市", [{"name": name, "permits": 1} for name in ("B局", "Ａ局", "A 处")])]
    in_order = rows_rolled_up(pack, pack.rows["units"], rows).rows
    assert [row["name"] for row in in_order] == ["A 处", "Ａ局", "B局"]


def test_a_row_without_its_key_is_like_no_other(tmp_path: Path) -> None:
    nameless = [{"permits": 1}, {"permits": 2}]
    assert rolled(tmp_path, {"sum_by": ["/name"]}, nameless, nameless).rows == nameless * 2


def test_rows_that_do_not_add_up_are_left_out(tmp_path: Path) -> None:
    assert rolled(tmp_path, "none", FIRST, SECOND).rows == []


@pytest.fixture
def nested(tmp_path: Path) -> Pack:
    """A pack with classes summed by name, items in them too, and links joined."""
    folder = nested_row_pack(tmp_path / "nested")
    text = (folder / "schema.json").read_text("utf-8")
    for title in ("清单", "事项"):
        told = f'"type": "array", "title": {_escaped(title)},'
        assert told in text
        text = text.replace(told, f'{told} "rollup": {{"sum_by": ["/name"]}},', 1)
    (folder / "schema.json").write_text(text, "utf-8")
    return load_pack(folder)


def _escaped(words: str) -> str:
    return f'"{words.encode("unicode_escape").decode()}"'


def test_rows_within_rows_add_up_by_their_own_word(nested: Pack) -> None:
    assert nested.rows["classes"].rollup.keys == ("classes.name",)
    assert nested.rows["classes.items"].rollup.keys == ("classes.items.name",)
    other = [
        {"name": "招生", "items": [{"name": "章程", "number": 10, "links": [{"url": "u4"}]}]},
        {"name": "基本信息", "items": [{"name": "规章", "number": 5, "links": [{"url": "u1"}]}]},
    ]
    before = deepcopy(NESTED["classes"])
    found = rows_rolled_up(
        nested, nested.rows["classes"], [RowsOf("甲校", NESTED["classes"]), RowsOf("乙校", other)]
    )
    assert NESTED["classes"] == before
    assert found.rows == [
        {
            "name": "基本信息",
            "items": [
                {
                    "name": "规章",
                    "number": 7,
                    "links": [{"title": "甲", "url": "u1"}, {"title": "乙", "url": "u2"}, {"url": "u1"}],
                },
                {"name": "章程", "number": 1, "links": []},
            ],
        },
        {"name": "招生", "items": [{"name": "章程", "number": 13, "links": [{"url": "u3"}, {"url": "u4"}]}]},
    ]
