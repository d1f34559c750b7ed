"""What an archive and a mail have in common: files under names of their own, taken out one by one, within limits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from reportfill.plain_files import LARGEST

LARGEST_MEMBER = LARGEST
"""Bytes of a workbook that is taken out of a container."""

LARGEST_INNER = 64 << 20
"""Bytes of a mail, or of an archive that is within something: these are in memory while they are open."""

MOST_FILES = 20_000
"""Files of one container: 5,000 workbooks with what macOS adds to each are half of it."""

MOST_LEVELS = 3
"""How many containers may be within each other, the outermost included."""

TOO_LARGE = "解压后过大，填报表不会有这么大"
TOO_DEEP = f"压缩包或者邮件套了超过{MOST_LEVELS}层，请逐层解压后放入"


class ContainerError(Exception):
    """A file, or one within it, that cannot be taken in; `reason` says why, in Chinese, without a full stop."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Container(Protocol):
    """An opened archive or mail."""

    @property
    def names(self) -> Collection[str]:
        """The files in it, in their order; no two alike, each harmless to show."""

    @property
    def effort(self) -> int:
        """What opening it took: bytes that could have been unpacked in the same time."""

    def size(self, name: str) -> int:
        """Bytes that a file has at most when it is taken out."""

    def trouble(self, name: str, limit: int) -> str:
        """Why a file cannot be taken out, as far as that shows from outside; empty where it does not."""

    def beginning(self, name: str) -> bytes:
        """The first bytes of a file, enough to tell what it is. Raises ContainerError."""

    def content(self, name: str, limit: int) -> bytes:
        """A file, of no more than `limit` bytes. Raises ContainerError."""
