"""What JSON Schema finds, in the words of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from reportfill.checks.findings import Finding, Severity, Text, finding
from reportfill.checks.submission import Submission
from reportfill.checks.values import number_finding, text_finding
from reportfill.pack.fields import Field
from reportfill.pack.pack import Pack
from reportfill.pack.plain_schema import Test, plain_test

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_ANNOTATIONS = frozenset({"title", "description", "unit", "rollup", "balances", "mentions"})

_TYPES = {
    "integer": Text("整数", "integer"),
    "number": Text("数字", "number"),
    "string": Text("文字", "string"),
    "array": Text("段落列表", "list of paragraphs"),
    "object": Text("对象", "object"),
}


def structure_findings(submission: Submission, pack: Pack) -> Iterator[Finding]:
    """What the data lack or hold against the schema. What reading already reported is not said again."""
    is_valid = _quick_look(pack)
    if is_valid is not None and is_valid(submission.data):
        return
    reported = {found.field for found in submission.findings if found.severity is Severity.ERROR}
    layout_broken = any(found.code.startswith("workbook.") for found in submission.findings)
    seen: set[str] = set()
    for error in _validator(pack).iter_errors(submission.data):
        for found in _findings(submission, pack, error):
            known = _is_reported(found.field, reported) or (layout_broken and found.code == "schema.missing")
            if not known and found.field not in seen:
                seen.add(found.field)
                yield found


@lru_cache(maxsize=16)
def _quick_look(pack: Pack) -> Test | None:
    return plain_test(pack.schema)


@lru_cache(maxsize=16)
def _validator(pack: Pack) -> Draft202012Validator:
    """The pack's validator without its balances: those are checked with their cells, in `balances`."""
    from jsonschema import Draft202012Validator  # slow to import, and `--help` does without

    return Draft202012Validator(_asserting(pack.schema))


def _asserting(node: Any) -> Any:
    """A schema without the keywords that assert nothing, each of which jsonschema would look at for every value."""
    if isinstance(node, list):
        return [_asserting(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: {name: _asserting(child) for name, child in value.items()}
        if key == "properties"
        else _asserting(value)
        for key, value in node.items()
        if key not in _ANNOTATIONS
    }


def _is_reported(path: str, reported: set[str]) -> bool:
    return any(known == path or known.startswith(f"{path}.") for known in reported)


def _findings(submission: Submission, pack: Pack, error: ValidationError) -> Iterator[Finding]:
    keys = [str(key) for key in error.absolute_path if isinstance(key, str)]
    path = ".".join(keys)
    if error.validator == "required":
        yield from _missing(submission, pack, keys, error)
    elif error.validator == "additionalProperties":
        known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
        for key in (key for key in _names(error.instance) if key not in known):
            extra = ".".join([*keys, key])
            yield finding("schema.unknown", field=extra, value=extra)
    else:
        field = pack.fields.get(path)
        found = _value_finding(field, error, _cell(submission, error)) if field else None
        yield found or _other(submission, path, error)


def _missing(
    submission: Submission, pack: Pack, keys: list[str], error: ValidationError
) -> Iterator[Finding]:
    for key in _names(error.validator_value):
        if key not in _names(error.instance):
            path = ".".join([*keys, key])
            below = [field for field in pack.fields.values() if f"{field.path}.".startswith(f"{path}.")]
            if below and all(field.path in pack.rules.derived for field in below):
                continue  # it lacks only because figures that it is the sum of do, and those are named
            label = below[0].label if len(below) == 1 else _heading(below, len(keys))
            yield finding("schema.missing", field=path, cell=submission.cell(path), label=label)


def _heading(fields: list[Field], depth: int) -> str:
    return fields[0].titles[depth] if fields else ""


def _value_finding(field: Field, error: ValidationError, cell: str) -> Finding | None:
    """The finding on one value, in the words that a cell would get; None where none of them fits."""
    if error.validator in ("minItems", "minLength") and not error.instance:
        return finding("text.empty", field=field.path, cell=cell, label=field.label)
    if field.kind.is_number and isinstance(error.instance, int | float | Decimal):
        return number_finding(field, error.instance, cell)
    if error.validator == "maxLength":
        return text_finding(field, str(error.instance), cell)
    return None


def _names(value: object) -> list[str]:
    """The keys of an object or the items of a list of names, as jsonschema hands them over."""
    return [str(name) for name in value] if isinstance(value, Iterable) else []


def _other(submission: Submission, path: str, error: ValidationError) -> Finding:
    cell, label = _cell(submission, error), submission.label(path)
    value = str(error.instance)[:60]
    if error.validator == "type":
        expected = _TYPES.get(str(error.validator_value), Text(*[str(error.validator_value)] * 2))
        return finding("schema.type", field=path, cell=cell, value=value, expected=expected, label=label)
    problem = f"{error.validator}: {error.validator_value}"[:120]
    return finding("schema.invalid", field=path, cell=cell, value=value, label=label, problem=problem)


def _cell(submission: Submission, error: ValidationError) -> str:
    path = ""
    for key in error.absolute_path:
        path += f"[{key}]" if isinstance(key, int) else f".{key}" if path else key
    return submission.cell(path)
