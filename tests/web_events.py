"""What an open page is told of how a campaign stands."""

from __future__ import annotations

import json
from collections.abc import Iterator


def told_counts(lines: Iterator[str]) -> dict[str, int]:
    """The counts that come next in a stream of events."""
    line = next(line for line in lines if line.startswith("data:"))
    counts: dict[str, int] = json.loads(line.removeprefix("data:"))["counts"]
    return counts
