"""datapackage.json: what files of open data hold, for people and programs (Data Package, datapackage.org)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportfill.model.fields import Field
from reportfill.outputs.open_data.csv_data import CSV_COLUMNS, LABELS_JOINED
from reportfill.outputs.open_data.reported_values import parts_in_order
from reportfill.pack.pack import Pack

DATA_PACKAGE, DATA_SCHEMA = "datapackage.json", "schema.json"

_OF_COLUMNS: Mapping[str, tuple[str, str, str]] = {
    "agency": ("string", "单位名称", ""),
    "code": ("string", "单位编码", ""),
    "year": ("integer", "年度", ""),
    "path": (
        "string",
        "路径",
        "数据在报告中的位置，从schema.json可以查到；方括号内为行或者段落的序号，从0开始。",
    ),
    "labels": ("string", "项目", f"规定格式中的项目名称，由大到小，以“{LABELS_JOINED.strip()}”分隔。"),
    "value": ("string", "数据", "数字保留每一位；像公式的文字前加单引号。"),
    "unit": ("string", "计量单位", ""),
}
"""The type, the title and the description of each column of the long table."""

_TYPES = {name: name for name in ("integer", "number", "boolean", "date", "array")}
"""What Data Package calls the types of fields; all others are texts."""


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms data may be used: a short name such as CC-BY-4.0, or a title, and where they stand."""

    name: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class AboutData:
    """What is said of files of open data: a name in small letters for programs, a title, whose they are and under which
    licence; what is empty is left out, for nothing of it is made up."""

    name: str
    title: str
    description: str = ""
    publisher: str = ""
    homepage: str = ""
    licence: Licence | None = None


def data_package(pack: Pack, about: AboutData, files: Sequence[Path]) -> bytes:
    """datapackage.json of these files, which lie beside it: the same for the same files."""
    licence = about.licence
    said = {
        "profile": "data-package",
        "name": about.name,
        "title": about.title,
        "description": about.description,
        "homepage": about.homepage,
        "contributors": [{"title": about.publisher, "role": "publisher"}] if about.publisher else [],
        "licenses": [_given(name=licence.name, title=licence.title, path=licence.path)] if licence else [],
        "sources": [{"title": basis} for basis in pack.manifest.legal_basis],
        "resources": [_resource(pack, file) for file in files],
    }
    return (json.dumps(_given(**said), ensure_ascii=False, indent=2) + "\n").encode()


def data_schema(pack: Pack) -> bytes:
    """The schema of a report in the JSON data, as any validator takes it: that of its pack, with what names it."""
    schema: dict[str, Any] = {**pack.schema}
    schema["properties"] = {"$schema": {"const": pack.schema_id}, **schema["properties"]}
    return (json.dumps(schema, ensure_ascii=False, indent=2, default=float) + "\n").encode()


def _resource(pack: Pack, file: Path) -> dict[str, Any]:
    """What is said of a file: what it is, how large, and its SHA-256."""
    with open(file, "rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        **_RESOURCES[file.name](pack),
        "path": file.name,
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
    }


def _given(**said: Any) -> dict[str, Any]:
    """What is said, without what is empty."""
    return {key: value for key, value in said.items() if value}


def _csv(pack: Pack) -> dict[str, Any]:
    fields = [
        _given(name=name, type=kind, title=title, description=description)
        for name, (kind, title, description) in _OF_COLUMNS.items()
    ]
    assert tuple(_OF_COLUMNS) == CSV_COLUMNS
    return {
        "name": "values",
        "title": "全部数据，每个数据一行",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields},
    }


def _json(pack: Pack) -> dict[str, Any]:
    return {
        "name": "reports",
        "title": "全部报告，每份报告一行，结构见schema.json",
        "type": "json",
        "format": "json",
        "mediatype": "application/json",
        "encoding": "utf-8",
        "jsonSchema": DATA_SCHEMA,
    }


def _schema(pack: Pack) -> dict[str, Any]:
    return {
        "name": "schema",
        "title": f"{pack.manifest.title}的数据结构（JSON Schema）",
        "type": "json",
        "format": "json",
        "mediatype": "application/schema+json",
        "encoding": "utf-8",
    }


def _xlsx(pack: Pack) -> dict[str, Any]:
    return {
        "name": "workbook",
        "title": "数据表，每个单位一行",
        "type": "file",
        "format": "xlsx",
        "mediatype": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }


def _parquet(pack: Pack) -> dict[str, Any]:
    parts = [part for part in parts_in_order(pack) if not (isinstance(part, Field) and part.kind.is_laid)]
    fields = [
        _given(
            name=part.path,
            type=_TYPES.get(part.kind.name if not part.kind.is_list else "array", "string")
            if isinstance(part, Field)
            else "array",
            title=LABELS_JOINED.join(part.titles),
            description=part.description if isinstance(part, Field) else "",
            unit=part.unit if isinstance(part, Field) else "",
        )
        for part in parts
    ]
    return {
        "name": "columns",
        "title": "全部数据，每个单位一行，每个栏目一列",
        "type": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": {"fields": fields},
    }


_RESOURCES = {
    "data.csv": _csv,
    "data.json": _json,
    "data.xlsx": _xlsx,
    "data.parquet": _parquet,
    DATA_SCHEMA: _schema,
}
