"""Packages that name their parts otherwise than every program does, as ECMA-376-2 lets them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from places import SAMPLES

from reportfill import read_workbook
from reportfill.office.inspection.file_kind import inspect_file
from reportfill.office.package import composed, parts_of
from reportfill.office.usual_names import with_usual_names

Parts = dict[str, bytes]
SAMPLE = (SAMPLES / "weihui-xinfang-2023.xlsx").read_bytes()
RELATIONS, TYPES = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"


def renamed(parts: Parts, old: str, new: str) -> Parts:
    """The parts with another name for one of them, wherever it is named."""
    made = {new if name == old else name: part for name, part in parts.items()}
    made[TYPES] = made[TYPES].replace(f'"/{old}"'.encode(), f'"/{new}"'.encode())
    for name in ("_rels/.rels", RELATIONS):
        relative = old.removeprefix("xl/")
        made[name] = re.sub(
            rf'Target="/?(?:{re.escape(old)}|{re.escape(relative)})"'.encode(),
            f'Target="/{new}"'.encode(),
            made[name],
        )
    return made


def with_workbook_named(parts: Parts, name: str) -> Parts:
    """The parts with another name for the workbook."""
    made = renamed(parts, "xl/workbook.xml", name)
    folder, _, file = name.rpartition("/")
    relations = re.sub(rb'Target="(?!/)', b'Target="/xl/', made.pop(RELATIONS))
    made[f"{folder}/_rels/{file}.rels".lstrip("/")] = relations
    return made


def with_decoded_archive_name(parts: Parts) -> Parts:
    """A part whose name is percent-encoded in the relationship and plain in the archive."""
    made = renamed(parts, "xl/worksheets/sheet3.xml", "xl/worksheets/sheet%203.xml")
    made["xl/worksheets/sheet 3.xml"] = made.pop("xl/worksheets/sheet%203.xml")
    return made


ODD: dict[str, Callable[[Parts], Parts]] = {
    "another workbook": lambda parts: with_workbook_named(parts, "xl/book.xml"),
    "the workbook at the root": lambda parts: with_workbook_named(parts, "workbook.xml"),
    "upper case": lambda parts: {name.upper(): part for name, part in parts.items()},
    "other styles": lambda parts: renamed(parts, "xl/styles.xml", "xl/look.xml"),
    "a sheet elsewhere": lambda parts: renamed(parts, "xl/worksheets/sheet3.xml", "data/three.xml"),
    "decoded": with_decoded_archive_name,
    "encoded": lambda parts: renamed(parts, "xl/worksheets/sheet3.xml", "xl/worksheets/%E8%A1%A8.xml"),
    "content types last": lambda parts: {n: parts[n] for n in sorted(parts, key=lambda name: name == TYPES)},
    "more parts": lambda parts: {**parts, "xl/more/data.bin": b"1", "notes.txt": b"2"},
}


@pytest.mark.parametrize("odd", ODD)
def test_a_workbook_is_read_whatever_its_parts_are_called(odd: str) -> None:
    content = composed(ODD[odd](parts_of(SAMPLE)))
    read, sound = read_workbook(content), read_workbook(SAMPLE)
    assert (read.data, read.findings, read.cells) == (sound.data, sound.findings, sound.cells)
    assert (
        set(parts_of(inspect_file(content).content)) >= {"xl/workbook.xml", "xl/styles.xml", RELATIONS, TYPES}
        or odd == "a sheet elsewhere"
    )


def test_a_workbook_with_the_usual_names_is_left_as_it_is() -> None:
    assert with_usual_names(parts_of(SAMPLE)) is None
    assert inspect_file(SAMPLE).content is SAMPLE


@pytest.mark.parametrize("kind", ["xlMacrosheet", "xlIntlMacrosheet", "dialogsheet", "chartsheet"])
def test_sheets_without_cells_are_passed_over(kind: str) -> None:
    parts = parts_of(SAMPLE)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = (
        f"http://schemas.microsoft.com/office/2006/relationships/{kind}"
        if "Macro" in kind
        else f"{office}/{kind}"
    )
    told = f'<Relationship Id="rId999" Type="{relation}" Target="/xl/others/sheet1.xml"/></Relationships>'
    sheet = f'<sheet name="其他" sheetId="99" r:id="rId999" xmlns:r="{office}"/></sheets>'
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", told.encode())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"</sheets>", sheet.encode())
    parts["xl/others/sheet1.xml"] = (
        b'<dialogsheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )
    read, sound = read_workbook(composed(parts)), read_workbook(SAMPLE)
    assert (read.data, read.findings) == (sound.data, sound.findings)
