"""Reports as JSON, laid out as the schema of their pack lays them out, with decimals to the last digit."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import IO, Any

from reportfill.decimals import LARGEST_EXPONENT, exact, plain, reduced
from reportfill.model.data_values import SCHEMA_OF_DATA
from reportfill.model.fields import is_rows
from reportfill.model.kinds.table import kind_of_field
from reportfill.model.submission import Submission
from reportfill.office.pictures import Picture
from reportfill.outputs.open_data.data_writer import DataWriter
from reportfill.pack.pack import Pack


def report_object(pack: Pack, submission: Submission, *, with_pictures: bool) -> dict[str, Any]:
    """A report as an object of JSON that names its schema, in that order; pictures as base64, or not at all."""
    data = _in_order(submission.exact_data, pack.schema, with_pictures)
    return {SCHEMA_OF_DATA: pack.schema_id, **data}


def json_text(value: Any, indent: str = "") -> str:
    """A value as JSON on one line, or where there is an indent, a line break and blanks, over several."""
    if isinstance(value, Mapping):
        within = [f"{_text(key)}: {json_text(child, _deeper(indent))}" for key, child in value.items()]
        return _bracketed("{", "}", within, indent)
    if isinstance(value, list | tuple):
        return _bracketed("[", "]", [json_text(child, _deeper(indent)) for child in value], indent)
    if isinstance(value, Decimal):
        return plain(value) if abs(value.adjusted()) <= LARGEST_EXPONENT else str(value)
    return _text(value)


class _LongDecimalError(ValueError):
    """A decimal that no float denotes, or that JSON's own writer gives an exponent."""


def _on_one_line(value: Any) -> str:
    """The same as `json_text` on one line, in a fifth of the time where no decimal is long."""
    try:
        return json.dumps(value, ensure_ascii=False, default=_short_decimal)
    except _LongDecimalError:
        return json_text(value)


def _short_decimal(value: Decimal) -> int | float:
    number = reduced(value)
    if isinstance(number, Decimal) and not (exact(float(number)) == number and -5 < number.adjusted() < 16):
        raise _LongDecimalError
    return number if isinstance(number, int) else float(number)


class JsonData(DataWriter):
    """An array of JSON with a report on each line, so that it can be read as a whole or line by line. It is without
    pictures."""

    def __init__(self, pack: Pack, stream: IO[bytes]) -> None:
        super().__init__(pack, stream)
        self._before = "[\n"

    def add(self, submissions: Sequence[Submission]) -> None:
        """Write a line for each report."""
        for submission in submissions:
            line = _on_one_line(report_object(self._pack, submission, with_pictures=False))
            self._stream.write(as_utf8(self._before + line))
            self._before = ",\n"

    def finish(self) -> None:
        """Close the array."""
        self._stream.write(b"\n]\n" if self._before == ",\n" else b"[]\n")


def as_utf8(text: str) -> bytes:
    """The bytes of JSON; half of a pair of surrogates, which UTF-8 cannot have, stands as its number."""
    return text.encode("utf-8", "backslashreplace")


def _in_order(value: Any, node: Mapping[str, Any], with_pictures: bool) -> Any:
    """A value, or what is within it, in the order of its schema; what is no field's is left out."""
    if isinstance(value, Mapping):
        parts = {key: child for key, child in node.get("properties", {}).items() if key in value}
        ordered = {key: _in_order(value[key], child, with_pictures) for key, child in parts.items()}
        return {key: child for key, child in ordered.items() if child is not None}
    if is_rows(node) and isinstance(value, list):
        return [_in_order(row, node["items"], with_pictures) for row in value]
    if "format" in node and _is_laid(node):
        return _file(value) if with_pictures and isinstance(value, Picture) else None
    return value


def _is_laid(node: Mapping[str, Any]) -> bool:
    kind = kind_of_field(node)
    return kind is not None and kind.is_laid


def _file(picture: Picture) -> str:
    return base64.b64encode(picture.file_content).decode("ascii")


def _bracketed(opening: str, closing: str, within: Sequence[str], indent: str) -> str:
    if not within or not indent:
        return f"{opening}{', '.join(within)}{closing}"
    deeper = _deeper(indent)
    return f"{opening}{deeper}{f',{deeper}'.join(within)}{indent}{closing}"


def _deeper(indent: str) -> str:
    return indent and f"{indent}  "


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
