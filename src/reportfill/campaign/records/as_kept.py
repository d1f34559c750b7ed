"""What the ledger keeps, where somebody has changed it by hand."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from reportfill.errors import CampaignError

_ERRORS = (KeyError, RecursionError, TypeError, ValueError, zlib.error)


@contextmanager
def read_as_kept(errors: tuple[type[Exception], ...] = _ERRORS) -> Iterator[None]:
    """Read what this program wrote into the ledger. Raises CampaignError where it is something else, as these errors
    say."""
    try:
        yield
    except errors as error:
        raise CampaignError(
            "the ledger holds what this program did not write; `reportfill campaign rebuild` makes it anew",
            "台账中有改动过的内容，无法读取；请运行 reportfill campaign rebuild 重建",
        ) from error
