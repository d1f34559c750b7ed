"""Workbooks with a password: how they are locked, and how those that come back locked are opened.

The encryption is that of Office (MS-OFFCRYPTO), done by msoffcrypto-tool, which is an extra.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from reportfill.errors import UsageError

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
"""The name of the stream, in the compound file's directory, that holds an encrypted workbook."""


def is_locked(content: bytes) -> bool:
    """Whether a file is a workbook of the .xlsx kind that a password locks."""
    return content.startswith(_COMPOUND_FILE) and _ENCRYPTED_PACKAGE in content


def locked_with(password: str, content: bytes) -> bytes:
    """The workbook, locked with a password. Raises UsageError where the library is missing.

    Every call gives other bytes, because the encryption begins with a random number.
    """
    target = BytesIO()
    _library().format.ooxml.OOXMLFile(BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def unlocked_with(passwords: Iterable[str], content: bytes) -> bytes:
    """The workbook without its lock; as it is where it has none or another password than these.

    Raises UsageError where the library is missing.
    """
    if not is_locked(content):
        return content
    opened = (_opened(password, content) for password in passwords)
    return next((unlocked for unlocked in opened if unlocked), content)


def _opened(password: str, content: bytes) -> bytes:
    """The workbook without its lock; nothing where the password does not fit."""
    library = _library()
    opened = BytesIO()
    try:
        file = library.OfficeFile(BytesIO(content))
        file.load_key(password=password, verify_password=True)
        file.decrypt(opened)
    except Exception:  # a damaged file makes the library raise whatever its parts do
        return b""
    return opened.getvalue()


def require_library() -> None:
    """Raise UsageError where workbooks cannot be locked or unlocked."""
    _library()


def _library() -> Any:
    try:
        import msoffcrypto
        import msoffcrypto.format.ooxml
    except ImportError as error:
        raise UsageError(
            "for workbooks with a password, run: pip install 'reportfill[password]'",
            "填报表设有密码时，请先运行：pip install 'reportfill[password]'",
        ) from error
    return msoffcrypto
