"""Labels compared as people compare them: how wide their characters are, and blanks, do not count."""

from __future__ import annotations

import unicodedata


def same_label(one: object, other: object) -> bool:
    """Whether two labels read the same: width of characters and white space do not count."""
    return one == other or folded(one) == folded(other)


def folded(label: object) -> str:
    """A label without what does not count when it is compared: width of characters and white space."""
    return "".join(unicodedata.normalize("NFKC", str(label)).split())
