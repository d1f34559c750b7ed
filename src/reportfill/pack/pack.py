"""A pack, loaded: everything about one prescribed report as one value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from reportfill.decimals import Number, exact, is_number
from reportfill.errors import PackError
from reportfill.model.conditions import FieldCondition
from reportfill.model.due import Due
from reportfill.model.fields import (
    Field,
    Fields,
    Group,
    RowGroup,
    Schema,
    fields_of,
    row_groups_of,
    tree_of,
)
from reportfill.model.figures import value_at
from reportfill.model.report_model import AGENCY, CODE, YEAR, PrintedHeadings
from reportfill.model.row_paths import Rows, field_path
from reportfill.office.guard import PackageError, unpacked
from reportfill.office.inspection.extent import FORM
from reportfill.office.package import parts_of
from reportfill.pack.condition_check import condition_problems
from reportfill.pack.discovery import MANIFEST, find_pack
from reportfill.pack.form import Form, read_intake
from reportfill.pack.last_printed import last_paths_printed
from reportfill.pack.listed_check import listed_problems
from reportfill.pack.manifest import Manifest, read_manifest
from reportfill.pack.printed_headings import printed_headings
from reportfill.pack.problems import BrokenPackError, PackProblem, broken
from reportfill.pack.row_blocks import with_row_blocks
from reportfill.pack.rules import Rules, rules_of
from reportfill.pack.schema import read_schema, resolved
from reportfill.pack.sheet_validations import validated_cells
from reportfill.pack.tags import with_tags_replaced
from reportfill.place import Cell, parse_address
from reportfill.plain_files import LARGEST, LARGEST_DATA, LARGEST_TEXT, read_file, shortened
from reportfill.system_words import reason_of

SCHEMA, INTAKE, REPORT, PAGE = "schema.json", "intake.xlsx", "report.docx", "report.html"
LARGEST_PARTS = {
    MANIFEST: LARGEST_TEXT,
    SCHEMA: LARGEST_DATA,
    INTAKE: LARGEST,
    REPORT: LARGEST,
    PAGE: LARGEST,
}
"""How many bytes each file of a pack may have."""

OPTIONAL_PARTS = (PAGE,)
"""The files that a pack may lack."""

_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Z]{1,3}[0-9]{1,7})[\"']")

SCHEMA_IDS = "urn:reportfill:pack:"
"""How the ids of schemas begin that have no other; the pack's own follows."""

NAMED_BY = (AGENCY, CODE, YEAR)
"""The fields whose tags the names of files can hold."""


@dataclass(frozen=True, eq=False)
class Pack:
    """Everything about one prescribed report.

    `schema` has its references resolved; `fields` are in reading order; `form` says where everything stands
    in `intake`, the bytes of intake.xlsx with as many rows as its tables are to have; `report` are the bytes of
    report.docx, `page` those of report.html, none where the pack has no page of its own.
    """

    manifest: Manifest
    schema: Schema = field(repr=False)
    fields: Mapping[str, Field] = field(repr=False)
    rules: Rules = field(repr=False)
    form: Form = field(repr=False)
    intake: bytes = field(repr=False)
    report: bytes = field(repr=False)
    page: bytes = field(repr=False, default=b"")

    @property
    def id(self) -> str:
        """The pack's id, such as annual-report-2021."""
        return self.manifest.id

    @property
    def schema_id(self) -> str:
        """The name by which other programs know its schema."""
        return str(self.schema.get("$id", f"{SCHEMA_IDS}{self.id}"))

    @property
    def version(self) -> str:
        """The pack's version, such as 1.0.0."""
        return self.manifest.version

    @cached_property
    def text_paths(self) -> tuple[str, ...]:
        """The paths of the fields that hold whatever somebody writes."""
        return tuple(path for path, field in self.fields.items() if field.kind.is_text)

    @cached_property
    def parts(self) -> dict[str, Field | Group]:
        """The fields and the groups of them by path."""
        return tree_of(self.fields.values())

    @cached_property
    def rows(self) -> dict[str, RowGroup]:
        """The rows by path, outer ones before those within them."""
        return row_groups_of(self.schema, self.fields)

    def label(self, path: str) -> str:
        """What people call a field or a group, of a value its field; the path itself of what is neither."""
        part = self.parts.get(field_path(path))
        return part.label if part else path

    def label_in_tables(self, path: str) -> str:
        """What a field is called in a table of all of them: with its section where another one has the same label."""
        field = self.fields[path]
        return " · ".join(field.titles) if self._labels[field.label] > 1 else field.label

    @cached_property
    def _labels(self) -> Counter[str]:
        return Counter(field.label for field in self.fields.values())

    @cached_property
    def narrative(self) -> tuple[Field, ...]:
        """The fields that hold paragraphs, in reading order."""
        return tuple(field for field in self.fields.values() if field.kind.is_narrative)

    @cached_property
    def conditional(self) -> Mapping[str, tuple[FieldCondition, ...]]:
        """The fields that are there under conditions only, by path."""
        return {path: field.conditions for path, field in self.fields.items() if field.conditions}

    @cached_property
    def last_printed(self) -> tuple[str, ...]:
        """The paths of those of last year's figures that the report prints."""
        named = (self.parts[path] for path in last_paths_printed(self.report) if path in self.parts)
        fields = dict.fromkeys(field for part in named for field in part.fields)
        return tuple(field.path for field in fields if field.kind.is_number)

    @cached_property
    def bounded_days(self) -> Mapping[str, Field]:
        """The days and months of which the schema names the first or the last one, by path."""
        return {path: field for path, field in self.fields.items() if field.earliest or field.latest}

    @cached_property
    def printed_otherwise(self) -> tuple[Field, ...]:
        """The fields of which people read something else than data have."""
        return tuple(field for field in self.fields.values() if field.kind.is_printed_otherwise)

    def require_year(self, year: int) -> None:
        """Raise PackError, naming the years that the pack serves, where this is none of them."""
        least, most = self.fields[YEAR].minimum, self.fields[YEAR].maximum
        is_possible = (least is None or year >= least) and (most is None or year <= most)
        if self.manifest.serves(year) and is_possible:
            return
        first = self.manifest.first_year if least is None else max(least, self.manifest.first_year)
        last = min((end for end in (self.manifest.last_year, most) if end is not None), default="")
        said = shortened(str(year))
        raise PackError(
            f"{self.id} serves the years {first}–{last}, not {said}",
            f"模板包{self.id}适用于{first}–{last}年度，不适用于{said}年度",
        )

    @cached_property
    def ruled_cells(self) -> frozenset[Cell]:
        """The input cells for which intake.xlsx has a data validation of its designer's own."""
        inputs = frozenset(cell for cells in self.form.inputs.values() for cell in cells)
        return validated_cells(parts_of(self.intake), inputs)

    @cached_property
    def printed_headings(self) -> PrintedHeadings:
        """The headings that the report prints by itself."""
        return printed_headings(self.report, self.rules.wordings.before_headings)

    def is_derived(self, path: str) -> bool:
        """Whether a figure follows from others and need not be typed."""
        return field_path(path) in self.rules.derived

    def derive(self, values: Mapping[str, Any], rows: Rows) -> dict[str, Number]:
        """The derived figures that are missing and that the other values give, in these rows too."""
        if all(path in values and not balance.rows for path, balance in self.rules.derived.items()):
            return {}
        figures = {path: exact(value) for path, value in values.items() if is_number(value)}
        return self.rules.derive(figures, self.rows, rows, Due(self, values).is_due)

    def report_name(self, data: Mapping[str, Any]) -> str:
        """The name of the report that data makes, without suffix, as pack.toml's pattern says."""
        return _name(self.manifest.report_name, data)

    def workbook_name(self, data: Mapping[str, Any]) -> str:
        """The name of the workbook for an agency and year, without suffix."""
        return _name(self.manifest.workbook_name, data)


def _name(pattern: str, data: Mapping[str, Any]) -> str:
    known = {path: value_at(data, path) for path in NAMED_BY}
    return with_tags_replaced(pattern, {path: str(value or "") for path, value in known.items()})


def load_pack(wanted: str | Path | int) -> Pack:
    """The pack with that id, at that folder, or for that reporting year.

    Raises PackError when there is none or it is broken; `reportfill pack check` then names every problem.
    """
    return pack_in(find_pack(wanted))


def pack_in(folder: Path) -> Pack:
    """The pack in a folder. Raises PackError when it is broken."""
    return _load(folder.resolve(), tuple(_stamp(folder / name) for name in LARGEST_PARTS))


@lru_cache(maxsize=64)
def _load(folder: Path, stamps: tuple[object, ...]) -> Pack:
    """A pack is read once, and again when a file of it has changed: a watcher runs for weeks."""
    return pack_from(read_parts(folder))


def _stamp(path: Path) -> object:
    """What tells a changed file from the one before; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def read_parts(folder: Path) -> dict[str, bytes]:
    """The files of a pack by name. Raises PackError when one is missing that it must have."""
    parts: dict[str, bytes] = {}
    for name in LARGEST_PARTS:
        try:
            parts[name] = read_file(folder / name, LARGEST_PARTS[name])
        except OSError as error:
            if is_absent_by_choice(name, error):
                continue
            why = reason_of(error, folder / name)
            raise PackError(
                f"{folder} holds no readable {name}: {why.en}", f"{folder}中的{name}无法读取：{why.zh}"
            ) from error
    return parts


def is_absent_by_choice(name: str, error: OSError) -> bool:
    """Whether a file that could not be read is one that a pack may lack, and that this one lacks."""
    return name in OPTIONAL_PARTS and isinstance(error, FileNotFoundError)


def pack_from(parts: Mapping[str, bytes]) -> Pack:
    """The pack that these files make. Raises PackError when one of them is broken."""
    try:
        return _made_of(parts)
    except RecursionError as error:
        raise broken(SCHEMA, "it is nested too deep", "嵌套过深") from error


def _made_of(parts: Mapping[str, bytes]) -> Pack:
    for name in (INTAKE, REPORT):
        refuse_unsafe(name, parts[name])
    schema = resolved(read_schema(parts[SCHEMA]))
    fields = fields_of(schema)
    for path in (AGENCY, YEAR):
        if path not in fields:
            raise broken(SCHEMA, f"a report needs the field {path}", f"报告必须有栏目{path}")
    manifest = read_manifest(parts[MANIFEST])
    rules = rules_of(schema, fields)
    problems = naming_problems(schema, fields, rules)
    if problems:
        raise BrokenPackError(problems)
    intake = with_row_blocks(parts[INTAKE], fields, row_groups_of(schema, fields), manifest.rows)
    return Pack(
        manifest=manifest,
        schema=schema,
        fields=fields,
        rules=rules,
        form=read_intake(intake, manifest.formerly)[1],
        intake=intake,
        report=parts[REPORT],
        page=parts.get(PAGE, b""),
    )


def naming_problems(schema: Schema, fields: Fields, rules: Rules) -> list[PackProblem]:
    """Every condition and every list of a resolved schema that names a field that cannot serve it."""
    return [*condition_problems(schema, fields, rules.derived), *listed_problems(schema, fields)]


def refuse_unsafe(name: str, content: bytes) -> None:
    """Raise PackError where a template is no package, is damaged, or holds what no office program writes."""
    try:
        parts = unpacked(content)
    except PackageError as error:
        raise broken(name, f"it cannot be read: {error}", f"无法读取：{error.chinese}") from error
    far = next(_far_cells(parts), "") if name == INTAKE else ""
    if far:
        raise broken(
            INTAKE,
            f"the cell {far} is too far away from the form; delete all rows and columns behind the form",
            f"单元格{far}离表格太远；请删去表格后面所有的行和列",
        )


def _far_cells(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The cells that stand where no form reaches: a sheet is read as a whole, from A1 to its last row and column."""
    for name, part in parts.items():
        if name.startswith("xl/worksheets/"):
            for address in _CELL.findall(part):
                row, column = parse_address(address.decode())
                if row >= FORM.rows or column >= FORM.columns:
                    yield address.decode()
