"""Drafts of mails (.eml) that a mail program opens as mails still to be sent."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from urllib.parse import quote

_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}
_UNKNOWN_TYPE = "application/octet-stream"

_BOUNDARY = "=_reportfill"
"""What divides the parts of a mail. All of them are base64, which has no underscore: it cannot occur in them."""


_BYTES_OF_WORD = 45
"""As many bytes as an encoded word holds (RFC 2047: 75 characters with its twelve of frame)."""

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_BETWEEN_ADDRESSES = re.compile(r"[,;，；、\s]+")
_ADDRESS = re.compile(r"([A-Za-z0-9_.!#$%&'*+/=?^`{|}~-]+)@([^@\s]+)")
_DOMAIN = re.compile(rb"[A-Za-z0-9.-]+")


def mail_draft(to: str, subject: str, text: str, attached: Mapping[str, bytes]) -> bytes:
    """A mail not sent yet, as the bytes of an .eml file: the same for the same input.

    `to` is an address, or several with commas, semicolons or spaces between; what is no address that a mail can go to
    is left out, and without any the field is empty, for the sender to fill in. What is `attached` goes with it, by the
    names of the files, each of at most 255 bytes as on any disk.
    """
    one_a_line = ",\r\n ".join(valid_addresses(to))
    lines = [
        "X-Unsent: 1",
        f"To: {one_a_line}",
        f"Subject: {_encoded(subject)}",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_BOUNDARY}"',
        "",
    ]
    parts = [_text_part(text), *starmap(_attached_part, attached.items())]
    divider = f"--{_BOUNDARY}\r\n".encode()
    content = b"".join(divider + part for part in parts)
    return b"".join((_headers(lines), content, f"--{_BOUNDARY}--\r\n".encode()))


def valid_addresses(given: str) -> list[str]:
    """The mail addresses in a text, without doubles, as a mail's header can hold them: what stands behind
    the @ is in ASCII, as for a Chinese domain."""
    return list(dict.fromkeys(filter(None, map(_address, _BETWEEN_ADDRESSES.split(given)))))


def _address(piece: str) -> str:
    """One address; empty where it is none."""
    match = _ADDRESS.fullmatch(piece)
    if match is None:
        return ""
    try:
        domain = match[2].encode("idna")
    except UnicodeError:
        return ""
    # What is full-width becomes ASCII there, brackets and commas too.
    return f"{match[1]}@{domain.decode('ascii')}" if _DOMAIN.fullmatch(domain) else ""


def _text_part(text: str) -> bytes:
    lines = "\r\n".join(text.splitlines()) + "\r\n"
    headers = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", ""]
    return _headers(headers) + _base64(lines.encode("utf-8", "replace"))


def _attached_part(name: str, content: bytes) -> bytes:
    """A file as a part. Its name is there twice: as RFC 2231 has it, and in the older way that Chinese mail programs
    write and read."""
    name = _one_line(name)
    kind = next((kind for suffix, kind in _TYPES.items() if name.lower().endswith(suffix)), _UNKNOWN_TYPE)
    headers = [
        f'Content-Type: {kind};\r\n name="{_encoded(name)}"',
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: attachment;\r\n filename*=UTF-8''{quote(name, safe='', errors='replace')}",
        "",
    ]
    return _headers(headers) + _base64(content)


def _headers(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _encoded(text: str) -> str:
    """A text as a header holds it: encoded words (RFC 2047), one a line."""
    words = (base64.b64encode(word).decode("ascii") for word in _words(_one_line(text)))
    return "\r\n ".join(f"=?UTF-8?B?{word}?=" for word in words)


def _words(text: str) -> Iterator[bytes]:
    """The text in UTF-8, in pieces that are short enough for an encoded word and divide no character."""
    word = b""
    for character in text:
        more = character.encode("utf-8", "replace")
        if len(word) + len(more) > _BYTES_OF_WORD:
            yield word
            word = b""
        word += more
    if word:
        yield word


def _one_line(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()


def _base64(content: bytes) -> bytes:
    """The content in lines of base64."""
    return base64.encodebytes(content).replace(b"\n", b"\r\n")
