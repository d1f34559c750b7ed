"""A row of a workbook, made as many times as wanted, with all that the workbook says of cells moved along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy

from reportfill.office.edited_package import ROOT, EditedPackage, own_element
from reportfill.office.workbook.inserted_rows import InsertedRows, filled_down
from reportfill.office.xml import RELATIONSHIP_ID, Element, S, child
from reportfill.place import column_letters, parse_area

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_VML = "{urn:schemas-microsoft-com:office:excel}"
_ANCHOR_ROWS = (2, 6)
"""Which numbers of an anchor of old are rows."""


def with_repeated_row(parts: Mapping[str, bytes], sheet: str, row: int, times: int) -> dict[str, bytes]:
    """The parts of a workbook in whose sheet a row, counted from 0, stands that many times, one below the other: with
    its formats, rules and formulas, and numbers that count on. Whatever stood below is further down, formulas and
    names say so, and areas that had the row have all of them. Raises UnusualPackageError for an unusual workbook."""
    package = EditedPackage(parts)
    book = next(iter(package.related(ROOT, "officeDocument")), "")
    listed = [
        (one.get("name", ""), package.target(book, one.get(RELATIONSHIP_ID)))
        for one in own_element(package.edit(book), "sheets")
    ]
    put_in = InsertedRows(sheet, row, times - 1)
    for name, part in listed:
        _move_formulas(package.edit(part), name, put_in)
        for drawing in package.related(part, "drawing"):
            for chart in package.related(drawing, "chart"):
                _move_formulas(package.edit(chart), name, put_in)
    for defined in package.edit(book).iter(f"{S}definedName"):
        defined.text = put_in.formula(defined.text or "", "")
    part = dict(listed)[sheet]
    root = package.edit(part)
    _repeat(root, put_in)
    _move_areas(root, put_in)
    _move_drawn(package, part, put_in)
    return package.parts()


def _move_formulas(root: Element, sheet: str, put_in: InsertedRows) -> None:
    """Let the formulas of a sheet or chart name the cells where they are then."""
    for element in root.iter("{*}f", "{*}formula", "{*}formula1", "{*}formula2"):
        if element.text:
            cell = element.getparent()
            reference = cell.get("r", "") if cell is not None and cell.tag == f"{S}c" else ""
            row = parse_area(reference)[0][0] if reference else None
            element.text = put_in.formula(element.text, sheet, row)


def _repeat(root: Element, put_in: InsertedRows) -> None:
    rows = list(_numbered_rows(root))
    for number, element in rows:
        if number > put_in.row:
            _number(element, put_in.moved(number))
        elif number == put_in.row:
            above = element
            for below in range(1, put_in.number + 1):
                copied = deepcopy(element)
                _number(copied, number + below)
                _count_on(copied, below)
                above.addnext(copied)
                above = copied


def _numbered_rows(root: Element) -> Iterator[tuple[int, Element]]:
    """The rows, counted from 0; one that does not say where it stands follows the one before it."""
    number = -1
    for element in own_element(root, "sheetData").iterfind(f"{S}row"):
        number = int(element.get("r", number + 2)) - 1
        yield number, element


def _number(row: Element, number: int) -> None:
    row.set("r", str(number + 1))
    for column, cell in enumerate(row.iterfind(f"{S}c")):
        letters = cell.get("r", column_letters(column)).rstrip("0123456789")
        cell.set("r", f"{letters}{number + 1}")
        formula = cell.find(f"{S}f")
        if formula is not None and formula.get("ref"):
            (top, left), (bottom, right) = parse_area(formula.get("ref", ""))
            area = f"{column_letters(left)}{number + 1}:{column_letters(right)}{number + 1 + bottom - top}"
            formula.set("ref", area)


def _count_on(row: Element, below: int) -> None:
    """Let formulas of a copied row name its own cells, and numbers count on."""
    for cell in row.iterfind(f"{S}c"):
        formula, value = cell.find(f"{S}f"), cell.find(f"{S}v")
        if formula is not None and formula.text:
            formula.text = filled_down(formula.text, below)
        elif value is not None and cell.get("t", "n") == "n" and (value.text or "").isdecimal():
            value.text = str(int(value.text or "0") + below)


def _move_areas(root: Element, put_in: InsertedRows) -> None:
    _move_merges(root, put_in)
    for name in ("sqref", "ref", "topLeftCell", "activeCell"):
        for element in root.iterfind(f".//*[@{name}]"):
            if element.tag in (f"{S}f", f"{S}mergeCell"):
                continue
            is_cell = name in ("topLeftCell", "activeCell")
            said = element.get(name, "")
            element.set(name, put_in.areas(said) if not is_cell else put_in.formula(said, put_in.sheet))
    for stop in root.iterfind(f"{S}rowBreaks/{S}brk"):
        stop.set("id", str(put_in.end_moved(int(stop.get("id", "0")) - 1) + 1))


def _move_merges(root: Element, put_in: InsertedRows) -> None:
    """Cells that are merged within the row are so in each copy; others are where they are then."""
    for holder in root.iterfind(f"{S}mergeCells"):
        for merge in list(holder):
            reference = merge.get("ref", "")
            (top, left), (bottom, right) = parse_area(reference)
            if top == bottom == put_in.row:
                for row in range(put_in.row + 2, put_in.row + put_in.number + 2):
                    area = f"{column_letters(left)}{row}:{column_letters(right)}{row}"
                    child(holder, f"{S}mergeCell", {"ref": area})
            else:
                merge.set("ref", put_in.area(reference))
        holder.attrib.pop("count", "")


def _move_drawn(package: EditedPackage, part: str, put_in: InsertedRows) -> None:
    """Move what is drawn on the sheet, its comments and its tables."""
    for drawing in package.related(part, "drawing"):
        for corner in ("from", "to"):
            for row in package.edit(drawing).iterfind(f".//{_DRAWING}{corner}/{_DRAWING}row"):
                row.text = str(put_in.moved(int(row.text or "0")))
    for comments in package.related(part, "comments"):
        for comment in package.edit(comments).iter(f"{S}comment"):
            comment.set("ref", put_in.formula(comment.get("ref", ""), put_in.sheet))
    for table in package.related(part, "table"):
        for element in package.edit(table).iter(f"{S}table", f"{S}autoFilter"):
            if element.get("ref"):
                element.set("ref", put_in.area(element.get("ref", "")))
    for shapes in package.related(part, "vmlDrawing"):
        _move_shapes(package.edit(shapes), put_in)


def _move_shapes(root: Element, put_in: InsertedRows) -> None:
    """Move the boxes of comments."""
    for row in root.iter(f"{_VML}Row"):
        row.text = str(put_in.moved(int(row.text or "0")))
    for anchor in root.iter(f"{_VML}Anchor"):
        numbers = [int(number) for number in (anchor.text or "").split(",")]
        for place in _ANCHOR_ROWS if len(numbers) > max(_ANCHOR_ROWS) else ():
            numbers[place] = put_in.moved(numbers[place])
        anchor.text = ", ".join(map(str, numbers))
