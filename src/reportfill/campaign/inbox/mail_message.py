"""A mail (.eml): its attachments, and those of the mails that are attached to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError, InvalidBase64LengthDefect
from email.header import decode_header
from email.message import Message
from email.parser import BytesFeedParser
from email.policy import Compat32
from functools import partial
from typing import BinaryIO, TypeAlias

from reportfill.campaign.inbox.container import LARGEST_INNER, MOST_LEVELS, TOO_DEEP, ContainerError
from reportfill.campaign.inbox.file_signs import sign_of_name
from reportfill.campaign.inbox.shown_names import all_different, shown, text_of

_AT_ONCE = 1 << 18
_BEGINNING = 512
_LONGEST_HEADER = 4000
"""Characters of a header that are looked at: a file's name of 255 bytes has 765 when it is escaped."""

_MOST_LINES = 1_200_000
"""Lines of the largest mail, as base64 is written."""

_MOST_CONTENT_HEADERS = 2000
"""Content-Type and the like, of which an attachment has four."""

_MOST_PARTS = 10_000
_MOST_COMPARISONS = 10_000_000
"""The parser compares each line with each boundary around it."""

_EFFORT_OF_LINE, _EFFORT_OF_COMPARISON = 100, 20

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

_Part: TypeAlias = "Message[str, str]"


@dataclass(frozen=True, slots=True)
class _Attachment:
    """A part of a mail that is a file. Mails attached deeper than is looked have no content, but `trouble`."""

    name: str
    part: _Part
    trouble: str = ""


class Mail:
    """A mail, parsed whole, its attachments still encoded.

    Raises ContainerError where it is too large or made to exhaust whoever reads it.
    """

    def __init__(self, file: BinaryIO) -> None:
        text = _Text()
        try:
            attachments = list(_attachments(text.parsed(file)))
        except ContainerError:
            raise
        except OSError as error:
            raise ContainerError(f"文件无法读取：{error.strerror or error}") from error
        except (
            Exception
        ) as error:  # the parser promises none, but what malformed mails make it raise is not listed
            raise ContainerError("邮件的格式不正常，无法读取，请把附件另存后放入") from error
        names = all_different(shown(attachment.name) for attachment in attachments)
        self._attachments = dict(zip(names, attachments, strict=True))
        self._effort = text.effort

    @property
    def names(self) -> Collection[str]:
        """The attachments in their order; those of an attached mail stand behind its name and a /."""
        return self._attachments.keys()

    @property
    def effort(self) -> int:
        """What parsing it took, in bytes unpacked in the same time."""
        return self._effort

    def size(self, name: str) -> int:
        """Bytes of an attachment as it is encoded: no fewer than it has."""
        payload = self._attachments[name].part.get_payload()
        return len(payload) if isinstance(payload, str) else 0

    def trouble(self, name: str, limit: int) -> str:
        """Why an attachment cannot be had; empty where nothing is known against it."""
        attachment = self._attachments[name]
        if attachment.trouble:
            return attachment.trouble
        is_base64 = _encoding(attachment.part) == "base64"
        # Base64 takes four bytes for three, and one or two of 77 for the end of a line.
        least = self.size(name) * 18 // 25 if is_base64 else self.size(name) // 3
        return _too_large(limit) if least > limit else ""

    def beginning(self, name: str) -> bytes:
        """The first bytes of an attachment. Raises ContainerError where it cannot be decoded."""
        return self.content(name, LARGEST_INNER)[:_BEGINNING]

    def content(self, name: str, limit: int) -> bytes:
        """An attachment, decoded. Raises ContainerError where it cannot be, or is too large."""
        trouble = self.trouble(name, limit)
        if trouble:
            raise ContainerError(trouble)
        part = self._attachments[name].part
        try:
            content = part.get_payload(decode=True)
        except Exception as error:  # as above
            raise ContainerError(_BROKEN) from error
        if not isinstance(content, bytes) or _is_undecoded(part):
            raise ContainerError(_BROKEN)
        if len(content) > limit:
            raise ContainerError(_too_large(limit))
        return content


_BROKEN = "附件的编码已损坏，请对方重新发送"


def _too_large(limit: int) -> str:
    return f"附件超过{limit >> 20}MB，填报表不会有这么大"


def _encoding(part: _Part) -> str:
    return str(part.get("content-transfer-encoding", "")).strip().lower()


def _is_undecoded(part: _Part) -> bool:
    """Whether the text of an attachment was given as it stands because it is no base64."""
    return any(isinstance(defect, InvalidBase64LengthDefect) for defect in part.defects)


class _ShortHeaders(Compat32):
    """How headers are kept: no longer than needed, and with names in bytes that are not ASCII read as Chinese.

    Not the newer policy: it decodes encoded words one by one, but mail programs split characters between two of them.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines[:_LONGEST_HEADER])
        value = value[:_LONGEST_HEADER]
        return name, value if value.isascii() else text_of(value.encode("ascii", "surrogateescape"))


class _Text:
    """The text of a mail, measured while it is parsed."""

    def __init__(self) -> None:
        self._size = self._lines = self._boundaries = self._parts = self._headers = 0

    @property
    def effort(self) -> int:
        """What parsing it took, in bytes unpacked in the same time."""
        return self._lines * _EFFORT_OF_LINE + self._comparisons * _EFFORT_OF_COMPARISON

    def parsed(self, file: BinaryIO) -> _Part:
        """The mail. Raises ContainerError as soon as it is larger, or built more deeply, than any mail is."""
        parser = BytesFeedParser(policy=_ShortHeaders())
        file.seek(0)
        for chunk in iter(partial(file.read, _AT_ONCE), b""):
            self._measure(chunk)
            parser.feed(chunk)
        return parser.close()

    @property
    def _comparisons(self) -> int:
        return self._lines * self._boundaries

    def _measure(self, chunk: bytes) -> None:
        plain = chunk.lower()
        self._size += len(chunk)
        self._lines += max(chunk.count(b"\n"), chunk.count(b"\r"))
        self._boundaries += plain.count(b"boundary")
        self._parts += chunk.count(b"\n--") + chunk.count(b"\r--")
        self._headers += plain.count(b"content-")
        if self._size > LARGEST_INNER:
            raise ContainerError(f"邮件超过{LARGEST_INNER >> 20}MB，请把附件另存后放入")
        if (
            self._lines > _MOST_LINES
            or self._parts > _MOST_PARTS
            or self._headers > _MOST_CONTENT_HEADERS
            or self._comparisons > _MOST_COMPARISONS
        ):
            raise ContainerError("邮件的层次或者附件过多，请把附件另存后放入")


def _attachments(message: _Part) -> Iterator[_Attachment]:
    """The files in a mail, in their order; what is only text to be read is none."""
    waiting = [(message, "", 1)]
    while waiting:
        part, folder, level = waiting.pop()
        inner = _inner(part)
        is_mail = part.get_content_maintype() == "message"
        if not inner:
            name = "" if is_mail else _file_name(part)
            if name:
                yield _Attachment(f"{folder}{name}", part)
        elif not is_mail:
            waiting += [(one, folder, level) for one in reversed(inner)]
        elif _encoding(part) == "base64" and not inner[0].keys():
            # Against RFC 2046, 5.2.1, but it is done: the attached mail was taken for text.
            inner[0]["Content-Transfer-Encoding"] = "base64"
            yield _Attachment(f"{folder}{_mail_name(part)}", inner[0])
        elif level == MOST_LEVELS:
            yield _Attachment(f"{folder}{_mail_name(part)}", part, TOO_DEEP)
        else:
            below = f"{folder}{_mail_name(part)}/"
            waiting += [(one, below, level + 1) for one in reversed(inner)]


def _inner(part: _Part) -> list[_Part]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


def _mail_name(part: _Part) -> str:
    name = _given_name(part) or "转发邮件"
    return name if name.lower().endswith(".eml") else f"{name}.eml"


def _file_name(part: _Part) -> str:
    """What a part is called as a file; empty where it is none. What its name leaves open its type may say."""
    name = _given_name(part)
    suffix = _SUFFIXES.get(part.get_content_type(), "")
    if not name and not suffix and part.get_content_disposition() != "attachment":
        return ""
    name = name or "附件"
    return name + suffix if sign_of_name(name) is None else name


def _given_name(part: _Part) -> str:
    """The name that a part is given, by whichever of the ways that mail programs have, without the folders of whoever
    sent it; empty where it has none."""
    value = part.get_param("filename", None, "content-disposition") or part.get_param("name")
    if not value:
        return ""
    name = _escaped(value[0], value[2]) if isinstance(value, tuple) else _words(value)
    return shown(name).rpartition("/")[2]


def _escaped(charset: str | None, text: str) -> str:
    """A value of RFC 2231, of which the parser has made one character a byte."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return text
    return text_of(raw, charset or "")


def _words(value: str) -> str:
    """A value whose encoded words (RFC 2047) are decoded, those beside each other as one."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(piece if isinstance(piece, str) else _word(piece, charset) for piece, charset in pieces)


def _word(piece: bytes, charset: str | None) -> str:
    """A piece of a value in which others are encoded; one without a charset stands as it was."""
    return text_of(piece, charset) if charset else piece.decode("raw-unicode-escape", "replace")
