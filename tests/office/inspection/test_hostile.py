"""Hostile and broken files cost one finding each, and stay within limits of time and memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from excel import codes, with_part, with_raw_cell
from excel_binary import compound_file_of
from often import IN_FULL
from places import SAMPLES
from printed import PRINTED

from reportfill import check, read_workbook

SHEET = "xl/worksheets/sheet3.xml"
MANY = 60 if IN_FULL else 12


@pytest.fixture(scope="module")
def workbook() -> bytes:
    """A sound workbook to make hostile."""
    return (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()


def zipped(parts: Iterable[tuple[str, bytes]], level: int = 9) -> bytes:
    """A zip of these parts, names twice allowed."""
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def lying(package: bytes, size: int) -> bytes:
    """A package whose directory says of each part that it is that large unpacked."""
    changed = bytearray(package)
    position = changed.find(b"PK\x01\x02")
    while position >= 0:
        struct.pack_into("<I", changed, position + 24, size)
        position = changed.find(b"PK\x01\x02", position + 4)
    return bytes(changed)


@cache
def bomb() -> bytes:
    """A workbook of a part that takes 100 MiB unpacked."""
    return zipped([("xl/workbook.xml", b"<x>" + b"0" * (100 << 20))])


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda w: bomb(), "file.unsafe"),
        (lambda w: lying(bomb(), 10), "file.damaged"),
        (lambda w: zipped([(f"xl/{n}.xml", b"<x/>") for n in range(1200)]), "file.unsafe"),
        (lambda w: zipped([("xl/workbook.xml", b"<x/>"), ("xl/../../evil.xml", b"<x/>")]), "file.unsafe"),
        (lambda w: zipped([("xl/workbook.xml", b"<x/>"), ("C:\\evil.xml", b"<x/>")]), "file.unsafe"),
        (lambda w: zipped([("xl/workbook.xml", b"<x/>"), ("/etc/passwd", b"<x/>")]), "file.unsafe"),
        (
            lambda w: with_part(w, SHEET, lambda s: s.replace(b"<worksheet", DOCTYPE + b"<worksheet", 1)),
            "file.unsafe",
        ),
        (
            lambda w: with_part(
                w,
                "docProps/app.xml",
                lambda s: b'<?xml version="1.0"?><!-- > --><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
            ),
            "file.unsafe",
        ),
        (
            lambda w: with_part(
                w, "xl/styles.xml", lambda s: ('<?xml version="1.0"?>' + DOCTYPE.decode()).encode("utf-16")
            ),
            "file.unsafe",
        ),
        (
            lambda w: with_raw_cell(w, SHEET, "B9", '<c r="XFD1048576"{style}><v>1</v></c>'),
            "file.too_many_cells",
        ),
        (
            lambda w: with_raw_cell(w, SHEET, "B9", '<c r="B100000"{style}><v>1</v></c>'),
            "file.too_many_cells",
        ),
    ],
)
def test_a_hostile_workbook_costs_one_finding(
    workbook: bytes, make: Callable[[bytes], bytes], code: str
) -> None:
    submission = read_workbook(make(workbook))
    assert codes(submission) == [(code, "")]
    assert check(submission) == list(submission.findings)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(workbook: bytes) -> None:
    saved = BytesIO(workbook)
    with zipfile.ZipFile(saved, "a") as package:
        package.writestr(SHEET, b"<worksheet/>")
    assert codes(read_workbook(saved.getvalue())) == [("file.unsafe", "")]


@pytest.mark.parametrize(
    ("stream", "code"),
    [("EncryptedPackage", "file.encrypted"), ("WordDocument", "file.not_a_workbook")],
)
def test_an_old_file_is_told_by_the_streams_that_it_has(stream: str, code: str) -> None:
    content = compound_file_of({stream: b"\0" * 5000})
    assert codes(read_workbook(content)) == [(code, "")]


def test_filled_cells_that_an_ods_repeats_a_million_times_are_refused() -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    )
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>'
    for content in (rows, cells, rows.replace(' table:number-columns-repeated="16384"', "")):
        assert codes(read_workbook(zipped([("content.xml", content.encode())]))) == [
            ("file.too_many_cells", "")
        ]


@pytest.mark.parametrize("kind", ["bomb", "many bombs", "rows"])
def test_the_worst_files_stay_within_600_mib_and_five_seconds(
    tmp_path: Path, kind: str, workbook: bytes
) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "worst.xlsx"
    if kind == "rows":
        rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 300_000))
        path.write_bytes(
            with_part(workbook, SHEET, lambda s: s.replace(b"<sheetData>", b"<sheetData>" + rows, 1))
        )
    else:
        bombs, part = 1 if kind == "bomb" else MANY, b"<x>" + b"0" * (20 << 20)
        path.write_bytes(zipped(((f"xl/{number}.xml", part) for number in range(bombs)), level=1))
    script = f"from reportfill import read_workbook; print(read_workbook({str(path)!r}).findings[0].code)"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))

    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding=PRINTED, preexec_fn=limit, check=True
    )
    assert done.stdout.strip() in ("file.unsafe", "file.too_many_cells")
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # of the largest child so far, in KiB
    assert used < 600 * 1024 or used == before
