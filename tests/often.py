"""How often tests repeat what they try: in full in `make test-all`, less in the run of every push."""

from __future__ import annotations

import os

IN_FULL = os.environ.get("REPORTFILL_TESTS") == "all"
"""Whether everything is tried, as before a release."""


def often(in_full: int) -> int:
    """How many times something is tried, of so many that it is tried in full."""
    return in_full if IN_FULL else max(in_full // 5, 5)


EVERY = 1 if IN_FULL else 16
"""Of how many steps or cases in a row one is tried."""
