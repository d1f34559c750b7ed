"""A worksheet whose cells are written and given other formats (ECMA-376-1, 18.3.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from reportfill.office.edited_package import EditedPackage, UnusualPackageError
from reportfill.office.workbook.cell_edits import Content
from reportfill.office.workbook.cell_xml import cell_start, cell_xml
from reportfill.office.workbook.comments import SheetComments
from reportfill.office.workbook.sheet_layout import IN_SHEET
from reportfill.office.workbook.styles import MAIN
from reportfill.office.xml import Element, in_order, instruction, made, unprefixed
from reportfill.place import column_letters, parse_address

_MAIN = f"{{{MAIN}}}"

_DEFAULT_WIDTH = 8.43
"""How wide a column is that has no width, in digits."""


class EditedSheet:
    """The cells of a worksheet by their address, and its comments.

    Raises UnusualPackageError where there is no place for cells, and ValueError where a number or an address is none.
    """

    def __init__(self, package: EditedPackage, part: str) -> None:
        self._package = package
        self._part = part
        self._root = package.read(part)
        self._cells_by_row: dict[int, dict[int, Element]] = {}
        self.comments = SheetComments(package, part)

    def format_of(self, address: str) -> int:
        """The number of a cell's format; of one that is not there, what its row or column would give it."""
        row, column = parse_address(address)
        cell = self._cell(row, column)
        if cell is not None:
            return int(cell.get("s", "0"))
        of_row = self._rows.get(row)
        if of_row is not None and of_row.get("customFormat") in ("1", "true"):
            return int(of_row.get("s", "0"))
        for columns in self._root.iterfind(f"{_MAIN}cols/{_MAIN}col"):
            if int(columns.get("min", "0")) <= column + 1 <= int(columns.get("max", "0")):
                return int(columns.get("style", "0"))
        return 0

    def set_format(self, address: str, number: int) -> None:
        """Give a cell a format, also one that is not there."""
        self._package.edit(self._part)
        row, column = parse_address(address)
        cell = self._cell(row, column)
        if cell is None:
            of_row = self._row(row)
            of_row.attrib.pop("spans", "")  # it says between which columns the cells of the row are
            cell = _added(of_row, self._cells_of(row), column, "c", address)
        cell.set("s", str(number))

    def write(self, address: str, content: Content) -> None:
        """Let a cell hold something else, in the format that it has."""
        number = self.format_of(address)
        self.set_format(address, number)
        cell = made(cell_xml(cell_start(address, number) + ' s="0"' * (not number), content), MAIN)
        row, column = parse_address(address)
        old = self._cell(row, column)
        assert old is not None  # as it has been given its format
        _replaced(old, cell)
        self._cells_of(row)[column] = cell

    def pieces_of_text(self, address: str) -> list[Element]:
        """The pieces of the text that a cell holds, each in a format of its own; none where it holds no text."""
        self._package.edit(self._part)
        cell = self._cell(*parse_address(address))
        text = None if cell is None else cell.find(f"{_MAIN}is")
        return [] if text is None else [*text.iterfind(f"{_MAIN}t"), *text.iterfind(f"{_MAIN}r/{_MAIN}t")]

    def forget_results(self) -> None:
        """Let programs work all formulas out anew."""
        self._package.edit(self._part)
        for row in self._rows:
            for cell in self._cells_of(row).values():
                if cell.find(f"{_MAIN}f") is not None:
                    forget_result(cell)

    def is_blank(self, address: str) -> bool:
        """Whether a cell holds nothing."""
        cell = self._cell(*parse_address(address))
        return cell is None or len(cell) == 0

    def addresses(self) -> Iterator[str]:
        """The addresses of all cells that are there."""
        for row in list(self._rows):
            for cell in self._cells_of(row).values():
                yield cell.get("r", "")

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
        for columns in self._root.iterfind(f"{_MAIN}cols/{_MAIN}col"):
            if int(columns.get("min", "0")) <= column + 1 <= int(columns.get("max", "0")):
                return float(columns.get("width", _DEFAULT_WIDTH))
        said = self._root.find(f"{_MAIN}sheetFormatPr")
        return float(said.get("defaultColWidth", _DEFAULT_WIDTH)) if said is not None else _DEFAULT_WIDTH

    def element(self, name: str) -> Element:
        """One of the sheet's own elements, to be changed: the one that is there, or a new one in its place."""
        return in_order(self._package.edit(self._part), f"{_MAIN}{name}", IN_SHEET)

    def with_marks(self, cells: Collection[str], heights: Collection[int]) -> bytes:
        """The sheet's XML with processing instructions where something is to be put: <?cell D7?> for a cell that is
        there; <?height 7?> before a row, for its number and height; <?rules?> and <?more-rules?> for what cells
        accept, in an element of their own or behind others. Rows count from 1. The sheet is of no use afterwards."""
        self._package.edit(self._part)
        for address in cells:
            row, column = parse_address(address)
            _replaced(self._cells_of(row)[column], instruction("cell", address))
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

    @property
    def reference(self) -> str:
        """The area from the first cell to the last."""
        places = [parse_address(address) for address in self.addresses()] or [(0, 0)]
        rows, columns = zip(*places, strict=True)
        first = f"{column_letters(min(columns))}{min(rows) + 1}"
        return f"{first}:{column_letters(max(columns))}{max(rows) + 1}"

    def has_formula(self, address: str) -> bool:
        """Whether a cell holds a formula."""
        cell = self._cell(*parse_address(address))
        return cell is not None and cell.find(f"{_MAIN}f") is not None

    def formatted(self, formats: Collection[int]) -> list[str]:
        """The addresses of the cells that have one of these formats."""
        wanted = set(map(str, formats))
        return [
            cell.get("r", "")
            for row in self._rows
            for cell in self._cells_of(row).values()
            if cell.get("s", "0") in wanted
        ]

    def shown(self, address: str) -> str:
        """A cell, or the first of those with which it is merged: the others show neither colour nor comment."""
        row, column = parse_address(address)
        for (top, left), (bottom, right) in self._merged:
            if top <= row <= bottom and left <= column <= right:
                return f"{column_letters(left)}{top + 1}"
        return address

    def merged_with(self, address: str) -> list[str]:
        """A cell, and those with which it is merged where it is the first of them."""
        corner = parse_address(address)
        for (top, left), (bottom, right) in self._merged:
            if (top, left) == corner:
                columns = range(left, right + 1)
                return [f"{column_letters(c)}{row + 1}" for row in range(top, bottom + 1) for c in columns]
        return [address]

    @cached_property
    def _merged(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        areas = (area.get("ref", "") for area in self._root.iter(f"{_MAIN}mergeCell"))
        corners = (area.partition(":") for area in areas)
        return [(parse_address(first), parse_address(last or first)) for first, _, last in corners]

    @cached_property
    def _rows(self) -> dict[int, Element]:
        """The rows by number, counted from 0; one that does not say where it stands follows the one before it."""
        rows: dict[int, Element] = {}
        number = -1
        for row in self._data.iterfind(f"{_MAIN}row"):
            number = int(row.get("r", number + 2)) - 1
            row.set("r", str(number + 1))
            rows[number] = row
        return rows

    @property
    def _data(self) -> Element:
        data = self._root.find(f"{_MAIN}sheetData")
        if data is None:
            raise UnusualPackageError
        return data

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            _added(self._data, self._rows, number, "row", str(number + 1))
        return self._rows[number]

    def _cell(self, row: int, column: int) -> Element | None:
        return self._cells_of(row).get(column) if row in self._rows else None

    def _cells_of(self, row: int) -> dict[int, Element]:
        if row not in self._cells_by_row:
            self._cells_by_row[row] = _cells(self._rows[row])
        return self._cells_by_row[row]


def forget_result(cell: Element) -> None:
    """Take the result away that a formula had."""
    cell.attrib.pop("t", "")
    for value in cell.findall(f"{_MAIN}v"):
        cell.remove(value)


def _cells(row: Element) -> dict[int, Element]:
    """The cells of a row by column, counted from 0; one that does not say where it stands follows the one before it."""
    cells: dict[int, Element] = {}
    column = -1
    for cell in row.iterfind(f"{_MAIN}c"):
        column = parse_address(cell.get("r", ""))[1] if "r" in cell.attrib else column + 1
        cell.set("r", f"{column_letters(column)}{row.get('r')}")
        cells[column] = cell
    return cells


def _added(parent: Element, known: dict[int, Element], number: int, tag: str, reference: str) -> Element:
    """A new row or cell, before the first of those that come behind it, and from now on known."""
    new = parent.makeelement(f"{_MAIN}{tag}", {"r": reference})
    behind = min((other for other in known if other > number), default=None)
    if behind is None:
        parent.append(new)
    else:
        known[behind].addprevious(new)
    known[number] = new
    return new


def _replaced(old: Element, new: Element) -> None:
    parent = old.getparent()
    assert parent is not None  # a sheet's cells and elements stand in something
    parent.replace(old, new)
