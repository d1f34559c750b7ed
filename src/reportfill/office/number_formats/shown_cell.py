"""What a file says of how a cell is shown."""

from __future__ import annotations

from typing import NamedTuple


class ShownCell(NamedTuple):
    """The code of a cell's number format; in an .ods also the text that the program which saved it showed there."""

    code: str
    text: str = ""
