"""A worksheet whose cells are given other formats (ECMA-376-1, 18.3.1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property

from lxml import etree

from reportfill.office.edited_package import EditedPackage, UnusualPackageError
from reportfill.office.grid import column_letters, place_of
from reportfill.office.workbook.comments import SheetComments

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class EditedSheet:
    """The cells of a worksheet by their address, and its comments.

    Raises UnusualPackageError where there is no place for cells, and ValueError where a number or an address is none.
    """

    def __init__(self, package: EditedPackage, part: str) -> None:
        self._package = package
        self._part = part
        self._root = package.read(part)
        self.comments = SheetComments(package, part)

    def format_of(self, address: str) -> int:
        """The number of a cell's format; of one that is not there, what its row or column would give it."""
        row, column = place_of(address)
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
        row, column = place_of(address)
        cell = self._cell(row, column)
        if cell is None:
            of_row = self._row(row)
            of_row.attrib.pop("spans", "")  # it says between which columns the cells of the row are
            cell = _added(of_row, _cells(of_row), column, "c", address)
        cell.set("s", str(number))

    def has_formula(self, address: str) -> bool:
        """Whether a cell holds a formula."""
        cell = self._cell(*place_of(address))
        return cell is not None and cell.find(f"{_MAIN}f") is not None

    def formatted(self, formats: Collection[int]) -> list[str]:
        """The addresses of the cells that have one of these formats."""
        wanted = set(map(str, formats))
        return [
            cell.get("r", "")
            for row in self._rows.values()
            for cell in _cells(row).values()
            if cell.get("s", "0") in wanted
        ]

    def shown(self, address: str) -> str:
        """A cell, or the first of those with which it is merged: the others show neither colour nor comment."""
        row, column = place_of(address)
        for (top, left), (bottom, right) in self._merged:
            if top <= row <= bottom and left <= column <= right:
                return f"{column_letters(left)}{top + 1}"
        return address

    @cached_property
    def _merged(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        areas = (area.get("ref", "") for area in self._root.iter(f"{_MAIN}mergeCell"))
        corners = (area.partition(":") for area in areas)
        return [(place_of(first), place_of(last or first)) for first, _, last in corners]

    @cached_property
    def _rows(self) -> dict[int, etree._Element]:
        """The rows by number, counted from 0; one that does not say where it stands follows the one before it."""
        rows: dict[int, etree._Element] = {}
        number = -1
        for row in self._data.iterfind(f"{_MAIN}row"):
            number = int(row.get("r", number + 2)) - 1
            row.set("r", str(number + 1))
            rows[number] = row
        return rows

    @property
    def _data(self) -> etree._Element:
        data = self._root.find(f"{_MAIN}sheetData")
        if data is None:
            raise UnusualPackageError
        return data

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            self._rows[number] = _added(self._data, self._rows, number, "row", str(number + 1))
        return self._rows[number]

    def _cell(self, row: int, column: int) -> etree._Element | None:
        return _cells(self._rows[row]).get(column) if row in self._rows else None


def _cells(row: etree._Element) -> dict[int, etree._Element]:
    """The cells of a row by column, counted from 0; one that does not say where it stands follows the one before it."""
    cells: dict[int, etree._Element] = {}
    column = -1
    for cell in row.iterfind(f"{_MAIN}c"):
        column = place_of(cell.get("r", ""))[1] if "r" in cell.attrib else column + 1
        cell.set("r", f"{column_letters(column)}{row.get('r')}")
        cells[column] = cell
    return cells


def _added(
    parent: etree._Element, known: Mapping[int, etree._Element], number: int, tag: str, reference: str
) -> etree._Element:
    """A new row or cell, before the first of those that come behind it."""
    made = parent.makeelement(f"{_MAIN}{tag}", {"r": reference})
    behind = min((other for other in known if other > number), default=None)
    if behind is None:
        parent.append(made)
    else:
        known[behind].addprevious(made)
    return made
