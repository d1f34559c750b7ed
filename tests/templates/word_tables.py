"""What stands in the tables of a Word template: texts, spans, merged cells, widths."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn


def rows(table: Any) -> list[list[str]]:
    """The texts of a table's cells, row by row; a cell that continues a merged one is the empty string."""
    found = []
    for row in table.findall(qn("w:tr")):
        cells = ["".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]
        found.append(cells)
    return found


def spans(table: Any) -> list[list[int]]:
    """How many grid columns each cell takes, row by row."""
    return [
        [int(s.get(qn("w:val"))) if (s := cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")) is not None else 1
         for cell in row.findall(qn("w:tc"))]
        for row in table.findall(qn("w:tr"))
    ]  # fmt: skip


def merged_down(table: Any) -> dict[str, int]:
    """The cells merged downwards by their texts, and over how many rows; each must cover the same grid columns."""
    found: dict[str, int] = {}
    above: dict[tuple[int, int], str] = {}
    for row, widths in zip(table.findall(qn("w:tr")), spans(table), strict=True):
        column, here = 0, dict[tuple[int, int], str]()
        for cell, width in zip(row.findall(qn("w:tc")), widths, strict=True):
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            text = "".join(t.text or "" for t in cell.iter(qn("w:t")))
            if merge is not None:
                place = (column, width)
                label = text if merge.get(qn("w:val")) == "restart" else above[place]
                found[label] = found.get(label, 0) + 1
                here[place] = label
            column += width
        above = here
    return found


def grid(table: Any) -> list[float]:
    """The widths of a table's columns in millimetres."""
    return [int(column.get(qn("w:w"))) * 25.4 / 1440 for column in table.find(qn("w:tblGrid"))]
