"""A roster as it was read, kept for the next time: a hundred thousand rows of a workbook take two seconds to read and
look at, and every command needs them.

What is kept is JSON, which does nothing when it is read, and is never more than a copy: what does not belong to the
roster's file as it is now, was kept by another version of the program or is damaged counts for nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import repeat
from typing import Any

from reportfill.campaign.agencies.agency import Agency
from reportfill.campaign.agencies.roster import Roster
from reportfill.finding import Finding, Severity
from reportfill.text import Text
from reportfill.version import __version__

FEWEST = 2_000
"""Rosters of fewer agencies are read as fast as what would be kept of them."""

_VERSION = f"{__version__}/3"
"""What kept it: to be counted on where the same file would be read as another roster."""

_MARK = 65
"""Bytes of the line in front."""


def digest_of_roster(content: bytes, name: str) -> str:
    """What tells a roster's file, by its content and name, from any other."""
    return sha256(name.encode() + b"\0" + content).hexdigest()


def kept_form(roster: Roster, digest: str) -> bytes:
    """What is kept of a roster that was read from the file of that digest."""
    agencies = (*roster.agencies, *roster.closed)
    columns = list(zip(*agencies, strict=True)) or [()] * len(Agency._fields)
    kept = {
        "version": _VERSION,
        "digest": digest,
        "count": len(agencies),
        "columns": [_shortened(column) for column in columns],
        "findings": [_plain(finding) for finding in roster.findings],
    }
    told = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _mark(told) + told


def roster_kept(kept: bytes, digest: str) -> Roster | None:
    """The roster that was kept; None where it is not the one of the file of that digest."""
    mark, kept = kept[:_MARK], kept[_MARK:]
    if mark != _mark(kept):
        return None
    try:
        told = json.loads(kept.decode("utf-8", "surrogatepass"))
        if (told["version"], told["digest"], len(told["columns"])) != (_VERSION, digest, len(Agency._fields)):
            return None
        columns = [_at_length(column, told["count"]) for column in told["columns"]]
        agencies = tuple(map(Agency._make, zip(*columns, strict=True)))
        findings = tuple(_finding(*finding) for finding in told["findings"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    if not any(agency.is_closed for agency in agencies):
        return Roster(agencies, findings)
    return Roster(
        tuple(agency for agency in agencies if not agency.is_closed),
        findings,
        tuple(agency for agency in agencies if agency.is_closed),
    )


def _mark(told: bytes) -> bytes:
    """What stands in front of what is kept, and tells whether any of it was changed."""
    return sha256(told).hexdigest().encode() + b"\n"


def _shortened(column: Sequence[Any]) -> Any:
    """A column, or the value that all of it has."""
    return column[0] if len(set(column)) == 1 else column


def _at_length(column: Any, count: int) -> Sequence[Any]:
    return column if isinstance(column, list) else list(repeat(column, count))


def _plain(finding: Finding) -> list[Any]:
    """A finding as JSON has it: the values of a roster are texts and whole numbers."""
    return [
        finding.code,
        finding.severity.value,
        finding.field,
        finding.cell,
        finding.value,
        finding.expected,
        [finding.message.zh, finding.message.en],
        [finding.hint.zh, finding.hint.en],
        finding.cells,
    ]


def _finding(
    code: str,
    severity: str,
    field: str,
    cell: str,
    value: Any,
    expected: Any,
    message: Sequence[str],
    hint: Sequence[str],
    cells: Sequence[str],
) -> Finding:
    return Finding(
        code, Severity(severity), field, cell, value, expected, Text(*message), Text(*hint), tuple(cells)
    )
