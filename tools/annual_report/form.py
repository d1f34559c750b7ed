"""What tells the forms of the report from each other, apart from what their schemas say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Form:
    """One form of the report.

    `blocks` are those of the table of 二: the heading of each, and the groups of figures that it holds. `note` stands
    above that table in the workbook. `broken_heads` are heads of its columns that the form prints on two lines. The
    unit of an amount is printed in its column's head, or, with `prints_units_in_cells`, behind each amount.
    """

    pack: str
    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    note: str
    broken_heads: Mapping[str, str] = field(default_factory=dict)
    prints_units_in_cells: bool = False
