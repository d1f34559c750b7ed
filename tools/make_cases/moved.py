"""Rows, columns and sheets that were inserted, deleted, renamed, copied, or pasted into another file."""

from __future__ import annotations

from functools import partial
from io import BytesIO

from openpyxl import Workbook, load_workbook

from tools.make_cases.moving import (
    edited,
    with_columns_deleted,
    with_columns_inserted,
    with_rows_deleted,
    with_rows_inserted,
    with_sheet_renamed,
)
from tools.make_cases.programs import saved_by_libreoffice
from tools.make_cases.recipes import Change, Recipe, add, recipe

IDENTITY = "_reportfill"

_CHANGES: dict[str, Change] = {
    "row-inserted-above-a-table": partial(with_rows_inserted, sheet="表四", before=2),
    "row-inserted-within-a-table": partial(with_rows_inserted, sheet="表三", before=12),
    "row-inserted-below-a-header": partial(with_rows_inserted, sheet="表四", before=6),
    "row-inserted-in-the-last-part": partial(with_rows_inserted, sheet="总体情况", before=47),
    "rows-inserted-in-a-part": partial(with_rows_inserted, sheet="总体情况", before=10, count=3),
    "row-deleted-above-a-table": partial(with_rows_deleted, sheet="表三", first=2, count=2),
    "row-of-the-table-deleted": partial(with_rows_deleted, sheet="表三", first=23),
    "empty-row-of-a-part-deleted": partial(with_rows_deleted, sheet="总体情况", first=5),
    "column-inserted-before-the-figures": partial(with_columns_inserted, sheet="表二", before="B"),
    "column-inserted-within-a-table": partial(with_columns_inserted, sheet="表三", before="F"),
    "column-of-the-table-deleted": partial(with_columns_deleted, sheet="表三", first="H"),
    "sheet-renamed": partial(with_sheet_renamed, old="表三", new="申请情况"),
    "sheet-renamed-in-two-spaces": partial(with_sheet_renamed, old="表三", new=" 表 三 "),
}


def _and_saved(change: Change, suffix: str, workbook: bytes) -> bytes:
    return saved_by_libreoffice(change(workbook), suffix)


for _name, _change in _CHANGES.items():
    add(_name, Recipe(_change))
for _name in ("row-inserted-within-a-table", "column-inserted-within-a-table", "sheet-renamed"):
    for _suffix in ("ods", "xls"):
        saved = partial(_and_saved, _CHANGES[_name], _suffix)
        add(f"{_name}-saved-as-{_suffix}", Recipe(saved, _suffix, by_program=True))


@recipe("row-copied-with-its-label")
def _row_copied(workbook: bytes) -> bytes:
    def copy(book: Workbook) -> None:
        sheet = book["表三"]
        for cells in sheet.iter_rows(min_row=9, max_row=9):
            for cell in cells:
                sheet.cell(10, cell.column or 1).value = cell.value

    return edited(with_rows_inserted(workbook, "表三", 10), copy)


@recipe("figures-of-last-year-above-the-row-in-xls", "xls", by_program=True)
def _last_year_above(workbook: bytes) -> bytes:
    def write(book: Workbook) -> None:
        for column in "ABCDEFGHIJKLMNO":
            book["表四"][f"{column}6"] = 1

    return saved_by_libreoffice(edited(with_rows_inserted(workbook, "表四", 6), write), "xls")


@recipe("figures-cut-and-pasted-one-column-on")
def _cut_and_pasted(workbook: bytes) -> bytes:
    """Excel lets a name follow a cell that is cut; that of the cell pasted over is lost."""

    def paste(book: Workbook) -> None:
        sheet = book["表三"]
        sheet["E8"].value, sheet["D8"].value = sheet["D8"].value, None
        book.defined_names["requests.received.natural_person"].attr_text = "'表三'!$E$8"
        book.defined_names["requests.received.business"].attr_text = "#REF!"

    return edited(with_rows_inserted(workbook, "表三", 2), paste)


@recipe("rows-sorted")
def _sorted(workbook: bytes) -> bytes:
    """Sorting takes labels and figures along, names and formulas stay."""

    def swap(book: Workbook) -> None:
        sheet = book["表三"]
        for column in range(3, 11):
            one, other = sheet.cell(12, column), sheet.cell(13, column)
            one.value, other.value = other.value, one.value

    return edited(workbook, swap)


@recipe("label-typed-over")
def _label_typed_over(workbook: bytes) -> bytes:
    return edited(workbook, lambda book: book["表二"].__setitem__("A9", "行政许可数量"))


@recipe("sheets-in-another-order")
def _reordered(workbook: bytes) -> bytes:
    return edited(workbook, lambda book: book.move_sheet("表四", -3))


@recipe("sheet-deleted")
def _sheet_deleted(workbook: bytes) -> bytes:
    return edited(workbook, lambda book: book.remove(book["表四"]))


def _with_twin(workbook: bytes, figure: int | None) -> bytes:
    def copy(book: Workbook) -> None:
        twin = book.copy_worksheet(book["表四"])
        twin.title = "表四 (2)"
        if figure is not None:
            twin["A6"] = figure

    return edited(workbook, copy)


add("sheet-copied", Recipe(partial(_with_twin, figure=None)))
add("sheet-copied-and-both-filled-in", Recipe(partial(_with_twin, figure=7)))


@recipe("copy-kept-and-original-deleted")
def _copy_kept(workbook: bytes) -> bytes:
    return edited(_with_twin(workbook, None), lambda book: book.remove(book["表四"]))


def _without_a_trace(book: Workbook) -> None:
    book.defined_names.clear()
    del book[IDENTITY]


@recipe("copied-to-a-new-file")
def _copied_to_a_new_file(workbook: bytes) -> bytes:
    return edited(workbook, _without_a_trace)


@recipe("half-of-it-copied-to-a-new-file")
def _half_copied(workbook: bytes) -> bytes:
    def halve(book: Workbook) -> None:
        _without_a_trace(book)
        for sheet in ("表四", "问题与事项"):
            del book[sheet]

    return edited(workbook, halve)


@recipe("tables-pasted-into-one-sheet")
def _pasted_together(workbook: bytes) -> bytes:
    def paste(book: Workbook) -> None:
        _without_a_trace(book)
        together = book.create_sheet("三张表")
        row = 0
        for name in ("表二", "表三", "表四"):
            for cells in book[name].iter_rows():
                for cell in cells:
                    if cell.value is not None and cell.data_type != "f":
                        together.cell(row + cell.row, cell.column).value = cell.value
            row += book[name].max_row + 3
            del book[name]

    return edited(workbook, paste)


@recipe("made-for-another-agency-and-year")
def _another_agency(workbook: bytes) -> bytes:
    def pretend(book: Workbook) -> None:
        for key, value in book[IDENTITY].iter_rows(max_col=2):
            value.value = {"agency": "清河县档案馆", "year": "2022"}.get(str(key.value), value.value)

    return edited(workbook, pretend)


@recipe("made-with-another-version-of-the-pack")
def _another_version(workbook: bytes) -> bytes:
    def pretend(book: Workbook) -> None:
        for key, value in book[IDENTITY].iter_rows(max_col=2):
            value.value = {"version": "0.9.0"}.get(str(key.value), value.value)

    return edited(workbook, pretend)


@recipe("another-table-of-the-agency")
def _own_table(workbook: bytes) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表二"
    for row in load_workbook(BytesIO(workbook))["表二"].iter_rows(values_only=True):
        sheet.append(row)
    saved_book = BytesIO()
    book.save(saved_book)
    return edited(saved_book.getvalue(), lambda made: None)
