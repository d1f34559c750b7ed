"""Whatever happens to the bytes or elements of a workbook, it reads as it did, or something is said of it.

What is said is a finding that is no note. Where nothing is said, every figure is what it was, and every text too unless
the file is now a sound workbook that says something else: one that every reader reads so, as after a clerk emptied a
cell of the narrative. What another reader reads is asked of openpyxl.
"""

from __future__ import annotations

import copy
import os
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from excel import with_part
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from often import often
from openpyxl import load_workbook
from places import SAMPLES

from reportfill import Pack, Submission, check, read_workbook
from reportfill.model.figures import value_at
from reportfill.office.calamine_grid import read_grid

Saved = Callable[[str], bytes]
Names = list[str]

TIMES = int(os.environ.get("REPORTFILL_FUZZ", "1"))
"""How many times as many examples as usual are to be tried."""

PLACES = st.floats(0, 1, exclude_max=True)
PARTS_OF_A_TEXT = {"p", "span", "s", "table-row"}
"""Elements of an .ods without which a cell holds another text, or none, to every reader."""


@pytest.fixture(scope="module")
def saved(convert: Callable[[Path, str], Path]) -> Saved:
    """A function that gives a workbook with figures in every table, as the tool wrote it ("") or as LibreOffice
    saves it in a format."""
    source = SAMPLES / "hongze-2023-corrected.xlsx"

    @cache
    def saved_as(suffix: str) -> bytes:
        return (convert(source, suffix) if suffix else source).read_bytes()

    return saved_as


@cache
def sound_reading(content: bytes) -> Submission:
    """What a sound workbook gives."""
    return read_workbook(content)


def remarks(submission: Submission) -> set[tuple[str, str]]:
    """Code and cell of what is wrong or doubtful."""
    return {(found.code, found.cell) for found in check(submission) if found.severity.value != "note"}


def silently_changed(changed: bytes, sound: bytes) -> list[str]:
    """The paths of the fields that have another value than in the sound workbook; none where something is said."""
    submission, before = read_workbook(changed), sound_reading(sound)
    assert before.pack is not None
    if remarks(submission) - remarks(before):
        return []
    fields = before.pack.fields
    return [
        path for path in fields if value_at(submission.exact_data, path) != value_at(before.exact_data, path)
    ]


@pytest.mark.parametrize("suffix", ["", "xlsx", "ods"])
@settings(max_examples=often(40) * TIMES)
@given(where=PLACES, flip=st.integers(1, 255))
def test_a_byte_flipped(saved: Saved, suffix: str, where: float, flip: int) -> None:
    sound = saved(suffix)
    damaged = bytearray(sound)
    damaged[int(where * len(sound))] ^= flip
    assert silently_changed(bytes(damaged), sound) == []


@pytest.mark.parametrize("suffix", ["", "xlsx", "ods", "xls"])
@settings(max_examples=often(20) * TIMES)
@given(where=PLACES)
def test_the_end_cut_off(saved: Saved, suffix: str, where: float) -> None:
    sound = saved(suffix)
    assert silently_changed(sound[: int(where * len(sound))], sound) == []


@settings(max_examples=often(40) * TIMES)
@given(where=PLACES, flip=st.integers(1, 255))
def test_a_byte_flipped_in_an_old_workbook_ends_in_a_submission(
    saved: Saved, where: float, flip: int
) -> None:
    """An .xls has no checksums: a digit that became another is what the file says."""
    damaged = bytearray(saved("xls"))
    damaged[int(where * len(damaged))] ^= flip
    assert all(found.code for found in check(read_workbook(bytes(damaged))))


@cache
def parts_with_elements(content: bytes) -> Names:
    """The names of the XML parts of a package."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return [name for name in package.namelist() if name.endswith((".xml", ".rels"))]


def element_changed(package: bytes, part: str, where: float, *, double: bool) -> tuple[bytes, str]:
    """A package with an element of a part dropped or doubled, and the name of that element."""
    names: Names = []

    def change(xml: bytes) -> bytes:
        root = etree.fromstring(xml)
        elements = list(root.iter(etree.Element))[1:]
        assume(elements)
        element = elements[int(where * len(elements))]
        parent = element.getparent()
        assert parent is not None
        element.tail = None
        if double:
            element.addnext(copy.deepcopy(element))
        else:
            parent.remove(element)
        names.append(etree.QName(element).localname)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8")

    return with_part(package, part, change), names[0]


def require_that_readers_agree(content: bytes, pack: Pack) -> None:
    """openpyxl reads in each cell with an input what calamine reads."""
    book, grid = load_workbook(BytesIO(content), data_only=True), read_grid(content)
    for cell in [cell for cells in pack.form.inputs.values() for cell in cells]:
        theirs = book[cell.sheet].cell(cell.row + 1, cell.column + 1).value
        assert grid.value(cell) == ("" if theirs is None else theirs), cell


@pytest.mark.parametrize("suffix", ["", "xlsx"])
@settings(max_examples=often(80) * TIMES)
@given(part=st.integers(0, 999), where=PLACES, double=st.booleans())
def test_an_element_dropped_or_doubled(
    saved: Saved, pack: Pack, suffix: str, part: int, where: float, double: bool
) -> None:
    sound = saved(suffix)
    names = parts_with_elements(sound)
    changed, _ = element_changed(sound, names[part % len(names)], where, double=double)
    differing = silently_changed(changed, sound)
    assert not any(pack.fields[path].kind.is_number for path in differing)
    if differing:
        require_that_readers_agree(changed, pack)


@settings(max_examples=often(60) * TIMES)
@given(where=PLACES, double=st.booleans())
def test_an_element_of_an_ods_dropped_or_doubled(
    saved: Saved, pack: Pack, where: float, double: bool
) -> None:
    sound = saved("ods")
    changed, name = element_changed(sound, "content.xml", where, double=double)
    differing = silently_changed(changed, sound)
    assert not any(pack.fields[path].kind.is_number for path in differing)
    assert not differing or name in PARTS_OF_A_TEXT
