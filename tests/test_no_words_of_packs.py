"""The general code holds no word of any pack: what a report's parts are called stands in its schema alone."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

SOURCE = ROOT / "src" / "reportfill"
GENERAL = {
    "其他",  # a word of the language, in many sentences
    "总计",  # one of the words for a sum that checks/chinese/counting.py lists
    "合计",  # another one
    "备注",
    "公章",
    "序号",
    "数量",
    "概述",
    "类别",
    "学校",
    "联系电话",
    "单位",
    "单位名称",
    "单位编码",
    "报告年度",
    "表注",
}
"""Labels of packs that are words of every report."""

_NUMBER = re.compile(r"^(?:[（(][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d+[.．])")


def labels_of(schema: Any) -> Iterator[str]:
    """What the fields and groups of a schema are called, without their numbers."""
    if isinstance(schema, dict):
        title = schema.get("title")
        if isinstance(title, str) and not schema.keys().isdisjoint({"type", "$ref"}):
            yield _NUMBER.sub("", title).strip()
        for value in schema.values():
            yield from labels_of(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from labels_of(value)


def texts_in(path: Path) -> Iterator[str]:
    """What a module says, docstrings aside."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            yield node.value


def texts_of_the_catalogue() -> Iterator[str]:
    """What findings tell people, examples and what they rest on aside."""
    for place in (SOURCE / "catalogue").glob("*.toml"):
        for entry in tomllib.loads(place.read_text("utf-8")).values():
            for part in ("message", "hint", "cause", "cure"):
                yield from (entry.get(part, {}) if isinstance(entry, dict) else {}).values()


def titles() -> set[str]:
    """What the packs' reports are about, as their titles say it: without the words for a report of a year."""
    manifests = (ROOT / "templates").glob("*/pack.toml")
    told = {tomllib.loads(place.read_text("utf-8"))["title"] for place in manifests}
    return {re.sub(r"(?:工作)?(?:年度报告|年报)$", "", title) for title in told}


LABELS = (
    titles()
    | {
        label
        for schema in sorted((ROOT / "templates").glob("*/schema.json"))
        for label in labels_of(json.loads(schema.read_text("utf-8")))
    }
    - GENERAL
)


def test_there_are_labels_to_look_for() -> None:
    assert {"自然人", "行政许可", "采购总金额", "总体情况", "政府信息公开"} <= LABELS


@pytest.mark.parametrize("room", sorted({path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.py")}))
def test_no_module_holds_a_label_of_a_pack(room: str) -> None:
    place = SOURCE / room
    modules = [place] if place.is_file() else sorted(place.rglob("*.py"))
    found = {
        (str(module.relative_to(SOURCE)), label)
        for module in modules
        for text in texts_in(module)
        for label in LABELS
        if label in text
    }
    assert found == set()


def test_no_finding_holds_a_label_of_a_pack() -> None:
    assert {label for text in texts_of_the_catalogue() for label in LABELS if label in text} == set()
