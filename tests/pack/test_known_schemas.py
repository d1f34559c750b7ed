"""The schemas that the tool comes with are not gone through again by every run: here they are."""

from __future__ import annotations

import json

import pytest
from places import ROOT

from reportfill.errors import PackError
from reportfill.pack import schema as reading
from reportfill.pack.schema import read_schema
from reportfill.pack.vocabulary import KNOWN, digests_in, schema_problems
from tools.make_docs import known_schemas as written

SHIPPED = sorted((ROOT / "templates").glob("*/schema.json"))


def test_the_known_ones_are_those_of_the_packs_that_are_shipped() -> None:
    assert SHIPPED
    assert sorted(digests_in(KNOWN)) == sorted(written().split()), "run: python -m tools.make_docs"


def test_every_one_of_them_is_sound() -> None:
    assert [problem for path in SHIPPED for problem in schema_problems(json.loads(path.read_bytes()))] == []


def test_a_known_one_is_read_as_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    known = [read_schema(path.read_bytes()) for path in SHIPPED]
    monkeypatch.setattr(reading, "digests_in", lambda file: frozenset())
    assert [read_schema(path.read_bytes()) for path in SHIPPED] == known


def test_a_keeper_who_changes_one_is_told_what_is_wrong() -> None:
    changed = SHIPPED[0].read_text("utf-8").replace('"maximum"', '"maximal"', 1).encode()
    with pytest.raises(PackError, match="maximal"):
        read_schema(changed)


@pytest.mark.parametrize("content", [b"5", b"true", b"null", b"[]"])
def test_what_is_no_object_at_all_is_told_as_any_other_fault(content: bytes) -> None:
    with pytest.raises(PackError, match=r"schema\.json"):
        read_schema(content)
