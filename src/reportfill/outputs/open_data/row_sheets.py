"""How the rows of reports are shown to people: a sheet a table of rows, a column a field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportfill.intake.row_columns import columns_of_rows, row_chains
from reportfill.model.fields import Field, RowGroup
from reportfill.model.figures import with_values
from reportfill.pack.pack import Pack

WIDE = 30
"""How wide a column of texts is."""

_NARROW = 12
_LONGEST_TITLE = 31
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True)
class RowSheet:
    """The sheet of rows, and of those within them: the path of the outer ones, its title, and the field of each
    column."""

    pack: Pack
    path: str
    title: str
    fields: tuple[Field, ...]

    @property
    def order(self) -> int:
        """The place of the rows in reading order."""
        return self.pack.rows[self.path].order

    @property
    def label(self) -> str:
        """What people call the rows."""
        return self.pack.rows[self.path].label

    @property
    def heads(self) -> list[tuple[str, ...]]:
        """The labels of each column from the top down."""
        depth = len(self.pack.rows[self.path].titles)
        return [field.titles[depth:] for field in self.fields]

    @property
    def widths(self) -> list[int]:
        """How wide each column is."""
        return [WIDE if field.kind.is_text else _NARROW for field in self.fields]

    @property
    def wide_columns(self) -> list[int]:
        """The columns whose texts go on in a new line."""
        return [column for column, width in enumerate(self.widths) if width == WIDE]

    def lines(self, rows: Sequence[Mapping[str, Any]]) -> Iterator[list[Any]]:
        """Rows of an agency as lines of the sheet: rows within a row share its line, then lines of their own."""
        columns = columns_of_rows(self.pack, with_values({}, {self.path: list(rows)}))
        for values in zip(*(columns[field.path] for field in self.fields), strict=True):
            yield [shown_value(field, value) for field, value in zip(self.fields, values, strict=True)]


def row_sheets(pack: Pack) -> list[RowSheet]:
    """The sheets in the order of the form."""
    chains = row_chains(pack)
    return [
        RowSheet(
            pack, chain[0].path, _title(chain[0], number if len(chains) > 1 else 0), tuple(_fields(chain))
        )
        for number, chain in enumerate(chains, 1)
    ]


def _title(group: RowGroup, number: int) -> str:
    """The name of the sheet: unlike that of any other one, and one that a sheet can have."""
    words = f"（各行{number or ''}）"
    return _NOT_IN_TITLES.sub(" ", group.label)[: _LONGEST_TITLE - len(words)] + words


def _fields(chain: Sequence[RowGroup]) -> Iterator[Field]:
    for group in chain:
        yield from group.fields


def shown_value(field: Field, value: Any) -> Any:
    """A value as people read it."""
    if value is None or field.kind.is_number:
        return value
    return "、".join(value) if field.kind.is_narrative else str(field.kind.printed(field, value))
