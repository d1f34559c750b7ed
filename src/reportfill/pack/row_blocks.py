"""The rows of an intake.xlsx: one row of tags for each table, from which the workbook's block of rows is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reportfill.model.fields import Fields, RowGroup
from reportfill.office.calamine_grid import read_grid
from reportfill.office.edited_package import UnusualPackageError
from reportfill.office.grid import Grid, GridError
from reportfill.office.package import composed, parts_of
from reportfill.office.workbook.repeated_row import with_repeated_row
from reportfill.pack.form import texts_of
from reportfill.pack.problems import PackProblem, broken
from reportfill.pack.tags import only_tag
from reportfill.place import Cell

USUAL_ROWS, MOST_ROWS = 30, 200
"""Rows of a block where neither pack.toml nor the schema says how many, and the most where pack.toml does not."""

_INTAKE = "intake.xlsx"


class RowBlock(NamedTuple):
    """A row of tags: where it is, and the path of the innermost rows whose fields stand in it."""

    sheet: str
    row: int
    path: str


def row_blocks(grid: Grid, fields: Fields) -> list[RowBlock]:
    """The rows of tags in a form. Raises PackError where the fields of some rows do not stand in one row."""
    cells = dict(_cells_of_rows(grid, fields))
    blocks: dict[tuple[str, int], str] = {}
    for path, cell in cells.items():
        rows, there = fields[path].rows, blocks.get((cell.sheet, cell.row), "")
        if there and not f"{there}.".startswith(f"{rows}.") and not f"{rows}.".startswith(f"{there}."):
            raise broken(
                f"{_INTAKE} {cell}",
                f"{path} stands in the row of {there}; give each table of rows a row of its own",
                f"{path}和{there}在同一行；不同的表请各占一行",
            )
        blocks[cell.sheet, cell.row] = max(rows, there, key=len)
    for path, cell in cells.items():
        inner = blocks[cell.sheet, cell.row]
        others = [where for where, other in blocks.items() if f"{other}.".startswith(f"{fields[path].rows}.")]
        if len(others) > 1:
            raise broken(
                f"{_INTAKE} {cell}",
                f"the tags of {inner} stand in several rows; put them into one row between head and total",
                f"{inner}的标签不在同一行；请放在表头和合计之间的同一行",
            )
    return [RowBlock(sheet, row, path) for (sheet, row), path in sorted(blocks.items())]


def _cells_of_rows(grid: Grid, fields: Fields) -> Iterator[tuple[str, Cell]]:
    for cell, text in texts_of(grid):
        path = only_tag(text)
        if path is not None and path in fields and fields[path].rows:
            yield path, cell


def with_row_blocks(
    content: bytes, fields: Fields, groups: Mapping[str, RowGroup], numbers: Mapping[str, int]
) -> bytes:
    """An intake.xlsx with as many rows as its tables are to have; `numbers` are those that pack.toml names. Raises
    PackError where that cannot be."""
    if not groups:
        return content
    try:
        blocks = row_blocks(read_grid(content), fields)
        parts = parts_of(content)
        for block in reversed(blocks):
            times = numbers.get(block.path) or _usual_number(groups[block.path])
            parts = with_repeated_row(parts, block.sheet, block.row, times)
    except GridError as error:
        raise broken(_INTAKE, f"cannot be read: it is {error.fault.value}", "无法读取") from error
    except (UnusualPackageError, ValueError) as error:
        raise broken(
            _INTAKE,
            f"its part {error} is not one whose rows can be repeated; open it in Excel or WPS and save it anew",
            f"部件{error}无法重复行；请用Excel或WPS打开，重新保存",
        ) from error
    return composed(parts, level=1) if blocks else content


def _usual_number(group: RowGroup) -> int:
    if group.within:
        return MOST_ROWS
    return min(group.most or USUAL_ROWS, MOST_ROWS)


def number_problems(groups: Mapping[str, RowGroup], numbers: Mapping[str, int]) -> Iterator[PackProblem]:
    """What pack.toml says of rows without any effect."""
    for path in numbers:
        if path not in groups:
            known = "、".join(groups)
            yield PackProblem(
                "pack.toml rows",
                f"the schema has no rows {path}; there are: {known or 'none'}",
                f"schema.json里没有按行填写的{path}；有：{known or '无'}",
            )
