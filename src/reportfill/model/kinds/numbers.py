"""What counts and amounts have in common: a figure is read where that is sure, else it is a finding, never a guess."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from reportfill.decimals import Number, exact, is_finite, is_number, plain
from reportfill.finding import Finding
from reportfill.model.kinds.blank_figure import BLANK_FIGURE
from reportfill.model.kinds.kind import Content, Kind, Read
from reportfill.model.kinds.typed import EXACT_BELOW, LONGEST_QUOTED, TEXT, exact_number, refused, tidied
from reportfill.model.kinds.typed_numbers import NoNumber, typed_number
from reportfill.model.requirements import requirement, value_in_words
from reportfill.model.visible import is_blank, with_marks_shown
from reportfill.office.grid import CellValue
from reportfill.place import Cell
from reportfill.text import cut

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

Bound = int | Decimal | None

LARGEST = EXACT_BELOW - 1
"""The largest figure of a field that names none: what Excel keeps to the last digit."""

_MOST_DECIMALS = 30
"""Digits behind the point; nobody means more, and written out they would fill the page."""

_WHY_NO_NUMBER = {
    NoNumber.NOTHING: "cell.no_figure",
    NoNumber.SEVERAL: "cell.several_numbers",
    NoNumber.OTHER: "cell.not_a_number",
}


class Figure(Kind):
    """A number, of whichever kind."""

    is_number = True
    is_whole: ClassVar[bool]
    noun: ClassVar[str]
    """What Excel calls it where it refuses something else."""
    blank_code = "cell.blank"
    blank = open = BLANK_FIGURE

    def plain(self, field: Field, content: CellValue) -> int | None:
        """A whole number that the field allows."""
        if type(content) is not float or not content.is_integer() or content >= EXACT_BELOW:
            return None
        return int(content) if field.allows(content) else None

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The figure that was typed, as a number or as a text that says one."""
        wrong = refused(field, content, cell)
        if wrong:
            return Read(None, wrong)
        if isinstance(content, str):
            return Read(None) if is_blank(content) else self._from_text(field, content, cell)
        return self._judged(field, exact_number(content), cell)  # type: ignore[arg-type]  # others are refused

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The figure that stands in data; a float is the decimal that it denotes."""
        return self.read(field, exact(value) if isinstance(value, float) else value, cell)

    def _from_text(self, field: Field, content: str, cell: Cell | None) -> Read:
        number = typed_number(content, field.unit)
        if isinstance(number, NoNumber):
            value = cut(with_marks_shown(content.strip()), LONGEST_QUOTED)
            code = _WHY_NO_NUMBER[number]
            return Read(None, field.finding(code, cell, value=value))
        read = self._judged(field, number, cell)
        return read if read.finding else Read(read.value, tidied(field, content, str(read.value), cell, TEXT))

    def _judged(self, field: Field, number: Number, cell: Cell | None) -> Read:
        wrong = self.judge(field, number, cell)
        return Read(None, wrong) if wrong else Read(int(number) if self.is_whole else number)

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What is wrong with a value where a figure is due."""
        if isinstance(value, bool):
            return refused(field, value, cell)
        if not (is_number(value) and is_finite(value)):
            return field.finding("cell.not_a_number", cell, value=str(value))
        if not -LARGEST <= value <= LARGEST:
            is_negative = value < 0 and field.minimum == 0
            return field.finding(
                "cell.negative" if is_negative else "cell.too_large",
                cell,
                value=f"{Decimal(value):.6G}",  # of more digits than any figure has, and never written out
                expected=LARGEST if field.maximum is None else field.maximum,
            )
        if isinstance(value, Decimal) and -int(value.as_tuple().exponent) > _MOST_DECIMALS:
            return field.finding("cell.too_fine", cell, value=f"{value:.6G}", expected=_MOST_DECIMALS)
        if self.is_whole and value != int(value):
            return field.finding("cell.fraction", cell, value=value)
        if field.minimum is not None and value < field.minimum:
            code = "cell.negative" if field.minimum == 0 else "schema.invalid"
            problem, now = requirement("minimum", field.minimum, {}), value_in_words(value)
            return field.finding(code, cell, value=value, expected=problem, problem=problem, now=now)
        if field.maximum is not None and value > field.maximum:
            return field.finding("cell.too_large", cell, value=value, expected=field.maximum)
        return None

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """The number as it is; what is none, as a text."""
        return [exact(value)] if is_number(value) else super().contents(field, value, cells)

    def limits(self, field: Field) -> CellLimits:
        """A number within the field's bounds."""
        bounds = (field.minimum, field.more_than, field.maximum, field.less_than)
        return _limits(self.noun, *bounds, is_whole=self.is_whole)

    def sample(self, field: Field, *, long: bool) -> Any:
        """A number within the field's bounds."""
        if field.choices:
            return field.choices[0].value
        value = 1_234_567 if long else 12
        if field.maximum is not None:
            value = min(value, int(field.maximum))
        return value if field.minimum is None else max(value, int(field.minimum))


@lru_cache(maxsize=1024)
def _limits(
    noun: str, minimum: Bound, more_than: Bound, maximum: Bound, less_than: Bound, *, is_whole: bool
) -> CellLimits:
    """What a cell accepts between these bounds."""
    from reportfill.office.workbook.cell_edits import CellLimits  # for new workbooks alone

    said = [] if minimum is None else [f"不小于{plain(minimum)}"]
    said += [] if more_than is None else [f"大于{plain(more_than)}"]
    said += [] if maximum is None else [f"不大于{plain(maximum)}"]
    said += [] if less_than is None else [f"小于{plain(less_than)}"]
    error = f"这里只能填{'、'.join(said)}{'的' if said else ''}{noun}；没有发生的填0。"
    if minimum is maximum is None and (more_than is None) is not (less_than is None) and not is_whole:
        operator: Literal["greaterThan", "lessThan"] = "lessThan" if more_than is None else "greaterThan"
        [bound] = [plain(bound) for bound in (more_than, less_than) if bound is not None]
        return CellLimits("decimal", operator, (bound, None), error)
    above = more_than if more_than is None or not is_whole else floor(more_than) + 1
    below = less_than if less_than is None or not is_whole else ceil(less_than) - 1
    least = max((bound for bound in (minimum, above) if bound is not None), default=-LARGEST)
    most = min((bound for bound in (maximum, below) if bound is not None), default=LARGEST)
    return CellLimits("whole" if is_whole else "decimal", "between", (plain(least), plain(most)), error)
