"""The table of kinds: each has all that every side asks of it, and nobody else asks which kind a field is of."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

from reportfill.model import kinds
from reportfill.model.fields import Field, fields_of
from reportfill.model.kinds.kind import Kind
from reportfill.model.kinds.table import KINDS, kind_of_field
from reportfill.pack.keywords import GROUP, TYPES
from reportfill.place import Cell

SOURCE = ROOT / "src" / "reportfill"
WRITTEN: dict[str, dict[str, Any]] = {
    "choice": {
        "type": "string",
        "oneOf": [{"const": "a", "title": "本级行政机关"}, {"const": "b", "title": "其他"}],
    },
    "choices": {
        "type": "array",
        "uniqueItems": True,
        "items": {"type": "string", "enum": ["网站", "公报", "其他"]},
    },
    "date": {"type": "string", "format": "date"},
    "year-month": {"type": "string", "format": "year-month"},
    "picture": {"type": "string", "format": "picture"},
    "uri": {"type": "string", "format": "uri"},
    "boolean": {"type": "boolean"},
    "integer": {"type": "integer", "minimum": 0, "maximum": 99},
    "number": {"type": "number", "exclusiveMinimum": 0, "unit": "万元"},
    "string": {"type": "string", "maxLength": 60},
    "array": {"type": "array", "items": {"type": "string", "maxLength": 90}},
}
"""A field of each kind as a schema writes it: a new kind has to be added here."""

CELL = Cell("表", 0, 0)


def field_of(kind: Kind) -> Field:
    node = {
        "type": "object",
        "properties": {"it": {"title": "栏目", **WRITTEN[kind.name]}},
        "required": ["it"],
    }
    return fields_of(node)["it"]


every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_every_type_that_a_field_may_have_is_a_kind() -> None:
    assert {kind.type for kind in KINDS} == set(TYPES) - {GROUP}
    assert [kind_of_field(WRITTEN[kind.name]) for kind in KINDS] == list(KINDS)


def test_every_file_of_a_kind_is_in_the_table() -> None:
    modules = [f"{kinds.__name__}.{found.name}" for found in pkgutil.iter_modules(kinds.__path__)]
    made = {name: thing for module in modules for name, thing in _classes(module) if issubclass(thing, Kind)}
    assert {
        thing for thing in made.values() if not inspect.isabstract(thing) and hasattr(thing, "type")
    } == set(map(type, KINDS))


def _classes(module: str) -> list[tuple[str, type]]:
    return inspect.getmembers(__import__(module, fromlist=["_"]), inspect.isclass)


@every_kind
def test_a_kind_has_every_value_that_is_asked_of_it(kind: Kind) -> None:
    assert [name for name in inspect.get_annotations(Kind) if not hasattr(kind, name)] == []


@every_kind
def test_what_is_written_into_its_cells_is_read_as_it_was(kind: Kind) -> None:
    field = field_of(kind)
    sample = kind.sample(field, long=False)
    contents = [sample.content] if kind.is_laid else kind.contents(field, kind.given(sample), 3)
    read = [kind.read(field, content, CELL) for content in contents if content != ""]
    assert [one.finding for one in read] == [None] * len(read)
    values = [one.value for one in read]
    assert ([text for value in values for text in value] if kind.is_list else values[0]) == sample


@every_kind
def test_its_own_sample_is_not_found_fault_with_in_data_either(kind: Kind) -> None:
    field = field_of(kind)
    sample = kind.sample(field, long=True)
    for value in sample if kind.is_list else [sample]:
        assert kind.judge(field, value) is None
        assert kind.read_data(field, value, CELL).finding is None


@every_kind
def test_a_blank_cell_gives_neither_a_value_nor_a_finding(kind: Kind) -> None:
    read = kind.read(field_of(kind), " ", CELL)
    assert (read.value or None, read.finding) == (None, None)


@every_kind
def test_its_cells_accept_something_and_say_so(kind: Kind) -> None:
    limits = kind.limits(field_of(kind))
    assert limits.bounds[0] or limits.words
    assert limits.error.startswith("这里") or kind.name == "choices"  # of which several may stand in one cell


def test_nobody_else_knows_a_single_kind() -> None:
    own = "|".join(Path(inspect.getfile(type(kind))).stem for kind in KINDS)
    import_of_one = re.compile(rf"^\s*from {re.escape(kinds.__name__)}\.({own}) import", re.MULTILINE)
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        assert "kinds" in path.parts or not import_of_one.search(text), path
        if path.name != "pack.py" and ("field.kind" in text or "kind_of_field(" in text):
            compared = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Compare)]
            sides = [ast.unparse(side) for node in compared for side in (node.left, *node.comparators)]
            assert not any(
                side.endswith("field.kind") or side.startswith("kind_of_field(") for side in sides
            ), path
