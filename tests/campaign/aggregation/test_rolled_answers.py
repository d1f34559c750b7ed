"""Answers of many reports become one where all are the same, or where what was reported depends on one of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pack.small_pack import small_pack

from reportfill import Pack, load_pack
from reportfill.campaign.aggregation.rolled_answers import answered, answers_rolled_up

ANSWERS: dict[str, dict[str, Any]] = {
    "delegated": {"type": "boolean", "title": "是否委托"},
    "grade": {"type": "string", "title": "等次", "enum": ["优秀", "良好"]},
    "channels": {
        "type": "array",
        "title": "公开方式",
        "uniqueItems": True,
        "items": {"type": "string", "enum": ["网站", "公报"]},
    },
    "signed": {"type": "string", "format": "date", "title": "日期"},
    "seal": {"type": "string", "format": "picture", "title": "公章"},
    "note": {"type": "string", "title": "备注"},
    "body": {
        "type": "object",
        "title": "受委托组织",
        "applies_when": {"delegated": True},
        "properties": {"cases": {"type": "integer", "title": "件数"}},
    },
}


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """A pack with answers of each kind."""
    return load_pack(small_pack(tmp_path / "pack", schema=lambda root: root["properties"].update(ANSWERS)))


def test_neither_figures_nor_texts_nor_pictures_are_answers(pack: Pack) -> None:
    assert [field.path for field in answered(pack)] == ["delegated", "grade", "channels", "signed"]


def test_the_same_answer_of_all_stands_and_any_other_is_left_blank(pack: Pack) -> None:
    given = {
        "grade": ["优秀", "良好"],
        "channels": [["网站"], ["网站"]],
        "signed": ["2025-03-01", "2025-03-01"],
        "delegated": [],
    }
    found = answers_rolled_up(pack, given, set(given))
    assert found.values == {"channels": ["网站"], "signed": "2025-03-01"}
    assert [field.path for field in found.differing] == ["grade"]


@pytest.mark.parametrize(("reported", "answer"), [({"body.cases"}, True), (set(), None)])
def test_what_was_reported_decides_on_an_answer_on_which_it_depends(
    pack: Pack, reported: set[str], answer: bool | None
) -> None:
    found = answers_rolled_up(pack, {"delegated": [True, False, False]}, reported)
    assert found.values.get("delegated") is answer
    assert [field.path for field in found.differing] == ([] if answer else ["delegated"])
