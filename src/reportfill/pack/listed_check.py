"""Whether texts that have to be listed elsewhere can be: in a field of rows that are there for all to see."""

from __future__ import annotations

from collections.abc import Iterator

from reportfill.model.fields import Field, Fields, Schema, is_rows, subschemas
from reportfill.pack.problems import PackProblem, problem_in_schema
from reportfill.pack.tag_words import unknown_path


def listed_problems(schema: Schema, fields: Fields) -> Iterator[PackProblem]:
    """Every `listed_in` of a resolved schema that names no field in which texts are listed."""
    rows = {".".join(keys) for keys, node in subschemas(schema) if is_rows(node)}
    for field in fields.values():
        wrong = _wrong(field, fields, rows) if field.listed_in else None
        if wrong:
            steps, path = [], ""
            for key in field.path.split("."):
                path = f"{path}.{key}" if path else key
                steps += ["properties", key, *(["items"] if path in rows else [])]
            yield problem_in_schema([*steps, "listed_in"], *wrong)


def _wrong(field: Field, fields: Fields, rows: set[str]) -> tuple[str, str] | None:
    """What is wrong, in English and in Chinese."""
    listing = fields.get(field.listed_in)
    if listing is None:
        return unknown_path(field.listed_in, fields)
    is_within = any(listing.rows.startswith(f"{one}.") for one in rows)
    if not listing.kind.is_text or listing.kind.is_list or not listing.rows or is_within:
        return f"{field.listed_in} is no text of rows", f"{field.listed_in}不是各行里的文字"
    if listing.rows == field.rows:
        return f"{field.path} would be listed by itself", f"{field.path}列在它自己的各行里"
    return None
