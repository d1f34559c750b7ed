"""Files that were made to do harm, and others that are nobody's workbook, to be sent over a network."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from io import BytesIO

from excel import with_part, with_raw_cell
from excel_binary import compound_file_of
from places import DATA, SAMPLES

SHEET = "xl/worksheets/sheet3.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


def hostile_files() -> Mapping[str, bytes]:
    """Such files by what they are."""
    sound = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
    data = (DATA / "weihui-2023.json").read_bytes()
    long_rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 300_000))
    return {
        "nothing": b"",
        "one byte": b"P",
        "zeros": b"\0" * 100_000,
        "a bomb": _zipped({"xl/workbook.xml": b"<x>" + b"0" * (100 << 20)}),
        "many parts": _zipped({f"xl/{number}.xml": b"<x/>" for number in range(1200)}),
        "a part above its folder": _zipped({"xl/workbook.xml": b"<x/>", "xl/../../evil.xml": b"<x/>"}),
        "a part at the root": _zipped({"xl/workbook.xml": b"<x/>", "/etc/passwd": b"<x/>"}),
        "entities": with_part(sound, SHEET, lambda s: s.replace(b"<worksheet", DOCTYPE + b"<worksheet", 1)),
        "an entity of a file": with_part(
            sound,
            "docProps/app.xml",
            lambda s: b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        ),
        "the farthest cell": with_raw_cell(sound, SHEET, "B9", '<c r="XFD1048576"{style}><v>1</v></c>'),
        "many rows": with_part(
            sound, SHEET, lambda s: s.replace(b"<sheetData>", b"<sheetData>" + long_rows, 1)
        ),
        "locked": compound_file_of({"EncryptedPackage": b"\0" * 5000}),
        "an old Word file": compound_file_of({"WordDocument": b"\0" * 5000}),
        "a broken old file": compound_file_of({"Workbook": b"\xff" * 5000}),
        "half a workbook": sound[: len(sound) // 2],
        "a page": b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "a brace": b"{",
        "braces": b'{"a":' * 50_000,
        "a list": b"[1, 2, 3]",
        "no UTF-8": '{"year": 2023, "agency": {"name": "卫辉"}}'.encode("gb18030"),
        "halves of characters": _with(data, agency={"name": "\ud800甲\udfff"}),
        "control characters": _with(data, agency={"name": "甲\0\x1b[31m"}),
        "directions turned": _with(data, agency={"name": "甲\u202exslx"}),
        "a huge number": b'{"year": 1e999999999, "agency": {"name": "a"}}',
        "a long number": b'{"year": ' + b"9" * 100_000 + b"}",
        "not a number": b'{"year": NaN, "agency": Infinity}',
        "other kinds of values": b'{"year": [], "agency": 1, "overview": "x", "requests": null}',
        "a path for a pack": _with(data, **{"$schema": "file:///etc/passwd"}),
        "a template's words": _with(data, agency={"name": "{{ 7 * 7 }}{% for a in b %}"}),
        "a long name": _with(data, agency={"name": "长" * 100_000}),
    }


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def _with(data: bytes, **values: object) -> bytes:
    return json.dumps(json.loads(data) | values).encode()
