"""Codes that nobody guesses, and that are typed from paper without a mistake."""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from secrets import choice

ALPHABET = "23456789CDFHJKMNPQRTVWXY"
"""What codes are made of: no two look alike, and no words come of them."""

LENGTH = 28
"""So many of them a code has: more than 128 random bits."""

_GROUP = 4
_MEANT = str.maketrans("BGSUZ", "865V2")
"""What is in no code, and what it was taken for."""

_LONGEST = 200


def new_code() -> str:
    """A code in groups, as it is printed."""
    drawn = "".join(choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(drawn[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))


def code_digest(typed: str) -> str:
    """The SHA-256 of the code that somebody typed, with small letters or capitals, wide or narrow, and whatever stands
    between its groups; empty where that can be no code."""
    folded = unicodedata.normalize("NFKC", typed[:_LONGEST]).upper().translate(_MEANT)
    code = "".join(filter(str.isalnum, folded))
    is_code = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return sha256(code.encode()).hexdigest() if is_code else ""


def link_address(url: str, code: str) -> str:
    """Where the page of an agency is that has a code, on the web page at a URL."""
    return f"{url.rstrip('/')}/a/{code}"
