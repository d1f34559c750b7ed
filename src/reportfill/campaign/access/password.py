"""Passwords of accounts: which are good enough, and what is kept of them (Argon2id, RFC 9106)."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from functools import cache
from secrets import token_bytes
from typing import TYPE_CHECKING

from reportfill.campaign.access.kept import folded_name
from reportfill.errors import UsageError
from reportfill.extras import install_command

if TYPE_CHECKING:
    from argon2 import PasswordHasher

_SHORTEST, _LONGEST = 10, 200
_COMMON = frozenset(
    """
    0123456789 01234567890 1234567890 12345678910 123456789a 1234567890a 123456789abc 1234512345 1231231231
    123123123123 1111111111 0000000000 6666666666 8888888888 9876543210 0987654321 5201314520 woaini1314
    woaini1314520 woaini521521 a123456789 a1234567890 aa123456789 abc1234567 abc123456789 abcd123456
    abcd1234567 abcdefghij qwertyuiop qwerty12345 qwerty123456 1q2w3e4r5t 1qaz2wsx3edc qazwsxedcrfv
    q1w2e3r4t5 zxcvbnm123 asdfghjkl123 password12 password123 password1234 password12345 passw0rd123
    p@ssw0rd123 p@ssword123 passwordpassword admin12345 admin123456 administrator root123456 test123456
    welcome123 letmein123 iloveyou123 iloveyou1314 reportfill reportfill123 changeme123 q123456789
    """.split()  # noqa: SIM905
)
"""Passwords of ten characters and more that are among the first ones tried, folded."""


def require_good_password(password: str, name: str, issuer: str) -> None:
    """Raise UsageError, which says what is right, for a password of an account that is easily guessed: a short one, one
    of the commonest, or one that is the name of the account or of the office, with or without digits and signs."""
    length, known = len(unicodedata.normalize("NFC", password)), folded_name(password)
    is_name = bool(_letters(known)) and _letters(known) in {
        _letters(folded_name(name)),
        _letters(folded_name(issuer)),
    }
    if length < _SHORTEST:
        english, chinese = f"the password has {length} characters", f"登录密码只有{length}个字符"
    elif length > _LONGEST:
        english, chinese = f"the password has {length} characters", f"登录密码有{length}个字符"
    elif known in _COMMON or len(set(known)) == 1:
        english, chinese = "the password is one of the commonest", "登录密码过于常见"
    elif known == folded_name(name) or is_name:
        english, chinese = (
            "the password is the name of the account or the office",
            "登录密码与账号或者单位名称相同",
        )
    elif not _is_text(password):
        english, chinese = "the password is not UTF-8", "登录密码不是UTF-8编码"
    else:
        return
    raise UsageError(
        f"{english}; it must have {_SHORTEST} to {_LONGEST} characters, of any kind, that nobody guesses, such as four "
        "words that have nothing to do with each other",
        f"{chinese}；应当有{_SHORTEST}至{_LONGEST}个字符，种类不限，他人猜不出，例如四个互不相关的词",
    )


def _letters(folded: str) -> str:
    return re.sub(r"[\W\d_]", "", folded)


def _is_text(password: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in password)


def kept_password(password: str) -> str:
    """What is kept of a password: Argon2id of it, with its parameters and a salt of its own. Raises UsageError where
    what makes it is not installed."""
    return _hasher().hash(_as_bytes(password))


def is_password(password: str, kept: str) -> bool:
    """Whether a password is the one of which that is kept; where nothing is kept it takes as long to say no. Raises
    UsageError where what tells it is not installed."""
    hasher = _hasher()
    from argon2.exceptions import VerificationError

    if len(password) > _LONGEST or not _is_text(password):
        return False
    try:
        return hasher.verify(kept or _of_nobody(), _as_bytes(password))
    except VerificationError:
        return False


def _as_bytes(password: str) -> bytes:
    """A password however the keyboard composes its characters (RFC 8265, 4.2)."""
    return unicodedata.normalize("NFC", password).encode()


@cache
def _hasher() -> PasswordHasher:
    try:
        from argon2 import PasswordHasher
    except ImportError as error:
        command = install_command("web")
        raise UsageError(f"for accounts, run: {command}", f"使用账号，请先运行：{command}") from error
    return PasswordHasher()


@cache
def _of_nobody() -> str:
    """What might be kept of a password, and is of none."""
    hasher = _hasher()
    salt, made = (
        b64encode(token_bytes(length)).decode().rstrip("=") for length in (hasher.salt_len, hasher.hash_len)
    )
    parameters = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${parameters}${salt}${made}"
