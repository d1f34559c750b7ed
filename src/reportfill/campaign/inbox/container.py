"""What an archive and a mail have in common: files under names of their own, taken out one by one, within limits."""

from __future__ import annotations

from reportfill.finding import Finding, finding
from reportfill.plain_files import LARGEST
from reportfill.system_words import reason_of

LARGEST_MEMBER = LARGEST
"""Bytes of a workbook that is taken out of a container."""

LARGEST_INNER = 64 << 20
"""Bytes of a mail, or of an archive that is within something: these are in memory while they are open."""

MOST_FILES = 20_000
"""Files of one container: 5,000 workbooks with what macOS adds to each are half of it."""

MOST_LEVELS = 3
"""How many containers may be within each other, the outermost included."""


class ContainerError(Exception):
    """A file, or one within it, that cannot be taken in; `reason` says why."""

    def __init__(self, reason: Finding) -> None:
        super().__init__(reason.message.en)
        self.reason = reason


def container_error(code: str, most: int | None = None) -> ContainerError:
    """The error that says what the catalogue does; `most` is the limit that is passed."""
    return ContainerError(finding(code, most=most))


def unreadable(error: OSError) -> Finding:
    """That the system refuses to read a file, and why."""
    return finding("stray.unreadable", reason=reason_of(error))


def too_deep() -> Finding:
    """That containers are within each other more often than is looked."""
    return finding("container.too_deep", most=MOST_LEVELS)
