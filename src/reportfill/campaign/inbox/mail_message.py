"""A mail (.eml): its attachments, those within its text, and those of the mails that are attached to it."""

from __future__ import annotations

from collections.abc import Collection
from email.parser import BytesFeedParser
from email.policy import Compat32
from typing import BinaryIO

from reportfill.campaign.inbox.container import LARGEST_INNER, ContainerError, container_error, unreadable
from reportfill.campaign.inbox.mail_attachments import (
    Attachment,
    Part,
    attachments_of,
    content_of_part,
    encoding_of,
    is_undecoded,
)
from reportfill.campaign.inbox.mail_text import mail_chunks, parts_in
from reportfill.campaign.inbox.shown_names import all_different, decoded_text, harmless_name
from reportfill.finding import Finding, finding

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


class Mail:
    """A mail, parsed whole, its attachments still encoded.

    Raises ContainerError where it is too large or made to exhaust whoever reads it.
    """

    def __init__(self, file: BinaryIO) -> None:
        text = _Text()
        try:
            message = text.parsed(file)
            attachments = list(attachments_of(message))
            if not attachments and _is_undivided(message):
                attachments = _of_the_parts_alone(text, file)
        except ContainerError:
            raise
        except OSError as error:
            raise ContainerError(unreadable(error)) from error
        except Exception as error:  # the parser promises none, but what it raises is not listed
            raise container_error("container.mail_malformed") from error
        names = all_different(harmless_name(attachment.name) for attachment in attachments)
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

    def trouble(self, name: str, limit: int) -> Finding | None:
        """Why an attachment cannot be had, as far as anything is known against it."""
        attachment = self._attachments[name]
        if attachment.trouble:
            return attachment.trouble
        is_base64 = encoding_of(attachment.part) == "base64"
        # Base64 takes four bytes for three, and one or two of 77 for the end of a line.
        least = self.size(name) * 18 // 25 if is_base64 else self.size(name) // 3
        return _too_large(limit) if least > limit else None

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
            content = content_of_part(part)
        except Exception as error:  # as above
            raise container_error(_BROKEN) from error
        if not isinstance(content, bytes) or is_undecoded(part):
            raise container_error(_BROKEN)
        if len(content) > limit:
            raise ContainerError(_too_large(limit))
        return content


_BROKEN = "container.attachment_damaged"


def _too_large(limit: int) -> Finding:
    return finding("container.attachment_too_large", most=limit >> 20)


class _ShortHeaders(Compat32):
    """How headers are kept: no longer than needed, and with names in bytes that are not ASCII read as Chinese.

    Not the newer policy: it decodes encoded words one by one, but mail programs split characters between two of them.
    """

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines[:_LONGEST_HEADER])
        value = value[:_LONGEST_HEADER]
        return name, value if value.isascii() else decoded_text(value.encode("ascii", "surrogateescape"))


class _Text:
    """The text of a mail, measured while it is parsed."""

    def __init__(self) -> None:
        self._size = self._lines = self._boundaries = self._parts = self._headers = 0

    @property
    def effort(self) -> int:
        """What parsing it took, in bytes unpacked in the same time."""
        return self._lines * _EFFORT_OF_LINE + self._comparisons * _EFFORT_OF_COMPARISON

    def parsed(self, file: BinaryIO, head: bytes = b"", start: int = 0) -> Part:
        """The mail; with a `head` the text behind its first `start` bytes as one with that head. Raises ContainerError
        as soon as it is larger, or built more deeply, than any mail is."""
        parser = BytesFeedParser(policy=_ShortHeaders())
        parser.feed(head)
        for chunk in mail_chunks(file, start):
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
            raise container_error("container.mail_too_large", most=LARGEST_INNER >> 20)
        if (
            self._lines > _MOST_LINES
            or self._parts > _MOST_PARTS
            or self._headers > _MOST_CONTENT_HEADERS
            or self._comparisons > _MOST_COMPARISONS
        ):
            raise container_error("container.mail_too_complex")


def _is_undivided(message: Part) -> bool:
    """Whether a mail's head does not say how its text is divided: it is broken by a line that belongs to none of its
    fields, or says it wrongly."""
    return "content-type" not in message or (
        message.get_content_maintype() == "multipart" and not message.is_multipart()
    )


def _of_the_parts_alone(text: _Text, file: BinaryIO) -> list[Attachment]:
    """What is found in the parts of a mail whose head does not say what divides them."""
    boundary, place = parts_in(file)
    head = b'Content-Type: multipart/mixed; boundary="%b"\n\n' % boundary
    return list(attachments_of(text.parsed(file, head, place))) if boundary else []
