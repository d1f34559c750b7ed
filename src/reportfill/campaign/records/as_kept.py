"""What the ledger keeps, where somebody has changed it by hand."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from reportfill.errors import CampaignError

REBUILD = (
    "`reportfill campaign rebuild` makes it anew from what was handed in",
    "请运行 reportfill campaign rebuild，根据已接收的文件重建",
)
"""What the command line does about a ledger that cannot be used, in English and Chinese."""

_ERRORS = (KeyError, RecursionError, TypeError, ValueError, zlib.error)


@contextmanager
def read_as_kept(errors: tuple[type[Exception], ...] = _ERRORS) -> Iterator[None]:
    """Read what this program wrote into the ledger. Raises CampaignError where it is something else, as these errors
    say."""
    try:
        yield
    except errors as error:
        raise CampaignError(
            "the ledger holds what this program did not write",
            "台账中有改动过的内容，无法读取",
            by_command=REBUILD,
        ) from error
