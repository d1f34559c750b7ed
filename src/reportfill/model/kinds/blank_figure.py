"""What stands for a figure that nobody filled in."""

from __future__ import annotations


class BlankFigure(int):
    """A figure that is not there: printed as nothing, and less than one in a template's conditions, which would fail
    on a text. Templates may also ask whether it is the empty text."""

    def __new__(cls) -> BlankFigure:
        return super().__new__(cls, 0)

    def __str__(self) -> str:
        return ""

    def __format__(self, specification: str) -> str:
        return ""

    def __eq__(self, other: object) -> bool:
        return other == "" or super().__eq__(other)

    def __hash__(self) -> int:
        return super().__hash__()


BLANK_FIGURE = BlankFigure()
