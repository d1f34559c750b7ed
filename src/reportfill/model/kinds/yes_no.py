"""Yes or no: 是 or 否 in the workbook, true or false in data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportfill.decimals import exact, is_number, plain
from reportfill.finding import Finding
from reportfill.model.chinese.yes_no import NO, YES, says_no, says_yes
from reportfill.model.kinds.chosen import not_listed
from reportfill.model.kinds.kind import Content, Kind, Read
from reportfill.model.kinds.printed_words import PrintedAnswer
from reportfill.model.kinds.typed import refused, tidied
from reportfill.model.labels import folded
from reportfill.model.options import Option, list_limits
from reportfill.model.visible import is_blank
from reportfill.place import Cell

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

_OPTIONS = (Option(YES, YES), Option(NO, NO))


class YesNo(Kind):
    """An answer to a question that has two."""

    type = name = "boolean"
    is_printed_otherwise = True
    blank_code = "cell.not_chosen"
    blank = open = ""

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The answer that was chosen or typed, by 是 and 否, √ and ×, or TRUE and FALSE."""
        if isinstance(content, str) and is_blank(content):
            return Read(None)
        wrong = None if isinstance(content, bool) else refused(field, content, cell)
        if wrong:
            return Read(None, wrong)
        typed = plain(exact(content)) if is_number(content) else str(content)
        word = folded(typed)
        if not (says_yes(word) or says_no(word)):
            return Read(None, not_listed(field, typed, cell, _OPTIONS))
        answer = says_yes(word)
        return Read(answer, None if typed == _word(answer) else tidied(field, typed, _word(answer), cell))

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of data, which have it as true and false."""
        return Read(value) if isinstance(value, bool) else self.read(field, value, cell)

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What keeps a value from being an answer."""
        return None if isinstance(value, bool) else not_listed(field, value, cell, _OPTIONS, label)

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """The word for the answer."""
        return [_word(value)] if isinstance(value, bool) else super().contents(field, value, cells)

    def printed(self, field: Field, value: Any) -> PrintedAnswer:
        """The word for the answer; true or false in a condition."""
        return PrintedAnswer(_word(value), value)

    def limits(self, field: Field) -> CellLimits:
        """The two words."""
        return list_limits((YES, NO))

    def sample(self, field: Field, *, long: bool) -> Any:
        """Yes."""
        return True


def _word(answer: bool) -> str:
    return YES if answer else NO
