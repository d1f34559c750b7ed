"""Files within the text of a mail, as uuencode writes them: `begin 644 name`, lines of text, `end`."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

UUENCODED = ("x-uuencode", "uuencode", "x-uue", "uue")
"""What the encoding of a part is called that is such a text as a whole."""

_BEGIN = re.compile(rb"begin(?P<base64>-base64)?[ \t]+[0-7]{3,4}[ \t]+(?P<name>\S.*)")
_ENDS = (b"end", b"====")


def encoded_files(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and the encoded text of each file that is written into a text; it begins without the name, which may be
    in any encoding."""
    name, lines = b"", list[bytes]()
    for line in map(bytes.rstrip, text.splitlines()):
        match = _BEGIN.fullmatch(line)
        if match:
            yield from _whole(name, lines)
            name, lines = match["name"].strip(b'" '), [line[: match.start("name")] + b"file"]
        elif lines and line in _ENDS:
            yield from _whole(name, lines)
            lines = []
        elif lines and line:
            lines.append(line)
    yield from _whole(name, lines)


def _whole(name: bytes, lines: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """A file whose lines these are; none where they are words that happen to begin like one."""
    begins = lines[:1] and _BEGIN.fullmatch(lines[0])
    if begins and len(lines) > 1 and (begins["base64"] or _is_encoded(lines[1])):
        yield name, b"\n".join(lines)


def decoded(encoded: bytes) -> bytes:
    """The bytes of a file. Raises ValueError where the text is not what uuencode writes."""
    lines = [line for line in map(bytes.rstrip, encoded.splitlines()) if line]
    match = _BEGIN.fullmatch(lines[0]) if lines else None
    if match is None:
        raise ValueError("no file begins here")
    body = [line for line in lines[1:] if line not in _ENDS]
    return binascii.a2b_base64(b"".join(body)) if match["base64"] else b"".join(map(_decoded_line, body))


def _decoded_line(line: bytes) -> bytes:
    """The bytes of a line. Blanks at its end may have been lost, and some programs write a sum behind it."""
    if not _is_encoded(line):
        raise ValueError(f"not encoded: {line[:20]!r}")
    return binascii.a2b_uu(line[: 1 + _width(line)])


def _is_encoded(line: bytes) -> bool:
    """Whether a line may be one of a file: its first character says how many bytes it has."""
    return all(0x20 <= byte <= 0x60 for byte in line) and len(line) <= _width(line) + 2


def _width(line: bytes) -> int:
    """How many characters stand for the bytes of a line."""
    return ((line[0] - 0x20 & 0x3F) + 2) // 3 * 4
