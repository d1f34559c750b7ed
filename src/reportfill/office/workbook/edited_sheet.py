"""A worksheet whose cells are written and given other formats (ECMA-376-1, 18.3.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from reportfill.office.edited_package import EditedPackage, own_element
from reportfill.office.pictures import Picture
from reportfill.office.workbook.cell_edits import Content
from reportfill.office.workbook.cell_xml import cell_start, cell_xml
from reportfill.office.workbook.comments import SheetComments
from reportfill.office.workbook.sheet_layout import IN_SHEET
from reportfill.office.workbook.sheet_pictures import lay_picture
from reportfill.office.xml import SPREADSHEET, Element, S, child, in_order, instruction, made, unprefixed
from reportfill.place import Cell, Corners, column_letters, parse_address, parse_area

_DEFAULT_WIDTH = 8.43
"""How wide a column is that has no width, in digits."""


class EditedSheet:
    """The cells of a worksheet, and its comments.

    Raises UnusualPackageError where there is no place for cells, and ValueError where a number or an address is none.
    """

    def __init__(self, package: EditedPackage, part: str, name: str) -> None:
        self._package = package
        self._part = part
        self._name = name
        self._root = package.read(part)
        self._cells_by_row: dict[int, dict[int, Element]] = {}
        self.comments = SheetComments(package, part)

    def cells(self) -> Iterator[Cell]:
        """All cells that are there."""
        for row in list(self._rows):
            for column in self._cells_of(row):
                yield Cell(self._name, row, column)

    def format_of(self, cell: Cell) -> int:
        """The number of a cell's format; of one that is not there, what its row or column would give it."""
        found = self._cell(cell)
        if found is not None:
            return int(found.get("s", "0"))
        of_row = self._rows.get(cell.row)
        if of_row is not None and of_row.get("customFormat") in ("1", "true"):
            return int(of_row.get("s", "0"))
        of_column = self._column(cell.column)
        return 0 if of_column is None else int(of_column.get("style", "0"))

    def set_format(self, cell: Cell, number: int) -> None:
        """Give a cell a format, also one that is not there."""
        self._package.edit(self._part)
        found = self._cell(cell)
        if found is None:
            of_row = self._row(cell.row)
            of_row.attrib.pop("spans", "")  # it says between which columns the cells of the row are
            found = _added(of_row, self._cells_of(cell.row), cell.column, "c", cell.address)
        found.set("s", str(number))

    def write(self, cell: Cell, content: Content) -> None:
        """Let a cell hold something else, in the format that it has."""
        number = self.format_of(cell)
        self.set_format(cell, number)
        written = made(
            cell_xml(cell_start(cell.address, number) + ' s="0"' * (not number), content), SPREADSHEET
        )
        cells = self._cells_of(cell.row)
        _replaced(cells[cell.column], written)
        cells[cell.column] = written

    def lay(self, cell: Cell, picture: Picture) -> None:
        """Lay a picture on a cell."""
        lay_picture(self._package, self._part, cell, picture)

    def pieces_of_text(self, cell: Cell) -> list[Element]:
        """The pieces of the text that a cell holds, each in a format of its own; none where it holds no text."""
        self._package.edit(self._part)
        found = self._cell(cell)
        text = None if found is None else found.find(f"{S}is")
        return [] if text is None else [*text.iterfind(f"{S}t"), *text.iterfind(f"{S}r/{S}t")]

    def forget_results(self) -> None:
        """Let programs work all formulas out anew."""
        self._package.edit(self._part)
        for row in self._rows:
            for cell in self._cells_of(row).values():
                if cell.find(f"{S}f") is not None:
                    forget_result(cell)

    def is_blank(self, cell: Cell) -> bool:
        """Whether a cell holds nothing."""
        found = self._cell(cell)
        return found is None or len(found) == 0

    def height_of(self, row: int) -> float | None:
        """How many points a row is high by what somebody has said of it; rows count from 0."""
        height = self._rows[row].get("ht") if row in self._rows else None
        return float(height) if height else None

    def set_height(self, row: int, height: float) -> None:
        """Let a row have a height of its own."""
        self._package.edit(self._part)
        self._row(row).set("ht", f"{height:g}")
        self._row(row).set("customHeight", "1")

    def width_of(self, column: int) -> float:
        """How many digits a column is wide; columns count from 0."""
        own = self._column(column)
        if own is not None:
            return float(own.get("width", _DEFAULT_WIDTH))
        said = self._root.find(f"{S}sheetFormatPr")
        return float(said.get("defaultColWidth", _DEFAULT_WIDTH)) if said is not None else _DEFAULT_WIDTH

    def element(self, name: str) -> Element:
        """One of the sheet's own elements, to be changed: the one that is there, or a new one in its place."""
        return in_order(self._package.edit(self._part), f"{S}{name}", IN_SHEET)

    def with_marks(self, cells: Collection[Cell], heights: Collection[int]) -> bytes:
        """The sheet's XML with processing instructions where something is to be put: <?cell D7?> for a cell that is
        there; <?height 7?> before a row, for its number and height; <?rules?> and <?more-rules?> for what cells
        accept, in an element of their own or behind others. Rows count from 1. The sheet is of no use afterwards."""
        self._package.edit(self._part)
        for cell in cells:
            _replaced(self._cells_of(cell.row)[cell.column], instruction("cell", cell.address))
        for number in heights:
            of_row = self._row(number - 1)
            for attribute in ("r", "ht", "customHeight"):
                of_row.attrib.pop(attribute, "")
            of_row.addprevious(instruction("height", str(number)))
        rules = self.element("dataValidations")
        rules.attrib.pop("count", "")
        if len(rules):
            rules.append(instruction("more-rules"))
        else:
            _replaced(rules, instruction("rules"))
        return unprefixed(self._root)

    def format_where(self, formula: str, references: Sequence[str], look: int) -> None:
        """Let cells have a conditional format where a formula is true, before those that they have already."""
        rules = list(self._root.iter(f"{S}cfRule"))
        for rule in rules:
            rule.set("priority", str(int(rule.get("priority", "1")) + 1))
        last = self.element("conditionalFormatting")
        own = last if len(last) == 0 else _behind(last, "conditionalFormatting")
        own.set("sqref", " ".join(references))
        rule = child(own, f"{S}cfRule", {"type": "expression", "dxfId": str(look), "priority": "1"})
        child(rule, f"{S}formula", {}, formula)

    @property
    def reference(self) -> str:
        """The area from the first cell to the last."""
        cells = list(self.cells()) or [Cell(self._name, 0, 0)]
        rows, columns = {cell.row for cell in cells}, {cell.column for cell in cells}
        first, last = (Cell(self._name, end(rows), end(columns)) for end in (min, max))
        return f"{first.address}:{last.address}"

    def has_formula(self, cell: Cell) -> bool:
        """Whether a cell holds a formula."""
        found = self._cell(cell)
        return found is not None and found.find(f"{S}f") is not None

    def formatted(self, formats: Collection[int]) -> list[Cell]:
        """The cells that have one of these formats."""
        return [cell for cell in self.cells() if self.format_of(cell) in formats]

    def shown(self, cell: Cell) -> Cell:
        """A cell, or the first of those with which it is merged: the others show neither colour nor comment."""
        return next((Cell(self._name, *area[0]) for area in self._merged if cell.is_within(area)), cell)

    def merged_with(self, cell: Cell) -> list[Cell]:
        """A cell, and those with which it is merged where it is the first of them."""
        for first, (bottom, right) in self._merged:
            if first == (cell.row, cell.column):
                rows, columns = range(cell.row, bottom + 1), range(cell.column, right + 1)
                return [Cell(self._name, row, column) for row in rows for column in columns]
        return [cell]

    @cached_property
    def _merged(self) -> list[Corners]:
        return [parse_area(area.get("ref", "")) for area in self._root.iter(f"{S}mergeCell")]

    @cached_property
    def _rows(self) -> dict[int, Element]:
        """The rows by number, counted from 0; one that does not say where it stands follows the one before it."""
        rows: dict[int, Element] = {}
        number = -1
        for row in self._data.iterfind(f"{S}row"):
            number = int(row.get("r", number + 2)) - 1
            row.set("r", str(number + 1))
            rows[number] = row
        return rows

    @property
    def _data(self) -> Element:
        return own_element(self._root, "sheetData")

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            _added(self._data, self._rows, number, "row", str(number + 1))
        return self._rows[number]

    def _column(self, column: int) -> Element | None:
        """What is said of a column, as of those beside it."""
        for columns in self._root.iterfind(f"{S}cols/{S}col"):
            if int(columns.get("min", "0")) <= column + 1 <= int(columns.get("max", "0")):
                return columns
        return None

    def _cell(self, cell: Cell) -> Element | None:
        return self._cells_of(cell.row).get(cell.column) if cell.row in self._rows else None

    def _cells_of(self, row: int) -> dict[int, Element]:
        if row not in self._cells_by_row:
            self._cells_by_row[row] = _cells(self._rows[row])
        return self._cells_by_row[row]


def forget_result(cell: Element) -> None:
    """Take the result away that a formula had."""
    cell.attrib.pop("t", "")
    for value in cell.findall(f"{S}v"):
        cell.remove(value)


def _cells(row: Element) -> dict[int, Element]:
    """The cells of a row by column, counted from 0; one that does not say where it stands follows the one before it."""
    cells: dict[int, Element] = {}
    column = -1
    for cell in row.iterfind(f"{S}c"):
        column = parse_address(cell.get("r", ""))[1] if "r" in cell.attrib else column + 1
        cell.set("r", f"{column_letters(column)}{row.get('r')}")
        cells[column] = cell
    return cells


def _added(parent: Element, known: dict[int, Element], number: int, tag: str, reference: str) -> Element:
    """A new row or cell, before the first of those that come behind it, and from now on known."""
    new = parent.makeelement(f"{S}{tag}", {"r": reference})
    behind = min((other for other in known if other > number), default=None)
    if behind is None:
        parent.append(new)
    else:
        known[behind].addprevious(new)
    known[number] = new
    return new


def _behind(element: Element, name: str) -> Element:
    """A new element of that name behind one."""
    added = element.makeelement(f"{S}{name}")
    element.addnext(added)
    return added


def _replaced(old: Element, new: Element) -> None:
    parent = old.getparent()
    assert parent is not None  # a sheet's cells and elements stand in something
    parent.replace(old, new)
