"""Texts broken into lines as Chinese is: between any two characters, but not before what closes nor behind what opens
(GB/T 15834-2011, 5.1), and not within a Western word or the address of a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

_OPENING, _CLOSING = "“‘（《〈【〔", "，。、；：？！”’）》〉】〕…—·"
_ADDRESS = rf"[^\s!{_OPENING}{_CLOSING}]{{1,5}}![A-Z]+[0-9]+"
_PIECE = re.compile(
    rf"\s+(?![{_CLOSING}])|[{_OPENING}]*(?:{_ADDRESS}|[!-~]+|.)(?:\s?[{_CLOSING}])*", re.DOTALL
)
"""What stays in one line: an address, a Western word, a character, with the marks around it."""


class Wrapped:
    """A text in a cell of a table, as wide as the cell is."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """How narrow and how wide the text can be."""
        lines = self._text.splitlines() or [""]
        longest = max((cell_len(piece) for piece in _PIECE.findall(self._text)), default=0)
        return Measurement(longest, max(map(cell_len, lines))).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """The text in lines."""
        width = options.max_width
        lines = (line for whole in self._text.splitlines() for line in lines_within(whole, width))
        yield Text("\n".join(lines), no_wrap=True)


def lines_within(text: str, width: int) -> Iterator[str]:
    """The lines of at most so many columns of a terminal that a line is broken into; what stays together and is longer
    fills them."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and cell_len(line + piece.rstrip()) > width:
            yield line.rstrip()
            line, piece = "", piece.lstrip()
        if cell_len(piece) > width:
            *full, piece = chop_cells(piece, width)
            yield from full
        line += piece
    yield line.rstrip()
