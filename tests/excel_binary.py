"""Writing a workbook in the binary formats, as far as reading it needs: nothing else here can."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from typing import Any, NamedTuple

CellContent = int | float | str | bool


class ErrorValue(NamedTuple):
    """An error value by its code: 0x17 is #REF!."""

    code: int


Cells = Mapping[tuple[int, int], CellContent | ErrorValue]
"""What cells hold, by row and column counted from 0."""

_CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>
</Types>"""
_RELATIONS = """<?xml version="1.0" encoding="UTF-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"""
_RELATION = (
    '<Relationship Id="rId{}" Target="{}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/>'
)


def xlsb(sheets: Mapping[str, Cells]) -> bytes:
    """A workbook .xlsb of these sheets ([MS-XLSB])."""
    bundle = b"".join(
        _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        for number, name in enumerate(sheets, 1)
    )
    relations = "".join(
        _RELATION.format(number, f"worksheets/sheet{number}.bin", "worksheet")
        for number in range(1, len(sheets) + 1)
    )
    book = _record(131) + _record(143) + bundle + _record(144) + _record(132)
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES.encode(),
        "_rels/.rels": _RELATIONS.format(_RELATION.format(1, "xl/workbook.bin", "officeDocument")).encode(),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _RELATIONS.format(relations).encode(),
    }
    for number, cells in enumerate(sheets.values(), 1):
        parts[f"xl/worksheets/sheet{number}.bin"] = xlsb_sheet(cells)
    return _zipped(parts)


def xlsb_sheet(cells: Cells) -> bytes:
    """The records of a sheet: of each row, then of its cells (2.1.7.62)."""
    rows = b"".join(
        _record(0, struct.pack("<IIHHBI", row, 0, 300, 0, 0, 0))
        + b"".join(
            _cell(column, content) for (there, column), content in sorted(cells.items()) if there == row
        )
        for row in sorted({row for row, _ in cells})
    )
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    dimension = _record(148, struct.pack("<IIII", 0, last_row, 0, last_column))
    return _record(129) + dimension + _record(145) + rows + _record(146) + _record(130)


def _cell(column: int, content: CellContent | ErrorValue) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(content, ErrorValue):
        return _record(3, place + bytes([content.code]))
    if isinstance(content, bool):
        return _record(4, place + bytes([content]))
    if isinstance(content, str):
        return _record(6, place + _wide(content))
    if isinstance(content, int):
        return _record(2, place + struct.pack("<I", (content << 2 | 2) & 0xFFFFFFFF))
    return _record(5, place + struct.pack("<d", content))


def _wide(text: str) -> bytes:
    """A text with its length in units of UTF-16 before it (2.5.169)."""
    units = text.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


def _record(kind: int, body: bytes = b"") -> bytes:
    return _seven_bits(kind) + (_seven_bits(len(body)) if body else b"\0") + body


def _seven_bits(number: int) -> bytes:
    """A number, seven bits to a byte, each but the last marked by its highest bit (2.1.4)."""
    pieces = []
    while number > 0x7F:
        pieces.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*pieces, number])


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return target.getvalue()


def xls(sheets: Mapping[str, Iterable[bytes]]) -> bytes:
    """A workbook .xls of these sheets with these records of cells ([MS-XLS]), in a compound file ([MS-CFB])."""
    begin = _old_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    end = _old_record(0x000A)
    bodies = [
        _old_record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
        + b"".join(records)
        + end
        for records in sheets.values()
    ]
    names = [name.encode("utf-16-le") for name in sheets]
    heads = [struct.pack("<BBBB", 0, 0, len(name) // 2, 1) + name for name in names]
    at = len(begin) + sum(4 + 4 + len(head) for head in heads) + len(end)
    bundle = b""
    for head, body in zip(heads, bodies, strict=True):
        bundle += _old_record(0x0085, struct.pack("<I", at) + head)
        at += len(body)
    return compound_file("Workbook", begin + bundle + end + b"".join(bodies))


def old_number(row: int, column: int, value: float, style: int = 0) -> bytes:
    """The record of a cell with a number in an .xls (2.4.180)."""
    return _old_record(0x0203, struct.pack("<HHHd", row, column, style, value))


def older_record(kind: int, body: bytes = b"") -> bytes:
    """A record of an .xls of whatever version."""
    return _old_record(kind, body)


def _old_record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def old_sheets(sheets: Mapping[str, Iterable[bytes]], others: bytes = b"") -> bytes:
    """The stream of a workbook .xls of these sheets with these records of cells, as short as it gets; `others` are more
    records that hold for all of it."""
    return _book(
        sheets, lambda body: struct.pack("<HHHHII", 0x0600, body, 0x0DBB, 0x07CC, 0, 6), _wide_name, others
    )


def older_sheets(
    sheets: Mapping[str, Iterable[bytes]], code_page: int | None = 936, others: bytes = b""
) -> bytes:
    """The same of Excel 5.0 and 95, whose names and texts are in a code page, that of Chinese where none is stated;
    `others` are more records that hold for all of it."""
    encoding = f"cp{code_page or 936}"

    def name(text: str) -> bytes:
        return struct.pack("<BBB", 0, 0, len(text.encode(encoding))) + text.encode(encoding)

    page = b"" if code_page is None else _old_record(0x0042, struct.pack("<H", code_page))
    return _book(sheets, lambda body: struct.pack("<HHHH", 0x0500, body, 0x0DBB, 0x07CC), name, page + others)


def old_text(row: int, column: int, text: str, code_page: int = 936) -> bytes:
    """The record of a cell with a text in a code page, of Excel 5.0 and 95 (LABEL)."""
    encoded = text.encode(f"cp{code_page}")
    return _old_record(0x0204, struct.pack("<HHHH", row, column, 0, len(encoded)) + encoded)


def wide_text(row: int, column: int, text: str) -> bytes:
    """The record of a cell with a text of its own of Excel 97 (2.4.148)."""
    return _old_record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _wide_name(text: str) -> bytes:
    return struct.pack("<BBBB", 0, 0, len(text), 1) + text.encode("utf-16-le")


def _book(
    sheets: Mapping[str, Iterable[bytes]],
    begin: Callable[[int], bytes],
    name: Callable[[str], bytes],
    globals_: bytes = b"",
) -> bytes:
    """The records of a workbook: what holds for all of it, then each sheet (2.1.7.20)."""
    first, end = _old_record(0x0809, begin(5)) + globals_, _old_record(0x000A)
    bodies = [_old_record(0x0809, begin(0x10)) + b"".join(records) + end for records in sheets.values()]
    heads = [name(sheet) for sheet in sheets]
    at = len(first) + sum(4 + 4 + len(head) for head in heads) + len(end)
    bundle = b""
    for head, body in zip(heads, bodies, strict=True):
        bundle += _old_record(0x0085, struct.pack("<I", at) + head)
        at += len(body)
    return first + bundle + end + b"".join(bodies)


Storage = Mapping[str, "bytes | Storage"]
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096


def compound_file_of(root: Storage) -> bytes:
    """A compound file of streams and storages; streams of less than 4,096 bytes are kept among the small ones (2.4)."""
    entries: list[list[Any]] = [["Root Entry", 5, _FREE, _FREE, b""]]
    _add_entries(entries, 0, root)
    small, small_chain, sectors, chain = b"", list[int](), b"", list[int]()
    places: dict[int, int] = {}
    for number, (_, kind, _, _, stream) in enumerate(entries):
        if kind == 2 and 0 < len(stream) < _SMALL:
            places[number] = len(small_chain)
            small += _padded(stream, _SMALL_SECTOR)
            small_chain += _chained(len(small_chain), len(small) // _SMALL_SECTOR)
        elif kind == 2 and stream:
            places[number] = len(chain)
            sectors += _padded(stream, _SECTOR)
            chain += _chained(len(chain), len(sectors) // _SECTOR)

    def placed(content: bytes) -> int:
        nonlocal sectors
        start = len(chain)
        sectors += _padded(content, _SECTOR)
        chain.extend(_chained(start, len(sectors) // _SECTOR))
        return start if content else _END

    places[0], entries[0][4] = placed(small), small
    small_table = placed(struct.pack(f"<{len(small_chain)}I", *small_chain))
    directory = placed(b"".join(_entry_of(places.get(n, _END), *entry) for n, entry in enumerate(entries)))
    tables = -(-len(chain) // 127)
    table_sectors = [len(chain) + number for number in range(tables)]
    chain += [_TABLE] * tables
    table = struct.pack(f"<{len(chain)}I", *chain)
    table += b"\xff" * (-len(table) % _SECTOR)
    header = struct.pack("<8s16xHHHHH6x", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6)
    small_tables = -(-len(small_chain) * 4 // _SECTOR)
    header += struct.pack("<9I", 0, tables, directory, 0, _SMALL, small_table, small_tables, _END, 0)
    header += struct.pack("<109I", *(table_sectors + [_FREE] * (109 - tables)))
    return header + sectors + table


def _add_entries(entries: list[list[Any]], holder: int, storage: Storage) -> None:
    """Add what a storage holds, each behind the one before it."""
    before: list[Any] | None = None
    for name, content in storage.items():
        number = len(entries)
        is_stream = isinstance(content, bytes)
        entries.append([name, 2 if is_stream else 1, _FREE, _FREE, content if is_stream else b""])
        if before is None:
            entries[holder][3] = number
        else:
            before[2] = number
        before = entries[number]
        if not isinstance(content, bytes):
            _add_entries(entries, number, content)


def _chained(start: int, end: int) -> list[int]:
    return [*range(start + 1, end), _END] if end > start else []


def _padded(content: bytes, size: int) -> bytes:
    return content + b"\0" * (-len(content) % size)


def _entry_of(first: int, name: str, kind: int, right: int, child: int, stream: bytes) -> bytes:
    """An entry of the directory of a compound file (2.6.1)."""
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    return (
        head
        + struct.pack("<III", _FREE, right, child)
        + b"\0" * 36
        + struct.pack("<III", first, len(stream), 0)
    )


def compound_file(name: str, stream: bytes) -> bytes:
    """A compound file with one stream, which is not kept among the small ones."""
    stream = stream.ljust(4096, b"\0")
    stream += b"\0" * (-len(stream) % 512)
    sectors = len(stream) // 512
    chain = [*range(1, sectors), 0xFFFFFFFE, 0xFFFFFFFE]
    tables = -(-(len(chain) + 1) // 127)
    chain += [0xFFFFFFFD] * tables
    chain += [0xFFFFFFFF] * (-len(chain) % 128)
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(name, 2, 0, len(stream))
    table_sectors = [sectors + 1 + number for number in range(len(chain) // 128)]
    signature, end, none = bytes.fromhex("d0cf11e0a1b11ae1"), 0xFFFFFFFE, 0xFFFFFFFF
    header = struct.pack("<8s16xHHHHH6x", signature, 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, len(table_sectors), sectors, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *(table_sectors + [none] * (109 - len(table_sectors))))
    return header + stream + directory.ljust(512, b"\0") + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, first: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    """An entry of the directory of a compound file (2.6.1)."""
    text = (name + "\0").encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + links + b"\0" * 36 + struct.pack("<III", first, size, 0)
