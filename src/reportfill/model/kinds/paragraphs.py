"""Narrative: a list of paragraphs, each in a cell of its block of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from reportfill.model.kinds.texts import Words, sample_text
from reportfill.text import Text

if TYPE_CHECKING:
    from reportfill.model.fields import Field


class Paragraphs(Words):
    """Paragraphs, one below the other; a line break inside a cell also ends one."""

    type = name = "array"
    is_list = is_narrative = True
    between = "\n"
    division = Text(
        "，或者把长段分成几行，一行填一段", ", or divide it into several rows, a paragraph in each"
    )
    blank: ClassVar[list[str]] = []
    open: ClassVar[list[str]] = [""]  # so that the heading of a part without a paragraph is seen

    def serves(self, node: Mapping[str, Any]) -> bool:
        """A list, but for one of objects, which are rows."""
        return super().serves(node) and node.get("items", {}).get("type") != "object"

    def of_lines(self, lines: tuple[str, ...]) -> tuple[str, ...]:
        """The paragraphs of one cell."""
        return lines

    def given(self, value: Any) -> Any:
        """The texts of the paragraphs that are not empty."""
        paragraphs = value if isinstance(value, list) or value is None else [value]
        return paragraphs and [str(text) for text in paragraphs if str(text).strip()]

    def contents(self, field: Field, value: Any, cells: int) -> list[Any]:
        """Paragraphs in a block of rows, one a row; those that are too many share the last row, a line each."""
        texts = value or []
        if len(texts) > cells:
            return [*texts[: cells - 1], "\n".join(texts[cells - 1 :])]
        return texts + [""] * (cells - len(texts))

    def sample(self, field: Field, *, long: bool) -> Any:
        """Two paragraphs with their marker, or two of the choices."""
        marker = self.marker(field)
        words = field.listed or (f"{marker}示例文字", f"示例文字的第二段{marker}")
        return [sample_text(field, str(text), long=long) for text in words[:2]]
