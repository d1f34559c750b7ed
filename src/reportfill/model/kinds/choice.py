"""A choice: one of the values that the schema lists, by `enum` or with words of its own for each by `oneOf`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from reportfill.model.kinds.chosen import ChosenKind, listed_value, printed_option, read_option
from reportfill.model.kinds.kind import Content, Read
from reportfill.model.visible import is_blank
from reportfill.place import Cell

if TYPE_CHECKING:
    from reportfill.model.fields import Field
    from reportfill.model.kinds.printed_words import PrintedWords


class OneChoice(ChosenKind):
    """One value from a list."""

    type, name = "string", "choice"
    blank = open = ""

    def serves(self, node: Mapping[str, Any]) -> bool:
        """Whether a schema lists texts, or values with words of their own."""
        is_listed = "enum" in node or "const" in node
        has_words = "oneOf" in node and node.get("type") in ("string", "integer", "number")
        return has_words or (node.get("type") == self.type and is_listed)

    def read(self, field: Field, content: Content, cell: Cell | None) -> Read:
        """The value that was chosen or typed."""
        if isinstance(content, str) and is_blank(content):
            return Read(None)
        return read_option(field, content, cell)

    def read_data(self, field: Field, value: Content, cell: Cell | None) -> Read:
        """The same of data."""
        known = listed_value(field, value)
        return self.read(field, value, cell) if known is None else Read(known)

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """The words for the value."""
        return [] if value is None else [str(printed_option(field, value))]

    def printed(self, field: Field, value: Any) -> PrintedWords:
        """The words for the value, equal to both."""
        return printed_option(field, value)

    def sample(self, field: Field, *, long: bool) -> Any:
        """The first value; the one with the most words if it is to be long."""
        chosen = max(field.choices, key=lambda option: len(option.title)) if long else field.choices[0]
        return chosen.value
