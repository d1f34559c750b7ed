"""The project's own JSON Schema keywords: their meta-schema, and whether a schema keeps to it.

JSON Schema says what a field may hold; `balances`, `mentions`, `rollup` and `unit` say what it cannot.
docs/schema-vocabulary.md explains them for people, vocabulary.schema.json for machines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from reportfill.pack.problems import PackProblem


@cache
def meta_schema() -> dict[str, Any]:
    """The meta-schema: JSON Schema 2020-12 plus the project's keywords."""
    text = files("reportfill.pack").joinpath("vocabulary.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def schema_problems(schema: object) -> list[PackProblem]:
    """Every place where a schema breaks the rules of its vocabulary; empty for a sound one."""
    from jsonschema import Draft202012Validator  # slow to import, and `--help` does without

    errors = sorted(
        Draft202012Validator(meta_schema()).iter_errors(schema), key=lambda error: list(error.path)
    )
    return [PackProblem(place_in_schema(error.absolute_path), error.message) for error in errors]


def place_in_schema(path: Iterable[str | int]) -> str:
    """A path of keys as a place for people: "schema.json#/properties/year"."""
    escaped = (str(key).replace("~", "~0").replace("/", "~1") for key in path)
    return "schema.json#" + "".join(f"/{key}" for key in escaped)
