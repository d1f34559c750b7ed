"""References of a workbook after rows were put in below one of its rows, as spreadsheet programs move them."""

from __future__ import annotations

import re
from typing import NamedTuple

from reportfill.place import column_letters, parse_address

_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_REFERENCE = re.compile(
    rf"""
    "(?:[^"]|"")*"                                                              # a text
    | (?<![\w.$:!'])
      (?P<sheet>(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?
      (?: (?P<first>{_CELL})(?::(?P<last>{_CELL}))? | \$?(?P<top>[0-9]{{1,7}}):\$?(?P<bottom>[0-9]{{1,7}}) )
      (?![\w.(!])
    """,
    re.VERBOSE,
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)([0-9]{1,7})")


class InsertedRows(NamedTuple):
    """So many rows that are put in right below one of a sheet, which counts from 0."""

    sheet: str
    row: int
    number: int

    def moved(self, row: int) -> int:
        """Where a row is then."""
        return row + self.number if row > self.row else row

    def end_moved(self, row: int) -> int:
        """Where an area ends then that ended with a row: one that ends with the row itself takes the new ones in."""
        return row + self.number if row >= self.row else row

    def area(self, area: str) -> str:
        """Where an area of the sheet is then: B5:B5 takes new rows in, and so does B5."""
        first, _, last = area.partition(":")
        (top, left), (bottom, right) = parse_address(first), parse_address(last or first)
        corner, end = (
            f"{column_letters(column)}{row + 1}"
            for row, column in ((self.moved(top), left), (self.end_moved(bottom), right))
        )
        return corner if corner == end else f"{corner}:{end}"

    def areas(self, listed: str) -> str:
        """The same of several areas in a row."""
        return " ".join(map(self.area, listed.split()))

    def formula(self, formula: str, sheet: str, row: int | None = None) -> str:
        """A formula that stands on a sheet: single cells where they are then, areas with the new rows in them. In the
        row itself what names cells of that row alone goes on to do so."""

        def after(found: re.Match[str]) -> str:
            where = found["sheet"]
            named = where[:-1].strip("'").replace("''", "'") if where else sheet
            if (not found["first"] and not found["top"]) or named.lower() != self.sheet.lower():
                return found[0]
            if found["top"]:
                return f"{where or ''}{self._lines(int(found['top']), int(found['bottom']))}"
            stays = row == self.row and where is None and self._is_of_the_row(found)
            return found[0] if stays else f"{where or ''}{self._cells(found['first'], found['last'])}"

        return _REFERENCE.sub(after, formula)

    def _is_of_the_row(self, found: re.Match[str]) -> bool:
        return all(_row(one) == self.row for one in (found["first"], found["last"]) if one)

    def _cells(self, first: str, last: str | None) -> str:
        start = _at_row(first, self.moved(_row(first)))
        return f"{start}:{_at_row(last, self.end_moved(_row(last)))}" if last else start

    def _lines(self, top: int, bottom: int) -> str:
        return f"${self.moved(top - 1) + 1}:${self.end_moved(bottom - 1) + 1}"


def filled_down(formula: str, rows: int) -> str:
    """A formula as it is so many rows below: what is not fixed by $ goes along."""

    def after(found: re.Match[str]) -> str:
        if not found["first"]:
            return found[0]
        cells = (found["first"], found["last"])
        shifted = (_shifted(one, rows) for one in cells if one)
        return (found["sheet"] or "") + ":".join(shifted)

    return _REFERENCE.sub(after, formula)


def _row(cell: str) -> int:
    """The row of a cell, counted from 0."""
    return int(_PARTS.fullmatch(cell)[4]) - 1  # type: ignore[index]  # what is found is one


def _at_row(cell: str, row: int) -> str:
    return _PARTS.sub(lambda parts: f"{parts[1]}{parts[2]}{parts[3]}{row + 1}", cell)


def _shifted(cell: str, rows: int) -> str:
    return _PARTS.sub(
        lambda parts: parts[0] if parts[3] else f"{parts[1]}{parts[2]}{int(parts[4]) + rows}", cell
    )
