"""Where a user's own ledger of a campaign is whose folder cannot hold one: with the user's own data, on the local
disk."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

from platformdirs import user_data_path

from reportfill.campaign.folder.parts import LEDGER
from reportfill.files import make_folder


def own_ledger(root: Path, id: str) -> Path:
    """The file of the ledger of a campaign in a folder; its own folder is made. Another campaign, and another folder,
    has another: copies of a campaign go apart. Raises OutputError where there can be none."""
    place = os.path.normcase(os.path.abspath(root))
    name = f"{id[:12] or 'campaign'}-{sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"
    folder = user_data_path("reportfill", appauthor=False) / "ledgers" / name
    make_folder(folder)
    return folder / LEDGER
