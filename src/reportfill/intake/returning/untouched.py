"""Whether a marked workbook is as the tool wrote it, or whether somebody has worked in it since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from reportfill.office.guard import PackageError, unpacked
from reportfill.office.properties import CUSTOM
from reportfill.office.xml import DamagedXMLError, parsed

SEAL = "reportfill.contents"
"""The property that bears the SHA-256 of everything else in the workbook. Programs keep it when they save, and change
something else."""


def contents_digest(parts: Mapping[str, bytes]) -> str:
    """The SHA-256 of a package's parts and their names, without its own properties, in hexadecimal digits."""
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name != CUSTOM:
            digest.update(f"{name}\0{len(parts[name])}\0".encode())
            digest.update(parts[name])
    return digest.hexdigest()


def is_untouched(content: bytes) -> bool:
    """Whether a file is a marked workbook in which nobody has changed anything."""
    try:
        parts = unpacked(content)
        said = parsed(parts[CUSTOM])
    except (PackageError, KeyError, DamagedXMLError):
        return False
    seals = [entry.findtext("{*}lpwstr") for entry in said if entry.get("name") == SEAL]
    return seals == [contents_digest(parts)]
