"""The project's own JSON Schema keywords: their meta-schema, and whether a schema keeps to it.

JSON Schema says what a field may hold; `balances`, `mentions`, `wordings`, `rollup`, `unit` and `pattern_in_words` say
what it cannot.
docs/schema-vocabulary.md explains them for people, vocabulary.schema.json for machines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

from reportfill.model.requirements import problem_in_words
from reportfill.pack.keywords import DIALECT, unknown_keywords
from reportfill.pack.problems import PackProblem, place_in_schema
from reportfill.text import Text

KNOWN = "known_schemas.txt"
"""The file of their digests; `python -m tools.make_docs` writes it."""

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError


@cache
def meta_schema() -> dict[str, Any]:
    """The meta-schema: JSON Schema 2020-12 plus the project's keywords."""
    text = files("reportfill.pack").joinpath("vocabulary.schema.json").read_text(encoding="utf-8")
    return cast("dict[str, Any]", json.loads(text))


def schema_digest(schema: bytes) -> str:
    """What tells a schema.json from every other one."""
    return hashlib.sha256(schema).hexdigest()


@cache
def digests_in(file: str) -> frozenset[str]:
    """The digests in a file of the package: of what the tool comes with, and its tests hold to be sound. To go through
    a schema by the meta-schema takes half of what it takes to start."""
    return frozenset(files("reportfill.pack").joinpath(file).read_text(encoding="ascii").split())


def schema_problems(schema: object) -> list[PackProblem]:
    """Every place where a schema breaks the rules of its vocabulary; empty for a sound one."""
    errors = sorted(_validator().iter_errors(schema), key=lambda error: list(map(str, error.path)))
    named = [error for error in errors if not _is_said_better(error)]
    broken = {place_in_schema(error.absolute_path): _told(error) for error in named}
    problems = [PackProblem(place, words.en, words.zh) for place, words in broken.items()]
    return [*problems, *_other_dialect(schema), *unknown_keywords(schema)]


@cache
def _validator() -> Draft202012Validator:
    """What validates by the meta-schema, with its anchors looked up beforehand: those of the schema that a validator is
    given itself jsonschema looks up anew for every reference, which takes as long as all the rest."""
    from jsonschema import Draft202012Validator  # slow to import, and `--help` does without
    from referencing import Registry, Resource

    meta = meta_schema()
    known: Registry[Any] = Registry().with_resource(meta["$id"], Resource.from_contents(meta)).crawl()
    validator: Draft202012Validator = Draft202012Validator({"$ref": meta["$id"]}, registry=known)
    return validator


def _told(error: ValidationError) -> Text:
    """What breaks the vocabulary; a mention in the way of version 0.1 is told what to write now."""
    rule = error.instance if isinstance(error.instance, Mapping) else {}
    if "mentions" in error.absolute_path and ("pattern" in rule or "states" in rule):
        return Text(
            'pattern和states不再使用，请改为分组列词，例如"words": [["收到", "受理"], ["@request"]]；'
            "“未”“无”和0不用列（见docs/schema-vocabulary.zh-CN.md的mentions）",
            'pattern and states are no longer used: list the words instead, such as "words": [["收到", "受理"], '
            '["@request"]]; 未, 无 and 0 are understood (docs/schema-vocabulary.md, mentions)',
        )
    return problem_in_words(error)


def _is_said_better(error: ValidationError) -> bool:
    """Whether `unknown_keywords` or `placement` say more of the same."""
    is_type = error.validator == "anyOf" and list(error.path)[-1:] == ["type"]
    return is_type or "propertyNames" in error.schema_path


def _other_dialect(schema: object) -> list[PackProblem]:
    """That the schema is written in another dialect, whose keywords mean other things."""
    said = schema.get("$schema", DIALECT) if isinstance(schema, dict) else DIALECT
    if str(said).removesuffix("#") == DIALECT:
        return []
    return [PackProblem("schema.json#/$schema", f"must be {DIALECT}", f"必须是{DIALECT}")]
