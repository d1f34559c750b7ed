"""What is kept of a password."""

from __future__ import annotations

import re

_KEPT = re.compile(
    r"\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,2}\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{11,172}"
)


def is_kept_password(text: str) -> bool:
    """Whether a text is what Argon2id makes of a password, with its parameters."""
    return _KEPT.fullmatch(text) is not None
