"""The files in a mail that was parsed: its attachments, those within its text, those of the mails attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError, InvalidBase64LengthDefect
from email.header import decode_header
from email.message import Message
from typing import TypeAlias

from reportfill.campaign.inbox.container import MOST_LEVELS, too_deep
from reportfill.campaign.inbox.file_type import type_by_name
from reportfill.campaign.inbox.shown_names import decoded_text, harmless_name
from reportfill.campaign.inbox.uuencoded import UUENCODED, decoded, encoded_files
from reportfill.finding import Finding

_SUFFIXES = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel.sheet.macroenabled.12": ".xlsm",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": ".xlsb",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "application/ms-tnef": ".tnef",
    "application/vnd.ms-tnef": ".tnef",
    "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m",
}
"""What an attachment is called at its end whose name does not say what it is."""

Part: TypeAlias = "Message[str, str]"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is a file. Mails attached deeper than is looked have no content, but `trouble`."""

    name: str
    part: Part
    trouble: Finding | None = None


def attachments_of(message: Part) -> Iterator[Attachment]:
    """The files in a mail, in their order; what is only text to be read is none."""
    waiting = [(message, "", 1)]
    while waiting:
        part, folder, level = waiting.pop()
        inner = _inner(part)
        is_mail = part.get_content_maintype() == "message"
        if not inner:
            name = "" if is_mail else _file_name(part)
            if name:
                yield Attachment(f"{folder}{name}", part)
            elif part.get_content_maintype() == "text":
                yield from _within_text(part, folder)
        elif not is_mail:
            waiting += [(one, folder, level) for one in reversed(inner)]
        elif not inner[0].keys():
            # It was taken for text: because blank lines stand before its head, or because it is encoded, which is
            # against RFC 2046, 5.2.1, but is done.
            if encoding_of(part) in ("base64", "quoted-printable"):
                inner[0]["Content-Transfer-Encoding"] = encoding_of(part)
            yield Attachment(f"{folder}{_mail_name(part)}", inner[0])
        elif level == MOST_LEVELS:
            yield Attachment(f"{folder}{_mail_name(part)}", part, too_deep())
        else:
            below = f"{folder}{_mail_name(part)}/"
            waiting += [(one, below, level + 1) for one in reversed(inner)]


def _within_text(part: Part, folder: str) -> Iterator[Attachment]:
    """The files that stand in the text itself, as older mail programs send them."""
    payload = part.get_payload()
    if not isinstance(payload, str) or ("begin" not in payload and encoding_of(part) != "base64"):
        return
    text = part.get_payload(decode=True)
    for name, encoded in encoded_files(text if isinstance(text, bytes) else b""):
        file: Part = Message()
        file["Content-Transfer-Encoding"] = UUENCODED[0]
        file.set_payload(encoded.decode("ascii", "surrogateescape"))
        yield Attachment(f"{folder}{harmless_name(_words(decoded_text(name))).rpartition('/')[2]}", file)


def _inner(part: Part) -> list[Part]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _mail_name(part: Part) -> str:
    name = _given_name(part) or "转发邮件"
    return name if name.lower().endswith(".eml") else f"{name}.eml"


def _file_name(part: Part) -> str:
    """What a part is called as a file; empty where it is none. What its name leaves open its type may say."""
    name = _given_name(part)
    suffix = _SUFFIXES.get(part.get_content_type(), "")
    if not name and not suffix and part.get_content_disposition() != "attachment":
        return ""
    name = name or "附件"
    return name + suffix if type_by_name(name) is None else name


def _given_name(part: Part) -> str:
    """The name that a part is given, by whichever of the ways that mail programs have, without the folders of whoever
    sent it; empty where it has none."""
    value = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if not value:
        return ""
    name = _escaped(value[0], value[2]) if isinstance(value, tuple) else _words(value)
    return harmless_name(name).rpartition("/")[2]


def _escaped(charset: str | None, text: str) -> str:
    """A value of RFC 2231, of which the parser has made one character a byte."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    return decoded_text(raw, charset or "")


def _words(value: str) -> str:
    """A value whose encoded words (RFC 2047) are decoded, those beside each other as one."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(piece if isinstance(piece, str) else _word(piece, charset) for piece, charset in pieces)


def _word(piece: bytes, charset: str | None) -> str:
    """A piece of a value in which others are encoded; one without a charset stands as it was."""
    return decoded_text(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")


def encoding_of(part: Part) -> str:
    """How a part is encoded: the first word of what it says of that, whatever stands behind it."""
    said = str(part.get("content-transfer-encoding", "")).replace(";", " ").lower().split()
    return said[0].strip("\"'") if said else ""


def content_of_part(part: Part) -> object:
    """The content of a part as bytes. Raises ValueError, and whatever the parser raises, where it is damaged."""
    encoding = encoding_of(part)
    # The standard library decodes uuencode too, but gives back the text itself where that is damaged.
    if encoding in UUENCODED:
        return decoded(_raw(part))
    if "content-transfer-encoding" in part:
        part.replace_header("content-transfer-encoding", encoding)
    return part.get_payload(decode=True)


def _raw(part: Part) -> bytes:
    payload = part.get_payload()
    return payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""


def is_undecoded(part: Part) -> bool:
    """Whether the text of an attachment was given as it stands because it is no base64."""
    return any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects)
