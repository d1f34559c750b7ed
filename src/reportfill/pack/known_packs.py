"""The packs that the tool comes with: they are sound, as its tests hold, and need not be tried out by every run.

`python -m tools.make_docs` writes down what tells them from a keeper's own.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from reportfill.pack.pack import Pack
from reportfill.pack.vocabulary import digests_in

KNOWN = "known_packs.txt"


@lru_cache(maxsize=16)
def is_known(pack: Pack) -> bool:
    """Whether a pack is one that the tool comes with, unchanged."""
    return pack_digest(pack) in digests_in(KNOWN)


def pack_digest(pack: Pack) -> str:
    """What tells a pack from every other one: the SHA-256 of all that it holds."""
    digest = hashlib.sha256(repr(pack.manifest).encode())
    digest.update(json.dumps(pack.schema, sort_keys=True, default=str).encode())
    for template in (pack.intake, pack.report, pack.page):
        digest.update(hashlib.sha256(template).digest())
    return digest.hexdigest()
