"""How long the paths of a campaign will be, counted before anything is written: Windows and Excel have their limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from reportfill.campaign.folder.naming import put_away_place, returned_place
from reportfill.finding import Finding, finding
from reportfill.system_words import path_length

MOST = 218
"""Characters of a path, as Windows counts them, beyond which Excel opens no file (Excel specifications and limits: of a
file's name with its path). Windows itself ends at 259, unless an administrator lets it go on."""

_LAST_VERSION = 99
"""An agency hands in no more often than this."""


def long_paths(root: Path, places: Mapping[str, str]) -> Iterator[Finding]:
    """What there is to say of agencies, by name, whose marked workbooks will have paths that Excel does not open; their
    paths are the longest. `places` are those of the workbooks, without suffix."""
    for agency, place in places.items():
        length = path_length(root / put_away_place(returned_place(place, _LAST_VERSION)))
        if length > MOST:
            yield finding(
                "campaign.long_path", value=agency, length=length, expected=MOST, more=length - MOST
            )
