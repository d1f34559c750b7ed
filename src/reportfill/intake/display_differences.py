"""Whether the cells of a workbook show what they hold.

calamine gives numbers without their formats. Only where a workbook has a format that may show another number, or a cell
has more decimals than its formats show, are its cells looked up.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cached_property

from reportfill.decimals import Number, is_number, reduced
from reportfill.finding import Finding, finding
from reportfill.model.fields import Field
from reportfill.office.grid import CellValue
from reportfill.office.inspection.faults import damage_named
from reportfill.office.inspection.file_kind import Inspection
from reportfill.office.number_formats.built_in import GENERAL
from reportfill.office.number_formats.conditional_formats import ConditionalFormat
from reportfill.office.number_formats.display import (
    PERCENT,
    Display,
    Showing,
    ShownCell,
    display_of_number,
    display_of_text,
    witnessed_display,
)
from reportfill.office.number_formats.formats_of_ods import (
    CONTENT,
    conditional_formats_of_ods,
    formats_of_ods,
)
from reportfill.office.number_formats.formats_of_xls import formats_of_xls, has_conditional_formats_of_xls
from reportfill.office.number_formats.formats_of_xlsx import (
    conditional_formats_of_xlsx,
    formats_of_xlsx,
)
from reportfill.office.number_formats.general import number_held
from reportfill.office.number_formats.plainness import ANY, MAY_MISLEAD, is_shown_in_full
from reportfill.office.number_formats.rendering import is_in_percent, rendered
from reportfill.place import Cell
from reportfill.text import Text, cut

_OF_THIS_KIND = Text(
    "这种文件（.xlsb）看不到单元格的数字格式", "the number formats of such a file (.xlsb) cannot be seen"
)
_UNDER_CONDITIONS = Text(
    "这个.xls文件里有按条件设置的数字格式，看不到",
    "this .xls has number formats under conditions, which cannot be seen",
)
_WORD = re.compile(r"[0-9A-Za-z\u4e00-\u9fff-]+")
"""A text that is as good as a code; not 1,234 and 5.0, which are ways to show a number."""

_LONGEST = 60
"""Characters of a shown text or a format's code that a finding cites."""

ROUNDED, OTHERWISE = "cell.shown_rounded", "cell.shown_otherwise"
_CODES = {Showing.ROUNDED: ROUNDED, Showing.OTHERWISE: OTHERWISE}
_PLAIN = ShownCell(GENERAL)


class NumberFormats:
    """Tells whether a cell of a workbook shows what it holds."""

    def __init__(self, inspection: Inspection) -> None:
        self._content = inspection.content
        self._parts = inspection.parts
        self._decimals = inspection.decimals_shown

    @property
    def may_mislead(self) -> bool:
        """Whether any cell may show something else than it holds, however plain its number is."""
        return self._decimals == MAY_MISLEAD

    @cached_property
    def unseen(self) -> Finding | None:
        """What there is to say where something is not known of how cells show what they hold. Raises GridError."""
        if self._decimals is None:
            return finding("file.formats_unseen", problem=_OF_THIS_KIND)
        with damage_named():
            has_unseen = not self._parts and has_conditional_formats_of_xls(self._content)
            return finding("file.formats_unseen", problem=_UNDER_CONDITIONS) if has_unseen else None

    def finding(self, field: Field, cell: Cell, value: CellValue) -> Finding | None:
        """What is wrong with a cell that shows something else than it holds, an error, or its number rounded, a
        warning; None where it shows what it holds."""
        if is_number(value):
            return self._finding_of_number(field, cell, value)
        shown = self.cells.get(cell) if self.may_mislead and isinstance(value, str) and value else None
        if shown is None:
            return None
        return _finding(field, cell, str(value), display_of_text(shown.code, str(value)), shown.code)

    def _finding_of_number(self, field: Field, cell: Cell, value: float | Decimal) -> Finding | None:
        if self._decimals is None or is_shown_in_full(float(value), self._decimals):
            return None
        number = number_held(value)
        shown = self._shown_by_condition(cell, number) or self.cells.get(cell, _PLAIN)
        judgement = display_of_number(shown.code, number, field.unit)
        if shown.text:
            judgement = witnessed_display(shown.code, shown.text, number, field.unit)
        return _finding(field, cell, reduced(number), judgement, shown.code)

    def in_unit(self, field: Field, cell: Cell, value: CellValue) -> CellValue | Decimal:
        """What a cell holds in the unit of its field: 12.5 where 12.5% is shown, which a workbook keeps as 0.125.
        Raises GridError."""
        if field.unit != PERCENT or not is_number(value) or self._decimals is None:
            return value
        number = number_held(value)
        shown = self.cells.get(cell)
        return reduced(number * 100) if shown and is_in_percent(shown.code, number) else value

    def code(self, cell: Cell) -> str:
        """The code of a cell's format. Raises GridError."""
        return self.cells.get(cell, _PLAIN).code

    def as_text(self, cell: Cell, value: CellValue) -> CellValue:
        """What a cell holds where a text is due: of a number what it shows, where its format makes a word of it, such
        as the code 00123 of 123. Raises GridError."""
        if isinstance(value, bool) or not isinstance(value, int | float) or self._decimals in (None, ANY):
            return value
        shown = self.cells.get(cell)
        text = rendered(shown.code, number_held(value)).text.strip() if shown else ""
        return text if _WORD.fullmatch(text) else value

    def _shown_by_condition(self, cell: Cell, number: Decimal) -> ShownCell | None:
        """The format that a cell has under a condition that its number fulfils; None where it has none."""
        rules = self._conditional.get(cell.sheet, ())
        return next((ShownCell(one.code) for one in rules if one.is_for(cell, number)), None)

    @cached_property
    def _conditional(self) -> dict[str, list[ConditionalFormat]]:
        with damage_named():
            if CONTENT in self._parts:
                return conditional_formats_of_ods(self._parts)
            return conditional_formats_of_xlsx(self._parts)

    @cached_property
    def cells(self) -> dict[Cell, ShownCell]:
        """The formats of the cells that have another one than General. Raises GridError."""
        with damage_named():
            if not self._parts:
                return dict(formats_of_xls(self._content))
            return dict(
                formats_of_ods(self._parts) if CONTENT in self._parts else formats_of_xlsx(self._parts)
            )


def _finding(field: Field, cell: Cell, value: str | Number, judgement: Display, code: str) -> Finding | None:
    if judgement.showing is Showing.SAME:
        return None
    text = cut(judgement.text, _LONGEST)
    return finding(
        _CODES[judgement.showing],
        field=field.path,
        cell=cell,
        value=cut(value, _LONGEST) if isinstance(value, str) else value,
        expected=text,
        label=field.label,
        shown=Text(f"“{text}”", f'"{text}"') if text else Text("空白", "nothing"),
        format=cut(code, _LONGEST),
    )
