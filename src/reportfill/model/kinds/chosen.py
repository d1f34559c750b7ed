"""What a choice and several choices have in common: a word that the schema lists, or a finding that says which one was
perhaps meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportfill.decimals import exact, is_number
from reportfill.finding import Finding
from reportfill.model.kinds.kind import Content, Kind, Read
from reportfill.model.kinds.printed_words import PrintedWords
from reportfill.model.kinds.typed import LONGEST_QUOTED, refused, tidied
from reportfill.model.options import Option, list_limits, option_meant, option_nearest
from reportfill.model.requirements import one_of, value_in_words
from reportfill.model.visible import with_marks_shown
from reportfill.place import Cell
from reportfill.text import Text, cut

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.office.workbook.cell_edits import CellLimits


class ChosenKind(Kind):
    """A value from a list, or several."""

    blank_code = "cell.not_chosen"
    is_printed_otherwise = True
    judged_keywords = frozenset({"enum", "const"})

    def judge(self, field: Field, value: Any, cell: Cell | None = None, label: str = "") -> Finding | None:
        """That a value is none of those listed, with the one that was perhaps meant."""
        if any(value == option.value for option in field.choices):
            return None
        return not_listed(field, value, cell, field.choices, label)

    def limits(self, field: Field) -> CellLimits:
        """The words from which one is chosen."""
        return list_limits(field.listed)


def listed_value(field: Field, value: Content) -> Any:
    """The value of data that the schema lists, whatever titles others have; None where it is none of them."""
    known = None if isinstance(value, bool) else exact(value) if is_number(value) else value
    return next((one.value for one in field.choices if one.value == known), None)


def read_option(field: Field, content: Content, cell: Cell | None) -> Read:
    """The value of the option that somebody named, by its words or as data have it."""
    wrong = refused(field, content, cell)
    if wrong:
        return Read(None, wrong)
    option = option_meant(content, field.choices)
    if option is None:
        return Read(None, not_listed(field, content, cell, field.choices))
    is_as_listed = content in (option.title, option.value)
    return Read(option.value, None if is_as_listed else tidied(field, str(content), option.title, cell))


def not_listed(
    field: Field, value: Any, cell: Cell | None, options: tuple[Option, ...], label: str = ""
) -> Finding:
    """The finding on what is none of the options."""
    shown = cut(with_marks_shown(str(value).strip()), LONGEST_QUOTED)
    meant = option_nearest(value, options)
    perhaps = Text(f"，是不是“{meant.title}”？", f"; is “{meant.title}” meant?") if meant else Text("。", ".")
    return field.finding(
        "cell.not_listed",
        cell,
        label,
        value=value if is_number(value) else shown,
        now=value_in_words(shown if isinstance(value, str) else value),
        expected=one_of(option.title for option in options),
        perhaps=perhaps,
    )


def printed_option(field: Field, value: Any) -> PrintedWords:
    """The words that are printed for a value; those of the value itself where it is none of the list."""
    return PrintedWords(next((one.title for one in field.choices if one.value == value), str(value)), value)
