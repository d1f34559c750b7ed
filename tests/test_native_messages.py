"""What calamine's own runtime prints of a panic is not seen; whatever else is printed meanwhile is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from excel_binary import xlsb
from printed import PRINTED

from reportfill.office.package import composed, parts_of

READ = """
import os, sys, threading
from reportfill import read_workbook
content = open(sys.argv[1], "rb").read()
def read():
    for _ in range(5):
        read_workbook(content)
threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads:
    thread.start()
lines = 0
while any(thread.is_alive() for thread in threads):
    os.write(2, b"line %d of another thread\\n" % lines)
    lines += 1
print(lines, [found.code for found in read_workbook(content).findings], os.environ.get("RUST_BACKTRACE"))
os.write(2, b"said in the end\\n")
"""


def run(content: bytes, path: Path, backtrace: str) -> tuple[str, list[str], list[str]]:
    """What a program prints that reads a workbook in several threads while another one speaks without a pause: its
    own words, what is on standard error, and what should be there."""
    path.write_bytes(content)
    environment = os.environ | {"RUST_BACKTRACE": backtrace}
    command = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(command, capture_output=True, encoding=PRINTED, check=True, env=environment)
    lines, _, said = done.stdout.strip().partition(" ")
    spoken = [f"line {number} of another thread" for number in range(int(lines))]
    return said, sorted(done.stderr.splitlines()), sorted([*spoken, "said in the end"])


@pytest.mark.parametrize("backtrace", ["0", "1", "full"])
def test_a_panic_of_calamine_is_one_finding_and_nothing_on_standard_error(
    tmp_path: Path, backtrace: str
) -> None:
    parts = parts_of(xlsb({"表": {(0, 0): 1}}))
    parts["xl/_rels/workbook.bin.rels"] = parts["xl/_rels/workbook.bin.rels"].replace(b"rId1", b"rId7")
    said, printed, expected = run(composed(parts), tmp_path / "panic.xlsb", backtrace)
    assert said == f"['file.damaged'] {backtrace}"
    assert printed == expected


def test_a_sound_workbook_hides_nothing(tmp_path: Path) -> None:
    said, printed, expected = run(xlsb({"表": {(0, 0): 1}}), tmp_path / "sound.xlsb", "1")
    assert said == "['workbook.unknown'] 1"
    assert printed == expected
