"""Texts of one line, such as an agency's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportfill.model.kinds.texts import Words, sample_text
from reportfill.text import Text as InBothLanguages

if TYPE_CHECKING:
    from reportfill.model.fields import Field


class PlainText(Words):
    """One text in one cell."""

    type = name = "string"
    between = " "
    division = InBothLanguages("", "")
    blank = open = ""

    def of_lines(self, lines: tuple[str, ...]) -> str | None:
        """The lines as one; None where there is none."""
        return " ".join(lines) or None

    def sample(self, field: Field, *, long: bool) -> Any:
        """A text with its marker."""
        return sample_text(field, f"{self.marker(field)}示例", long=long)
