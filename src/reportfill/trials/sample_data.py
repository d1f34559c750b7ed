"""Made-up data that a pack's schema allows, to try the pack with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from reportfill.model.fields import Field, FieldKind, Schema, subschemas
from reportfill.model.figures import with_values
from reportfill.model.report_model import YEAR
from reportfill.pack.pack import Pack

_LONG = 2000
"""Characters of a long paragraph: four pages of a report hold about so many."""


def sample_data(pack: Pack, *, only_required: bool = False, long: bool = False) -> dict[str, Any]:
    """Nested data with a value for each field, or for each one that is required; derived figures are left to be
    worked out. With `long`, texts are as long as the schema lets them be, up to a few pages."""
    nodes = {".".join(keys): node for keys, node in subschemas(pack.schema)}
    values: dict[str, Any] = {}
    for path, field in pack.fields.items():
        if path not in pack.rules.derived and (field.required or not only_required):
            values[path] = _value(field, nodes[path], long=long)
    return with_values({}, values | {YEAR: pack.manifest.first_year})


def marker(field: Field) -> str:
    """The words by which a field's sample is known again, whatever a template makes of its letters."""
    return f"{field.order:04d}"


def is_marked(field: Field, node: Mapping[str, Any]) -> bool:
    """Whether a field's sample can be known again: it is a text that the schema leaves free."""
    return (
        not field.kind.is_number and not _choices(node) and (field.max_length or _LONG) >= len(marker(field))
    )


def _value(field: Field, node: Mapping[str, Any], *, long: bool) -> Any:
    make: Callable[[Field, Mapping[str, Any], bool], Any] = _number if field.kind.is_number else _text
    return make(field, node, long)


def _choices(node: Schema | Mapping[str, Any]) -> list[Any]:
    """The values that a schema names as the only ones."""
    text = node.get("items", node)
    return [text["const"]] if "const" in text else list(text.get("enum", ()))


def _number(field: Field, node: Mapping[str, Any], long: bool) -> int | Decimal:
    choices = _choices(node)
    if choices:
        return choices[0]  # type: ignore[no-any-return]  # a schema is JSON
    value = 1_234_567 if long else 12
    if field.maximum is not None:
        value = min(value, int(field.maximum))
    return max(value, -(-int(field.minimum) // 1)) if field.minimum is not None else value


def _text(field: Field, node: Mapping[str, Any], long: bool) -> str | list[str]:
    choices = _choices(node)
    if field.kind is FieldKind.PARAGRAPHS:
        words = choices or [f"{marker(field)}示例文字", f"示例文字的第二段{marker(field)}"]
        return [_cut(_lengthened(text, long), field) for text in words[:2]]
    return str(choices[0]) if choices else _cut(_lengthened(f"{marker(field)}示例", long), field)


def _lengthened(text: str, long: bool) -> str:
    return text + "长" * (_LONG - len(text)) if long else text


def _cut(text: str, field: Field) -> str:
    return text[: field.max_length] if field.max_length is not None else text
