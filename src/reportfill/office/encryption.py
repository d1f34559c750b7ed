"""Workbooks with a password for opening: how they are locked and opened.

The encryption is that of Office ([MS-OFFCRYPTO], [MS-XLS] 2.2.10), done by msoffcrypto-tool, which is an extra.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from reportfill.errors import UsageError
from reportfill.extras import install_command
from reportfill.office.compound_file import CompoundFile, CompoundFileError
from reportfill.office.first_bytes import FileKind, kind_of
from reportfill.office.guard import declares_entities

OWN_PASSWORD = "VelvetSweatshop"
"""With this one Excel locks workbooks that are protected without a password of their own; Excel and WPS open them
without asking ([MS-XLS] 2.4.191)."""

INSTALL = install_command("password")
"""The command that installs what opens workbooks with a password."""

_PACKAGE, _INFORMATION = "EncryptedPackage", "EncryptionInfo"
_PACKAGE_IN_DIRECTORY = _PACKAGE.encode("utf-16-le")
_ENCRYPTED_XLS = re.compile(
    rb"\x09\x08(?:\x10\x00\x00\x06\x05\x00.{12}|\x08\x00\x00\x05\x05\x00.{4})(?:\x86\x00\x00\x00)?\x2f\x00",
    re.DOTALL,
)
"""The beginning of an .xls workbook's stream of Excel 97 or 5, when a FilePass record follows."""

_MOST_ROUNDS = 1_000_000
"""So often at most a password is hashed, ten times as often as Excel does it: each round takes time."""

_ROUNDS = re.compile(rb"spinCount\s*=\s*[\"'](\d+)[\"']")
_LARGEST_OLD = 8 * 1024 * 1024
"""Bytes of an .xls that is decrypted, for which the library keeps each byte by itself."""


def is_locked(content: bytes) -> bool:
    """Whether a file is a workbook of the .xlsx kind that a password locks."""
    if kind_of(content) is not FileKind.COMPOUND or _PACKAGE_IN_DIRECTORY not in content:
        return False
    try:
        return _PACKAGE.lower() in CompoundFile(content).names
    except CompoundFileError:
        return False


def is_locked_xls(content: bytes) -> bool:
    """Whether a file is a workbook of the .xls kind that a password locks; not one that is embedded in it."""
    if kind_of(content) is not FileKind.COMPOUND or _ENCRYPTED_XLS.search(content) is None:
        return False
    try:
        stream = CompoundFile(content).stream("Workbook", "Book")
    except CompoundFileError:
        return False
    return stream is not None and _ENCRYPTED_XLS.match(stream) is not None


def locked_with(password: str, content: bytes) -> bytes:
    """The workbook, locked with a password. Raises UsageError where the library is missing.

    Every call gives other bytes, because the encryption begins with a random number.
    """
    require_library()
    from msoffcrypto.format.ooxml import OOXMLFile

    target = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, target)
    return target.getvalue()


def unlocked_with(passwords: Iterable[str], content: bytes) -> bytes:
    """The workbook without its lock; as it is where it has none, or another password than these.

    Raises UsageError where the library is missing.
    """
    known = tuple(passwords)
    if not known or not (is_locked(content) or is_locked_xls(content)) or not _is_worth_trying(content):
        return content
    library = require_library()
    opened = (_opened(library, password, content) for password in known)
    return next((unlocked for unlocked in opened if unlocked), content)


def is_supported() -> bool:
    """Whether workbooks with a password can be opened here: whether the library is installed."""
    try:
        require_library()
    except UsageError:
        return False
    return True


def _is_worth_trying(content: bytes) -> bool:
    """Whether opening a file costs no more than it may, told from what it says of itself."""
    if not is_locked(content):
        return len(content) <= _LARGEST_OLD
    try:
        information = CompoundFile(content).stream(_INFORMATION) or b""
    except CompoundFileError:
        return False
    rounds = _ROUNDS.findall(information)
    return not declares_entities("information.xml", information[8:]) and all(
        len(number) < 9 and int(number) <= _MOST_ROUNDS for number in rounds
    )


def _opened(library: Any, password: str, content: bytes) -> bytes:
    """The workbook without its lock; nothing where the password does not fit."""
    opened = BytesIO()
    try:
        file = library.OfficeFile(BytesIO(content))
        verified = {"verify_password": True} if is_locked(content) else {}  # an .xls is always verified
        file.load_key(password=password, **verified)
        file.decrypt(opened)
    except Exception:  # a damaged file makes the library raise whatever its parts do
        return b""
    return opened.getvalue()


def require_library() -> Any:
    """The library that locks and unlocks workbooks. Raises UsageError where it is missing."""
    try:
        import msoffcrypto
    except ImportError as error:
        raise UsageError(
            f"for workbooks with a password, run: {INSTALL}", f"填报表设有密码时，请先运行：{INSTALL}"
        ) from error
    return msoffcrypto
