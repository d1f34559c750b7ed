"""What calamine's own runtime prints of a panic is not seen; whatever else is printed meanwhile is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from excel_binary import xlsb

from reportfill.ooxml.package import composed, parts_of

READ = """
import os, sys, threading
from reportfill import read_workbook
content = open(sys.argv[1], "rb").read()
threads = [threading.Thread(target=read_workbook, args=(content,)) for _ in range(4)]
for thread in threads:
    thread.start()
os.write(2, b"said by another thread\\n")
for thread in threads:
    thread.join()
print([found.code for found in read_workbook(content).findings])
os.write(2, b"said in the end\\n")
"""


def run(content: bytes, path: Path) -> tuple[str, str]:
    """What a program prints that reads a workbook in several threads."""
    path.write_bytes(content)
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=True)
    return done.stdout.strip(), done.stderr


def test_a_panic_of_calamine_is_one_finding_and_nothing_on_standard_error(tmp_path: Path) -> None:
    parts = parts_of(xlsb({"表": {(0, 0): 1}}))
    parts["xl/_rels/workbook.bin.rels"] = parts["xl/_rels/workbook.bin.rels"].replace(b"rId1", b"rId7")
    out, err = run(composed(parts), tmp_path / "panic.xlsb")
    assert out == "['file.damaged']"
    # What a thread says in the middle of a panic's own words cannot be told from them.
    lines = set(filter(None, err.splitlines()))
    assert {"said in the end"} <= lines <= {"said by another thread", "said in the end"}


def test_a_sound_workbook_hides_nothing(tmp_path: Path) -> None:
    out, err = run(xlsb({"表": {(0, 0): 1}}), tmp_path / "sound.xlsb")
    assert out == "['workbook.unknown']"
    assert sorted(err.splitlines()) == ["said by another thread", "said in the end"]
