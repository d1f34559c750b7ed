"""The text of a mail as programs save it, made what a parser expects: it begins with its head, and its lines end in one
of the usual ways."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from typing import BinaryIO

_AT_ONCE = 1 << 18
_UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_BLANK = b" \t\r\n"
_DIVIDER = re.compile(rb"(?:\A|[\r\n])--(?P<boundary>[^\r\n\"\\]{1,70}?)[ \t]*[\r\n]+Content-", re.IGNORECASE)

_FIRST_BREAK = re.compile(rb"\A[^\r\n]*(\r{2,}\n|\n\r(?!\n))")
_ODD_BREAK = re.compile(rb"\r{2,}\n|\n\r(?!\n)")
"""What becomes of a line's end that was translated once too often, and the end the wrong way round."""


def head_of(beginning: bytes) -> bytes:
    """The beginning of a mail without what stands before its head: a byte order mark, blank lines."""
    text = beginning.lstrip(_BLANK)
    while text.startswith(codecs.BOM_UTF8):
        text = text[len(codecs.BOM_UTF8) :].lstrip(_BLANK)
    return text


def mail_chunks(file: BinaryIO, start: int = 0) -> Iterator[bytes]:
    """A mail's text piece by piece, without the first `start` bytes behind what stands before its head."""
    file.seek(0)
    chunks = _in_bytes(iter(partial(file.read, _AT_ONCE), b""))
    for chunk in _with_usual_breaks(_from_its_head(chunks)):
        yield chunk[start:]
        start = max(0, start - len(chunk))


def parts_in(file: BinaryIO) -> tuple[bytes, int]:
    """The boundary that divides a mail's text into parts, and where it first stands, as far as that is near its
    beginning; an empty one where there is none. It is found by the parts alone, whatever the head says."""
    divider = _DIVIDER.search(next(mail_chunks(file), b""))
    return (divider["boundary"], divider.start("boundary") - 2) if divider else (b"", 0)


def _in_bytes(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The text in bytes that are ASCII's, also where a text editor has written two for each."""
    first = next(chunks, b"")
    encoding = _UTF_16.get(first[:2])
    if encoding is None:
        yield from chain([first], chunks)
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for chunk in chain([first[2:]], chunks):
        yield decoder.decode(chunk).encode("utf-8", "replace")


def _from_its_head(chunks: Iterator[bytes]) -> Iterator[bytes]:
    for chunk in chunks:
        beginning = head_of(chunk)
        if beginning:
            yield from chain([beginning], chunks)


def _with_usual_breaks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The text with its lines' ends as they should be, where the first is not."""
    remaining = iter(chunks)
    first = next(remaining, b"")
    if not _FIRST_BREAK.match(first):
        yield from chain([first], remaining)
        return
    kept = b""
    for chunk in chain([first], remaining):
        text = kept + chunk
        whole = text.rstrip(b"\r\n")
        kept = text[len(whole) :]
        yield _ODD_BREAK.sub(b"\n", whole)
    yield kept
