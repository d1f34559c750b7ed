"""What accounts and keys may be called."""

from __future__ import annotations

import unicodedata

from reportfill.campaign.access.kept import folded_name
from reportfill.errors import UsageError

_LONGEST = 50


def sound_name(said: str) -> str:
    """The name of an account or a key as it is kept. Raises UsageError for one that nobody could type or read."""
    name = " ".join(unicodedata.normalize("NFC", said).split())
    is_readable = all(unicodedata.category(one)[0] != "C" for one in name)
    if not folded_name(name) or len(folded_name(name)) > _LONGEST or not is_readable:
        raise UsageError(
            f"{said!r}: a name has 1 to {_LONGEST} characters that can be read",
            f"“{said}”：名称应当是1至{_LONGEST}个可见字符",
        )
    return name
