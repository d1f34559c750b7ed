"""What the ledger keeps as JSON, where somebody has changed it by hand."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from reportfill.errors import CampaignError


@contextmanager
def read_as_kept() -> Iterator[None]:
    """Read what this program wrote into the ledger. Raises CampaignError where it is something else."""
    try:
        yield
    except (KeyError, RecursionError, TypeError, ValueError, zlib.error) as error:
        raise CampaignError(
            "the ledger holds what this program did not write; `reportfill campaign rebuild` makes it anew",
            "台账中有改动过的内容，无法读取；请运行 reportfill campaign rebuild 重建",
        ) from error
