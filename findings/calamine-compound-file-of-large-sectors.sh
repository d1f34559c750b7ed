#!/usr/bin/env bash
# python-calamine 0.9.1 and olefile 0.47 open an .xls in a compound file of version 3 (sectors of 512 bytes) and one of version 4
# (4096 bytes), each with one stream, Workbook, which is long enough not to be kept among the small ones. So the root entry
# of both says that small streams begin nowhere: ENDOFCHAIN, length 0 ([MS-CFB] 2.6.3).
# One would guess that the version makes no difference.
# Seen: calamine reads version 3; of version 4 it says that it knows no such format. olefile finds the stream in both, and
# nothing wrong.
. "$(dirname "$0")/common.sh"
install python-calamine==0.9.1 olefile==0.47
expect "version 3, olefile: [['Workbook']], issues: []
version 3, calamine: [['abc']]
version 4, olefile: [['Workbook']], issues: []
version 4, calamine: CalamineError: Cannot detect file format" <<'PYTHON'
import io
import struct

import olefile
from python_calamine import CalamineError, CalamineWorkbook

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def workbook():
    """The records of a workbook of Excel 97 with one sheet, S, and one text in A1."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    first = record(0x809, begin) + record(0x42, struct.pack("<H", 1200))
    name = b"\1\0S"
    at = len(first) + 4 + 6 + len(name) + 4
    return (
        first
        + record(0x85, struct.pack("<IBB", at, 0, 0) + name)
        + record(0xA)
        + record(0x809, begin[:2] + b"\x10\0" + begin[4:])
        + record(0x204, struct.pack("<HHHHB", 0, 0, 0, 3, 0) + b"abc")
        + record(0xA)
    )


def entry(name, kind, child, first, size):
    text = (name + "\0").encode("utf-16-le") if name else b""
    head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1 if name else 0)
    return head + struct.pack("<3I36xIQ", FREE, FREE, child, first, size)


def compound_file(version, shift):
    """A compound file: its header, the sectors of the stream, one of the directory, one of the table of sectors."""
    sector = 1 << shift
    stream = workbook().ljust(4096, b"\0")
    count = len(stream) // sector
    header = struct.pack("<8s16x5H6x", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, version, 0xFFFE, shift, 6)
    header += struct.pack("<9I", int(version == 4), 1, count, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", count + 1, *[FREE] * 108)
    directory = entry("Root Entry", 5, 1, END, 0) + entry("Workbook", 2, FREE, 0, len(stream))
    directory += entry("", 0, FREE, 0, 0) * (sector // 128 - 2)
    chain = [*range(1, count), END, END, TABLE]
    table = struct.pack(f"<{sector // 4}I", *chain, *[FREE] * (sector // 4 - len(chain)))
    return header.ljust(sector, b"\0") + stream + directory + table


for version, shift in ((3, 9), (4, 12)):
    file = compound_file(version, shift)
    seen = olefile.OleFileIO(file)
    print(f"version {version}, olefile: {seen.listdir()}, issues: {seen.parsing_issues}")
    try:
        print(f"version {version}, calamine:", CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python())
    except CalamineError as error:
        print(f"version {version}, calamine: CalamineError: {error}")
PYTHON
