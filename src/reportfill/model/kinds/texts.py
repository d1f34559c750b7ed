"""What a text and a list of paragraphs have in common: lines as they were typed, tidied where nothing can be lost."""

from __future__ import annotations

import re
from abc import abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from reportfill.decimals import is_finite, is_number
from reportfill.finding import Finding
from reportfill.model.kinds.kind import Content, Kind, Read
from reportfill.model.kinds.typed import NUMBER, exact_number, refused, tidied
from reportfill.model.visible import PRINTABLE_BLANKS, lines_in, with_line_feeds
from reportfill.office.grid import CellValue
from reportfill.office.xml import FORBIDDEN_IN_XML
from reportfill.place import Cell
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

_LONGEST_TEXT = 32767
"""Characters that a cell holds, for texts that the schema does not bound."""

_LONG = 2000
"""Characters of a long sample: four pages of a report hold about so many."""

_DIGITS = 4
"""Those of a marker."""

_ESCAPED_PAIR = re.compile("_x(D[89AB][0-9A-F]{2})__x(D[C-F][0-9A-F]{2})_", re.IGNORECASE)
_ESCAPED_HALF = re.compile("_x(D[89A-F][0-9A-F]{2})_", re.IGNORECASE)
"""A character beyond U+FFFF and a half of one, escaped (ECMA-376 22.9.2.19). calamine leaves both as they stand."""

_NOT_PLAIN_AT_FIRST = (" ", "=", *PRINTABLE_BLANKS)
_NOT_PLAIN_AT_LAST = (" ", *PRINTABLE_BLANKS)


class Words(Kind):
    """A text, or several of them."""

    between: ClassVar[str]
    """What stands between lines that are read as they were typed."""
    division: ClassVar[Text]
    """What else may be done about a text that is too long."""
    is_text = True
    blank_code = "text.empty"

    @abstractmethod
    def of_lines(self, lines: tuple[str, ...]) -> Any:
        """The value that lines make."""

    def plain(self, field: Field, content: CellValue) -> Any:
        """One line with nothing in it that has to be looked at."""
        return self.of_lines((str(content),)) if _is_plain(field, content) else None

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """What was typed: a line break ends a line, and empty ones do not count."""
        if _is_plain(field, content):
            return Read(self.of_lines((str(content),)))
        wrong = refused(field, content, cell)
        if wrong:
            return Read(None, wrong)
        if not isinstance(content, str):
            text = str(exact_number(content))  # type: ignore[arg-type]  # others are refused
            return Read(self.of_lines((text,)), tidied(field, text, text, cell, NUMBER))
        lines = tuple(lines_in(_with_pairs(content)))
        found = (self.judge(field, line, cell) or _half_finding(field, line, cell) for line in lines)
        return Read(
            self.of_lines(lines), next(filter(None, found), self._tidied(field, content, lines, cell))
        )

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of data, in which nothing is escaped, and what cannot be printed `check` names."""
        if is_number(value) and not is_finite(value):
            return Read(value)
        if not isinstance(value, str):
            return self.read(field, value, cell)
        lines = tuple(lines_in(value))
        return Read(self.of_lines(lines), self._tidied(field, with_line_feeds(value), lines, cell))

    def _tidied(
        self, field: Field, content: str, lines: tuple[str, ...], cell: Cell | None
    ) -> Finding | None:
        is_as_typed = not lines or self.between.join(lines) == content
        return None if is_as_typed else tidied(field, content, " ".join(lines), cell)

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """What keeps a text, or a paragraph, from being printed."""
        if not isinstance(value, str):
            return None
        forbidden = FORBIDDEN_IN_XML.search(value)
        if forbidden:
            return field.finding(
                "cell.control_characters", cell, label, value=f"U+{ord(forbidden.group()):04X}"
            )
        if field.max_length is not None and len(value) > field.max_length:
            about = {"value": len(value), "expected": field.max_length, "division": self.division}
            return field.finding("cell.too_long", cell, label, **about)
        return None

    def limits(self, field: Field) -> CellLimits:
        """A text of the length that the schema asks for."""
        return _limits(field.min_length, field.max_length or _LONGEST_TEXT)

    def marker(self, field: Field) -> str:
        """The field's number in reading order, where the schema leaves its text free."""
        is_free = not field.choices and (field.max_length or _LONG) >= _DIGITS
        return f"{field.order:0{_DIGITS}d}" if is_free else ""


def sample_text(field: Field, words: str, *, long: bool) -> str:
    """Words as long as the schema lets them be, up to a few pages, if they are to be `long`."""
    return (words + "长" * (_LONG - len(words)) if long else words)[: field.max_length]


def _is_plain(field: Field, content: Content) -> bool:
    """Whether a cell holds one line with nothing in it that has to be looked at, as nearly all do."""
    return (
        type(content) is str
        and content.isprintable()
        and not content.startswith(_NOT_PLAIN_AT_FIRST)
        and not content.endswith(_NOT_PLAIN_AT_LAST)
        and "_x" not in content
        and 0 < len(content) <= (field.max_length or 0)
    )


def _with_pairs(content: str) -> str:
    """A text with the characters whose halves are escaped."""
    return _ESCAPED_PAIR.sub(lambda halves: bytes.fromhex(halves[1] + halves[2]).decode("utf-16-be"), content)


def _half_finding(field: Field, text: str, cell: Cell | None) -> Finding | None:
    half = _ESCAPED_HALF.search(text)
    value = half and f"U+{half[1].upper()}"
    return field.finding("cell.control_characters", cell, value=value) if half else None


@lru_cache(maxsize=1024)
def _limits(shortest: int, longest: int) -> CellLimits:
    from reportfill.office.workbook.cell_edits import CellLimits  # for new workbooks alone

    if shortest > 1:
        error = f"这里要填{shortest}到{longest}个字；长的内容请分成几段，一行填一段。"
        return CellLimits("textLength", "between", (str(shortest), str(longest)), error)
    error = f"这里最多填{longest}个字；长的内容请分成几段，一行填一段。"
    return CellLimits("textLength", "lessThanOrEqual", (str(longest), None), error)
