"""Whether the end of a file is there: a copy that pauses, or whose space was taken before its bytes came, lacks it."""

from __future__ import annotations

import os
from typing import BinaryIO

_END_OF_DIRECTORY = b"PK\x05\x06"
"""How the record begins with which every .zip ends (APPNOTE 6.3.10, 4.3.16)."""

_LONGEST_END = 22 + 0xFFFF
"""The bytes of that record, with the longest comment behind it."""


def has_its_end(stream: BinaryIO) -> bool:
    """Whether a file, open at any place, has the end that those of its kind have; of other kinds nobody can say, and
    they are taken as they are. What is empty, or begins with zeros, has only been made room for."""
    stream.seek(0)
    beginning = stream.read(4)
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(size - _LONGEST_END, 0))
    end = stream.read()
    if beginning[:2] == b"PK":
        return _END_OF_DIRECTORY in end
    if beginning[:1] == b"{":
        return end.rstrip().endswith(b"}")
    return beginning.strip(b"\0") != b""
