"""The token that every form of ours carries and no other page can know.

It is made of a cookie of the visitor's and the server's secret, so that the server keeps nothing of it.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256

FIELD = "csrf"
"""The name of the hidden field."""

_BYTES = 16


def new_visitor() -> str:
    """What tells one visitor from all others."""
    return secrets.token_urlsafe(_BYTES)


def token_for(visitor: str, secret: str) -> str:
    """The token of a visitor."""
    return hmac.new(secret.encode(), visitor.encode("utf-8", "surrogatepass"), sha256).hexdigest()


def is_token_of(visitor: str, token: str, secret: str) -> bool:
    """Whether a token is that of a visitor."""
    expected = token_for(visitor, secret).encode()
    return bool(visitor) and hmac.compare_digest(expected, token.encode("utf-8", "surrogatepass"))
