"""Reports as a table of columns with types (Apache Parquet): an agency a row, a field a column, what is in rows a list.

Nothing of a figure is lost: decimals are decimals, of more digits than most programs reckon with only where some figure
needs them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from reportfill.model.fields import Field, RowGroup, is_rows, schema_of_parts
from reportfill.model.figures import value_at
from reportfill.model.submission import Submission
from reportfill.outputs.open_data.data_writer import DataWriter
from reportfill.outputs.open_data.reported_values import parts_in_order
from reportfill.pack.pack import Pack

# Arrow's own allocator takes a gibibyte of addresses at once, half of what a process may have for a file (pyarrow
# 26.0.1, findings/pyarrow-takes-a-gibibyte-of-addresses.sh). It is chosen when pyarrow is imported, and so before that.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
import pyarrow as pa
import pyarrow.parquet as pq


class _Types(NamedTuple):
    """The types of figures, by what a schema calls theirs."""

    integer: pa.DataType
    number: pa.DataType


_USUAL = _Types(pa.int64(), pa.decimal128(38, 18))
_WIDE = _Types(pa.decimal128(38, 0), pa.decimal256(76, 30))
_ROWS_OF_GROUP = 5000
"""Rows that are written together: what is noted of each group stays in memory to the end."""

_OTHERS = {"boolean": pa.bool_(), "date": pa.date32()}


class ParquetData(DataWriter):
    """The table. Pictures are no data; a figure of more digits than its type has makes all of the table wider."""

    def __init__(self, pack: Pack, stream: IO[bytes]) -> None:
        super().__init__(pack, stream)
        self._open(_USUAL)

    def add(self, submissions: Sequence[Submission]) -> None:
        """Write a row for each report."""
        columns = {name: _values(self._pack, name, submissions) for name in self._schema.names}
        try:
            self._waiting.append(self._typed(columns))
        except (pa.ArrowInvalid, OverflowError):
            self._widen()
            self._waiting.append(self._typed(columns))
        if sum(table.num_rows for table in self._waiting) >= _ROWS_OF_GROUP:
            self._write_group()

    def finish(self) -> None:
        """Write what belongs at the end."""
        self._write_group()
        self._writer.close()
        self._file.seek(0)
        copyfileobj(self._file, self._stream)
        self._file.close()

    def _open(self, types: _Types) -> None:
        self._schema = _schema_of(self._pack, types)
        self._file = TemporaryFile()  # noqa: SIM115  # by `finish`
        self._writer = pq.ParquetWriter(self._file, self._schema, compression="zstd")

        self._waiting: list[pa.Table] = []

    def _typed(self, columns: Mapping[str, Sequence[Any]]) -> pa.Table:
        typed = [
            pa.array([_value(value, kind) for value in columns[name]], kind)
            for name, kind in zip(self._schema.names, self._schema.types, strict=True)
        ]
        return pa.Table.from_arrays(typed, schema=self._schema)

    def _write_group(self) -> None:
        """Write the rows that wait as a group."""
        if self._waiting:
            together = pa.concat_tables(self._waiting)
            self._writer.write_table(together, row_group_size=together.num_rows)
            self._waiting.clear()

    def _widen(self) -> None:
        """Write what was written once more, with wider types."""
        self._write_group()
        self._writer.close()
        with self._file as narrow:
            self._open(_WIDE)
            written = pq.ParquetFile(narrow)
            for number in range(written.num_row_groups):
                self._writer.write_table(written.read_row_group(number).cast(self._schema))


def _schema_of(pack: Pack, types: _Types) -> pa.Schema:
    columns = [
        pa.field(part.path, _type_of_part(pack, part, types), metadata=_about(part))
        for part in parts_in_order(pack)
        if not (isinstance(part, Field) and part.kind.is_laid)
    ]
    return pa.schema(columns, {"title": pack.manifest.title, "schema": pack.schema_id})


def _about(part: Field | RowGroup) -> dict[str, str]:
    """What people are told of a column."""
    said = {"title": " · ".join(part.titles)}
    if isinstance(part, Field):
        said |= {"unit": part.unit} if part.unit else {}
    return said


def _type_of(field: Field, types: _Types) -> pa.DataType:
    kind = {type(option.value) for option in field.choices}
    name = (
        field.kind.name if not kind else "integer" if kind == {int} else "number" if str not in kind else ""
    )
    entry = types._asdict().get(name) or _OTHERS.get(name, pa.string())
    return pa.list_(entry) if field.kind.is_list else entry


def _type_of_part(pack: Pack, part: Field | RowGroup, types: _Types) -> pa.DataType:
    node: Mapping[str, Any] = pack.schema
    for key in part.path.split("."):
        node = schema_of_parts(node)["properties"][key]
    return _type_of_node(pack, node, part.path, types)


def _type_of_node(pack: Pack, node: Mapping[str, Any], path: str, types: _Types) -> pa.DataType:
    """The type of what a schema describes: of an object a struct, of rows a list of structs."""
    if path in pack.fields:
        return _type_of(pack.fields[path], types)
    children = schema_of_parts(node)["properties"].items()
    within = pa.struct(
        [
            (key, _type_of_node(pack, child, f"{path}.{key}", types))
            for key, child in children
            if f"{path}.{key}" not in pack.fields or not pack.fields[f"{path}.{key}"].kind.is_laid
        ]
    )
    return pa.list_(within) if is_rows(node) else within


def _values(pack: Pack, name: str, submissions: Sequence[Submission]) -> list[Any]:
    """What reports have in a column."""
    if name in pack.fields:
        return [submission.values.get(name) for submission in submissions]
    return [value_at(submission.exact_data, name) for submission in submissions]


def _value(value: Any, kind: pa.DataType) -> Any:
    """A value as its type has it, none where it is a blank."""
    if type(value) is int or value is None or value == "":
        return None if value == "" else value
    if pa.types.is_struct(kind):
        return {one.name: _value(value.get(one.name), one.type) for one in kind}
    if pa.types.is_list(kind):
        return [_value(entry, kind.value_type) for entry in value]
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_string(kind):
        return str(value).encode("utf-8", "replace").decode()
    return value if pa.types.is_boolean(kind) or pa.types.is_integer(kind) else Decimal(value)
