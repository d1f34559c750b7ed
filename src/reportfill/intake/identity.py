"""What a workbook says of itself on its hidden sheet: for which agency and year it was made, and by which pack."""

from __future__ import annotations

import uuid
from dataclasses import astuple, dataclass, fields

from reportfill.intake.tool_sheets import IDENTITY
from reportfill.native_messages import native_messages_held
from reportfill.office.grid import Grid, GridError
from reportfill.office.inspection.file_kind import inspect_file

_NAMESPACE = uuid.UUID("5f0c7a52-8a39-5d0e-9d6c-3a1f0b7c2e41")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who and what a workbook is for. `workbook` tells it from every other one; `rolled_up` is the number of agencies
    whose reports it was made with, empty where it is for one agency's own. All are texts."""

    pack: str
    version: str
    agency: str
    code: str
    year: str
    workbook: str
    rolled_up: str = ""


def workbook_id(*what: str) -> str:
    """The id of the workbook made of these: the same for the same, so that it is made the same again. What no text
    can hold is refused where it is written."""
    return str(uuid.uuid5(_NAMESPACE, "\n".join(what).encode(errors="replace").decode()))


def identity_rows(identity: Identity) -> list[tuple[str, str]]:
    """The rows of the hidden sheet: of what was rolled up alone it says so."""
    rows = zip((field.name for field in fields(Identity)), astuple(identity), strict=True)
    return [row for row in rows if row != ("rolled_up", "")]


def identity_from(grid: Grid) -> Identity | None:
    """What the hidden sheet says; None where there is none, or it names no pack."""
    said = {str(row[0]): _text(row[1]) for row in grid.rows(IDENTITY) if len(row) > 1}
    if not said.get("pack"):
        return None
    return Identity(**{field.name: said.get(field.name, "") for field in fields(Identity)})


@native_messages_held()
def read_identity(content: bytes) -> Identity | None:
    """What a workbook says of itself; None where it cannot be read or says nothing. Nothing else of it is read."""
    inspection = inspect_file(content)
    if not inspection.is_readable:
        return None
    try:
        return identity_from(inspection.grid())
    except GridError:
        return None


def _text(value: object) -> str:
    """A cell's value as text: a program may have made a number of a year or a code."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
