"""Old workbooks whose texts calamine would garble, as Excel 97 writes them.

calamine decodes all texts by the code page that a workbook states. Before Excel 97 that is right, but of pages with
more than one byte to a character, as Chinese ones are, it makes nothing; since Excel 97 all texts are in Unicode
whatever page is stated ([MS-XLS] 2.4.52, 2.5.294), and it reads them where it states Unicode's.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from typing import NamedTuple

from reportfill.office.compound_file import file_of_one_stream
from reportfill.office.inspection.binary_cells import RecordError
from reportfill.office.inspection.xls_records import (
    BEGIN,
    CODE_PAGE,
    CONTINUED,
    END,
    FORMAT,
    FORMULA,
    LABEL,
    NAME,
    OTHER_SHEET,
    RICH_LABEL,
    SHEET,
    STREAM,
    STRING,
    stream_of,
)
from reportfill.place import Cell

_EXCEL_97 = 0x0600
"""The version that begins a workbook of Excel 97 and later; those of Excel 5.0 and 95 are 0x0500."""

_UNICODE_PAGE = 1200
_USUAL_PAGE = 936
"""That of Chinese Windows: Excel takes the system's where a workbook states none."""

_ENCODINGS = {
    936: "gb18030",
    10000: "mac-roman",
    10001: "shift_jis",
    10002: "big5",
    10003: "euc_kr",
    10008: "gb18030",
    32768: "mac-roman",
    32769: "cp1252",
}
"""Code pages that Python does not call cp and their number."""

_LEFT_OUT = {NAME, OTHER_SHEET}
"""What Excel 97 writes otherwise, and nobody asks for."""

_LENGTHS_AT = {LABEL: (6, 2), RICH_LABEL: (6, 2), STRING: (0, 2), SHEET: (6, 1), FORMAT: (2, 1)}
"""Where the length of the text stands in records of Excel 5.0 and 95, and how many bytes it has."""

_FULL = 254
"""Bytes of a text that fills its cell in Excel 5.0 and 95, which has 255 of them, or one less than a character of two:
what is longer is cut when a workbook is saved so. A whole text may be as long by chance, which nothing tells."""

_LARGEST = 0xFFFF
"""Bytes of a record whose size can be told."""

_TOKENS_AT = 20
"""Where a formula's own tokens stand in its record, behind its result."""


class OldWorkbook(NamedTuple):
    """An .xls with its texts in Unicode, and the cells whose texts are as long as its format allows: these may be cut
    off."""

    content: bytes
    cut: frozenset[Cell] = frozenset()


class _Record(NamedTuple):
    """A record and where it began."""

    start: int
    kind: int
    body: bytes


def in_unicode(content: bytes) -> OldWorkbook:
    """The .xls with its texts as calamine reads them; the same bytes where they are so. Raises RecordError."""
    stream = stream_of(content)
    if stream is None:
        return OldWorkbook(content)
    (version,) = struct.unpack_from("<H", stream, 4)
    page = _stated_page(stream)
    if version >= _EXCEL_97 and page in (None, _UNICODE_PAGE):
        return OldWorkbook(content)
    records = list(_records(stream))
    if version >= _EXCEL_97:
        return OldWorkbook(file_of_one_stream(STREAM, _joined(records)))
    records = _with_continued(records)
    encoding = _encoding(page)
    rewritten = [_as_since_97(record, encoding) for record in records if record.kind not in _LEFT_OUT]
    cut = frozenset(_cut_cells(records, encoding))
    return OldWorkbook(file_of_one_stream(STREAM, _joined(rewritten)), cut)


def _stated_page(stream: bytes) -> int | None:
    """The code page that a workbook states before its first sheet."""
    for record in _records(stream):
        if record.kind == CODE_PAGE and len(record.body) >= 2:
            return int.from_bytes(record.body[:2], "little")
        if record.kind == END:
            break
    return None


def _encoding(page: int | None) -> str:
    for number in (page, _USUAL_PAGE):
        encoding = _ENCODINGS.get(number or 0, f"cp{number}")
        try:
            return codecs.lookup(encoding).name
        except LookupError:
            continue
    raise AssertionError(_USUAL_PAGE)


def _records(stream: bytes) -> Iterator[_Record]:
    """All records of a stream; what stands behind the last whole one is none."""
    position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        body = stream[position + 4 : position + 4 + size]
        if len(body) < size:
            break
        yield _Record(position, kind, body)
        position += 4 + size


def _with_continued(records: list[_Record]) -> list[_Record]:
    """The records of Excel 5.0 or 95, those of texts that go on in others as one. Since Excel 97 each part of a text
    begins with a byte that says how its characters are written, and stays by itself."""
    joined: list[_Record] = []
    for record in records:
        if record.kind == CONTINUED and joined and joined[-1].kind in _LENGTHS_AT:
            joined[-1] = joined[-1]._replace(body=joined[-1].body + record.body)
        else:
            joined.append(record)
    return joined


def _text_in(record: _Record) -> bytes:
    """The text in a record of Excel 5.0 or 95, in its code page. Raises RecordError where it breaks off."""
    at, width = _LENGTHS_AT[record.kind]
    start = at + width
    length = int.from_bytes(record.body[at:start], "little")
    text = record.body[start : start + length]
    if len(record.body) < start or len(text) < length:
        raise RecordError
    return text


def _cut_cells(records: list[_Record], encoding: str) -> Iterator[Cell]:
    """The cells of a workbook of Excel 5.0 or 95 that hold as much text as they can."""
    starts: dict[int, str] = {}
    sheet = ""
    for record in records:
        sheet = starts.get(record.start, sheet)
        if record.kind == SHEET:
            starts[int.from_bytes(record.body[:4], "little")] = _text_in(record).decode(encoding, "replace")
        elif record.kind in (LABEL, RICH_LABEL) and len(_text_in(record)) >= _FULL:
            yield Cell(sheet, *struct.unpack_from("<HH", record.body))


def _as_since_97(record: _Record, encoding: str) -> _Record:
    """A record of Excel 5.0 or 95 as Excel 97 writes it; of a formula, its result."""
    kind, body = record.kind, record.body
    if kind == BEGIN:
        return record._replace(body=struct.pack("<H", _EXCEL_97) + body[2:])
    if kind == FORMULA:
        return record._replace(body=body[:_TOKENS_AT].ljust(_TOKENS_AT + 2, b"\0"))
    if kind not in _LENGTHS_AT:
        return record
    at, width = _LENGTHS_AT[kind]
    units = _text_in(record).decode(encoding, "replace").encode("utf-16-le")
    length = (len(units) // 2).to_bytes(2 if kind == FORMAT else width, "little")
    return record._replace(body=body[:at] + length + b"\1" + units)


def _joined(records: list[_Record]) -> bytes:
    """A stream of records, which states Unicode's page, and where its sheets begin now. Raises RecordError."""
    places, end = {}, 0
    for record in records:
        places[record.start] = end
        end += 4 + len(record.body)
    return b"".join(_written(record, places) for record in records)


def _written(record: _Record, places: dict[int, int]) -> bytes:
    kind, body = record.kind, record.body
    if kind == CODE_PAGE:
        body = struct.pack("<H", _UNICODE_PAGE)
    elif kind == SHEET:
        start = places.get(int.from_bytes(body[:4], "little"))
        if start is None:
            raise RecordError
        body = struct.pack("<I", start) + body[4:]
    if len(body) > _LARGEST:
        raise RecordError
    return struct.pack("<HH", kind, len(body)) + body
