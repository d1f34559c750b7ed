"""Several choices: values of one list, each once; in cells one below the other, or in one with 、 between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from reportfill.model.kinds.chosen import ChosenKind, listed_value, printed_option, read_option
from reportfill.model.kinds.kind import Content, Read
from reportfill.model.kinds.printed_words import PrintedList
from reportfill.model.kinds.typed import tidied
from reportfill.model.options import list_limits, option_meant
from reportfill.model.visible import is_blank
from reportfill.place import Cell

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits

_SIGNS = r"、,，;；\r\n\v\f\x85\u2028\u2029"
_SIGN = re.compile(f"[{_SIGNS}]")


class SeveralChoices(ChosenKind):
    """Values from a list."""

    type, name = "array", "choices"
    is_list = True
    judged_keywords = frozenset({"enum", "const"})
    blank: ClassVar[PrintedList] = PrintedList()
    open: ClassVar[PrintedList] = PrintedList()

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a schema lists the values of an array, each of which may stand once."""
        return node.get("type") == self.type and node.get("uniqueItems") is True

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The values that were chosen or typed in one cell."""
        if isinstance(content, str) and is_blank(content):
            return Read(())
        if not isinstance(content, str) or option_meant(content, field.choices):
            read = read_option(field, content, cell)
            return read if read.value is None else Read((read.value,), read.finding)
        read_each = [read_option(field, words, cell) for words in _divided(field, content)]
        wrong = next((one.finding for one in read_each if one.value is None), None)
        if wrong:
            return Read((), wrong)
        values = tuple(dict.fromkeys(one.value for one in read_each))
        shown = "、".join(printed_option(field, value) for value in values)
        return Read(values, None if shown == content else tidied(field, content, shown, cell))

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of one entry of data."""
        known = listed_value(field, value)
        return self.read(field, value, cell) if known is None else Read((known,))

    def given(self, value: Any) -> Any:
        """The values, each by itself."""
        return value if isinstance(value, list) or value is None else [value]

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """The words for the values in a block of rows, one a row; those that are too many share the last row."""
        words = [str(printed_option(field, one)) for one in value or []]
        if len(words) > cells:
            words = [*words[: cells - 1], "、".join(words[cells - 1 :])]
        return words + [""] * (cells - len(words))

    def printed(self, field: Field, value: Any) -> PrintedList:
        """The words for the values, one by one, and printed as an enumeration."""
        return PrintedList(printed_option(field, one) for one in value)

    def limits(self, field: Field) -> CellLimits:
        """The words of the list; others may be typed, for several stand in one cell."""
        return list_limits(field.listed)._replace(error="")

    def sample(self, field: Field, *, long: bool) -> Any:
        """The first two values, or all of them if it is to be long."""
        return [option.value for option in field.choices[: None if long else 2]]


def _divided(field: Field, content: str) -> list[str]:
    """What stands between the signs of a cell; a title that holds such signs itself is not divided."""
    whole = sorted((one.title for one in field.choices if _SIGN.search(one.title)), key=len, reverse=True)
    titles = "".join(rf"{re.escape(title)}(?=\s*(?:[{_SIGNS}]|\Z))|" for title in whole)
    return [words for words in re.findall(rf"\s*(?:{titles}[^{_SIGNS}]+)", content) if not is_blank(words)]
