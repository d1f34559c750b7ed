"""What goes wrong within a file that is not what it seemed, as one kind of error."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from reportfill.office.grid import GridError, GridFault
from reportfill.office.guard import PackageError
from reportfill.office.inspection.binary_cells import RecordError


@contextmanager
def damage_named() -> Iterator[None]:
    """Whatever the parts and records of a damaged file raise, raised as GridError."""
    try:
        yield
    except (
        ExpatError,
        LookupError,
        PackageError,
        ParseError,
        RecordError,
        ValueError,
        struct.error,
    ) as error:
        raise GridError(GridFault.DAMAGED) from error
