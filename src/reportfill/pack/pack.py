"""A pack, loaded: everything about one prescribed report as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from reportfill.errors import PackError
from reportfill.ooxml.guard import PackageError, unpacked
from reportfill.pack.discovery import MANIFEST, find_pack
from reportfill.pack.fields import Field, fields_of
from reportfill.pack.figures import value_at
from reportfill.pack.form import Form, read_form
from reportfill.pack.grid import GridError, read_grid
from reportfill.pack.manifest import Manifest, read_manifest
from reportfill.pack.rules import Rules, rules_of
from reportfill.pack.schema import Schema, read_schema, resolved
from reportfill.pack.tags import with_tags_replaced

SCHEMA, INTAKE, REPORT = "schema.json", "intake.xlsx", "report.docx"
AGENCY, CODE, YEAR = "agency.name", "agency.code", "year"
"""The fields by which every pack says whose report it is; the code is optional."""


@dataclass(frozen=True, eq=False)
class Pack:
    """Everything about one prescribed report.

    `schema` has its references resolved; `fields` are in reading order; `form` says where everything stands
    in `intake`, the bytes of intake.xlsx; `report` are the bytes of report.docx.
    """

    manifest: Manifest
    schema: Schema = field(repr=False)
    fields: Mapping[str, Field] = field(repr=False)
    rules: Rules = field(repr=False)
    form: Form = field(repr=False)
    intake: bytes = field(repr=False)
    report: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The pack's id, such as annual-report-2021."""
        return self.manifest.id

    @property
    def version(self) -> str:
        """The pack's version, such as 1.0.0."""
        return self.manifest.version

    @cached_property
    def text_paths(self) -> tuple[str, ...]:
        """The paths of the fields that are no figures."""
        return tuple(path for path, field in self.fields.items() if not field.kind.is_number)

    def report_name(self, data: Mapping[str, Any]) -> str:
        """The name of the report that data makes, without suffix, as pack.toml's pattern says."""
        return _name(self.manifest.report_name, data)

    def workbook_name(self, data: Mapping[str, Any]) -> str:
        """The name of the workbook for an agency and year, without suffix."""
        return _name(self.manifest.workbook_name, data)


def _name(pattern: str, data: Mapping[str, Any]) -> str:
    known = {path: value_at(data, path) for path in (AGENCY, CODE, YEAR)}
    return with_tags_replaced(pattern, {path: str(value or "") for path, value in known.items()})


def load_pack(wanted: str | Path | int) -> Pack:
    """The pack with that id, at that folder, or for that reporting year.

    Raises PackError when there is none or it is broken; `reportfill pack check` then names every problem.
    """
    return _load(find_pack(wanted).resolve())


@cache
def _load(folder: Path) -> Pack:
    return pack_from(read_parts(folder))


def read_parts(folder: Path) -> dict[str, bytes]:
    """The files of a pack by name. Raises PackError when one is missing."""
    parts: dict[str, bytes] = {}
    for name in (MANIFEST, SCHEMA, INTAKE, REPORT):
        try:
            parts[name] = (folder / name).read_bytes()
        except OSError as error:
            raise PackError(f"{folder} holds no readable {name}") from error
    return parts


def pack_from(parts: Mapping[str, bytes]) -> Pack:
    """The pack that these files make. Raises PackError when one of them is broken."""
    for name in (INTAKE, REPORT):
        refuse_unsafe(name, parts[name])
    schema = resolved(read_schema(parts[SCHEMA]))
    fields = fields_of(schema)
    for path in (AGENCY, YEAR):
        if path not in fields:
            raise PackError(f"schema.json: a report needs the field {path}")
    return Pack(
        manifest=read_manifest(parts[MANIFEST]),
        schema=schema,
        fields=fields,
        rules=rules_of(schema, fields),
        form=_form(parts[INTAKE]),
        intake=parts[INTAKE],
        report=parts[REPORT],
    )


def refuse_unsafe(name: str, content: bytes) -> None:
    """Raise PackError where a template is no package, is damaged, or holds what no office program writes."""
    try:
        unpacked(content)
    except PackageError as error:
        raise PackError(f"{name}: it cannot be read: {error}") from error


def _form(intake: bytes) -> Form:
    try:
        return read_form(read_grid(intake))
    except GridError as error:
        raise PackError(f"intake.xlsx cannot be read: it is {error.fault.value}") from error
