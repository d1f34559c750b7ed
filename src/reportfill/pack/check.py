"""Whether a pack's schema and its two templates fit together: every problem, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from reportfill.errors import PackError
from reportfill.pack.discovery import MANIFEST, find_packs, manifest_in
from reportfill.pack.fields import Field, FieldKind, fields_of
from reportfill.pack.form import Form, read_form
from reportfill.pack.grid import Cell, GridError, read_grid
from reportfill.pack.manifest import read_manifest
from reportfill.pack.pack import AGENCY, CODE, INTAKE, LARGEST_PARTS, REPORT, SCHEMA, YEAR, refuse_unsafe
from reportfill.pack.placement import slow_patterns
from reportfill.pack.problems import BrokenPackError, PackProblem
from reportfill.pack.report_tags import TagUse, report_problems, report_tags
from reportfill.pack.rules import rules_of
from reportfill.pack.schema import Schema, read_schema, resolved
from reportfill.pack.series import overlapping
from reportfill.pack.tags import TAG, is_form_tag, tag_paths
from reportfill.plain_files import read_file

Fields = dict[str, Field]

FORM_TAGS = (
    "form.balance.title",
    "form.balance.place",
    "form.balance.left",
    "form.balance.right",
    "form.balance.difference",
    "form.balance.verdict",
    "form.balance.failures",
    "form.open.sheet",
    "form.open.count",
    "form.open.first",
    "form.open.total",
)
"""What the tool itself can put into a workbook; docs/packs.md says what each stands for."""


def pack_problems(folder: Path) -> list[PackProblem]:
    """Everything that is wrong with the pack in a folder; empty for a sound one."""
    parts: dict[str, bytes] = {}
    problems: list[PackProblem] = []
    for name in (MANIFEST, SCHEMA, INTAKE, REPORT):
        try:
            parts[name] = read_file(folder / name, LARGEST_PARTS[name])
        except OSError as error:
            problems.append(PackProblem(name, f"the file is missing or cannot be read: {error.strerror}"))
    if MANIFEST in parts:
        problems += _from_error(lambda: read_manifest(parts[MANIFEST]))
    schema, faults = _schema(parts[SCHEMA]) if SCHEMA in parts else (None, [])
    problems += faults
    fields = fields_of(schema) if schema is not None else None
    for name, of_template in ((INTAKE, _workbook_problems), (REPORT, _report_problems)):
        if name in parts:
            problems += _unsafe(name, parts[name]) or of_template(parts[name], fields)
    return problems


def series_problems(folder: Path) -> list[PackProblem]:
    """The other packs of a pack's series that serve a year which it serves: which is meant nobody could tell."""
    try:
        manifest = manifest_in(folder)
    except PackError:
        return []  # `pack_problems` says why
    return [
        PackProblem(
            f"{MANIFEST} years",
            f"{other} is of the same series, {manifest.series}, and serves some of the same years",
            f"{other.chinese}是同一系列（{manifest.series}）的，适用年度有重叠",
        )
        for other in overlapping(manifest, find_packs())
    ]


def _unsafe(name: str, content: bytes) -> list[PackProblem]:
    return _from_error(lambda: refuse_unsafe(name, content))


def _schema(content: bytes) -> tuple[Schema | None, list[PackProblem]]:
    """The resolved schema, None where it cannot be used at all, and what is wrong with it."""
    try:
        schema = resolved(read_schema(content))
        fields = fields_of(schema)
    except PackError as error:
        return None, _problems_in(error)
    identity = [
        PackProblem(SCHEMA, f"a report needs the field {path}")
        for path in (AGENCY, YEAR)
        if path not in fields
    ]
    return schema, [*identity, *_from_error(lambda: rules_of(schema, fields)), *slow_patterns(schema)]


def _from_error(attempt: Callable[[], object]) -> list[PackProblem]:
    try:
        attempt()
    except PackError as error:
        return _problems_in(error)
    return []


def _problems_in(error: PackError) -> list[PackProblem]:
    """The problems that an error holds, or that its lines name, each "place: message"."""
    if isinstance(error, BrokenPackError):
        return list(error.problems)
    split = (line.partition(": ") for line in str(error).splitlines())
    return [PackProblem(place, message) for place, _, message in split]


def _workbook_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    try:
        form = read_form(read_grid(content))
    except GridError as error:
        yield PackProblem(INTAKE, f"cannot be read: it is {error.fault.value}")
        return
    for path, cells in form.tools.items():
        if path not in FORM_TAGS:
            yield _at(cells[0], f"the tool knows no tag {path}; there are: {', '.join(FORM_TAGS)}")
    if fields is not None:
        for path, cells in form.inputs.items():
            yield from _input_problems(path, cells, fields)
        yield from _shown_problems(form, fields)
        yield from (
            PackProblem(INTAKE, f"no cell has the tag {{{{ {path} }}}} ({field.label})")
            for path, field in fields.items()
            if path not in form.inputs and path != CODE
        )


def _input_problems(path: str, cells: tuple[Cell, ...], fields: Fields) -> Iterator[PackProblem]:
    field = fields.get(path)
    if field is None:
        yield _at(cells[0], _unknown(path, fields))
    elif field.kind is FieldKind.PARAGRAPHS:
        if any(cell != _below(cells[0], down) for down, cell in enumerate(cells)):
            yield _at(cells[0], f"the rows of {path} must stand one below the other without a gap")
    else:
        for cell in cells[1:]:
            yield _at(cell, f"the tag {path} stands twice; first in {cells[0]}")


def _shown_problems(form: Form, fields: Fields) -> Iterator[PackProblem]:
    for cell, text in form.shown.items():
        for path in tag_paths(text):
            if is_form_tag(path):
                yield _at(cell, f"the tag {path} must be all that its cell holds")
            elif path not in fields:
                yield _at(cell, _unknown(path, fields))
            elif path not in form.inputs:
                yield _at(cell, f"{path} is shown here, but no cell of its own has the tag")
        if "{{" in TAG.sub("", text) or "}}" in TAG.sub("", text):
            yield _at(cell, "a tag is not complete: {{ path }}")


def _below(cell: Cell, rows: int) -> Cell:
    return cell._replace(row=cell.row + rows)


def _at(cell: Cell, message: str) -> PackProblem:
    return PackProblem(f"{INTAKE} {cell}", message)


def _report_problems(content: bytes, fields: Fields | None) -> Iterator[PackProblem]:
    broken = report_problems(content)
    yield from broken
    if broken or fields is None:
        return
    tags = report_tags(content)
    for tag in tags:
        field = fields.get(tag.path)
        if field is None:
            yield PackProblem(tag.place, _unknown(tag.path, fields))
        elif field.kind is FieldKind.PARAGRAPHS and tag.use is TagUse.VALUE:
            yield PackProblem(tag.place, f"{tag.path} is a list of paragraphs and needs a loop around it")
        elif field.kind is not FieldKind.PARAGRAPHS and tag.use is TagUse.LOOP:
            yield PackProblem(tag.place, f"{tag.path} is a single value and cannot be looped over")
    printed = {tag.path for tag in tags}
    yield from (
        PackProblem(REPORT, f"{{{{ {path} }}}} is printed nowhere ({field.label})")
        for path, field in fields.items()
        if path not in printed and path != CODE
    )


def _unknown(path: str, fields: Fields) -> str:
    """That the schema lacks a path, with what may have been meant."""
    if any(known.startswith(f"{path}.") for known in fields):
        return f"{path} is a group of fields, not a field"
    from difflib import get_close_matches

    close = get_close_matches(path, fields, n=1, cutoff=0.8)
    return f"the schema has no field {path}" + (f"; is {close[0]} meant?" if close else "")
