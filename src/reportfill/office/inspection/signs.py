"""What a look at a sheet before it is read can find, whatever the format of the file."""

from __future__ import annotations

from enum import Flag, auto


class Signs(Flag):
    """Signs of what would go wrong in reading; to be joined by |."""

    NONE = 0
    TOO_FAR = auto()
    """A cell further away than any sheet of its kind has holds something."""
    ODD = auto()
    """Cells that calamine gives as blank may hold an error value, or a formula without a result."""
    DOUBTFUL = auto()
    """Readers may differ on what the cells hold."""
    LEFT_OUT = auto()
    """Text that calamine leaves out or reads where none is meant."""
