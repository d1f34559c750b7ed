#!/usr/bin/env bash
# python-calamine 0.9.1 and xlrd 2.0.2 read two workbooks .xls: one of Excel 95, whose texts are in the code page that it
# states, 936 (Chinese), and one of Excel 97, whose texts are in Unicode, which states the code page 1252 all the same, as
# some programs write it ([MS-XLS] 2.5.294: such texts do not depend on a code page).
# One would guess that both are read as xlrd reads them.
# Seen: of the first calamine makes other characters, for it takes each byte of a page with two bytes to a character for one;
# in the second it decodes Unicode by page 1252. Neither is an error.
. "$(dirname "$0")/common.sh"
install python-calamine==0.9.1 xlrd==2.0.2
expect "xlrd, Excel 95, page 936: '件数'
calamine, Excel 95, page 936: is '件数': False
xlrd, Excel 97, page 1252: 'abc'
calamine, Excel 97, page 1252: 'a\\x00b\\x00c\\x00'" <<'PYTHON'
import io
import struct

import xlrd
from python_calamine import CalamineWorkbook


def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def book(version, page, name, label):
    """The records of a workbook with one sheet and one text in A1."""
    begin = struct.pack("<HHHHII", version, 5, 0x0DBB, 0x07CC, 0, 6)[: 8 if version < 0x600 else 16]
    sheet = begin[:2] + b"\x10\0" + begin[4:]
    first = record(0x809, begin) + record(0x42, struct.pack("<H", page))
    at = len(first) + 4 + 6 + len(name) + 4
    return (
        first
        + record(0x85, struct.pack("<IBB", at, 0, 0) + name)
        + record(0xA)
        + record(0x809, sheet)
        + record(0x204, struct.pack("<HHH", 0, 0, 0) + label)
        + record(0xA)
    )


def compound_file(stream):
    """A compound file with one stream, Workbook ([MS-CFB])."""
    stream = stream.ljust(4096, b"\0")
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD

    def entry(name, kind, child, first, size):
        text = (name + "\0").encode("utf-16-le")
        head = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
        return head + struct.pack("<3I36xIII", free, free, child, first, size, 0)

    header = struct.pack("<8s16x5H6x", bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 8, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 9, *[free] * 108)
    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 0, 4096)
    chain = [1, 2, 3, 4, 5, 6, 7, end, end, table] + [free] * 118
    return header + stream + directory.ljust(512, b"\0") + struct.pack("<128I", *chain)


text = "件数".encode("gbk")
of_95 = book(0x500, 936, b"\1S", struct.pack("<H", len(text)) + text)
of_97 = book(0x600, 1252, b"\1\0S", struct.pack("<HB", 3, 0) + b"abc")
for words, records in (("Excel 95, page 936", of_95), ("Excel 97, page 1252", of_97)):
    file = compound_file(records)
    with io.StringIO() as log:
        seen = xlrd.open_workbook(file_contents=file, logfile=log).sheet_by_index(0).cell_value(0, 0)
    print(f"xlrd, {words}: {seen!r}")
    value = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()[0][0]
    print(f"calamine, {words}: {value!r}" if value.isascii() else f"calamine, {words}: is {seen!r}: {value == seen}")
PYTHON
