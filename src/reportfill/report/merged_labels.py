"""Labels of merged cells that begin in the row of a loop: docxtpl takes that row away, and the label with it.

A table has 类别 beside all rows of a loop, or a class beside its items: the keeper merges the cell from the row that
holds {%tr for … %} down to the last one. The row of the loop is no row of the report, so the label goes into the first
row that is printed, and the others go on with the merged cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from itertools import count

from reportfill.office.package import composed, parts_of
from reportfill.office.word_package import word_package
from reportfill.office.word_revisions import W
from reportfill.office.word_structure import cells_by_column, own_rows
from reportfill.office.xml import Element, parsed, xml_bytes

_FOR = re.compile(r"\{%-?tr\s+for\s+\w+\s+in\s+(.+?)\s*-?%\}", re.DOTALL)
_OF_ROWS = re.compile(r"\{%-?tr\s")
_END = re.compile(r"\{%-?tr\s+endfor\s*-?%\}")
_LOOP, _FIRST = "label_loop_", "label_first_"
"""What a template calls the loop of a label, and whether a row is the first that it prints."""


_Row = tuple[Element, Mapping[int, Element]]
"""A row of a table with its cells by column."""


@lru_cache(maxsize=4)
def with_merged_labels(template: bytes) -> bytes:
    """A template whose labels are printed in the first row that a loop prints; the same bytes where it has none."""
    parts = parts_of(template)
    numbers = count()
    changed: dict[str, bytes] = {}
    for name in word_package(parts).filled:
        if b"vMerge" in parts[name] and b"tr" in parts[name]:
            root = parsed(parts[name])
            if sum(_labelled(table, numbers) for table in root.iter(f"{W}tbl")):
                changed[name] = xml_bytes(root)
    return composed({**parts, **changed}, level=0) if changed else template


def _labels_beginning_in(row: Element) -> Mapping[int, Element]:
    """The cells of a loop's row that begin a merged cell, by their columns."""
    if not _FOR.search(_text(row)):
        return {}
    return {column: cell for column, cell in cells_by_column(row) if _merge_of(cell) == "restart"}


def _labelled(table: Element, numbers: Iterator[int]) -> int:
    """Put the labels of a table into the rows that are printed; in how many loops there are some."""
    rows: list[_Row] = [(row, dict(cells_by_column(row))) for row in own_rows(table)]
    labelled = [
        (place, labels) for place, (row, _) in enumerate(rows) if (labels := _labels_beginning_in(row))
    ]
    for place, labels in labelled:
        _put_in(rows[place:], labels, next(numbers))
    return len(labelled)


def _put_in(rows: Sequence[_Row], labels: Mapping[int, Element], number: int) -> None:
    """Put the labels of the first of some rows, that of a loop, into those below it that are printed."""
    (loop, _), *below = rows
    iterated = _FOR.search(_text(loop))
    assert iterated is not None  # it is the row of a loop
    loop.tail = f"{{% set {_LOOP}{number} = loop %}}{loop.tail or ''}"
    depth, is_behind = 1, False
    for row, cells in below:
        going_on = {c: cell for c, cell in labels.items() if c in cells and _merge_of(cells[c]) == "continue"}
        if not going_on:
            return
        text = _text(row)
        depth += bool(_FOR.search(text)) - bool(_END.search(text))
        if _OF_ROWS.search(text):
            continue
        if depth > 0:
            first = f"{{% set {_FIRST}{number} = {_LOOP}{number}.changed(0) %}}"
            condition = f"{_FIRST}{number}"
        elif not is_behind:
            first, condition, is_behind = "", f"not ({iterated[1]})", True
        else:
            return
        for column, label in going_on.items():
            _put_before(cells[column], label, condition)
        row.text = f"{first}{row.text or ''}"


def _put_before(cell: Element, label: Element, condition: str) -> None:
    """Let a row have the label in the place of a cell, where a condition holds."""
    own = deepcopy(label)
    width, wanted = own.find(f"{W}tcPr/{W}tcW"), cell.find(f"{W}tcPr/{W}tcW")
    if width is not None and wanted is not None:
        width.attrib.update(wanted.attrib)
    own.tail = "{% else %}"
    before = cell.getprevious()
    begin = f"{{% if {condition} %}}"
    if before is not None:
        before.tail = f"{before.tail or ''}{begin}"
    else:
        row = cell.getparent()
        assert row is not None  # a cell stands in a row
        row.text = f"{row.text or ''}{begin}"
    cell.addprevious(own)
    cell.tail = f"{{% endif %}}{cell.tail or ''}"


def _merge_of(cell: Element) -> str:
    """Whether a cell begins a merged one ("restart"), goes on with it ("continue"), or is none of one (empty)."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return "" if merge is None else merge.get(f"{W}val", "continue")


def _text(row: Element) -> str:
    return "".join(text.text or "" for text in row.iter(f"{W}t"))
